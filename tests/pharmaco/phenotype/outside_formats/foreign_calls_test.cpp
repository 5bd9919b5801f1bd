// Calls as other programs write them, told by content.
#include <doctest/doctest.h>

#include <string>

#include "genomics/input_error.h"
#include "pharmaco/phenotype/outside_formats/foreign_call.h"
#include "tests/builders/cohort.h"

using namespace stardose::pharmaco;
using stardose::genomics::InputError;
using stardose::test::input_error_of;
using Texts = std::vector<std::string>;

namespace {

std::vector<ForeignCall> read(const std::string& text) {
  const auto calls = read_foreign_calls("x", text);
  REQUIRE(calls.has_value());
  return *calls;
}

ForeignCall only(const std::string& text) {
  const auto calls = read(text);
  REQUIRE(calls.size() == 1);
  return calls.front();
}

std::string fault(const std::string& text) {
  const InputError error = input_error_of([&] { (void)read_foreign_calls("x", text); });
  CHECK_FALSE(error.parts().help.empty());
  return std::string{error.what()};
}

// The header and the first lines of Aldy's own example, and solutions made up in its form.
const std::string aldy_header =
    "#Sample\tGene\tSolutionID\tMajor\tMinor\tCopy\tAllele\tLocation\tType\tCoverage\tEffect\tdbSNP\tCode\tStatus\n";

std::string aldy_row(const std::string& solution, const std::string& major) {
  return "NA1\tCYP2D6\t" + solution + "\t" + major + "\t1.018;4.021\t0\t1.018\t42524707\tT>C\t11\tnone\trs1\t\n";
}

std::string stellarpgx(const std::string& result, const std::string& gene = "CYP2D6") {
  const std::string rule = "--------------------------------------------\n\n";
  return rule + gene + " Star Allele Calling with StellarPGx\n\n" + rule +
         "Initially computed CN = 2\n\nCandidate alleles:\n" + "['17.v1_29.v1']\n\n\nResult:\n" + result +
         "\n\n\nActivity score:\n1.0\n\nMetaboliser status:\nIM\n";
}

std::string gene_report(const std::string& diplotypes, const std::string& more = "") {
  return R"({"geneSymbol": "CYP2D6", "callSource": "MATCHER", "sourceDiplotypes": [)" + diplotypes + "]" + more + "}";
}

std::string diplotype(const std::string& first, const std::string& second) {
  return R"({"allele1": {"name": ")" + first + R"("}, "allele2": )" +
         (second.empty() ? "null" : R"({"name": ")" + second + "\"}") + R"(, "phenotypes": ["Normal Metabolizer"]})";
}

const std::string metadata = R"("matcherMetadata": {"sampleId": "S1"})";

}  // namespace

TEST_CASE("a table of outside calls is none of these formats") {
  for (const char* text : {"sample\tgene\tdiplotype\nS1\tCYP2D6\t*1/*4\n", "CYP2D6\t*1/*4\n", "# note\nCYP2D6\t*1/*4\n",
                           "", "Sample\tgene\tphenotype\n", "gene\tdiplotype\n"}) {
    CAPTURE(text);
    CHECK_FALSE(read_foreign_calls("x", text).has_value());
  }
}

TEST_CASE("Aldy: every solution of a gene is a diplotype, each once") {
  const std::string text = aldy_header + "#Solution 1: *1.018, *4.021; cpic=intermediate\n" +
                           aldy_row("1", "*1/*4.021") + aldy_row("1", "*1/*4.021") + "#Solution 2: *1.018, *4.001\n" +
                           aldy_row("2", "*1/*4") + "NA2\tCYP2C19\t1\t*1/*2\t1.001;2.001\t0\t1.001\t\t\t\t\t\t\t\n";
  const auto calls = read(text);
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].sample == "NA1");
  CHECK(calls[0].gene == "CYP2D6");
  CHECK(calls[0].diplotypes == Texts{"*1/*4.021", "*1/*4"});
  CHECK(calls[0].line == 3);
  CHECK(calls[1].sample == "NA2");
  CHECK(calls[1].diplotypes == Texts{"*1/*2"});
  CHECK(read(aldy_header).empty());
  CHECK(fault(aldy_header + aldy_row("1", "*1/*4") + "NA1\tCYP2D6\n") ==
        "x: 3: the line has not the columns Sample, Gene, SolutionID and Major");
}

