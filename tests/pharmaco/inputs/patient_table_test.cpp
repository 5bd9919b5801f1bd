// Tables of patients: columns, units, genes, and every mistake that newcomers make.
#include "pharmaco/inputs/patient_table.h"

#include <doctest/doctest.h>

#include "genomics/input_error.h"
#include "pharmaco/inputs/called_genes.h"
#include "tests/builders/dosing.h"
#include "tests/builders/temp_folder.h"

namespace stardose::test {

using pharmaco::PatientTable;

namespace {

using Units = std::map<std::string, std::string>;

PatientTable read(const std::string& text, const Units& units = {}) {
  const TempFolder folder;
  return read_patients(folder.file("p.tsv", text), units, patient_columns(dosing()), catalogue());
}

/// `LINE: why | help`
std::string refusal_of(const std::string& text, const Units& units = {}) {
  try {
    (void)read(text, units);
  } catch (const genomics::InputError& error) {
    return error.parts().place + ": " + error.parts().why + " | " + error.parts().help;
  }
  return "none";
}

/// The one patient of a table with a column of genes.
pharmaco::PatientGenetics genes(const std::string& heading, const std::string& cell) {
  return read("sample\t" + heading + "\nA\t" + cell + "\n").patients.front().genetics;
}

std::string gene_refusal(const std::string& heading, const std::string& cell) {
  return refusal_of("sample\t" + heading + "\nA\t" + cell + "\n");
}

}  // namespace

TEST_SUITE("patient table") {
  TEST_CASE("tabs, commas, semicolons, quotes, a mark at the beginning and Windows' line ends") {
    for (const std::string& text :
         {std::string{"sample\tweight_kg\trace\nA\t80\tWhite\nB\tNA\t.\n"},
          std::string{"sample,weight_kg,race\nA,80,White\nB,NA,\n"},
          std::string{"sample;weight_kg;race\r\nA;80;White\r\nB;;\r\n"},
          std::string{"\xef\xbb\xbf\"sample\",\"weight_kg\",\"race\"\n\"A\",\"80\",\"White\"\nB,,\n"},
          std::string{"# ours\nsample\tweight_kg\trace\n\nA\t80\tWhite\nB\t.\tNA\n"}}) {
      CAPTURE(text);
      const PatientTable table = read(text);
      REQUIRE(table.patients.size() == 2);
      CHECK(table.patients[0].sample == "A");
      CHECK(table.patients[0].covariates.at("weight").number == 80);
      CHECK(table.patients[0].covariates.at("race").category == "White");
      CHECK_FALSE(table.patients[1].covariates.at("weight").is_known());
      CHECK_FALSE(table.patients[1].covariates.at("race").is_known());
    }
  }

  TEST_CASE("units come from headings or from the command line, but from one of them") {
    CHECK(read("sample\tweight\nA\t176.37\n", {{"weight", "lb"}}).patients[0].covariates.at("weight").number ==
          doctest::Approx(80).epsilon(1e-4));
    CHECK(
        refusal_of("sample\tweight\nA\t80\n") ==
        "1: the column of weight does not say its unit | name the column `weight_UNIT`, or give `--unit weight=UNIT`, "
        "such as kg");
    CHECK(refusal_of("sample\tweight (stone)\nA\t80\n").starts_with("1: weight is in an unknown unit: stone | "));
    CHECK(refusal_of("sample\tweight_cm\nA\t80\n").starts_with("1: weight cannot be in cm | "));
    CHECK(refusal_of("sample\tweight_kg\nA\t80\n", {{"weight", "lb"}}) ==
          "1: weight is in kg by its heading and in lb by --unit | leave one of them out");
    CHECK(refusal_of("sample\tweight_kg\nA\t80\n", {{"height", "cm"}}).starts_with("unit: no column of height in "));
    CHECK(refusal_of("sample\tweight\nA\t80\n", {{"weight", "stone"}}).starts_with("unit: no such unit: stone | "));
    CHECK(refusal_of("sample\tcreatinine_mg/dL\tbilirubin_umol/L\nA\t1\t17\n") == "none");
    CHECK(refusal_of("sample\talbumin_umol/L\nA\t600\n").starts_with("1: albumin cannot be in umol/L | "));
  }

  TEST_CASE("a table that is none") {
    CHECK(refusal_of("") == ": the covariates have no rows | give a header line and a line a patient");
    CHECK(refusal_of("sample\tweight_kg\n") ==
          ": the covariates have no rows | give a header line and a line a patient");
    CHECK(refusal_of("name\tweight_kg\nA\t80\n") ==
          "1: no column named sample | the table needs a column `sample` with the names of the patients");
    CHECK(refusal_of("sample\tweight_kg\nA\t80\nA\t81\n") == "3: sample A is there twice | give one row a patient");
    CHECK(refusal_of("sample\tweight_kg\n\t80\n") == "2: the row names no sample | write the patient's name");
    CHECK(refusal_of("sample\tweight_kg\tweight_lb\nA\t80\t176\n") == "1: two columns of weight | remove one of them");
    CHECK(
        refusal_of("sample\tweight_kg\theight_cm\nA\t80\n") ==
        "2: 2 cells where the header has 3 | give one cell for each column; an empty one or NA for what is not known");
    CHECK(refusal_of("sample,weight_kg\nA,80,5\n").starts_with("2: 3 cells where the header has 2 | "));
  }

  TEST_CASE("a column that is nearly a known one is refused, any other left out and said") {
    CHECK(refusal_of("sample\tamiodrone\nA\t1\n") ==
          "1: unknown column: amiodrone | did you mean `amiodarone`? else rename or remove it");
    const PatientTable table = read("sample\tsite\tweight_kg\nA\t3\t80\n");
    REQUIRE(table.warnings.size() == 1);
    CHECK(table.warnings[0].ends_with("p.tsv: the column site is not used"));
  }

  TEST_CASE("of many columns that are not used a few are told, and a misspelt one is found among them") {
    std::string header = "sample";
    std::string row = "\nA";
    for (int k = 0; k < 20'000; ++k) {
      header += "\tc" + std::to_string(k);
      row += "\t1";
    }
    const PatientTable table = read(header + row + "\n");
    REQUIRE(table.warnings.size() == 11);
    CHECK(table.warnings[9].ends_with("p.tsv: the column c9 is not used"));
    CHECK(table.warnings[10].ends_with("p.tsv: and 19990 more columns are not used"));
    CHECK(refusal_of(header + "\tamiodrone" + row + "\tno\n")
              .starts_with("1: unknown column: amiodrone | did you mean `amiodarone`?"));
  }

  TEST_CASE("a code for missing is neither yes nor no, and is refused at its line") {
    for (const char* heading : {"amiodarone", "smoker"}) {
      CAPTURE(heading);
      CHECK(refusal_of("sample\t" + std::string{heading} + "\nA\t0\nB\t-1\n") ==
            "3: " + std::string{heading} +
                " is none of its words | it is one of yes, no; write NA for what is not known");
    }
  }

  TEST_CASE("a cell of more characters than anybody writes is refused where it begins") {
    CHECK(refusal_of("sample,weight_kg\nA,80\nB,\"" + std::string(10'001, '8') + "\n")
              .starts_with("3:3: a cell of more than 10000 characters begins here | "));
  }

  TEST_CASE("values are refused at their line") {
    CHECK(refusal_of("sample\theight_cm\nA\t170\nB\t1.75\n") ==
          "3: height is not plausible (25 to 260 cm) | was it meant in m? then name the column's unit so");
    CHECK(refusal_of("sample\ttarget_inr\nA\t3-Feb\n") ==
          "2: target_inr is no number | a spreadsheet has made a date of it: format the column as text and enter "
          "it again");
    CHECK(refusal_of("sample\tage_years\nA\t60 - 69\n") == "2: age is no number | write NA for what is not known");
  }

  TEST_CASE("genes may stand in columns: diplotypes, phenotypes, scores, alleles tested") {
    CHECK(genes("CYP2C9", "*1/*3").genes.at("CYP2C9").result.readings.front().diplotype == "*1/*3");
    CHECK(genes("CYP2C9_diplotype", "*3/*1").genes.at("CYP2C9").result.readings.front().diplotype == "*1/*3");
    CHECK(genes("CYP2C19", "PM").genes.at("CYP2C19").result.readings.front().phenotype == "Poor Metabolizer");
    CHECK(genes("DPYD_activity_score", "1.5").genes.at("DPYD").result.readings.front().score->hundredths == 150);
    CHECK(genes("CYP2C9_alleles_tested", "*2, *3,*5").genes.at("CYP2C9").tested ==
          std::set<std::string>{"*2", "*3", "*5"});
    CHECK(genes("CYP2C9", "NA").genes.empty());
    CHECK(gene_refusal("CYP2C9", "*1/*2000")
              .starts_with("2: CYP2C9 has an allele that is not known | write it as `stardose knowledge"));
    CHECK(gene_refusal("CYP2C19", "slow")
              .starts_with("2: CYP2C19 is neither a diplotype nor a phenotype of the gene | "));
    CHECK(gene_refusal("CYP2C9_dose", "1").starts_with("1: unknown column: CYP2C9_dose | "));
    CHECK(gene_refusal("DPYD_activity_score", "half").starts_with("2: DPYD has no activity score | "));
    CHECK(gene_refusal("CYP2C9", "2-Mar").starts_with("2: CYP2C9 cannot be read | a spreadsheet has made a date"));
  }

  TEST_CASE("VKORC1 on the wrong strand is refused, not turned round") {
    const auto vkorc1 = genes("rs9923231", "T/C").genotypes.at("rs9923231");
    CHECK(vkorc1.first == "C");
    CHECK(vkorc1.second == "T");
    CHECK(genes("rs9923231_coding", "A/G").genotypes.at("rs9923231").first == "C");
    CHECK(genes("rs9923231_coding", "AA").genotypes.at("rs9923231").second == "T");
    CHECK(gene_refusal("rs9923231", "A/G") ==
          "2: rs9923231 has letters that are none of its | on the forward strand, as in a VCF, its letters are C and "
          "T; for the gene's own "
          "strand name the column rs9923231_coding");
    CHECK(gene_refusal("rs9923231", "A/A")
              .starts_with("2: rs9923231 has letters that are none of its | on the forward strand"));
    CHECK(gene_refusal("rs9923231_coding", "C/T")
              .starts_with("2: rs9923231 has letters that are none of its | its letters are A and G"));
    CHECK(gene_refusal("rs9923231", "C").starts_with("2: rs9923231 has letters that are none of its | "));
    CHECK(gene_refusal("VKORC1", "A/G").starts_with("2: VKORC1 has an allele that is not known"));
  }

  TEST_CASE("C and G are each other's complement: such a column must say its strand") {
    CHECK(gene_refusal("rs8050894", "C/C") ==
          "1: rs8050894 has the same letters on both strands, and the column does not say which | name the column "
          "rs8050894_forward (letters as in a VCF) or rs8050894_coding");
    CHECK(genes("rs8050894_forward", "C/C").genotypes.at("rs8050894").first == "C");
    CHECK(genes("rs8050894_coding", "C/C").genotypes.at("rs8050894").first == "G");
  }

  TEST_CASE("patients are looked up among the samples") {
    const PatientTable table = read("sample\tweight_kg\nS1\t80\nS2\t70\n");
    CHECK(check_samples(table, {"S2", "S1"}, "in.vcf").empty());
    const auto warnings = check_samples(table, {"S1", "S2", "S3"}, "in.vcf");
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].ends_with("no row for 1 sample(s) of in.vcf, the first is S3: they are left out"));
    CHECK_THROWS_AS(check_samples(table, {"S1"}, "in.vcf"), genomics::InputError);
  }

  TEST_CASE("calls of an earlier run") {
    const TempFolder folder;
    const std::string header =
        "sample\tgene\tstatus\tdiplotype\tphenotype\tactivity_score\tbasis\tsites_missing\tsites_assumed\n";
    const auto calls = pharmaco::read_called_genes(
        folder.file("calls.tsv", header + "A\tCYP2C9\tcalled\t*1/*3\tIntermediate Metabolizer\t1.0\tvariants\t0\t0\n"
                                          "B\tCYP2C9\tcalled\t*1/*3\tIntermediate Metabolizer\t1.0\tvariants\t2\t0\n"
                                          "C\tCYP2C9\tcalled\t*1/*3\tIntermediate Metabolizer\t1.0\tvariants\t0\t9\n"
                                          "D\tCYP2C9\tambiguous\t*1/*3;*2/*3\t.\t.\tvariants\t0\t0\n"
                                          "E\tCYP2C9\tno_call\t.\t.\t.\t.\t0\t0\n"
                                          "E\tOTHER\tcalled\tx/y\t.\t.\tvariants\t0\t0\n"),
        catalogue());
    CHECK(calls.at("A").genes.at("CYP2C9").result.readings.front().diplotype == "*1/*3");
    CHECK(calls.at("A").genes.at("CYP2C9").tested.contains("*11"));
    // What a missing or an assumed position decides was not tested.
    CHECK(calls.at("B").genes.at("CYP2C9").tested.empty());
    CHECK(calls.at("C").genes.at("CYP2C9").tested.empty());
    CHECK(calls.at("D").genes.at("CYP2C9").result.readings.size() == 2);
    CHECK(calls.at("E").genes.at("CYP2C9").result.readings.empty());
    CHECK(calls.at("E").genes.size() == 1);
  }

  TEST_CASE("a weight in the wrong unit is plausible, and with the height it is not: a doubt, and no refusal") {
    const auto doubt_of = [](const std::string& header, const std::string& cells) {
      const PatientTable table = read("sample\t" + header + "\nA\t" + cells + "\n");
      const auto& doubts = table.patients.front().doubts;
      CHECK(table.warnings.size() == doubts.size());
      if (doubts.empty()) return std::string{};
      CHECK(table.warnings.front().ends_with("p.tsv:2: A: weight and height are unusual together: check both"));
      CHECK(doubts.front().covariates == std::vector<std::string>{"weight", "height"});
      return doubts.front().text;
    };
    CHECK(
        doubt_of("weight_kg\theight_cm", "161\t175") ==
        "weight of 161 kg and height of 175 cm make a body mass index of 52.6 kg/m2 (16 to 50 is usual): was a weight "
        "of 161 lb meant?");
    CHECK(doubt_of("weight_lb\theight_cm", "73\t175").ends_with("was a weight of 73 kg meant?"));
    CHECK(doubt_of("weight_kg\theight_cm", "80\t69").ends_with("was a height of 69 in meant?"));
    CHECK(doubt_of("weight_kg\theight_cm", "200\t200").empty());  // just usual
    CHECK(doubt_of("weight_kg\theight_cm", "201\t200").ends_with("was a weight of 201 lb meant?"));
    CHECK(doubt_of("weight_kg\theight_cm", "35\t170").ends_with(": check both"));
    CHECK(doubt_of("weight_lb\theight_in", "161\t69").empty());
    CHECK(doubt_of("weight_kg\theight_cm", "161\tNA").empty());
    CHECK(doubt_of("weight_kg\theight_cm\tage_years", "4\t55\t0.5").empty());  // children are of other shapes
    CHECK_FALSE(doubt_of("weight_kg\theight_cm\tage_years", "161\t175\t40").empty());
  }

  TEST_CASE("a column in the wrong unit is told of a few times") {
    std::string text = "sample\tweight_kg\theight_cm\n";
    for (int k = 0; k < 9; ++k) text += "S" + std::to_string(k) + "\t161\t170\n";
    const PatientTable table = read(text);
    REQUIRE(table.warnings.size() == 6);
    CHECK(table.warnings.back().ends_with("p.tsv: and 4 more of the kind"));
    CHECK(table.patients.back().doubts.size() == 1);
  }
}

}  // namespace stardose::test
