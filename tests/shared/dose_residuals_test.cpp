// Intervals and performance in the catalogue are what the patients say that they were made from.
#include <doctest/doctest.h>

#include <string>

#include "tests/program/run_program.h"
#include "tests/shared/shared_folder.h"

namespace stardose::tests {

TEST_SUITE("shared: dose residuals") {
  TEST_CASE("the converter writes what stands in the catalogue") {
    if (!shared_is_there()) return;
    const std::string converter = std::string{STARDOSE_SOURCE_DIR} + "/pharmaco/catalogue/convert/dose_residuals.py";
    const std::string table = shared_path("cases/models/iwpc/iwpc_raw_with_site.csv");
    const ProgramResult checked =
        StartedProgram{{"python3", converter, table, "--program", STARDOSE_PROGRAM, "--check"}, {}, "/usr/bin/env"}
            .wait();
    INFO(checked.err);
    CHECK(checked.exit_code == 0);
  }
}

}  // namespace stardose::tests
