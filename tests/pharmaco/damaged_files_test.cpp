// Files that people write, with bytes changed, lost and repeated: refused as a user's mistake or read, and never a
// crash.
#include <doctest/doctest.h>

#include <functional>
#include <random>
#include <string>

#include "genomics/input_error.h"
#include "pharmaco/features/feature_set.h"
#include "pharmaco/features/people_table.h"
#include "pharmaco/inputs/patient_table.h"
#include "pharmaco/inputs/polygenic_score.h"
#include "pharmaco/training/recipe.h"
#include "pharmaco/training/training_table.h"
#include "tests/builders/dosing.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;

/// The text with one to four changes: a byte replaced, a piece left out, a piece repeated elsewhere, the end cut off.
std::string damaged(std::string text, std::mt19937& random) {
  static const std::string bytes = "\t\n\r,;:\"'{}[]*&#-.0123456789eEnNaA~ /\\|()%\xff\xc3\x01";
  for (unsigned left = 1 + random() % 4; left > 0 && !text.empty(); --left) {
    const std::size_t at = random() % text.size();
    const std::size_t length = 1 + random() % 30;
    switch (random() % 5) {
      case 0: text[at] = bytes[random() % bytes.size()]; break;
      case 1: text.erase(at, length); break;
      case 2: text.insert(random() % text.size(), text.substr(at, length)); break;
      case 3: text.insert(at, 1, bytes[random() % bytes.size()]); break;
      default:
        if (random() % 8 == 0) text.resize(at);
    }
  }
  return text;
}

/// Reads so many damaged forms of a file; what is thrown must be a user's mistake that says what to do.
void check_damage(const std::string& text, int rounds, const std::function<void(const std::string&)>& read) {
  const TempFolder folder;
  std::mt19937 random{7};
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string broken = damaged(text, random);
    CAPTURE(broken);
    const std::string path = folder.write("file", broken);
    try {
      read(path);
    } catch (const genomics::InputError& error) {
      ++refused;
      CHECK_FALSE(error.parts().why.empty());
      CHECK_FALSE(error.parts().help.empty());
    } catch (const std::exception& error) {
      FAIL_CHECK("not told as a user's mistake: ", std::string{error.what()});
    }
  }
  CHECK(refused > rounds / 20);
  CHECK(refused < rounds);
}

}  // namespace

TEST_SUITE("damaged files") {
  TEST_CASE("tables of patients") {
    const pharmaco::PatientColumns columns{test::dosing().covariates, {}};
    check_damage(file_text(source + "/data-samples/patients.tsv"), 600,
                 [&](const std::string& path) { (void)pharmaco::read_patients(path, {}, columns, test::catalogue()); });
  }

  TEST_CASE("files of features") {
    const std::string set =
        "set: s\ninputs:\n  age: {}\n  weight: {}\n  height: {}\n  race: {missing: {take: White, why: none}}\n"
        "  cyp2c9: {diplotype: CYP2C9, alleles: [\"*1\", \"*2\", \"*3\"]}\n"
        "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
        "derived:\n  bmi: {unit: kg/m2, value: {ratio: [weight, {square: height}]}}\n"
        "features:\n  age: age in decades\n  bmi: {}\n  race: {}\n  cyp2c9: {}\n  vkorc1: {}\n"
        "  root: {value: {root: {product: [2, age in years]}}, input: age}\n";
    check_damage(set, 1500, [&](const std::string& path) {
      (void)pharmaco::read_feature_set(path, test::dosing().covariates, test::catalogue());
    });
  }

  TEST_CASE("recipes and their tables") {
    const std::string recipe = file_text(source + "/workflows/train-warfarin.yaml");
    check_damage(recipe, 600, [&](const std::string& path) { (void)pharmaco::read_recipe(path); });
    const std::string whole = file_text(source + "/data-samples/made_up_cohort.tsv");
    const pharmaco::Recipe read = pharmaco::read_recipe(source + "/workflows/train-warfarin.yaml");
    check_damage(whole.substr(0, whole.find('\n', 8000) + 1), 600, [&](const std::string& path) {
      const auto table = pharmaco::read_delimited(path, "people", "--data");
      for (const std::string& target : target_columns(read, table)) (void)training_task(read, table, target);
    });
  }

  TEST_CASE("YAML that is short and stands for much, is endless, or is deep") {
    std::string laughs = "recipe: &a [x, x]\n";
    for (char c = 'b'; c < 'z'; ++c) {
      laughs +=
          std::string{c} + ": &" + c + " [*" + static_cast<char>(c - 1) + ", *" + static_cast<char>(c - 1) + "]\n";
    }
    const std::string endless = "recipe: " + std::string(2 << 20, 'a') + "\n";
    const std::string deep = "recipe: " + std::string(100'000, '[') + std::string(100'000, ']') + "\n";
    const TempFolder folder;
    const auto why = [&](const std::string& text) -> std::string {
      const std::string path = folder.write("r.yaml", text);
      try {
        (void)pharmaco::read_recipe(path);
      } catch (const genomics::InputError& error) {
        return error.what();
      }
      return "read";
    };
    CHECK(why(laughs).find("aliases (*) that stand for too much") != std::string::npos);
    CHECK(why("recipe: &a [*a]\n").find("an alias (*) that stands for what it is in") != std::string::npos);
    CHECK(why("recipe: &a x\ntitle: *a\n").find("alias") == std::string::npos);
    CHECK(why(endless).find("is larger than 1 MB") != std::string::npos);
    CHECK(why(deep).find("not YAML") != std::string::npos);
    CHECK(why(",&").find("expected `key: value` lines") != std::string::npos);
  }

  TEST_CASE("people and their polygenic scores") {
    std::vector<learning::ModelColumn> columns(2);
    columns[0].kind = {"weight", "kg", {}, {}};
    columns[1].kind = {"race", {}, {"White", "Asian"}, {}};
    check_damage("sample\tweight_kg\trace\nA\t80\tAsian\nB\t70.5\tWhite\nC\tNA\t.\n", 1000,
                 [&](const std::string& path) { (void)pharmaco::read_people(path, "sample", {}, columns); });
    check_damage(
        "sample\tscore\tsum\taverage\talleles\tmissing\tz\nA\tPGS1\t1\t0.5\t2\t0\tNA\nB\tPGS1\t2\t1\t2\t0\t1\n", 1000,
        [](const std::string& path) { (void)pharmaco::read_polygenic_scores(path); });
  }
}

}  // namespace stardose::tests
