// The tables that have rows of samples, one sample after the other.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pipeline {

enum class ResultTable { calls, guidance, matches, coverage, dosing, multiqc_general, multiqc_outcomes, multiqc_calls };

inline constexpr std::size_t result_tables = 8;

/// One thing for each table.
template <class T>
using ByTable = std::array<T, result_tables>;

/// `calls.tsv`, `multiqc/stardose_general_mqc.json`: as the enumeration has them, within the folder of results.
[[nodiscard]] std::string table_file(std::size_t table);

/// What stands around the rows of samples.
struct TableFrame {
  std::string start;
  std::string_view separator;  ///< between two samples
  std::string_view end;
};

/// `guided`: symbols of the genes with guidance.
[[nodiscard]] TableFrame frame_of(std::size_t table, const std::vector<std::string>& guided);

}  // namespace stardose::pipeline