TEST_CASE("Aldy's VCF: a column for each solution, whatever colons names have") {
  const std::string head =
      "##fileformat=VCFv4.2\n##source=aldy-v4.8 (gene: CYP2D6-pharmvar-6.2.14 (2025-07-20))\n"
      "##INFO=<ID=ANN,Number=1,Type=String,Description=\"Location within CYP2D6\">\n";
  const std::string columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
  const auto calls =
      read(head + columns + "\tlab:7:0:*1/*68:2+*4\tlab:7:1:*1/*4\n22\t1\t.\tG\tA\t0\tPASS\t.\tGT\t1|0\t0|1\n");
  REQUIRE(calls.size() == 1);
  CHECK(calls[0].sample == "lab:7");
  CHECK(calls[0].gene == "CYP2D6");
  CHECK(calls[0].diplotypes == Texts{"*1/*68:2+*4", "*1/*4"});
  CHECK(fault(head + columns + "\tNA1\n") == "x: 4: not a column of Aldy's: NA1");
  CHECK(fault(head) == "x: 3: the file ends without the line that begins with #CHROM");
  CHECK(fault("##fileformat=VCFv4.2\n##source=aldy-v4.8\n" + columns + "\n") ==
        "x: 1: the header does not say which gene it is about");
  CHECK(fault("##fileformat=VCFv4.2\n" + columns + "\tNA1\n") == "x: 1: a VCF that is not Aldy's");
}

TEST_CASE("Cyrius: possible genotypes are all kept, what is open is no result with its reason") {
  const auto calls = read(
      "Sample\tGenotype\tFilter\nA\t*1/*4+*68\tPASS\nB\t*1/*46;*43/*45\tMore_than_one_possible_genotype\n"
      "C\t*1_*2_*68\tNot_assigned_to_haplotypes\nD\tNone\tNone\nE\t*1/*2x4\tLowQ_high_CN\n"
      "F\t*119_*2;*1_*41\tMore_than_one_possible_genotype\nG\t*1/*4\tMore_than_one_possible_genotype\n"
      "H\t*1/*4\tNone\n");
  REQUIRE(calls.size() == 8);
  CHECK(calls[0].gene == "CYP2D6");
  CHECK(calls[0].diplotypes == Texts{"*1/*4+*68"});
  CHECK(calls[0].note == "");
  CHECK(calls[1].diplotypes == Texts{"*1/*46", "*43/*45"});
  CHECK(calls[2].diplotypes.empty());
  CHECK(calls[2].note == "Cyrius names alleles without saying which chromosome has which: *1_*2_*68");
  CHECK(calls[3].diplotypes.empty());
  CHECK(calls[3].note == "Cyrius has no call");
  CHECK(calls[4].diplotypes == Texts{"*1/*2x4"});
  CHECK(calls[4].note == "Cyrius marks the call as LowQ_high_CN");
  CHECK(calls[5].diplotypes.empty());
  CHECK(calls[6].diplotypes.empty());
  CHECK(calls[6].note == "Cyrius marks the call as More_than_one_possible_genotype");
  CHECK(calls[7].diplotypes.empty());
  CHECK(fault("Sample\tGenotype\tFilter\nA\t*1/*4\n") ==
        "x: 2: the line has not the columns Sample, Genotype and Filter");
}

