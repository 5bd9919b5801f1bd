// People out of a table that has a model's own columns.
#pragma once

#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/model/column.h"

namespace stardose::pharmaco {

struct PeopleTable {
  learning::Frame people;             ///< the model's columns that the table has, in the model's order
  std::vector<std::string> warnings;  ///< a sentence each
};

/// Reads a TSV or CSV with a row a person. Columns go by the model's names, with or without the unit (`weight`,
/// `weight_kg`); in another unit they are refused, and other columns are not looked at. `id` names the column of
/// people's names; empty: `sample`, or else the lines' numbers. Empty cells, `.` and `NA` are missing, and so is every
/// word of `missing`. A word that is no level of the model's becomes one behind them, so that a prediction can say so.
/// Throws InputError (input) at a line: no column of the model's, a cell that is no number, a name twice.
[[nodiscard]] PeopleTable read_people(const std::string& path, const std::string& id,
                                      const std::vector<std::string>& missing,
                                      const std::vector<learning::ModelColumn>& columns);

}  // namespace stardose::pharmaco
