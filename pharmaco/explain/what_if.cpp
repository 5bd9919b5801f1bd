// Asking the guidelines again with other readings.
#include "pharmaco/explain/what_if.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "pharmaco/explain/positions.h"
#include "pharmaco/guidance/advise.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t alleles_shown = 12;
constexpr std::size_t drugs_shown = 12;

/// All advice that rests on the gene, the guidelines' other genes without a result.
std::vector<Advice> advice_for(const CallToExplain& what, const GeneResult& result) {
  std::vector<Advice> all;
  for (const Guideline& guideline : what.knowledge.guidelines) {
    if (std::ranges::find(guideline.genes, what.gene.symbol) == guideline.genes.end()) continue;
    std::vector<const GeneResult*> results;
    for (const std::string& symbol : guideline.genes) results.push_back(symbol == what.gene.symbol ? &result : nullptr);
    for (Advice& advice : advise(what.knowledge, guideline, results)) all.push_back(std::move(advice));
  }
  return all;
}

bool asks_the_same(const Advice& a, const Advice& b) {
  return std::tie(a.level, a.action, a.dose_percent, a.dose_limit) ==
         std::tie(b.level, b.action, b.dose_percent, b.dose_limit);
}

/// Drugs on which a guideline says something else for the other reading.
std::vector<std::string> changed_drugs(const std::vector<Advice>& now, const std::vector<Advice>& then) {
  std::vector<std::string> drugs;
  for (const Advice& advice : then) {
    const bool is_said = std::ranges::any_of(now, [&](const Advice& known) {
      return known.guideline == advice.guideline && known.drug == advice.drug &&
             known.population == advice.population && asks_the_same(known, advice);
    });
    if (!is_said && std::ranges::find(drugs, advice.drug) == drugs.end()) drugs.push_back(advice.drug);
  }
  std::ranges::sort(drugs);
  return drugs;
}

std::string listed(const std::vector<std::string>& items, std::size_t most) {
  const std::size_t shown_items = std::min(items.size(), most);
  const std::string text = fmt::format("{}", fmt::join(items.data(), items.data() + shown_items, ", "));
  return shown_items == items.size() ? text : fmt::format("{} and {} more", text, items.size() - shown_items);
}

std::string first_sentence(const std::string& text) {
  const std::size_t stop = text.find(". ");
  return stop == std::string::npos ? text : text.substr(0, stop + 1);
}

void write_reading(const CallToExplain& what, const GeneReading& reading, const std::vector<Advice>& now, Page& page) {
  const GeneResult other{what.gene.symbol, CallStatus::called, {reading}};
  const auto drugs = changed_drugs(now, advice_for(what, other));
  const std::string example = reading.phenotype.empty() ? "" : fmt::format(", as with {}", reading.diplotype);
  const std::string effect =
      drugs.empty() ? "no advice here would change" : "other advice on " + listed(drugs, drugs_shown);
  page.item("  - ", fmt::format("{}{}: {}.", in_words(reading), example, effect), 4);
}

}  // namespace

void write_what_if(const CallToExplain& what, Page& page) {
  const GeneCall& call = what.call;
  if (call.missing.empty()) return;
  page.heading("WHAT MISSING POSITIONS COULD CHANGE");
  if (call.status == CallStatus::no_call) {
    page.paragraph("There is no call for them to change.");
    return;
  }
  if (call.untested.empty()) {
    page.paragraph("Nothing: the positions seen rule out every allele but those of the call.");
    return;
  }
  page.paragraph(
      fmt::format("Only missing positions would rule out {}.", allele_names(what.gene, call.untested, alleles_shown)));
  const auto readings = read_possible(what.gene, call, what.result);
  if (readings.empty()) {
    page.paragraph("None of them would make another phenotype that the catalogue knows.");
    return;
  }
  page.paragraph("Were they there, the result could be:");
  const std::vector<Advice> now = advice_for(what, what.result);
  for (const GeneReading& reading : readings) write_reading(what, reading, now, page);
}

void write_advice(const CallToExplain& what, Page& page) {
  const GeneResult& result = what.outside != nullptr ? *what.outside : what.result;
  std::vector<Advice> all = advice_for(what, result);
  page.heading("ADVICE THAT RESTS ON IT");
  if (all.empty()) {
    page.paragraph("No guideline of the catalogue asks for this gene.");
    return;
  }
  std::ranges::stable_sort(all, [](const Advice& a, const Advice& b) {
    return std::tie(a.level, a.drug, a.source) < std::tie(b.level, b.drug, b.source);
  });
  std::vector<std::vector<std::string>> rows;
  for (const Advice& advice : all) {
    const std::string who = advice.population.empty() ? "" : advice.population + ": ";
    rows.push_back(
        {std::string{to_string(advice.level)}, advice.drug, advice.source, who + first_sentence(advice.sentence)});
  }
  page.table(rows);
  const bool is_alone = std::ranges::all_of(all, [](const Advice& advice) { return advice.basis.size() < 2; });
  if (!is_alone) {
    page.paragraph("Where a guideline asks for other genes too, these were not looked at here; `stardose run` does.");
  }
}

}  // namespace stardose::pharmaco
