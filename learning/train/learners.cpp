// The table, and what is wrong with a spec.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "genomics/expect.h"
#include "genomics/nearest_name.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

struct Table {
  std::vector<Learner> learners;
  std::vector<Fitted (*)(const Task&)> learn;

  Table() {
    std::vector<Entry> entries = {average_entry(),
                                  decision_tree_entry(),
                                  elastic_net_entry(),
                                  gradient_boosting_entry(),
                                  kernel_ridge_entry(),
                                  lasso_entry(),
                                  least_absolute_deviation_entry(),
                                  least_squares_entry(),
                                  linear_svm_entry(),
                                  logistic_entry(),
                                  naive_bayes_entry(),
                                  nearest_neighbours_entry(),
                                  perceptron_entry(),
                                  quantile_entry(),
                                  random_forest_entry(),
                                  rbf_svm_entry(),
                                  ridge_entry()};
    std::ranges::sort(entries, {}, [](const Entry& entry) { return entry.about.name; });
    for (Entry& entry : entries) {
      learners.push_back(std::move(entry.about));
      learn.push_back(entry.learn);
    }
  }

  /// Returns the place of a learner; of one that is not known, the number of learners.
  [[nodiscard]] std::size_t find(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(learners, name, &Learner::name) - learners.begin());
  }
};

const Table& table() {
  static const Table made;
  return made;
}

std::string did_you_mean(const std::string& written, const auto& known) {
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const auto& entry : known) names.emplace_back(entry.name);
  const std::string nearest = genomics::nearest_name(written, names);
  return nearest.empty() ? fmt::format("; there are {}", fmt::join(names, ", "))
                         : fmt::format("; did you mean `{}`?", nearest);
}

std::optional<std::string> number_fault(const SettingKind& kind, double number) {
  if (number >= kind.lowest && number <= kind.highest && (!kind.whole || number == std::floor(number))) return {};
  return fmt::format("`{}` must be a {}number from {} to {}, not {}", kind.name, kind.whole ? "whole " : "",
                     kind.lowest, kind.highest, number);
}

std::optional<std::string> value_fault(const SettingKind& kind, const Setting& value) {
  const auto* word = std::get_if<std::string>(&value);
  if (!kind.words.empty()) {
    if (word != nullptr && std::ranges::find(kind.words, *word) != kind.words.end()) return {};
    return fmt::format("`{}` must be one of {}{}", kind.name, fmt::join(kind.words, ", "),
                       word == nullptr ? "" : ", not `" + *word + "`");
  }
  if (word != nullptr) return fmt::format("`{}` must be a number, not `{}`", kind.name, *word);
  return number_fault(kind, std::get<double>(value));
}

std::optional<std::string> members_fault(const LearnerSpec& spec) {
  if (spec.name != "average") {
    if (spec.members.empty()) return {};
    return fmt::format("`{}` has no members: only `average` has", spec.name);
  }
  if (spec.members.empty()) return "`average` needs members";
  for (const LearnerSpec& member : spec.members) {
    if (auto fault = fault_of(member)) return "member `" + member.name + "`: " + *fault;
    if (!std::isfinite(member.weight) || member.weight <= 0) {
      return "member `" + member.name + "`: its weight must be above 0";
    }
  }
  const SpecTraits traits = traits_of(spec);
  if (!traits.quantities && !traits.classes) return "its members learn neither all a quantity nor all classes";
  return {};
}

}  // namespace

std::span<const Learner> learners() { return table().learners; }

std::optional<std::string> fault_of(const LearnerSpec& spec) {
  const std::size_t place = table().find(spec.name);
  if (place == table().learners.size()) {
    return fmt::format("there is no learner `{}`{}", spec.name, did_you_mean(spec.name, table().learners));
  }
  const Learner& learner = table().learners[place];
  for (const auto& [name, value] : spec.settings) {
    const auto kind = std::ranges::find(learner.settings, name, &SettingKind::name);
    if (kind == learner.settings.end()) {
      if (learner.settings.empty()) return fmt::format("`{}` has no settings, so no `{}`", spec.name, name);
      return fmt::format("`{}` has no setting `{}`{}", spec.name, name, did_you_mean(name, learner.settings));
    }
    if (auto fault = value_fault(*kind, value)) return fmt::format("`{}`: {}", spec.name, *fault);
  }
  if (auto fault = priors_fault(learner, spec)) return fault;
  return members_fault(spec);
}

SpecTraits traits_of(const LearnerSpec& spec) {
  const Learner& learner = table().learners.at(table().find(spec.name));
  SpecTraits traits{learner.quantities, learner.classes, learner.takes_missing, learner.wants_standardised};
  if (!spec.members.empty()) traits.takes_missing = true;
  for (const LearnerSpec& member : spec.members) {
    const SpecTraits its = traits_of(member);
    traits.quantities = traits.quantities && its.quantities;
    traits.classes = traits.classes && its.classes;
    traits.takes_missing = traits.takes_missing && its.takes_missing;
    traits.wants_standardised = traits.wants_standardised || its.wants_standardised;
  }
  return traits;
}

Settings::Settings(const Learner& learner, const LearnerSpec& spec) : values_{spec.settings} {
  for (const SettingKind& kind : learner.settings) values_.emplace(kind.name, kind.usual);
}

double Settings::number(std::string_view name) const { return std::get<double>(values_.find(name)->second); }

std::size_t Settings::count(std::string_view name) const { return static_cast<std::size_t>(number(name)); }

const std::string& Settings::word(std::string_view name) const {
  return std::get<std::string>(values_.find(name)->second);
}

Fitted fit(const LearnerSpec& spec, const TrainingData& data, std::uint64_t seed) {
  const std::size_t rows = data.targets.size();
  STARDOSE_EXPECT(rows > 0 && data.rows.count() == rows && (data.weights.empty() || data.weights.size() == rows));
  const std::size_t place = table().find(spec.name);
  STARDOSE_EXPECT(place < table().learners.size());
  const Learner& learner = table().learners[place];
  STARDOSE_EXPECT(data.classes == 0 ? learner.quantities : learner.classes);
  STARDOSE_EXPECT(data.labels.size() == data.rows.width || (data.labels.empty() && spec.columns.empty()));
  return table().learn[place](Task{spec, Settings{learner, spec}, data, seed});
}

}  // namespace stardose::learning
