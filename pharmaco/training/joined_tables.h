// Several tables of the same people as one.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/covariates/delimited_table.h"

namespace stardose::pharmaco {

/// Returns one row for each person, in the order of the first table, with the columns of all tables; one table as it
/// is. `id` is the column of people's names, `file` says so. Nobody is left out and nothing is chosen between tables:
/// throws InputError (input) where a table has two columns of one name; and of several where one has no column `id`, a
/// name is empty or there twice, somebody is in one table and not in another, or a column of two differs for somebody.
[[nodiscard]] DelimitedTable joined(std::vector<DelimitedTable> tables, const std::string& id, const std::string& file);

}  // namespace stardose::pharmaco
