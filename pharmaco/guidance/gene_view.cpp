// Matching readings with the keys of guidelines.
#include "pharmaco/guidance/gene_view.h"

#include <algorithm>
#include <set>

namespace stardose::pharmaco {

namespace {

using Kind = GeneKey::Kind;

constexpr std::string_view positive = " positive";
constexpr std::string_view negative = " negative";

bool has_status(const GeneReading& reading, std::string_view allele, std::string_view sign) {
  return std::ranges::any_of(reading.statuses, [&](std::string_view status) {
    return status.size() == allele.size() + sign.size() && status.starts_with(allele) && status.ends_with(sign);
  });
}

bool is_status_known(const GeneReading& reading, std::string_view allele) {
  return has_status(reading, allele, positive) || has_status(reading, allele, negative);
}

bool is_same_diplotype(std::string_view key, std::string_view diplotype) {
  if (key == diplotype) return true;
  const std::size_t slash = key.find('/');
  return slash != std::string_view::npos && key.size() == diplotype.size() &&
         diplotype.starts_with(key.substr(slash + 1)) && diplotype.ends_with(key.substr(0, slash)) &&
         diplotype[key.size() - slash - 1] == '/';
}

bool is_within(const GeneKey& key, ActivityScore score) {
  if (score.hundredths < key.min.hundredths) return false;
  return !key.max || (!score.at_least && score.hundredths <= key.max->hundredths);
}

bool matches(const GeneKey& key, const GeneView& view) {
  if (key.kind == Kind::no_result) return !has_result(view);
  if (view.reading == nullptr) return false;
  const GeneReading& reading = *view.reading;
  switch (key.kind) {
    case Kind::phenotype:
      return reading.phenotype == key.text || std::ranges::find(reading.statuses, key.text) != reading.statuses.end();
    case Kind::score: return view.score && is_within(key, *view.score);
    case Kind::indeterminate:
      return reading.phenotype == PhenotypeRule::indeterminate || (view.asked->score && !view.score);
    case Kind::diplotype: return is_same_diplotype(key.text, reading.diplotype);
    case Kind::no_result: break;
  }
  return false;
}

/// Scores that two alleles of the gene can add up to within the phenotype.
std::set<ActivityScore> scores_within(const Gene& gene, const std::string& phenotype) {
  std::set<ActivityScore> values;
  for (const NamedAllele& allele : gene.alleles) {
    if (allele.activity) values.insert(*allele.activity);
  }
  std::set<ActivityScore> scores;
  for (const ActivityScore a : values) {
    for (const ActivityScore b : values) {
      if (gene.phenotype.of_score(a + b) == phenotype) scores.insert(a + b);
    }
  }
  return scores;
}

bool is_same(const GeneView& a, const GeneView& b) {
  const AskedOfGene& asked = *a.asked;
  return a.reading->phenotype == b.reading->phenotype && (!asked.score || a.score == b.score) &&
         (!asked.diplotype || a.reading->diplotype == b.reading->diplotype) &&
         (asked.alleles.empty() || statuses_of(asked, *a.reading) == statuses_of(asked, *b.reading));
}

}  // namespace

AskedOfGene what_is_asked(std::string_view symbol, const Gene* gene, const Rows& rows) {
  AskedOfGene asked{symbol, false, false, false, {}};
  const bool by_presence = gene != nullptr && gene->phenotype.method == PhenotypeMethod::presence;
  bool all_positive = by_presence;
  for (const Recommendation* row : rows) {
    for (const GeneCondition& condition : row->when) {
      if (condition.gene != symbol) continue;
      for (const GeneKey& key : condition.keys) {
        asked.score = asked.score || key.kind == Kind::score;
        asked.diplotype = asked.diplotype || key.kind == Kind::diplotype;
        all_positive = all_positive && key.kind == Kind::phenotype && key.text.ends_with(positive);
        if (!by_presence || key.kind != Kind::phenotype) continue;
        const auto allele = std::string_view{key.text}.substr(0, key.text.rfind(' '));
        if (std::ranges::find(asked.alleles, allele) == asked.alleles.end()) asked.alleles.push_back(allele);
      }
    }
  }
  asked.carriers_only = all_positive && !asked.alleles.empty();
  return asked;
}

std::vector<GeneView> views_of(const AskedOfGene& asked, const Gene* gene, const GeneResult* result) {
  if (result == nullptr || result->readings.empty()) return {GeneView{&asked, nullptr, std::nullopt}};
  std::vector<GeneView> views;
  const auto add = [&](const GeneReading& reading, std::optional<ActivityScore> score) {
    const GeneView view{&asked, &reading, score};
    if (std::ranges::none_of(views, [&](const GeneView& other) { return is_same(view, other); })) views.push_back(view);
  };
  for (const GeneReading& reading : result->readings) {
    std::set<ActivityScore> scores;
    if (asked.score && !reading.score && gene != nullptr) scores = scores_within(*gene, reading.phenotype);
    if (reading.phenotype == PhenotypeRule::indeterminate) scores.clear();
    for (const ActivityScore score : scores) add(reading, score);
    if (scores.empty()) add(reading, reading.score);
  }
  return views;
}

bool holds(const Recommendation& row, std::span<const GeneView> views) {
  if (row.when.empty()) return std::ranges::all_of(views, has_result);
  return std::ranges::all_of(row.when, [&](const GeneCondition& condition) {
    return std::ranges::any_of(views, [&](const GeneView& view) {
      return view.asked->gene == condition.gene &&
             std::ranges::any_of(condition.keys, [&](const GeneKey& key) { return matches(key, view); });
    });
  });
}

bool has_result(const GeneView& view) {
  if (view.reading == nullptr) return false;
  const auto& alleles = view.asked->alleles;
  return alleles.empty() ||
         std::ranges::any_of(alleles, [&](std::string_view allele) { return is_status_known(*view.reading, allele); });
}

std::string missing_part(const GeneView& view) {
  if (view.reading == nullptr) return std::string{view.asked->gene};
  std::string missing;
  for (const std::string_view allele : view.asked->alleles) {
    if (!is_status_known(*view.reading, allele)) missing += (missing.empty() ? "" : ", ") + std::string{allele};
  }
  return missing.empty() ? missing : std::string{view.asked->gene} + " " + missing;
}

bool is_non_carrier(const GeneView& view) {
  return view.reading != nullptr && view.asked->carriers_only &&
         std::ranges::all_of(view.asked->alleles,
                             [&](std::string_view allele) { return has_status(*view.reading, allele, negative); });
}

std::string statuses_of(const AskedOfGene& asked, const GeneReading& reading) {
  std::string text;
  for (const std::string_view allele : asked.alleles) {
    for (const std::string_view sign : {positive, negative}) {
      if (!has_status(reading, allele, sign)) continue;
      text += text.empty() ? "" : ", ";
      text += allele;
      text += sign;
    }
  }
  return text;
}

}  // namespace stardose::pharmaco
