// What a user must be told of a model: whom it was learned from, what for, and how well it does, by group.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stardose::learning {

/// A paragraph under a heading, as who made the model wrote it: `intended use`, `data`, `ancestry`.
struct CardSection {
  std::string title;
  std::string text;

  bool operator==(const CardSection&) const = default;
};

struct CardFigure {
  std::string name;  ///< `MAE`
  std::string unit;  ///< `mg/week`, `%`; empty: a plain number
  double value = 0;  ///< NaN: cannot be said of so few

  bool operator==(const CardFigure& other) const;  ///< numbers that cannot be said are equal
};

/// Of some of the people, each predicted by a model that had not seen them.
struct CardGroup {
  std::string column;  ///< what they have in common, `race`; empty: all people
  std::string level;   ///< `Black`
  std::uint64_t rows = 0;
  std::vector<CardFigure> figures;

  bool operator==(const CardGroup&) const = default;
};

/// Mean of predicted and of observed values, in the target's unit, of people of about the same prediction.
struct CardBin {
  std::uint64_t rows = 0;
  double predicted = 0;
  double observed = 0;

  bool operator==(const CardBin&) const = default;
};

/// One way of dividing people: `5-fold`, `leave one site out`.
struct CardValidation {
  std::string name;
  std::vector<CardGroup> groups;  ///< all people first
  std::vector<CardBin> calibration;
  std::vector<std::string> choices;  ///< what inner folds chose, contender by contender; none where nothing was chosen

  bool operator==(const CardValidation&) const = default;
};

/// How much an input matters: the mean size of its contributions over the training rows, on the learned scale.
struct CardImportance {
  std::string input;
  double value = 0;

  bool operator==(const CardImportance&) const = default;
};

struct Card {
  std::string title;
  std::vector<CardSection> sections;
  std::uint64_t people = 0;
  std::vector<CardValidation> validations;
  std::vector<CardImportance> importance;  ///< largest first; nothing where the method has no contributions

  bool operator==(const Card&) const = default;
};

}  // namespace stardose::learning
