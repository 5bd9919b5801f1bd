// Tables of the same people as one.
#include "pharmaco/training/joined_tables.h"

#include <doctest/doctest.h>

#include "genomics/input_error.h"
#include "tests/builders/temp_folder.h"

namespace stardose::pharmaco {

namespace {

using Cells = std::vector<std::string>;

DelimitedTable table(const std::string& name, const std::string& text) {
  static const test::TempFolder folder;
  return read_delimited(folder.file(name, text), "people", "--data");
}

const std::string features = "sample\tage\tVKORC1\np1\t70\tAA\np2\t50\tAG\n";

/// What is said of a join with `features`, behind the name of the file.
std::string refusal(const std::string& others, const std::string& id = "sample") {
  try {
    (void)joined({table("f.tsv", features), table("o.csv", others)}, id, "r.yaml");
  } catch (const genomics::InputError& error) {
    return std::string{error.what()} + "\n" + error.parts().help;
  }
  return "";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("columns of all tables, people in the order of the first, whatever the order of the others") {
  const DelimitedTable all = joined({table("f.tsv", features), table("o.csv", "dose,sample,age\n35,p2,50\n20,p1,70\n"),
                                     table("s.csv", "sample;site\np1;3\np2;4\n")},
                                    "sample", "r.yaml");
  CHECK_EQ(all.header, Cells{"sample", "age", "VKORC1", "dose", "site"});
  REQUIRE_EQ(all.rows.size(), 2);
  CHECK_EQ(all.rows[0].cells, Cells{"p1", "70", "AA", "20", "3"});
  CHECK_EQ(all.rows[1].cells, Cells{"p2", "50", "AG", "35", "4"});
  CHECK_EQ(all.rows[1].line, 3);
  CHECK_EQ(all.sha256, table("f.tsv", features).sha256 + " " +
                           table("o.csv", "dose,sample,age\n35,p2,50\n20,p1,70\n").sha256 + " " +
                           table("s.csv", "sample;site\np1;3\np2;4\n").sha256);
}

TEST_CASE("one table stays as it is, with or without a column of names") {
  const DelimitedTable one = joined({table("f.tsv", features)}, "", "r.yaml");
  CHECK_EQ(one.header, Cells{"sample", "age", "VKORC1"});
  // sha256sum of the text
  CHECK_EQ(one.sha256, "60bc9ceb620c4a2844e22d8c95f1bc3b9a2398b3f00107520f04dcedbf11a4b9");
}

TEST_CASE("nobody is left out, and nothing is chosen between tables") {
  CHECK(has(refusal("sample,dose\np1,20\n"), "f.tsv: 3: p2 is not in "));
  CHECK(has(refusal("sample,dose\np1,20\np3,3\np2,30\np4,4\n"), "o.csv: 3: p3 and 1 more are not in "));
  CHECK(has(refusal("sample,dose\np1,20\np2,30\np1,21\n"), "o.csv: 4: p1 is there twice, first in line 2"));
  CHECK(has(refusal("sample,dose\np1,20\n,30\n"), "o.csv: 3: sample is empty"));
  CHECK(has(refusal("sample,age\np1,70\np2,5\n"), "o.csv: 3: age of p2 is another in "));
  CHECK(has(refusal("sample,dose,dose\np1,20,20\np2,30,30\n"), "o.csv: 1: two columns are called dose"));
  CHECK(has(refusal("sampel,dose\np1,20\np2,30\n"), "o.csv: 1: there is no column sample, by which tables are joined"));
  CHECK(has(refusal("sampel,dose\np1,20\np2,30\n"), "did you mean `sampel`?"));
  CHECK(has(refusal("sample,dose\np1,20\np2,30\n", ""), "r.yaml says no column of them"));
  CHECK_EQ(refusal("sample,dose\np1,20\np2,30\n"), "");
}

}  // namespace stardose::pharmaco
