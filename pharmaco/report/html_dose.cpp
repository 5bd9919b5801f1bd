// Banner, dose, picture, genes, what inputs add, inputs, drugs, cautions, algorithm.
#include "pharmaco/report/html_dose.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/dosing/dose_model.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/html_advice.h"
#include "pharmaco/report/html_dose_picture.h"
#include "pharmaco/report/html_dose_shares.h"

namespace stardose::pharmaco {

namespace {

using State = InputValue::State;
using Status = DoseEstimate::Status;

std::string drugs_of(const DosingAlgorithm& algorithm) { return fmt::format("{}", fmt::join(algorithm.drugs, ", ")); }

void write_banner(HtmlWriter& html, AdviceLevel level, std::string_view what,
                  const std::vector<std::string>& sentences) {
  const auto banner = html.open("div", {{"class", fmt::format("notice banner {}", to_string(level))}});
  {
    const auto head = html.open("p");
    write_shape(html, level);
    html.element("strong", what);
  }
  for (const std::string& sentence : sentences) html.element("p", sentence + ".");
}

/// What must be read before the number.
void write_banners(HtmlWriter& html, const DoseReport& dose) {
  const DoseEstimate& meant = dose.meant();
  if (meant.status == Status::refused) {
    return write_banner(html, AdviceLevel::unknown, "No dose: " + meant.algorithm->title + " refuses", meant.reasons);
  }
  if (dose.instead) {
    write_banner(html, AdviceLevel::caution, "Dose clinically: the genotype is not used", dose.own.reasons);
  }
  std::vector<std::string> flags = dose.own.flags;
  for (const std::string& flag : meant.flags) {
    if (std::ranges::find(flags, flag) == flags.end()) flags.push_back(flag);
  }
  if (!flags.empty()) write_banner(html, AdviceLevel::caution, "Outside of what it was made for", flags);
}

void write_answer(HtmlWriter& html, const DoseEstimate& estimate) {
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  const auto answer = html.open("div", {{"class", "answer"}});
  html.element("p", {{"class", "amount"}}, dose_text(algorithm, estimate.value));
  if (!estimate.meaning.empty()) html.element("p", estimate.meaning + ".");
  if (!mg_per_day(algorithm, estimate.value)) return;
  const std::string interval = interval_text(estimate);
  if (interval.empty()) {
    html.element("p", {{"class", "note"}}, "No interval: nothing is published to make one from.");
  } else {
    const auto line = html.open("p");
    html.element("b", fmt::format("{:.0f} % interval: {}", estimate.interval->level * 100, interval));
    html.element("span", {{"class", "note"}}, " " + interval_basis(estimate));
  }
  const std::string tablets = tablets_text(algorithm, estimate.value);
  if (!tablets.empty()) html.element("p", "Tablets: " + tablets);
}

std::string tested_text(const GeneContribution& gene) {
  if (gene.tested.empty() && gene.untested.empty()) return "not stated";
  std::string text;
  if (!gene.tested.empty()) text = fmt::format("tested: {}", fmt::join(gene.tested, ", "));
  if (gene.untested.empty()) return text;
  return text + fmt::format("{}not tested: {}", text.empty() ? "" : "; ", fmt::join(gene.untested, ", "));
}

void write_gene_table(HtmlWriter& html, const DoseEstimate& estimate) {
  if (estimate.contributions.empty()) return;
  const auto table = html.open("table", {{"class", "contributions"}});
  write_table_head(html, "What each gene's result changes, all else the same",
                   {"Gene", "Result", "Looked for", "Against the reference"});
  const auto body = html.open("tbody");
  double most = std::numeric_limits<double>::min();
  for (const GeneContribution& gene : estimate.contributions) most = std::max(most, std::abs(gene.difference));
  for (const GeneContribution& gene : estimate.contributions) {
    const auto row = html.open("tr");
    html.element("th", {{"scope", "row"}}, gene.gene);
    html.element("td", {{"data-label", "Result"}}, gene.result);
    html.element("td", {{"data-label", "Looked for"}}, tested_text(gene));
    const auto cell = html.open("td", {{"data-label", "Against the reference"}});
    write_shift_picture(html, gene.difference / most);
    html.text(difference_text(*estimate.algorithm, gene.difference) + " against " + gene.reference);
  }
}

void write_pair(HtmlWriter& html, std::string_view term, const std::vector<std::string>& items) {
  if (items.empty()) return;
  html.element("dt", term);
  html.element("dd", fmt::format("{}", fmt::join(items, "; ")));
}

/// Those that are not known are among what is missing.
std::vector<std::string> drugs_used(const DoseEstimate& estimate) {
  std::vector<std::string> texts;
  for (const auto& [input, value] : estimate.inputs) {
    if (!input->is_drug) continue;
    const std::string state = value.state == State::assumed ? " (assumed)" : "";
    if (value.is_known()) texts.push_back(input->title + ": " + value.category + state);
  }
  return texts;
}

std::vector<std::string> performance_in_words(const DoseEstimate& estimate) {
  const DosePerformance* performance = performance_of(*estimate.algorithm);
  if (performance == nullptr) return {};
  const auto words = [&](std::string_view who, const DosePerformance::Group& group) {
    return fmt::format("{} (n = {}): {:.0f} % within 20 % of the true dose, mean error {}", who, group.patients,
                       group.within_20, difference_text(*estimate.algorithm, group.error).substr(1));
  };
  std::vector<std::string> texts;
  if (const DosePerformance::Group* group = performance_of(estimate)) {
    const auto input = std::ranges::find_if(estimate.inputs,
                                            [&](const UsedInput& used) { return used.input->name == performance->by; });
    texts.push_back(words(input->input->title + " " + input->value.category, *group));
  }
  texts.push_back(words("everyone", performance->everyone));
  texts.push_back(performance->source);
  return texts;
}

void write_basis(HtmlWriter& html, const DoseReport& dose, const SampleReport& report) {
  const DoseEstimate& meant = dose.meant();
  const DosingAlgorithm& algorithm = *meant.algorithm;
  const auto details = html.open("details");
  html.element("summary", "What it rests on: inputs, drugs taken into account, algorithm and how well it did");
  const auto list = html.open("dl", {{"class", "basis"}});
  std::vector<std::string> compared;
  for (const Comparator& other : dose.comparators) {
    if (meant.status != Status::dosed || !other.value) compared.push_back(comparator_text(*dose.own.algorithm, other));
  }
  write_pair(html, "Given", inputs_in_state(meant, State::given));
  write_pair(html, "Imputed", inputs_in_state(meant, State::imputed));
  write_pair(html, "Assumed", inputs_in_state(meant, State::assumed));
  write_pair(html, "Missing", inputs_in_state(meant, State::missing));
  write_pair(html, "Drugs taken into account", drugs_used(meant));
  if (algorithm.unmodelled) {
    write_pair(html, "Drugs that it knows nothing of",
               {fmt::format("{} ({})", fmt::join(algorithm.unmodelled->drugs, ", "), algorithm.unmodelled->source)});
  }
  write_pair(html, "Others say", compared);
  write_pair(html, "Algorithm",
             {algorithm.title + " (" + algorithm.id + ", catalogue " + report.catalogue_release + ")",
              citation_text(algorithm.citation)});
  if (algorithm.model != nullptr) {
    for (const auto& section : algorithm.model->ready().sections) write_pair(html, section.title, {section.text});
    write_pair(html, "Model file", {algorithm.model->source().path + ", SHA-256 " + algorithm.model->source().sha256});
  }
  write_pair(html, "How well it did", performance_in_words(meant));
  if (meant.interval) write_pair(html, "Interval from", {meant.interval->source});
}

void write_cautions(HtmlWriter& html, const DoseReport& dose) {
  std::vector<std::string> cautions = dose.own.cautions;
  for (const std::string& caution : dose.meant().cautions) {
    if (std::ranges::find(cautions, caution) == cautions.end()) cautions.push_back(caution);
  }
  if (cautions.empty()) return;
  const auto list = html.open("ul", {{"class", "cautions"}});
  for (const std::string& caution : cautions) {
    const auto item = html.open("li");
    write_mark(html, AdviceLevel::caution);
    html.text(" " + caution + (caution.ends_with('.') ? "" : "."));
  }
}

void write_advice(HtmlWriter& html, const DoseEstimate& estimate) {
  for (const Advice& advice : estimate.advice) {
    const auto line = html.open("p");
    write_instruction(html, advice);
    const std::string share = share_of_usual_dose(estimate, advice);
    if (!share.empty())
      html.element("div", {{"class", "fact"}}, advice.dose_percent + " % of the usual dose: " + share);
  }
}

void write_dose(HtmlWriter& html, const DoseReport& dose, const SampleReport& report) {
  const DoseEstimate& meant = dose.meant();
  const auto block = html.open("div", {{"class", "dose"}});
  html.element("h3", drugs_of(*meant.algorithm) + ": " + meant.algorithm->what);
  write_banners(html, dose);
  if (meant.status == Status::dosed) {
    {
      const auto side_by_side = html.open("div", {{"class", "result-and-picture"}});
      write_answer(html, meant);
      write_dose_picture(html, dose);
    }
    write_gene_table(html, meant);
    write_dose_shares(html, meant);
  }
  write_advice(html, meant);
  write_cautions(html, dose);
  write_basis(html, dose, report);
}

}  // namespace

void write_doses(HtmlWriter& html, const SampleReport& report) {
  if (report.doses.empty()) return;
  const auto section = html.open("section", {{"id", "dose"}, {"aria-labelledby", "dose-title"}});
  html.element("h2", {{"id", "dose-title"}}, report.doses.size() == 1 ? "Dose" : "Doses");
  html.element("p", {{"class", "note"}},
               "An estimate to begin with, for a professional to judge. Measure the effect and adjust.");
  for (const DoseReport& dose : report.doses) write_dose(html, dose, report);
}

AdviceLevel level_of_doses(const SampleReport& report) {
  AdviceLevel level = AdviceLevel::none;
  for (const DoseReport& dose : report.doses) {
    if (dose.meant().status == Status::refused) return AdviceLevel::unknown;
    if (dose.instead || !dose.own.flags.empty()) level = AdviceLevel::caution;
  }
  return level;
}

std::string doses_in_words(const SampleReport& report) {
  return report.doses.size() == 1 ? "dose worked out" : fmt::format("of {} doses worked out", report.doses.size());
}

}  // namespace stardose::pharmaco
