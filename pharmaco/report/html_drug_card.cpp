// Cards of drugs.
#include "pharmaco/report/html_drug_card.h"

#include <algorithm>
#include <tuple>

#include "pharmaco/report/html_advice.h"

namespace stardose::pharmaco {

namespace {

bool is_same(const std::vector<AdviceBasis>& a, const std::vector<AdviceBasis>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const AdviceBasis& x, const AdviceBasis& y) {
    return std::tie(x.gene, x.diplotype, x.phenotype) == std::tie(y.gene, y.diplotype, y.phenotype);
  });
}

/// All but the sentence.
bool is_alike(const Advice& a, const Advice& b) {
  const auto told = [](const Advice& advice) {
    return std::tie(advice.level, advice.consequence, advice.dose_percent, advice.dose_limit, advice.alternatives,
                    advice.note);
  };
  return told(a) == told(b) && is_same(a.basis, b.basis);
}

bool says_the_same(const Advice& a, const Advice& b) { return a.sentence == b.sentence && is_alike(a, b); }

bool is_same_source(const Advice& a, const Advice& b) {
  return std::tie(a.source, a.strength, a.version) == std::tie(b.source, b.strength, b.version);
}

/// Adds advice to a line that says the same, of the same source for another group or of another for the same group.
bool join(AdviceLine& line, const Advice& advice) {
  if (!says_the_same(*line.advice, advice)) return false;
  const bool same_source = line.sources.size() == 1 && is_same_source(*line.sources.front(), advice);
  if (same_source && !advice.population.empty() && !line.populations.empty()) {
    line.populations.emplace_back(advice.population);
    return true;
  }
  if (!advice.population.empty() || !line.populations.empty()) return false;
  if (std::ranges::none_of(line.sources, [&](const Advice* source) { return is_same_source(*source, advice); })) {
    line.sources.push_back(&advice);
  }
  return true;
}

/// The sentence with another name for the drug.
std::string renamed(std::string sentence, std::string_view drug, std::string_view name) {
  for (std::size_t at = sentence.find(drug); at != std::string::npos; at = sentence.find(drug, at + name.size())) {
    sentence.replace(at, drug.size(), name);
  }
  return sentence;
}

/// Whether two sentences differ in the names of their drugs only.
bool is_alike(std::string_view a, std::string_view drug_a, std::string_view b, std::string_view drug_b) {
  while (!a.empty() && !b.empty()) {
    if (a.starts_with(drug_a) && b.starts_with(drug_b)) {
      a.remove_prefix(drug_a.size());
      b.remove_prefix(drug_b.size());
    } else if (a.front() == b.front()) {
      a.remove_prefix(1);
      b.remove_prefix(1);
    } else {
      return false;
    }
  }
  return a.empty() && b.empty();
}

/// Whether what is said of two drugs differs in their names only.
bool is_alike(const DrugSummary& a, const DrugSummary& b) {
  const bool same = a.level == b.level && a.advice.size() == b.advice.size();
  const auto names_other = [](const DrugSummary& drug, const DrugSummary& other) {
    return std::ranges::any_of(
        drug.advice, [&](const Advice* advice) { return advice->sentence.find(other.drug) != std::string::npos; });
  };
  return same && !names_other(a, b) && !names_other(b, a) &&
         std::equal(a.advice.begin(), a.advice.end(), b.advice.begin(), [&](const Advice* x, const Advice* y) {
           return is_alike(x->sentence, a.drug, y->sentence, b.drug) && x->population == y->population &&
                  is_same_source(*x, *y) && is_alike(*x, *y);
         });
}

using Group = std::vector<const DrugSummary*>;

std::vector<Group> groups_of(const std::vector<DrugSummary>& drugs) {
  std::vector<Group> groups;
  for (const DrugSummary& drug : drugs) {
    const auto alike =
        std::ranges::find_if(groups, [&drug](const Group& group) { return is_alike(*group.front(), drug); });
    if (alike == groups.end()) {
      groups.push_back({&drug});
    } else {
      alike->push_back(&drug);
    }
  }
  return groups;
}

/// One card for several drugs.
void write_group_card(HtmlWriter& html, const Group& group) {
  DrugSummary all = *group.front();
  std::vector<Advice> advice;
  for (const Advice* each : all.advice) {
    advice.push_back(*each);
    advice.back().sentence = renamed(each->sentence, all.drug, "these drugs");
  }
  all.advice.clear();
  for (const Advice& each : advice) all.advice.push_back(&each);
  for (std::size_t k = 1; k < group.size(); ++k) all.drug += ", " + group[k]->drug;
  write_drug_card(html, all);
}

void write_consequence(HtmlWriter& html, const std::string& sentence) {
  if (sentence.empty()) return;
  const std::size_t colon = sentence.find(": ");
  const std::size_t begin = colon == std::string::npos ? 0 : colon + 2;
  const auto text = html.open("p");
  if (begin > 0) html.element("span", {{"class", "lead-in"}}, sentence.substr(0, begin));
  html.text(sentence.substr(begin));
}

// A result that the line above has just given is not repeated, nor is the consequence.
void write_line(HtmlWriter& html, const AdviceLine& line, AdviceLevel level_of_drug, const AdviceLine* above) {
  const Advice& advice = *line.advice;
  const auto block = html.open("div", {{"class", "line"}});
  {
    const auto todo = html.open("div");
    if (line.level() != level_of_drug) {
      write_mark(html, line.level());
      html.text(" ");
    }
    write_instruction(html, advice, line.populations);
  }
  {
    const auto why = html.open("div", {{"class", "why"}});
    if (above == nullptr || above->advice->consequence != advice.consequence) {
      write_consequence(html, advice.consequence);
    }
    if (above == nullptr || !is_same(above->advice->basis, advice.basis)) write_basis(html, advice.basis);
  }
  const auto who = html.open("p", {{"class", "who"}});
  for (const Advice* source : line.sources) {
    if (source != line.sources.front()) html.element("span", {{"class", "and"}}, "; ");
    write_source(html, *source);
  }
}

}  // namespace

std::vector<AdviceLine> advice_lines(const DrugSummary& drug) {
  std::vector<AdviceLine> lines;
  for (const Advice* advice : drug.advice) {
    if (std::ranges::any_of(lines, [advice](AdviceLine& line) { return join(line, *advice); })) continue;
    lines.push_back({advice, {}, {advice}});
    if (!advice->population.empty()) lines.back().populations.emplace_back(advice->population);
  }
  return lines;
}

void write_drug_card(HtmlWriter& html, const DrugSummary& drug, std::string_view remark) {
  const std::string css_class = std::string("drug ") + std::string(to_string(drug.level));
  const auto card = html.open("li", {{"class", css_class}});
  {
    const auto name = html.open("h3");
    write_mark(html, drug.level);
    html.text(drug.drug);
    if (!remark.empty()) html.element("span", {{"class", "note"}}, remark);
  }
  const std::vector<AdviceLine> lines = advice_lines(drug);
  for (std::size_t k = 0; k < lines.size(); ++k) {
    write_line(html, lines[k], drug.level, k == 0 ? nullptr : &lines[k - 1]);
  }
}

void write_drug_cards(HtmlWriter& html, const std::vector<DrugSummary>& drugs) {
  const auto list = html.open("ul", {{"class", "cards items"}});
  for (const Group& group : groups_of(drugs)) {
    if (group.size() == 1) {
      write_drug_card(html, *group.front());
    } else {
      write_group_card(html, group);
    }
  }
}

}  // namespace stardose::pharmaco
