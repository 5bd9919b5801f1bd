// Several tables of the same people as one.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/covariates/delimited_table.h"

namespace stardose::pharmaco {

struct JoinedTables {
  DelimitedTable table;
  std::size_t left_out = 0;  ///< people who are in some of the tables, and not in all
};

/// Returns a row for each person who is in all tables, in the order of the first, with the columns of all; of a column
/// that several have, the first's. `id` is the column of people's names, `file` what says so. One table is returned as
/// it is. Throws InputError (input): a table without `id`, a person twice in one, nobody in all.
[[nodiscard]] JoinedTables joined(std::vector<DelimitedTable> tables, const std::string& id, const std::string& file);

}  // namespace stardose::pharmaco
