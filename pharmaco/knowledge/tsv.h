// A table of the catalogue: comment lines, a header, rows of tab-separated cells.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// Cells are views into the text given to read_tsv, which must outlive the table.
struct TsvTable {
  struct Row {
    std::size_t line = 0;
    std::vector<std::string_view> cells;  ///< in the order of the columns asked for; `.` reads as empty
  };
  std::vector<Row> rows;
};

/// Reads the columns named, in that order. Faults: a header without one of them or with another, a row with more or
/// fewer cells, an empty cell, a control character in one. Faulty rows are left out.
[[nodiscard]] TsvTable read_tsv(const std::string& file, std::string_view text,
                                std::span<const std::string_view> columns, CatalogueFaults& faults);

/// Returns the table's header line, split; empty when there is none.
[[nodiscard]] std::vector<std::string_view> tsv_header(std::string_view text);

/// Splits at every `separator`; an empty text gives no items.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, std::string_view separator);

/// Reads a whole number into `number`; returns false when the text is anything else.
[[nodiscard]] bool read_number(std::string_view text, std::int64_t& number);

}  // namespace stardose::pharmaco
