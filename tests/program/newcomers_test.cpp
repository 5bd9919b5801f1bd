// What a newcomer does wrong with features, scores, training and doses, and what the program says of it: one line with
// the file, the place and the reason, help, and the exit code of a user's mistake.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string patients = source + "/data-samples/patients.tsv";
const std::string cohort = source + "/data-samples/made_up_cohort.tsv";
const std::string recipe = source + "/workflows/train-warfarin.yaml";
const std::string model = source + "/pharmaco/catalogue/dosing/models/warfarin-iwpc-trained.json";
const std::string one_feature = "set: s\ninputs: {age: {}}\nfeatures: {age: {}}\n";

}  // namespace

TEST_SUITE("program: newcomers") {
  TEST_CASE("a folder in place of a file") {
    const TempFolder files;
    const std::string set = files.write("set.yaml", one_feature);
    const std::string folder = files.path();
    const auto refused = [&](const std::vector<std::string>& args) {
      CAPTURE(args[0]);
      check_refused_saying(run_program(args), 3, {folder + ": is a folder"});
    };
    refused({"dose", "warfarin", "--covariates", folder});
    refused({"features", set, "--covariates", folder});
    refused({"features", folder, "--covariates", patients});
    refused({"features", set, "--covariates", patients, "--polygenic", folder});
    refused({"features", set, "--covariates", patients, "--calls", folder});
    refused({"score", model, "--table", folder});
    refused({"score", folder, "--table", cohort});
    refused({"train", folder, "--data", cohort, "--evaluate-only"});
    refused({"train", recipe, "--data", folder, "--evaluate-only"});
  }

  TEST_CASE("a misspelt covariate with its unit is a misspelt covariate") {
    const TempFolder files;
    for (const std::string heading : {"hieght_cm", "heigth (cm)", "Hieght [cm]"}) {
      const std::string table = files.write("p.tsv", "sample\tage_years\t" + heading + "\nA\t50\t170\n");
      check_refused_saying(run_program({"dose", "warfarin", "--covariates", table}), 3,
                           {"p.tsv: 1: unknown column: " + heading, "did you mean `height`?"});
    }
    const std::string other = files.write("p.tsv", "sample\tage_years\tdose_of_tea_cm\nA\t50\t170\n");
    CHECK(run_program({"dose", "warfarin", "--covariates", other}).exit_code == 0);
  }

  TEST_CASE("a file of features: every fault, the nearest name, where to read on") {
    const TempFolder files;
    const auto err = [&](const std::string& text) {
      const ProgramResult run = run_program({"features", files.write("set.yaml", text), "--covariates", patients});
      CHECK(run.exit_code == 3);
      return run.err;
    };
    const std::string two = err("set: s\ninputs: {wieght: {}, c: {score: CYP2D66}}\nfeatures: {c: {}}\ndervied: {}\n");
    CHECK(two.find("set.yaml:4: dervied: unknown key; did you mean `derived`? There are ") != std::string::npos);
    CHECK(two.find("\nhelp: workflows/README.md") != std::string::npos);
    CHECK(two.find("\nalso ") != std::string::npos);
    CHECK(two.find("not in covariates.yaml: wieght; did you mean `weight`?") != std::string::npos);
    CHECK(two.find("no such gene in the catalogue: CYP2D66; did you mean `CYP2D6`?") != std::string::npos);
    // What is no covariate has no unit either; that is not a second fault.
    const std::string unknown = err("set: s\ninputs: {wieght: {}}\nfeatures: {w: wieght in kg}\n");
    CHECK(unknown.find("does not convert") == std::string::npos);
  }

  TEST_CASE("a column in which nobody has a value says why") {
    const TempFolder files;
    const std::string set = files.write("set.yaml",
                                        "set: s\ninputs: {af: {polygenic: PGS1, scale: sum}, height: {}, c: {copies: "
                                        "CYP2D6}}\nfeatures: {af: {}, metres: height in m, c: {}}\n");
    const std::string table = files.write("p.tsv", "sample\tage_years\nA\t50\n");
    const std::string none = run_program({"features", set, "--covariates", table}).err;
    CHECK(none.find("nobody has a value of af: no polygenic score PGS1, as none is given\n") != std::string::npos);
    CHECK(none.find("nobody has a value of metres: height, no such column\n") != std::string::npos);
    CHECK(none.find("nobody has a value of c: CYP2D6 was not tested\n") != std::string::npos);
    const std::string scores =
        files.write("scores.tsv", "sample\tscore\tsum\taverage\talleles\tmissing\tz\nA\tPGS2\t1\t0.5\t2\t0\tNA\n");
    CHECK(run_program({"features", set, "--covariates", table, "--polygenic", scores})
              .err.find("no polygenic score PGS1; there is PGS2\n") != std::string::npos);
  }

  TEST_CASE("none of the variants asked for is in the input") {
    const TempFolder files;
    const std::string vcf = files.write("in.vcf", vcf_header({"A"}) + vcf_record("chr1 100 C T", {"0/1"}));
    const std::string ids = files.write("ids.txt", "rs1\nrs2\n");
    check_refused_saying(run_program({"features", "--genotypes", ids, "--input", vcf, "--output", files / "g"}), 4,
                         {"none of the 2 variant(s) asked for is in it, the first is rs1"});
    CHECK_FALSE(std::filesystem::exists(files / "g/genotypes.npy"));
  }

  TEST_CASE("where a model cannot be written is said before it is trained") {
    const TempFolder files;
    const std::string nowhere = files / "none/m.json";
    const ProgramResult run = run_program({"train", recipe, "--data", cohort, "--output", nowhere});
    check_refused_saying(run, 5, {nowhere + ": there is no folder " + (files / "none")});
    CHECK(run.out.empty());
    check_refused_saying(run_program({"train", recipe, "--data", cohort, "--output", files.path()}), 5,
                         {"is a folder"});
  }

  TEST_CASE("a workflow in place of a recipe, and a recipe in place of a workflow") {
    const std::string workflow = source + "/workflows/pgx-report.yaml";
    check_refused_saying(run_program({"train", workflow, "--data", cohort, "--evaluate-only"}), 3,
                         {"unknown key", "workflows/README.md"});
    check_refused_saying(run_program({"run", recipe}), 2, {"a recipe is for `stardose train`"});
  }

  TEST_CASE("a table of training data in another unit, or without the columns") {
    const TempFolder files;
    check_refused_saying(run_program({"train", recipe, "--data", patients, "--evaluate-only"}), 3,
                         {"there is no column dose"});
    const std::string pounds =
        files.write("d.tsv", "subject\tsite\tstable\tdose\tage\theight\tweight_lb\nA\t1\t1\t35\t60\t170\t170\n");
    check_refused_saying(run_program({"train", recipe, "--data", pounds, "--evaluate-only"}), 3,
                         {"there is no column weight, which ", "did you mean `weight_lb`?"});
    const std::string table = files.write("t.tsv", "sample\tweight_lb\nA\t170\n");
    check_refused_saying(run_program({"score", model, "--table", table}), 3,
                         {"weight_lb: the model's weight is in kg"});
  }
}

}  // namespace stardose::tests
