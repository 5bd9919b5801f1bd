// `stardose model`: import and show.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string table =
    "# link: signed_square\nfeature\tcoefficient\tunit\tmean\n(Intercept)\t5.5\t\t\nage\t-0.25\tdecade\t6\n";

}  // namespace

TEST_SUITE("program: model") {
  TEST_CASE("import writes our own file, which show shows like the one it came from") {
    const TempFolder folder;
    const std::string input = folder.write("table.tsv", table);
    const std::string output = folder / "model.json";
    const ProgramResult import = run_program({"model", "import", input, "--output", output});
    CHECK_EQ(import.exit_code, 0);
    CHECK_EQ(import.out + import.err, "");
    const ProgramResult show = run_program({"model", "show", output});
    CHECK_EQ(show.exit_code, 0);
    CHECK_EQ(show.out, run_program({"model", "show", input}).out);
    CHECK_EQ(show.out,
             "source\ta table of coefficients\nmethod\tlinear, 1 coefficients\nlink\tsigned_square\noutputs\t"
             "prediction\ncontributions\texact\n\nfeature\tunit\tlowest\thighest\tmean\nage\tdecade\t\t\t6\n");
    const std::string again = folder / "again.json";
    CHECK_EQ(run_program({"model", "import", output, "--output", again}).exit_code, 0);
    CHECK_EQ(file_text(again), file_text(output));
  }

  TEST_CASE("show says how many trees and what comes out") {
    const std::string models = std::string{STARDOSE_SOURCE_DIR "/tests/learning/import/models/"};
    const ProgramResult show = run_program({"model", "show", models + "xgboost_1.7.4_softprob.json"});
    CHECK(show.out.find("method\t15 trees of ") != std::string::npos);
    CHECK(show.out.find("outputs\t0, 1, 2\n") != std::string::npos);
  }

  TEST_CASE("what a user must know is a remark of show and a warning of import") {
    const TempFolder folder;
    std::string text = file_text(STARDOSE_SOURCE_DIR "/tests/learning/import/models/xgboost_1.7.4_poisson.json");
    const std::string last = R"("best_iteration":"4")";
    REQUIRE(text.find(last) != std::string::npos);
    text.replace(text.find(last), last.size(), R"("best_iteration":"2")");
    const std::string input = folder.write("m.json", text);
    CHECK(run_program({"model", "show", input}).out.find("\nremark\tTraining was best after 3 of 5 rounds.") !=
          std::string::npos);
    const ProgramResult import = run_program({"model", "import", input, "--output", folder / "out.json"});
    CHECK_EQ(import.exit_code, 0);
    CHECK_EQ(import.err.find("warning: " + input + ": Training was best after 3 of 5 rounds."), 0);
  }

  TEST_CASE("a name of the file is shown without its control characters") {
    const TempFolder folder;
    const std::string input = folder.write("t.csv", "feature,coefficient,mean\na\x1b[2Jge,1,0\n");
    const ProgramResult show = run_program({"model", "show", input});
    CHECK_EQ(show.exit_code, 0);
    CHECK_EQ(show.out.find('\x1b'), std::string::npos);
    CHECK(show.out.find("\na?[2Jge\t") != std::string::npos);
  }

  TEST_CASE("what is no model, or cannot be written, is refused") {
    const TempFolder folder;
    const std::string input = folder.write("table.tsv", table);
    const std::string broken = folder.write("broken.tsv", table + "bmi\t?\t\t\n");
    const std::string output = folder / "model.json";
    check_refused(run_program({"model", "import", broken, "--output", output}), 3,
                  broken + ": line 5: not a number: ?");
    check_refused_saying(run_program({"model", "show", broken}), 3, {"help: a table has the columns feature and"});
    CHECK_FALSE(std::filesystem::exists(output));
    check_refused(run_program({"model", "show", folder / "none"}), 3, (folder / "none") + ": cannot open the model");
    check_refused(run_program({"model", "show", STARDOSE_SOURCE_DIR}), 3, STARDOSE_SOURCE_DIR ": is a folder");
    check_refused(run_program({"model"}), 2, "a command is missing");
    check_refused_saying(run_program({"model", "import", input, "--output", folder / "no/m.json"}), 5, {"no/m.json"});
    check_refused_saying(run_program({"model", "import", input}), 2, {"--output"});
  }
}

}  // namespace stardose::tests
