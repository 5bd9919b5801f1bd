// A way to learn, named and set; and learning: rows and targets in, a method out.
//
// Which learners there are, their settings, what these mean and which values they may have is a table (learners()), so
// that a recipe, a grid of settings, `stardose train --list` and the documentation read the same one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "learning/model/link.h"
#include "learning/model/method.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// A number (also of a whole number and of true and false) or a word.
using Setting = std::variant<double, std::string>;

/// How predictions (of two classes: the probability of class 1) go with a feature when nothing else changes.
enum class Direction : std::uint8_t { any, rises, falls };

/// What is said of a feature beforehand, from knowledge rather than from the rows.
struct ColumnPrior {
  double penalty_factor = 1;  ///< times the penalty on the feature's slope; 0 counts as a millionth
  Direction direction = Direction::any;

  bool operator==(const ColumnPrior&) const = default;
};

/// A learner by its name in learners(), with the settings that are not to be the usual ones. `members` are for
/// `average` alone: the learners whose predictions (of classes: probabilities) are averaged.
/// `columns` are by a feature's name, or by the name of the one input that features come from; the former goes first.
struct LearnerSpec {
  std::string name;
  std::map<std::string, Setting, std::less<>> settings;
  std::vector<LearnerSpec> members;
  double weight = 1;  ///< of a member: how much it counts beside the others
  std::map<std::string, ColumnPrior, std::less<>> columns;

  bool operator==(const LearnerSpec&) const = default;
};

/// What a feature is called, and the inputs that it comes from.
struct FeatureLabel {
  std::string name;
  std::vector<std::string> inputs;
};

/// What is learned from. Nothing is missing but where the learner takes NaN.
struct TrainingData {
  Rows rows;
  std::span<const double> targets;            ///< one a row; with classes: the number of the class, from 0 on
  std::span<const double> weights;            ///< one a row, above 0; empty: all count the same
  std::size_t classes = 0;                    ///< 0: a quantity is learned, else at least 2
  std::span<const FeatureLabel> labels = {};  ///< one a feature; may be empty where no learner has `columns`
};

/// What was learned. A quantity's margin is the target and the link the identity. With classes the link makes
/// probabilities of the margins: of two classes one, that of class 1, as imported models have it; of more, one a class.
struct Fitted {
  Method method;
  Link link;
  bool holds_rows = false;  ///< rows of the training data stand in the method: it is given away as they are
};

/// Returns how many predictions what is learned has.
[[nodiscard]] constexpr std::size_t predictions_of(std::size_t classes) { return classes > 2 ? classes : 1; }

struct SettingKind {
  std::string_view name;
  std::string_view meaning;
  Setting usual;
  double lowest = 0;  ///< of a number
  double highest = 0;
  bool whole = false;
  std::vector<std::string_view> words;  ///< those that it may be, of a word
};

struct Learner {
  std::string_view name;
  std::string_view title;  ///< for people
  bool quantities = false;
  bool classes = false;
  bool takes_missing = false;
  bool wants_standardised = false;  ///< its result depends on the scale of the features
  std::vector<SettingKind> settings;
  bool takes_penalty_factors = false;
  bool takes_directions = false;
};

/// All learners, by name.
[[nodiscard]] std::span<const Learner> learners();

/// Returns what is wrong with a spec, in a sentence: no such learner (nearest named), no such setting, a value that it
/// cannot have, members where none belong, something said of columns that the learner makes no use of.
[[nodiscard]] std::optional<std::string> fault_of(const LearnerSpec& spec);

/// Returns what is wrong with what a spec, or a member, says of columns: a name that no such feature goes by (nearest
/// named), a direction where there are more than two classes. Requires: fault_of(spec) found nothing.
[[nodiscard]] std::optional<std::string> columns_fault(const LearnerSpec& spec, std::span<const FeatureLabel> features,
                                                       std::size_t classes);

/// What a spec asks of the data and does with it: an average does what all its members do, or what one of them does.
/// Requires: fault_of(spec) found nothing.
struct SpecTraits {
  bool quantities = false;
  bool classes = false;
  bool takes_missing = false;
  bool wants_standardised = false;
};
[[nodiscard]] SpecTraits traits_of(const LearnerSpec& spec);

/// Learns. The same data, spec and seed give the same bits, whatever the number of threads.
/// Requires: fault_of(spec) found nothing; the learner learns what `data` asks for; all numbers are finite, or missing
/// where that is taken; a row at least, and with classes one of each; of a spec with `columns`, labels.
[[nodiscard]] Fitted fit(const LearnerSpec& spec, const TrainingData& data, std::uint64_t seed);

}  // namespace stardose::learning
