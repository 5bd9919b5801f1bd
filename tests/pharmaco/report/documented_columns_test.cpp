// The columns of the tables are those that the README documents, in that order.
#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <string_view>

#include "pharmaco/report/json.h"
#include "pharmaco/report/table.h"

namespace {

using namespace stardose::pharmaco;

std::string readme() {
  std::ifstream file{STARDOSE_SOURCE_DIR "/pharmaco/report/README.md"};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The first cells of the table under a heading, joined as a header line.
std::string documented(const std::string& table) {
  const std::string text = readme();
  const std::size_t begin = text.find("\n### " + table + "\n");
  REQUIRE(begin != std::string::npos);
  const std::string section = text.substr(begin + 1, text.find("\n#", begin + 2) - begin - 1);
  std::string header;
  for (std::size_t at = section.find("\n| `"); at != std::string::npos; at = section.find("\n| `", at + 1)) {
    const std::size_t name = at + 4;
    header += (header.empty() ? "" : "\t") + section.substr(name, section.find('`', name) - name);
  }
  return header + "\n";
}

TEST_CASE("every column is documented, in its order") {
  CHECK(documented("calls.tsv") == calls_header());
  CHECK(documented("guidance.tsv") == guidance_header());
  CHECK(documented("matches.tsv") == matches_header());
  CHECK(documented("coverage.tsv") == coverage_header());
}

TEST_CASE("the README and the schema name the version of the document") {
  CHECK(readme().find(report_schema) != std::string::npos);
  std::ifstream file{STARDOSE_SOURCE_DIR "/pharmaco/report/sample-report.schema.json"};
  const std::string schema{std::istreambuf_iterator<char>{file}, {}};
  CHECK(schema.find("{\"const\": \"" + std::string{report_schema} + "\"}") != std::string::npos);
}

}  // namespace
