// Steps that are fitted: how the columns of new people become features, as a value that is stored with the model.
//
// Columns have places: first those that came with the people, then those that steps make, in the order of making. What
// a step learned is in it, so applying them to a row looks at nothing but the row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/model/rows.h"
#include "learning/prepare/step.h"

namespace stardose::learning {

using Place = std::uint32_t;

struct FillByValue {
  double value = 0;

  bool operator==(const FillByValue&) const = default;
};

struct FillByGroup {
  Place group = 0;
  std::vector<double> values;  ///< of each level
  double otherwise = 0;        ///< where the group is missing

  bool operator==(const FillByGroup&) const = default;
};

/// What a column adds to a prediction: of a number effects[0] times it, of a category the level's effect.
struct RegressionTerm {
  Place column = 0;
  std::vector<double> effects;
  double missing = 0;

  bool operator==(const RegressionTerm&) const = default;
};

struct FillByRegression {
  double intercept = 0;
  std::vector<RegressionTerm> terms;

  bool operator==(const FillByRegression&) const = default;
};

/// The rows that were learned from are part of it. The square of a distance is the sum over the columns that both rows
/// know, of a number the square of the difference over `scales`, of a category 1 where they differ; divided by how many
/// columns these are. Equally near ones in the order of training.
struct FillByNeighbours {
  std::vector<Place> on;
  std::vector<double> scales;  ///< of each column of `on`; of a category 1
  std::uint32_t neighbours = 0;
  std::vector<double> points;  ///< row after row, a value for each column of `on`
  std::vector<double> values;  ///< of each row
  double otherwise = 0;        ///< where no row has a known column in common

  bool operator==(const FillByNeighbours& other) const;  ///< missing values are equal
};

using FillRule = std::variant<FillByValue, FillByGroup, FillByRegression, FillByNeighbours>;

struct Fill {
  Place column = 0;
  FillRule rule;

  bool operator==(const Fill&) const = default;
};

/// All from what was there before.
struct FillAll {
  std::vector<Fill> fills;

  bool operator==(const FillAll&) const = default;
};

struct Indicate {
  Place column = 0;
  Place made = 0;

  bool operator==(const Indicate&) const = default;
};

struct OneHot {
  Place column = 0;
  Place first = 0;                  ///< of the columns that are made
  std::vector<std::int32_t> level;  ///< of each level, which of these gets the 1; -1: none
  std::int32_t missing = 0;         ///< the same of a missing value; -2: all are missing

  bool operator==(const OneHot&) const = default;
};

struct Product {
  Place left = 0;
  Place right = 0;
  Place made = 0;

  bool operator==(const Product&) const = default;
};

/// `made` is `column` where it is replaced.
struct Transformed {
  Place column = 0;
  Place made = 0;
  Transform by = Transform::square;

  bool operator==(const Transformed&) const = default;
};

struct Standardise {
  std::vector<Place> columns;
  std::vector<double> centres;
  std::vector<double> scales;
  double clip = 0;  ///< 0: none

  bool operator==(const Standardise&) const = default;
};

/// Changes no value; the columns are no features, and why.
struct LeaveOut {
  std::vector<Place> columns;
  std::string why;

  bool operator==(const LeaveOut&) const = default;
};

struct Components {
  std::vector<Place> columns;
  std::vector<double> means;     ///< in place of missing values
  std::vector<double> centres;   ///< taken off
  std::vector<double> loadings;  ///< component after component, one for each column
  Place first = 0;

  bool operator==(const Components&) const = default;
};

using FittedStep = std::variant<FillAll, Indicate, OneHot, Product, Transformed, Standardise, LeaveOut, Components>;

/// A number that steps make. `inputs` is what its contributions count for: ColumnKind::input of the columns it comes
/// from, or the name of the components.
struct MadeColumn {
  std::string name;
  std::vector<std::string> inputs;

  bool operator==(const MadeColumn&) const = default;
};

struct Prepared {
  std::vector<ColumnKind> columns;  ///< as people come
  std::vector<MadeColumn> made;
  std::vector<FittedStep> steps;
  std::vector<Place> features;  ///< in the order of the rows

  [[nodiscard]] std::size_t places() const { return columns.size() + made.size(); }
  [[nodiscard]] const std::string& name_of(Place place) const;
  /// Returns what contributions of the column count for, one name or more.
  [[nodiscard]] std::vector<std::string> inputs_of(Place place) const;
  [[nodiscard]] std::vector<FeatureLabel> labels_of(const std::vector<Place>& places) const;
  [[nodiscard]] bool is_category(Place place) const { return place < columns.size() && columns[place].is_category(); }

  bool operator==(const Prepared&) const = default;
};

/// Returns what is wrong with it, and where (`prepare step 3: ...`): a place that does not exist yet, sizes that do not
/// fit, a number that is not finite, a category where a number is needed, a feature twice.
[[nodiscard]] std::optional<std::string> fault_of(const Prepared& prepared);

/// Rows that own their numbers.
struct RowTable {
  std::vector<double> values;
  std::size_t width = 0;

  [[nodiscard]] Rows rows() const { return {values, width}; }
};

/// Returns the features of people. Missing values that no step fills stay NaN. Requires: fault_of(prepared) and
/// fault_of(people) found nothing; `people` has the columns, by name, of the same kind; others are not looked at.
[[nodiscard]] RowTable apply(const Prepared& prepared, const Frame& people);

}  // namespace stardose::learning
