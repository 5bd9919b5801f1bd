// Steps while they are being fitted: which columns there are so far, and what stands in them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "learning/prepare/fit_steps.h"
#include "learning/prepare/working_table.h"

namespace stardose::learning {

enum class Wanted : std::uint8_t { numbers, categories, any };

/// In a rehearsal there are no rows: every column is made that could be, and what a declaration gets wrong is noted.
class Fitting {
 public:
  Fitting(const Frame& people, bool is_rehearsal);

  [[nodiscard]] bool is_rehearsal() const { return is_rehearsal_; }
  [[nodiscard]] const Prepared& prepared() const { return prepared_; }
  [[nodiscard]] const WorkingTable& table() const { return table_; }
  [[nodiscard]] const std::vector<double>& values(Place place) const { return table_.columns[place]; }
  [[nodiscard]] const std::vector<std::string>& levels(Place place) const { return prepared_.columns[place].levels; }
  /// Returns the column of the people that this one was made of, if of one alone.
  [[nodiscard]] std::optional<Place> only_origin(Place place) const;

  /// Returns the columns, in order, that are features so far and that these names stand for.
  [[nodiscard]] std::vector<Place> pick(const ColumnNames& names, Wanted wanted);
  /// Returns the column of this name, a feature or not.
  [[nodiscard]] std::optional<Place> find(const std::string& name);
  /// Returns a new column made of others; `input` is what it counts for, if not for what they count for.
  [[nodiscard]] Place make(const std::string& name, const std::vector<Place>& from, const std::string& input = {});
  /// Adds a step and carries it out. Columns that it makes were made before.
  void add(FittedStep step);
  /// Makes columns no features any more; one number stays at least.
  void leave_out(std::vector<Place> places, const std::string& why);

  /// Notes a fault in a rehearsal; the first counts. What is no fault there is a column that the data has left out.
  void fault(const std::string& why);
  [[nodiscard]] const std::optional<std::string>& fault() const { return fault_; }

  /// Ends: what are features still is what is learned from.
  [[nodiscard]] Prepared take();

 private:
  [[nodiscard]] bool fits(Place place, Wanted wanted) const;
  /// Adds what one name stands for; false: nothing.
  bool pick_one(const std::string& name, Wanted wanted, std::set<Place>& picked);

  bool is_rehearsal_;
  Prepared prepared_;
  WorkingTable table_;
  std::vector<std::set<Place>> origins_;  ///< of each column, the people's columns it comes from
  std::vector<bool> is_feature_;
  std::optional<std::string> fault_;
};

}  // namespace stardose::learning