TEST_CASE("Cyrius's JSON says the same") {
  const auto calls = read(
      "{\"A\": {\"Total_CN\": 4, \"Genotype\": \"*1/*4\", \"Filter\": \"PASS\"},\n"
      " \"B\": {\"Total_CN\": null, \"Genotype\": null, \"Filter\": null}}");
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].sample == "A");
  CHECK(calls[0].diplotypes == Texts{"*1/*4"});
  CHECK(calls[1].note == "Cyrius has no call");
  CHECK(calls[1].line == 2);
  CHECK(fault("{\"A\":\n {\"Genotype\": 3, \"Filter\": \"PASS\"}}") == "x: 1: the genotype is no text");
  const std::string sound = R"({"Genotype": "*1/*4", "Filter": "PASS"})";
  CHECK(fault("{\"A\": " + sound + ",\n\"B\": " + sound + ",\n\"A\": " + sound + "}") ==
        "x: 3: JSON with a key that is there twice: A");
  CHECK(fault(R"({"A": {"Genotype": "*1/*4", "Genotype": "*4/*4", "Filter": "PASS"}})") ==
        "x: 1: JSON with a key that is there twice: Genotype");
}

TEST_CASE("StellarPGx: what stands under Result, unless it is no whole diplotype") {
  const ForeignCall plain = only(stellarpgx("*17/*29"));
  CHECK(plain.gene == "CYP2D6");
  CHECK(plain.sample == "");
  CHECK(plain.diplotypes == Texts{"*17/*29"});
  CHECK(plain.line == 14);
  CHECK(only(stellarpgx("*2/*17 or *1/*40")).diplotypes == Texts{"*2/*17", "*1/*40"});
  CHECK(only(stellarpgx("*5/*36+*10")).diplotypes == Texts{"*5/*36+*10"});
  const ForeignCall doubled = only(stellarpgx("*2/*17 or *1/*40\tDuplication present"));
  CHECK(doubled.diplotypes.empty());
  CHECK(doubled.note == "StellarPGx says: *2/*17 or *1/*40; Duplication present");
  const ForeignCall novel = only(stellarpgx("Possible novel allele or suballele present: interpret with caution"));
  CHECK(novel.diplotypes.empty());
  CHECK(novel.note == "StellarPGx says: Possible novel allele or suballele present: interpret with caution");
  CHECK(only(stellarpgx("*1/*2", "CYP2B6")).gene == "CYP2B6");
  const std::string cut = stellarpgx("");
  CHECK(fault(cut.substr(0, cut.find("Result:"))) == "x: 10: the file ends without a result");
}

TEST_CASE("PharmCAT's JSON, of either version") {
  const std::string report = gene_report(diplotype("*1", "*4"));
  const auto by_source = [&](const std::string& other) {
    return "{\"CPIC\": {\"CYP2D6\": " + report + "}, \"DPWG\": {\"CYP2D6\": " + other + "}}";
  };
  for (const std::string& genes : {"{\"CYP2D6\": " + report + "}", by_source(report)}) {
    for (const char* key : {"genes", "geneReports"}) {
      CAPTURE(genes);
      const ForeignCall call = only("{\"" + std::string{key} + "\": " + genes + ", " + metadata + "}");
      CHECK(call.sample == "S1");
      CHECK(call.gene == "CYP2D6");
      CHECK(call.diplotypes == Texts{"*1/*4"});
    }
  }
  const auto both = read("{\"genes\": " + by_source(gene_report(diplotype("*1", "*5"))) + "}");
  REQUIRE(both.size() == 2);
  CHECK(both[0].diplotypes == Texts{"*1/*4"});
  CHECK(both[1].diplotypes == Texts{"*1/*5"});
  const auto call = [](const std::string& of_gene) { return read("{\"genes\": {\"CYP2D6\": " + of_gene + "}}"); };
  CHECK(call(gene_report(diplotype("*1", "*4") + "," + diplotype("*2", "*3"))).front().diplotypes ==
        Texts{"*1/*4", "*2/*3"});
  const ForeignCall unknown = call(gene_report(diplotype("Unknown", "Unknown"))).front();
  CHECK(unknown.diplotypes.empty());
  CHECK(unknown.note == "PharmCAT did not call it");
  CHECK(call(gene_report(diplotype("*1", "*4") + "," + diplotype("Unknown", "Unknown"))).front().diplotypes.empty());
  CHECK(call(R"({"callSource": "NONE", "sourceDiplotypes": []})").empty());
  const ForeignCall typed = call(R"({"sourceDiplotypes": [{"allele1": null, "allele2": null,
      "phenotypes": ["*57:01 positive", "*58:01 negative"]}]})")
                                .front();
  CHECK(typed.phenotype == "*57:01 positive;*58:01 negative");
}

TEST_CASE("of parts of haplotypes PharmCAT's own choice is taken; one copy stays one") {
  const auto call = [](const std::string& of_gene) { return only("{\"genes\": {\"CYP2D6\": " + of_gene + "}}"); };
  const std::string advised = ", \"recommendationDiplotypes\": [" + diplotype("c.1A>G", "Reference") + "]";
  CHECK(call(gene_report(diplotype("c.1A>G", "") + "," + diplotype("c.2C>T", ""), advised)).diplotypes ==
        Texts{"c.1A>G/Reference"});
  CHECK(
      call(gene_report(diplotype("[c.1A>G + c.2C>T]", "Reference"), advised + ", \"matcherComponentHaplotypes\": [{}]"))
          .diplotypes == Texts{"c.1A>G/Reference"});
  const std::string one = ", \"recommendationDiplotypes\": [" + diplotype("B (reference)", "") + "]";
  CHECK(call(gene_report(diplotype("B (reference)", ""), one)).diplotypes == Texts{"B (reference)"});
}

TEST_CASE("JSON that is broken, or of another program, is refused with its line") {
  CHECK(fault("{\"genes\":\n {,}}") == "x: 2: not JSON, though it begins like it");
  CHECK(fault("{\"genes\": {\"score\": 1e999}}") == "x: 1: JSON with a number that is too large for any computer");
  CHECK(fault("{\"results\": []}") == "x: 1: JSON of a program that is not known");
  CHECK(fault("[1, 2]") == "x: 1: JSON of a program that is not known");
  CHECK(fault("{\"genes\": {\n\"CYP2D6\": {\"geneSymbol\": \"CYP2D6\"}}}") ==
        "x: 2: no sourceDiplotypes of gene CYP2D6");
}

TEST_CASE("PharmCAT's table of calls, with samples and without") {
  const std::string columns = "Gene\tSource Diplotype\tPhenotype\tActivity Score\tRecommendation Lookup Diplotype\n";
  const auto calls = read("PharmCAT v3.1.1\n" + columns + "CYP2C19\t*1/*2\tIntermediate Metabolizer\t\t*1/*2\n" +
                          "CYP2D6\tno call\t\t\t\nSLCO1B1\t*1/*5 OR *1/*15\tDecreased Function\t\t\n" +
                          "DPYD\tc.1A>G AND c.2C>T\t\t\tc.1A>G/Reference\nRYR1\t[a + b]/c\t\t\t\n");
  REQUIRE(calls.size() == 5);
  CHECK(calls[0].sample == "");
  CHECK(calls[0].line == 3);
  CHECK(calls[0].diplotypes == Texts{"*1/*2"});
  CHECK(calls[0].phenotype == "");
  CHECK(calls[1].note == "PharmCAT did not call it");
  CHECK(calls[2].diplotypes == Texts{"*1/*5", "*1/*15"});
  CHECK(calls[3].diplotypes == Texts{"c.1A>G/Reference"});
  CHECK(calls[4].note == "PharmCAT names parts of haplotypes alone: [a + b]/c");
  CHECK(only("PharmCAT v3.1.1\nSample ID\t" + columns + "S1\tCYP2C19\t*1/*2\t\t\t\n").sample == "S1");
  CHECK(fault("PharmCAT v3.1.1\n" + columns + "\t*1/*2\n") == "x: 3: the line names no gene");
  CHECK(fault("PharmCAT v3.1.1\nGene\t" + columns + "CYP2D6\tCYP2C19\t*1/*2\n") ==
        "x: 2: the column is there twice: Gene");
}

TEST_CASE("a file without names is of the run's only sample, or of the one that its name begins with") {
  CHECK(sample_of_file("dir/anything.json", {"S1"}) == 0);
  CHECK(sample_of_file("dir/S2_2d6.alleles", {"S1", "S2"}) == 1);
  CHECK(sample_of_file("S1.report.json", {"S1", "S1.report"}) == 1);
  CHECK(sample_of_file("S10.json", {"S1", "S10"}) == 1);
  const InputError error = input_error_of([] { (void)sample_of_file("dir/S1x.json", {"S1", "S2"}); });
  CHECK(std::string{error.what()} ==
        "dir/S1x.json: the file does not say which sample a call belongs to, and the run has several");
}
