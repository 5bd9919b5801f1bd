// Reading the two tables.
#include <array>
#include <span>
#include <utility>

#include "genomics/pseudonyms.h"
#include "pharmaco/concordance/concordance.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

using Row = UserTable::Row;

/// The cell; `.` is nothing.
std::string cell_of(const Row& row, std::size_t column) {
  const std::string_view text = row.cell(column);
  return text == "." ? std::string{} : std::string{text};
}

std::vector<std::string> list_of(const std::string& cell) {
  std::vector<std::string> items;
  for (const std::string_view item : split(cell, ";")) items.emplace_back(trimmed(item));
  return items;
}

void check_not_empty(const UserTable& table, const char* what) {
  if (!table.rows().empty()) return;
  throw genomics::InputError{genomics::Fault::input,
                             {table.path(), "", std::string{"the table of "} + what + " is empty",
                              "it needs a header line: sample gene diplotype"}};
}

}  // namespace

std::vector<TruthRow> read_truth_table(const std::string& path) {
  static constexpr std::array<std::string_view, 3> needed = {"sample", "gene", "diplotype"};
  static constexpr std::array<std::string_view, 1> more = {"source"};
  const UserTable table{path, "truth", "--truth"};
  check_not_empty(table, "truths");
  const auto at = find_columns(table, table.rows().front(), {needed, more, true});
  std::vector<TruthRow> truths;
  for (const Row& row : std::span{table.rows()}.subspan(1)) {
    TruthRow truth{genomics::known_as(cell_of(row, at[0])), cell_of(row, at[1]), cell_of(row, at[2]),
                   cell_of(row, at[3])};
    if (truth.sample.empty() || truth.gene.empty()) {
      table.fail(row, "the line names no sample or no gene", "write both, or remove the line");
    }
    truths.push_back(std::move(truth));
  }
  return truths;
}

OurCalls read_calls_table(const std::string& path) {
  static constexpr std::array<std::string_view, 3> needed = {"sample", "gene", "diplotype"};
  static constexpr std::array<std::string_view, 3> more = {"status", "phenotype", "reason"};
  const UserTable table{path, "calls", "--calls"};
  check_not_empty(table, "calls");
  const auto at = find_columns(table, table.rows().front(), {needed, more, true});
  OurCalls calls;
  for (const Row& row : std::span{table.rows()}.subspan(1)) {
    // Tables of one gene each, one behind the other, are one table.
    if (row.cell(at[0]) == "sample" && row.cell(at[1]) == "gene") continue;
    OurCall call{list_of(cell_of(row, at[2])), list_of(cell_of(row, at[4])), cell_of(row, at[5])};
    if (cell_of(row, at[3]) == "no_call") call = {{}, {}, call.reason};
    const auto key = std::pair{genomics::known_as(cell_of(row, at[0])), cell_of(row, at[1])};
    if (!calls.emplace(key, std::move(call)).second) {
      table.fail(row, "a second call of " + key.second + " for sample " + key.first, "give the calls of one run");
    }
  }
  return calls;
}

}  // namespace stardose::pharmaco
