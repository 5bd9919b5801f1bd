// CYP2D6 called from real slices, as they are and in the many forms in which alignments come.
#include <doctest/doctest.h>

#include <cstdlib>

#include "changed_alignments.h"
#include "diplotype_text.h"
#include "read_calls.h"
#include "sim_cases.h"
#include "tests/builders/temp_folder.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

using namespace stardose::tests;

namespace {

const std::string tables = STARDOSE_SOURCE_DIR "/tests/reads/";

// (file and change) -> the worst verdict that is put up with, where that is not an exact call.
std::map<std::pair<std::string, std::string>, std::string> shortfalls() {
  std::map<std::pair<std::string, std::string>, std::string> listed;
  for (const TableRow& row : read_table(tables + "real_shortfalls.tsv")) {
    listed[{row.at("file"), row.at("change")}] = row.at("verdict");
  }
  return listed;
}

}  // namespace

TEST_SUITE("shared: real slices") {
  TEST_CASE("slice") {
    const char* wanted = std::getenv("STARDOSE_SLICE");  // NOLINT(concurrency-mt-unsafe): nothing sets it here
    if (wanted == nullptr || !shared_is_there()) return;
    const auto former = read_former_names(STARDOSE_SOURCE_DIR "/pharmaco/catalogue/aliases.tsv", "CYP2D6");
    const auto listed = shortfalls();
    const Window window = read_window(window_path());
    for (const TableRow& row : read_table(tables + "real_slices.tsv")) {
      if (row.at("file") != wanted) continue;
      for (const Change change : all_changes()) {
        const stardose::test::TempFolder folder;
        const std::string path = shared_path("cases/reads/" + row.at("file"));
        const ChangedFile file = write_changed(path, change, window, folder.path());
        const ReadCall called = call_cyp2d6(file.path, file.reference);
        const Verdict verdict = judge(row.at("truth"), called.diplotypes, former);
        INFO(to_string(change), ": ", row.at("truth"), " called as ", to_text(called));
        const auto shortfall = listed.find({row.at("file"), std::string{to_string(change)}});
        CHECK(verdict <= (shortfall == listed.end() ? Verdict::exact : verdict_of(shortfall->second)));
      }
    }
  }
}
