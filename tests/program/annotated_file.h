// Annotated variant files, as bcftools reads them.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/shell.h"

namespace stardose::tests {

inline std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

inline std::vector<std::string> columns_of(const std::string& line, char separator = '\t') {
  std::vector<std::string> columns;
  std::istringstream stream{line};
  for (std::string column; std::getline(stream, column, separator);) columns.push_back(column);
  return columns;
}

inline std::string bcftools(const std::string& words) {
  const ProgramResult run = run_shell("bcftools " + words);
  CAPTURE(words);
  CAPTURE(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  return run.out;
}

inline void annotate(const std::string& input, const std::string& output, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"annotate", input, "-o", output};
  words.insert(words.end(), more.begin(), more.end());
  const ProgramResult run = run_program(words);
  CAPTURE(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  CHECK_EQ(run.out, "");
}

/// `chr6:18130687` -> the values of a field of INFO, or of FORMAT by sample.
inline std::map<std::string, std::string> values(const std::string& path, const std::string& field) {
  std::map<std::string, std::string> found;
  const bool of_samples = field.ends_with("E") && (field == "PGX_DIPLOTYPE" || field == "PGX_PHENOTYPE");
  const std::string what = of_samples || field == "PGX_STATUS" ? "[ %" + field + "]" : " %INFO/" + field;
  for (const std::string& line : lines_in(bcftools("query -f '%CHROM:%POS" + what + "\\n' " + path))) {
    found[line.substr(0, line.find(' '))] = line.substr(std::min(line.find(' ') + 1, line.size()));
  }
  return found;
}

}  // namespace stardose::tests
