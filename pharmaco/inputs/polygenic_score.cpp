// Reading scores.tsv.
#include "pharmaco/inputs/polygenic_score.h"

#include <array>
#include <span>
#include <string_view>

#include "genomics/pseudonyms.h"
#include "pharmaco/covariates/unit.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

std::map<std::string, PolygenicScores> read_polygenic_scores(const std::string& path) {
  static constexpr std::array<std::string_view, 5> needed = {"sample", "score", "sum", "average", "z"};
  const UserTable table{path, "polygenic scores", "--polygenic"};
  if (table.rows().empty()) {
    throw genomics::InputError{
        genomics::Fault::input,
        {path, "", "the polygenic scores have no rows", "give the scores.tsv of `stardose polygenic`"}};
  }
  const auto at = find_columns(table, table.rows().front(), {needed, {}, true});
  std::map<std::string, PolygenicScores> samples;
  for (const UserTable::Row& row : std::span{table.rows()}.subspan(1)) {
    const std::string sample = genomics::known_as(std::string{row.cell(at[0])});
    const std::string score{row.cell(at[1])};
    PolygenicScore read;
    const auto number = [&](std::size_t column, double& value) {
      const std::string_view cell = row.cell(at[column]);
      if (cell == "NA" || read_decimal(cell, value)) return;
      table.fail(row, std::string{needed[column]} + " is no number", "give the scores.tsv of `stardose polygenic`");
    };
    number(2, read.sum);
    number(3, read.average);
    number(4, read.z);
    if (!samples[sample].emplace(score, read).second) {
      table.fail(row, "sample " + genomics::printable(sample) + " has " + genomics::printable(score) + " twice",
                 "give the scores of one run");
    }
  }
  return samples;
}

}  // namespace stardose::pharmaco
