// What is to be done with columns before anything is learned from them: declared, and not fitted yet.
//
// Steps go one after the other; each sees the columns as those before it left them. `columns` names columns, with `*`
// for any letters; a column that came with the people stands for what was made of it alone once it is encoded. No
// names: all columns that the step can take. A column that an earlier step left out counts as nothing, since that is
// for the data to decide; a name that never was a column is a fault.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/train/learner.h"

namespace stardose::learning {

using ColumnNames = std::vector<std::string>;

enum class FillBy : std::uint8_t {
  mean,
  median,
  mode,        ///< the most frequent, the smallest of equals; of categories the only one of these three
  constant,    ///< `value`, or of categories `level`
  regression,  ///< least squares on the columns `on`; of numbers only
  neighbours,  ///< mean, or of categories mode, of the nearest rows by the columns `on`
};

/// Puts a value in place of a missing one. Where nothing is known in training: 0, or the first level. All columns are
/// filled from what was there before the step, so that they may stand in each other's `on`.
struct FillStep {
  ColumnNames columns;
  FillBy by = FillBy::mean;
  std::string group;  ///< a category: mean, median or mode are of each level's own rows, where it has known values
  ColumnNames on;
  double value = 0;
  std::string level;
  std::uint32_t neighbours = 5;

  bool operator==(const FillStep&) const = default;
};

/// Makes a column of 1 where a value is missing and else 0, `height missing`, for columns in which at least so many
/// rows of the training lack one.
struct IndicateStep {
  ColumnNames columns;
  std::uint32_t fewest = 1;

  bool operator==(const IndicateStep&) const = default;
};

enum class MissingLevel : std::uint8_t {
  stays,  ///< the columns are missing too
  zeros,
  level,  ///< a column of its own, `race=(missing)`
};

/// Makes a column of 0 and 1 for each level, `race=Asian`. Those with fewer than `fewest` rows of the training share
/// one, `race=(other)`, unless there is but one.
struct OneHotStep {
  ColumnNames columns;
  std::uint32_t fewest = 0;
  MissingLevel missing = MissingLevel::stays;
  std::string reference;  ///< a level that gets no column; empty: all do

  bool operator==(const OneHotStep&) const = default;
};

/// Makes the product of each pair of a number of `left` and one of `right`, `age * race=Asian`, each pair once; a
/// column is not multiplied with itself, nor with another of the same category.
struct ProductStep {
  ColumnNames left;
  ColumnNames right;

  bool operator==(const ProductStep&) const = default;
};

enum class Transform : std::uint8_t { log, log1p, sqrt, square };

/// Replaces numbers, or makes columns beside them, `square(age)`. What has no logarithm or root becomes missing.
struct TransformStep {
  ColumnNames columns;
  Transform by = Transform::square;
  bool beside = false;

  bool operator==(const TransformStep&) const = default;
};

/// Takes the mean off numbers and divides them by their standard deviation (of n, not n - 1; where it is 0: by 1).
/// `clip`: nobody then counts as further from the mean than so many deviations; 0: as far as they are.
struct StandardiseStep {
  ColumnNames columns;
  double clip = 0;

  bool operator==(const StandardiseStep&) const = default;
};

/// Multiplies numbers, so that learners which penalise or measure distances count them for more (or less).
struct ScaleStep {
  ColumnNames columns;
  double by = 1;

  bool operator==(const ScaleStep&) const = default;
};

/// Leaves all other columns out.
struct KeepStep {
  ColumnNames columns;

  bool operator==(const KeepStep&) const = default;
};

/// Leaves the columns out.
struct DropStep {
  ColumnNames columns;

  bool operator==(const DropStep&) const = default;
};

/// Leaves out numbers whose variance in training is not above `lowest`.
struct VarianceFilterStep {
  ColumnNames columns;
  double lowest = 0;

  bool operator==(const VarianceFilterStep&) const = default;
};

/// Leaves out a number whose correlation with one before it, that stays, is above `highest` or below -highest.
struct CorrelationFilterStep {
  ColumnNames columns;
  double highest = 0.95;

  bool operator==(const CorrelationFilterStep&) const = default;
};

/// Puts principal components in place of numbers, `NAME 1`, `NAME 2`: principal components where they are centred, else
/// a singular value decomposition. A missing value counts as the mean.
struct ComponentsStep {
  ColumnNames columns;
  std::string name;
  std::uint32_t count = 10;
  bool centre = true;
  bool scale = false;  ///< divided by their standard deviations first

  bool operator==(const ComponentsStep&) const = default;
};

/// Keeps the numbers that a learner makes most use of: by the size of standardised coefficients, or by how much splits
/// lower the squared error. At most `most`, none without use, one at least.
struct SelectStep {
  ColumnNames columns;
  LearnerSpec learner;
  std::uint32_t most = 50;

  bool operator==(const SelectStep&) const = default;
};

using Step = std::variant<FillStep, IndicateStep, OneHotStep, ProductStep, TransformStep, StandardiseStep, ScaleStep,
                          KeepStep, DropStep, VarianceFilterStep, CorrelationFilterStep, ComponentsStep, SelectStep>;

/// Returns what is wrong with steps for such columns, and with which (`step 3: ...`): a name that is no column, a group
/// that is no category, a category that nothing encodes, two columns of one name.
[[nodiscard]] std::optional<std::string> fault_of(const std::vector<Step>& steps,
                                                  const std::vector<ColumnKind>& columns);

}  // namespace stardose::learning
