// Counting choices over folds.
#include "learning/evaluate/choices_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>

namespace stardose::learning {

namespace {

std::string text_of(const Setting& setting) {
  const auto* word = std::get_if<std::string>(&setting);
  return word != nullptr ? *word : fmt::format("{}", std::get<double>(setting));
}

/// The candidate by the settings in which candidates differ, and by its steps where these do.
std::string candidate_text(const Contender& contender, std::size_t place) {
  const Candidate& candidate = contender.candidates[place];
  std::vector<std::string> parts;
  for (const auto& [name, value] : candidate.learner.settings) {
    const bool is_shared = std::ranges::all_of(contender.candidates, [&, &key = name, &own = value](const auto& other) {
      const auto found = other.learner.settings.find(key);
      return found != other.learner.settings.end() && found->second == own;
    });
    if (!is_shared) parts.push_back(fmt::format("{} {}", name, text_of(value)));
  }
  std::vector<std::vector<Step>> sets;
  for (const Candidate& other : contender.candidates) {
    if (std::ranges::find(sets, other.steps) == sets.end()) sets.push_back(other.steps);
  }
  if (sets.size() > 1) {
    parts.push_back(fmt::format("steps {}", std::ranges::find(sets, candidate.steps) - sets.begin() + 1));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string contender_text(const Contender& contender, const std::map<std::size_t, std::size_t>& counts,
                           std::size_t folds) {
  std::size_t times = 0;
  std::vector<std::pair<std::size_t, std::size_t>> order{counts.begin(), counts.end()};
  std::ranges::stable_sort(order, std::greater{}, [](const auto& entry) { return entry.second; });
  std::vector<std::string> parts;
  for (const auto& [candidate, count] : order) {
    times += count;
    parts.push_back(fmt::format("{} in {}", candidate_text(contender, candidate), count));
  }
  const std::string in = fmt::format("{} in {} of {} folds", contender.name, times, folds);
  return contender.candidates.size() > 1 && times > 0 ? fmt::format("{}: {}", in, fmt::join(parts, "; ")) : in;
}

}  // namespace

std::vector<std::string> choices_text(const std::vector<Contender>& contenders,
                                      const std::vector<std::vector<Choice>>& chosen) {
  std::vector<std::map<std::size_t, std::size_t>> counts(contenders.size());
  bool chose = std::ranges::any_of(contenders, [](const Contender& one) { return one.candidates.size() > 1; });
  for (const auto& blend : chosen) {
    chose = chose || blend.size() < contenders.size();
    for (const Choice& choice : blend) ++counts[choice.contender][choice.candidate];
  }
  std::vector<std::string> lines;
  for (std::size_t k = 0; chose && k < contenders.size(); ++k) {
    lines.push_back(contender_text(contenders[k], counts[k], chosen.size()));
  }
  return lines;
}

}  // namespace stardose::learning
