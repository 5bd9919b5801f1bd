// Lists of medicines: found by name or code, or named as not covered.
#include "pharmaco/report/medication.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "genomics/input_error.h"
#include "pharmaco/report/medication_file.h"
#include "tests/builders/temp_folder.h"

namespace {

using namespace stardose;
using namespace stardose::pharmaco;

const std::vector<Drug> drugs = {{"atazanavir", {"343047"}, {"J05AE08", "J05AR15"}, {}},
                                 {"clopidogrel", {"32968"}, {"B01AC04"}, {}},
                                 {"cobicistat", {"1306284"}, {"J05AR15"}, {}},
                                 {"methylene blue", {"6878"}, {}, {"methylthioninium chloride"}},
                                 {"omeprazole", {"7646"}, {"A02BC01"}, {}}};

std::vector<std::string> found(const std::string& given) { return find_medication(given, drugs).drugs; }
using Names = std::vector<std::string>;

TEST_CASE("a medicine is found by its name, whatever else is said") {
  CHECK(found("clopidogrel") == Names{"clopidogrel"});
  CHECK(found("Clopidogrel 75 mg tablets") == Names{"clopidogrel"});
  CHECK(found("CLOPIDOGREL/omeprazole") == Names{"clopidogrel", "omeprazole"});
  CHECK(found("Methylthioninium chloride") == Names{"methylene blue"});
}

TEST_CASE("a name within another word is another medicine") {
  CHECK(found("esomeprazole").empty());
  CHECK(found("omeprazoles").empty());
  CHECK(found("\xC3\xA9omeprazole").empty());
  CHECK(find_medication("esomeprazole", drugs).nearest.empty());
}

TEST_CASE("a code is found when it is all there is") {
  CHECK(found("B01AC04") == Names{"clopidogrel"});
  CHECK(found("atc: b01ac04") == Names{"clopidogrel"});
  CHECK(found("32968") == Names{"clopidogrel"});
  CHECK(found("RxNorm:32968") == Names{"clopidogrel"});
  CHECK(found("J05AR15") == Names{"atazanavir", "cobicistat"});
  CHECK(found("ATC:32968").empty());
  CHECK(found("RxNorm:B01AC04").empty());
  CHECK(found("B01AC0").empty());
  CHECK(found("").empty());
}

TEST_CASE("a slip of one letter is told, and not taken for the drug") {
  for (const char* slip : {"clopidogrol", "clopidogre", "clopidogrell", "clopidorgel"}) {
    const Medication medication = find_medication(slip, drugs);
    CHECK_MESSAGE(medication.drugs.empty(), slip);
    CHECK_MESSAGE(medication.nearest == "clopidogrel", slip);
  }
  CHECK(find_medication("clopidogramm", drugs).nearest.empty());
}

struct Heard {
  std::vector<std::string> warnings;
  MedicationLists read(const MedicationOptions& options, const std::vector<std::string>& samples) {
    return read_medications(options, samples, drugs, [this](const std::string& text) { warnings.push_back(text); });
  }
};

TEST_CASE("a list is one patient's") {
  Heard heard;
  const MedicationLists lists = heard.read({{"clopidogrel", "aspirin"}, ""}, {"A"});
  REQUIRE(lists.of(0) != nullptr);
  REQUIRE(lists.of(0)->size() == 2);
  CHECK(lists.of(0)->at(1) == Medication{"aspirin", {}, ""});
  CHECK_THROWS_AS((void)heard.read({{"clopidogrel"}, ""}, {"A", "B"}), genomics::InputError);
  CHECK_THROWS_AS((void)heard.read({{"clopidogrel"}, "file.tsv"}, {"A"}), genomics::InputError);
  CHECK(heard.read({}, {"A", "B"}).of(0) == nullptr);
}

TEST_CASE("an entry that says of a drug that it is not taken is told of, with its place") {
  const test::TempFolder folder;
  const std::string path = folder.file(
      "list.tsv",
      "sample\tmedication\nA\tNot clopidogrel\nA\tomeprazole (stopped 2024)\nA\tomeprazole notum\nA\tno drugs\n");
  Heard heard;
  (void)heard.read({{}, path}, {"A"});
  REQUIRE(heard.warnings.size() == 2);
  CHECK(heard.warnings[0].find("list.tsv:2: the entry says `not`") != std::string::npos);
  CHECK(heard.warnings[1].find("list.tsv:3: the entry says `stopped`") != std::string::npos);
  (void)heard.read({{"allergy: omeprazole"}, ""}, {"A"});
  CHECK(heard.warnings.back().starts_with("medications: the entry says `allergy`"));
}

TEST_CASE("a table says who takes what; an empty cell says that nothing is taken") {
  const test::TempFolder folder;
  const std::string path = folder.file("list.tsv", "sample\tmedication\nA\tclopidogrel\nB\t.\nA\tB01AC06\n");
  Heard heard;
  const MedicationLists lists = heard.read({{}, path}, {"A", "B", "C"});
  REQUIRE(lists.of(0) != nullptr);
  CHECK(lists.of(0)->size() == 2);
  REQUIRE(lists.of(1) != nullptr);
  CHECK(lists.of(1)->empty());
  CHECK(lists.of(2) == nullptr);
  REQUIRE(heard.warnings.size() == 1);
  CHECK(heard.warnings[0].ends_with("no row for 1 sample(s), the first is C"));
  CHECK_THROWS_AS((void)heard.read({{}, path}, {"B"}), genomics::InputError);
  const std::string headless = folder.file("no_header.tsv", "A\tclopidogrel\n");
  CHECK_THROWS_AS((void)heard.read({{}, headless}, {"A"}), genomics::InputError);
}

}  // namespace
