// Frames for other programs.
#include "learning/frame/frame_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>

#include "genomics/basics/table_cell.h"
#include "genomics/expect.h"

namespace stardose::learning {

namespace {

static_assert(std::endian::native == std::endian::little, "NumPy files are written as they lie in memory");

using genomics::table_cell;

}  // namespace

std::string frame_tsv(const Frame& frame) {
  std::string text = "sample";
  for (const Column& column : frame.columns) (text += '\t') += table_cell(column.kind.name);
  text += '\n';
  for (std::size_t row = 0; row < frame.rows.size(); ++row) {
    text += table_cell(frame.rows[row]);
    for (const Column& column : frame.columns) {
      const double value = column.values[row];
      text += '\t';
      if (std::isnan(value)) {
        text += "NA";
      } else if (column.kind.is_category()) {
        text += table_cell(column.kind.levels[static_cast<std::size_t>(value)]);
      } else {
        fmt::format_to(std::back_inserter(text), "{}", value);
      }
    }
    text += '\n';
  }
  return text;
}

std::vector<NumberColumn> number_columns(const Frame& frame) {
  std::vector<NumberColumn> columns;
  for (std::size_t k = 0; k < frame.columns.size(); ++k) {
    const ColumnKind& kind = frame.columns[k].kind;
    if (!kind.is_category()) columns.push_back({k, -1});
    for (std::size_t level = 0; level < kind.levels.size(); ++level) columns.push_back({k, static_cast<int>(level)});
  }
  return columns;
}

std::string name_of(const Frame& frame, const NumberColumn& column) {
  const ColumnKind& kind = frame.columns[column.column].kind;
  return column.level < 0 ? kind.name : kind.name + "=" + kind.levels[static_cast<std::size_t>(column.level)];
}

double value_of(const Frame& frame, const NumberColumn& column, std::size_t row) {
  const double value = frame.columns[column.column].values[row];
  if (column.level < 0 || std::isnan(value)) return value;
  return value == column.level ? 1 : 0;
}

std::string columns_tsv(const Frame& frame) {
  std::string text = "number\tname\tunit\tcolumn\tlevel\tinput\tmissing\n";
  const auto columns = number_columns(frame);
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const Column& of = frame.columns[columns[k].column];
    const auto missing = std::ranges::count_if(of.values, [](double value) { return std::isnan(value); });
    const std::string level = columns[k].level < 0 ? "." : of.kind.levels[static_cast<std::size_t>(columns[k].level)];
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{}\t{}\t{}\n", k, table_cell(name_of(frame, columns[k])),
                   of.kind.unit.empty() ? "." : table_cell(of.kind.unit), table_cell(of.kind.name), table_cell(level),
                   table_cell(of.kind.input.empty() ? of.kind.name : of.kind.input), missing);
  }
  return text;
}

std::string npy_header(std::string_view type, std::size_t rows, std::size_t columns, bool by_column) {
  std::string header{"\x93NUMPY\x01\x00", 8};
  constexpr std::size_t text_size = npy_header_size - 10;
  header += static_cast<char>(text_size & 0xFF);
  header += static_cast<char>(text_size >> 8);
  header += fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': ({}, {}), }}", type,
                        by_column ? "True" : "False", rows, columns);
  STARDOSE_EXPECT(header.size() < npy_header_size);
  header.resize(npy_header_size - 1, ' ');
  return header + '\n';
}

std::string frame_npy(const Frame& frame) {
  const auto columns = number_columns(frame);
  std::string bytes = npy_header("<f8", frame.rows.size(), columns.size(), false);
  bytes.reserve(bytes.size() + frame.rows.size() * columns.size() * sizeof(double));
  for (std::size_t row = 0; row < frame.rows.size(); ++row) {
    for (const NumberColumn& column : columns) {
      const double value = value_of(frame, column, row);
      std::array<char, sizeof value> raw{};
      std::memcpy(raw.data(), &value, sizeof value);
      bytes.append(raw.data(), raw.size());
    }
  }
  return bytes;
}

std::string market_header(std::size_t rows, std::size_t columns, std::size_t entries) {
  std::string header = fmt::format("%%MatrixMarket matrix coordinate real general\n{} {} {}", rows, columns, entries);
  STARDOSE_EXPECT(header.size() < market_header_size);
  header.resize(market_header_size - 1, ' ');
  return header + '\n';
}

std::string frame_market(const Frame& frame) {
  const auto columns = number_columns(frame);
  std::string lines;
  std::size_t entries = 0;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    for (std::size_t row = 0; row < frame.rows.size(); ++row) {
      const double value = value_of(frame, columns[k], row);
      if (value == 0) continue;
      ++entries;
      if (std::isnan(value)) {
        fmt::format_to(std::back_inserter(lines), "{} {} NaN\n", row + 1, k + 1);
      } else {
        fmt::format_to(std::back_inserter(lines), "{} {} {}\n", row + 1, k + 1, value);
      }
    }
  }
  return market_header(frame.rows.size(), columns.size(), entries) + lines;
}

}  // namespace stardose::learning
