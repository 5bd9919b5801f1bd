// Finding the recommendations that hold.
#include "pharmaco/guidance/outcome.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "pharmaco/guidance/sentence.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t most_combinations = 256;

Rows matching_rows(const Rows& rows, std::span<const GeneView> views) {
  Rows matching;
  std::ranges::copy_if(rows, std::back_inserter(matching), [&](const auto* row) { return holds(*row, views); });
  if (matching.size() < 2) return matching;
  const auto asks_diplotype = [](const Recommendation* row) { return row->asks_diplotype(); };
  if (std::ranges::any_of(matching, asks_diplotype)) std::erase_if(matching, std::not_fn(asks_diplotype));
  const AdviceLevel level = (*std::ranges::min_element(matching, {}, &Recommendation::level))->level;
  std::erase_if(matching, [level](const Recommendation* row) { return row->level != level; });
  return matching;
}

std::string missing_parts(std::span<const GeneView> views) {
  std::vector<std::string> missing;
  for (const GeneView& view : views) {
    if (std::string part = missing_part(view); !part.empty()) missing.push_back(std::move(part));
  }
  return join_words(missing, "and");
}

std::string asked_alleles(std::span<const GeneView> views) {
  std::vector<std::string> alleles;
  for (const GeneView& view : views) {
    for (const std::string_view allele : view.asked->alleles) {
      alleles.push_back(std::string{view.asked->gene} + " " + std::string{allele});
    }
  }
  return join_words(alleles, "or");
}

}  // namespace

AdviceLevel Outcome::level() const {
  switch (kind) {
    case Kind::rows: return rows.front()->level;
    case Kind::carriers_only: return AdviceLevel::none;
    case Kind::no_result:
    case Kind::no_advice: return AdviceLevel::unknown;
  }
  return AdviceLevel::unknown;
}

Outcome outcome_of(const Rows& rows, std::span<const GeneView> views) {
  const std::string missing = missing_parts(views);
  Rows matching = matching_rows(rows, views);
  if (!matching.empty()) return {Outcome::Kind::rows, std::move(matching), {}, missing.empty()};
  if (!missing.empty()) return {Outcome::Kind::no_result, {}, missing, false};
  if (!rows.empty() && std::ranges::all_of(views, is_non_carrier)) {
    return {Outcome::Kind::carriers_only, {}, asked_alleles(views), true};
  }
  return {};
}

std::vector<Case> cases_of(const Rows& rows, const std::vector<std::vector<GeneView>>& choices) {
  std::size_t count = 1;
  for (const auto& views : choices) {
    count *= views.size();
    if (count > most_combinations) return {};
  }
  std::vector<Case> cases;
  for (std::size_t number = 0; number < count; ++number) {
    std::vector<GeneView> combination;
    std::size_t rest = number;
    for (const auto& views : choices) {
      combination.push_back(views[rest % views.size()]);
      rest /= views.size();
    }
    const Outcome outcome = outcome_of(rows, combination);
    auto at = std::ranges::find(cases, outcome, &Case::outcome);
    if (at == cases.end()) at = cases.insert(cases.end(), Case{outcome, {}});
    at->combinations.push_back(std::move(combination));
  }
  return cases;
}

}  // namespace stardose::pharmaco
