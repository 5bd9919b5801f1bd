// What is said of a person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stardose::learning {

enum class FlagKind : std::uint8_t {
  out_of_range,  ///< a number beyond those that the model was trained on
  filled,        ///< missing; the model's steps went on without it
  unseen_level,  ///< a category's value that the model does not know, or that nobody in training had: taken as missing
};

struct Flag {
  FlagKind kind = FlagKind::filled;
  std::string column;
  std::string text;  ///< for people: `age 97 years is outside of 18 to 90 years, which the model was trained on`

  bool operator==(const Flag&) const = default;
};

/// What an input adds to the margin beside the expectation, on the learned scale.
struct InputContribution {
  std::string input;
  double value = 0;

  bool operator==(const InputContribution&) const = default;
};

struct PredictionInterval {
  double low = 0;  ///< in the target's unit; an end that has no bound is infinite
  double high = 0;
  double level = 0.9;
  std::string group;  ///< whose distances it has: a level of the intervals' column; empty: everybody's

  bool operator==(const PredictionInterval&) const = default;
};

struct Prediction {
  std::vector<double> values;        ///< one for each of Model::outputs; none where it is refused
  std::vector<std::string> refused;  ///< why there is no prediction; nothing: there is one
  std::optional<PredictionInterval> interval;
  std::vector<Flag> flags;
  std::vector<double> margins;
  double expectation = 0;                        ///< margin 0 where nothing is known of a person
  std::vector<InputContribution> contributions;  ///< to margin 0, in the order of the model's columns; with the
                                                 ///< expectation they add up to it

  bool operator==(const Prediction&) const = default;
};

}  // namespace stardose::learning
