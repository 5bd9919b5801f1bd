// One run of everybody in data-samples in every format, and readers of what it wrote.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

using Json = nlohmann::json;
using Row = std::map<std::string, std::string>;

inline const std::string data = STARDOSE_SOURCE_DIR "/data-samples/";

inline std::vector<Row> read_table(const std::string& path) {
  std::istringstream text{file_text(path)};
  std::vector<std::string> header;
  std::vector<Row> rows;
  for (std::string line; std::getline(text, line);) {
    std::vector<std::string> cells;
    std::istringstream cut{line};
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    if (header.empty()) {
      header = cells;
      continue;
    }
    REQUIRE_EQ(cells.size(), header.size());
    Row& row = rows.emplace_back();
    for (std::size_t k = 0; k < cells.size(); ++k) row[header[k]] = cells[k];
  }
  return rows;
}

inline std::string joined(const Json& list, const std::string& separator) {
  std::string text;
  for (const std::string each : list) text += (text.empty() ? "" : separator) + each;
  return text;
}

inline bool has(std::string_view text, std::string_view words) { return text.find(words) != std::string_view::npos; }

/// One run of everybody in data-samples, and what it wrote.
struct Results {
  TempFolder folder;
  std::vector<Row> calls;
  std::vector<Row> guidance;
  std::vector<Row> doses;

  Results() {
    const ProgramResult run = run_program(
        {"run", STARDOSE_SOURCE_DIR "/workflows/pgx-report.yaml", "--outside-calls", data + "outside_calls.tsv",
         "--dose", "warfarin", "--covariates", data + "patients.tsv", "--medications-file", data + "medications.tsv",
         "--write", "calls,guidance,dosing,html,json,fhir", "--output", folder / "out"});
    REQUIRE_EQ(run.exit_code, 0);
    calls = read_table(folder / "out/calls.tsv");
    guidance = read_table(folder / "out/guidance.tsv");
    doses = read_table(folder / "out/dosing.tsv");
  }

  [[nodiscard]] std::string page(const std::string& sample) const {
    return file_text(folder / ("out/report/" + sample + ".html"));
  }
  [[nodiscard]] Json document(const std::string& sample) const {
    return Json::parse(file_text(folder / ("out/report/" + sample + ".json")));
  }
  [[nodiscard]] Json bundle(const std::string& sample) const {
    return Json::parse(file_text(folder / ("out/report/" + sample + ".fhir.json")));
  }
  [[nodiscard]] std::vector<std::string> samples() const {
    std::vector<std::string> names;
    for (const Row& row : calls) {
      if (names.empty() || names.back() != row.at("sample")) names.push_back(row.at("sample"));
    }
    return names;
  }
};

}  // namespace stardose::tests
