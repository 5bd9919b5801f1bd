// Files of calls made elsewhere.
#include "pharmaco/phenotype/outside_call_file.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/input_error.h"
#include "tests/builders/cohort.h"
#include "tests/builders/gene_builder.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::pharmaco;
using stardose::genomics::Fault;
using stardose::genomics::InputError;
using stardose::test::GeneBuilder;
using stardose::test::input_error_of;
using stardose::test::TempFolder;
using Texts = std::vector<std::string>;

namespace {

const KnowledgeBase& knowledge() {
  static const KnowledgeBase all = [] {
    KnowledgeBase made;
    made.genes = {GeneBuilder{"CYP2D6"}
                      .method("activity_score")
                      .site(100, "A", "G")
                      .allele("*1", "reference", "Normal function", "1")
                      .allele("*4", ".", "No function", "0")
                      .phenotype("0", "1", "Poor Metabolizer")
                      .phenotype("1.25", ".", "Ultrarapid Metabolizer")
                      .build(),
                  GeneBuilder{"G6PD"}
                      .method("functions")
                      .site(300, "A", "G")
                      .allele("B (reference)", "reference", "IV/Normal")
                      .phenotype("IV/Normal", "IV/Normal", "Normal")
                      .build(),
                  GeneBuilder{"HLA-B"}.method("presence").calling("outside_only").allele("*57:01", ".").build()};
    const std::string words =
        "gene\tkind\twritten\tmeant\tsource\n"
        ".\tnot_tested\tNot available\t.\ttest\n"
        ".\tno_result\t./.\t.\ttest\n"
        ".\tphenotype\tPM\tPoor Metabolizer\ttest\n"
        "G6PD\tallele\tB (wildtype)\tB (reference)\ttest\n"
        "G6PD\tphenotype\tClass IV\tNormal\ttest\n";
    CatalogueFaults faults{"test"};
    made.synonyms = load_synonyms({"test", {{"synonyms.tsv", words}}}, made.genes, faults);
    CHECK(faults.lines() == Texts{});
    return made;
  }();
  return all;
}

OutsideCalls calls_of(const std::string& text, const Texts& samples = {"S1"}) {
  const TempFolder folder;
  return read_outside_calls({folder.file("calls.tsv", text)}, samples, knowledge());
}

/// The gene's calls in a sample; none: it has none.
std::vector<OutsideCall> of(const OutsideCalls& calls, const std::string& gene, std::uint32_t sample = 0) {
  const auto found = calls.by_gene.find(gene);
  if (found == calls.by_gene.end()) return {};
  for (const SampleOutsideCalls& one : found->second) {
    if (one.sample == sample) return one.calls;
  }
  return {};
}

/// The warnings without the path.
Texts warnings_of(const std::string& text, const Texts& samples = {"S1"}) {
  Texts told;
  for (const std::string& warning : calls_of(text, samples).warnings) {
    told.push_back(warning.substr(warning.find("calls.tsv:") + 10));
  }
  return told;
}

/// `line: why` of the refusal.
std::string refusal(const std::string& text, const Texts& samples = {"S1"}) {
  const InputError error = input_error_of([&] { (void)calls_of(text, samples); });
  CHECK(error.fault() == Fault::input);
  CHECK(error.parts().file.ends_with("calls.tsv"));
  return error.parts().place + ": " + error.parts().why;
}

}  // namespace

TEST_CASE("without a header the calls are the only sample's, and what follows the columns is not read") {
  const OutsideCalls calls =
      calls_of("# typed elsewhere\nCYP2D6\t*1/*4\t\t\t0.6\t0.75\tp: 0.0\nHLA-B\t*57:01/*08:01\t\t\n");
  CHECK(calls.by_gene.size() == 2);
  REQUIRE(of(calls, "CYP2D6").size() == 1);
  CHECK(of(calls, "CYP2D6").front().diplotype == "*1/*4");
  CHECK_FALSE(of(calls, "CYP2D6").front().score.has_value());
}

TEST_CASE("with a header each line names its sample, and columns come in any order") {
  for (const char* header : {"sample\tgene\tdiplotype\tphenotype\tactivity_score\n",
                             "Sample\tGene\tDiplotype\tPhenotype\tActivity Score\n"}) {
    const OutsideCalls calls =
        calls_of(std::string{header} + "A\tCYP2D6\t*1/*1\t.\t2\r\nB\tCYP2D6\t.\tPoor Metabolizer\t.\n", {"A", "B"});
    REQUIRE(of(calls, "CYP2D6", 0).size() == 1);
    CHECK(of(calls, "CYP2D6", 0).front().score == ActivityScore{200, false});
    CHECK(of(calls, "CYP2D6", 0).front().phenotypes.empty());
    CHECK(of(calls, "CYP2D6", 1).front().diplotype.empty());
    CHECK(of(calls, "CYP2D6", 1).front().phenotypes == Texts{"Poor Metabolizer"});
  }
  const OutsideCalls turned = calls_of("gene\tphenotype\tdiplotype\nCYP2D6\tPM\t*4/*4\n");
  CHECK(of(turned, "CYP2D6").front() == OutsideCall{"*4/*4", {"Poor Metabolizer"}, std::nullopt});
  const OutsideCalls gene_last = calls_of("diplotype\tgene\tsample\n*4/*4\tCYP2D6\tS1\n");
  CHECK(of(gene_last, "CYP2D6").front() == OutsideCall{"*4/*4", {}, std::nullopt});
}

TEST_CASE("signs that documents set for those of a keyboard mean the same") {
  CHECK(of(calls_of("CYP2D6\t*1\u00d72/*4\n"), "CYP2D6").front().diplotype == "*1x2/*4");
  CHECK(of(calls_of("CYP2D6\t\u22171/\uff0a4\n"), "CYP2D6").front().diplotype == "*1/*4");
  CHECK(of(calls_of("CYP2D6\t*1\u00a0/\u202f*4\n"), "CYP2D6").front().diplotype == "*1/*4");
}

TEST_CASE("a call of which nothing follows is kept, and said to be such") {
  const std::string strange = "no such allele of CYP2D6 in the catalogue, so that nothing follows from it";
  CHECK(of(calls_of("CYP2D6\t4/4\n"), "CYP2D6").front().diplotype == "4/4");
  CHECK(warnings_of("CYP2D6\t4/4\n") == Texts{"1: " + strange});
  CHECK(warnings_of("CYP2D6\t*1/*999\nCYP2D6\t*1/*4;*1/*998\n") == Texts{"1: " + strange + "; 2 such lines"});
  CHECK(warnings_of("HLA-B\t57:01/44:02\n") ==
        Texts{"1: no typing of HLA-B in two fields (*57:01), so that nothing follows from it"});
  // What else the line states stands, and so do alleles that count in copies or side by side.
  CHECK(warnings_of("CYP2D6\t*1/*999\tPM\n").empty());
  CHECK(warnings_of("CYP2D6\t*1/*999\t\t1\n").empty());
  CHECK(warnings_of("CYP2D6\t*1x2/*4+*4.013\nHLA-B\t*57:01:01/B*44:02\n").empty());
}

TEST_CASE("phenotypes are read in laboratory words") {
  for (const char* word : {"PM", "pm", "Poor Metabolizer", "poor metaboliser", "Poor_Metaboliser"}) {
    INFO(word);
    CHECK(of(calls_of(std::string{"CYP2D6\t\t"} + word + "\n"), "CYP2D6").front().phenotypes ==
          Texts{"Poor Metabolizer"});
  }
  CHECK(of(calls_of("G6PD\t\tclass iv\n"), "G6PD").front().phenotypes == Texts{"Normal"});
  for (const char* word : {"*57:01 positive", "HLA-B*57:01:01 Positive", "positive for B*57:01", "*57:01 POSITIVE"}) {
    INFO(word);
    CHECK(of(calls_of(std::string{"HLA-B\t\t"} + word + "\n"), "HLA-B").front().phenotypes == Texts{"*57:01 positive"});
  }
  CHECK(of(calls_of("HLA-B\t\t*57:01 positive; *58:01 negative\n"), "HLA-B").front().phenotypes ==
        Texts{"*57:01 positive", "*58:01 negative"});
}

TEST_CASE("alleles are read in laboratory words") {
  CHECK(of(calls_of("G6PD\tB (wildtype)/B (wildtype)\n"), "G6PD").front().diplotype == "B (reference)/B (reference)");
}

TEST_CASE("several diplotypes of a cell are several calls") {
  for (const char* cell : {"*1/*2;*1/*4", "*1/*2 or *1/*4", "*1/*2 OR *1/*4", "*1/*2; *1/*4;"}) {
    INFO(cell);
    const auto calls = of(calls_of(std::string{"CYP2D6\t"} + cell + "\n"), "CYP2D6");
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].diplotype == "*1/*2");
    CHECK(calls[1].diplotype == "*1/*4");
  }
  CHECK(of(calls_of("CYP2D6\t*1|*4\n"), "CYP2D6").front().diplotype == "*1/*4");
}

TEST_CASE("what is no diplotype and no score is refused") {
  for (const char* cell : {"*1/*2/*4", "?", "*1/?", "*1/", "/", "///", "*1|*2/*4", "*1/*2;;*1/*4"}) {
    INFO(cell);
    CHECK(refusal(std::string{"CYP2D6\t"} + cell + "\n").starts_with("1: not a diplotype: "));
    CHECK(refusal(std::string{"HLA-B\t"} + cell + "\n").starts_with("1: not a diplotype: "));
  }
  CHECK(refusal("CYP2D6\t\t\t99\n") == "1: not an activity score");
  CHECK(of(calls_of("CYP2D6\t\t\t6.5\n"), "CYP2D6").front().score == ActivityScore{650, false});
}

TEST_CASE("a call without a result is kept, and a test that was not done is not") {
  for (const char* line : {"CYP2D6\t.\n", "CYP2D6\t.\t.\t.\n", "CYP2D6\t./.\n"}) {
    INFO(line);
    REQUIRE(of(calls_of(line), "CYP2D6").size() == 1);
    CHECK_FALSE(of(calls_of(line), "CYP2D6").front().has_result());
  }
  CHECK(calls_of("G6PD\t\tNot available\n").by_gene.empty());
  CHECK(warnings_of("G6PD\t\tNot available\n") == Texts{"1: G6PD was not tested; the line is left out"});
}

TEST_CASE("several calls of one gene add up, equal ones once, within a file and over files") {
  const TempFolder folder;
  const std::string first = folder.file("a.tsv", "CYP2D6\t*1/*4\nCYP2D6\t*1/*4\nCYP2D6\t*1/*1\n");
  const std::string second = folder.file("b.tsv", "HLA-B\t*57:01/*08:01\nCYP2D6\t*4/*4\n");
  const OutsideCalls calls = read_outside_calls({first, second}, {"S1"}, knowledge());
  CHECK(of(calls, "CYP2D6").size() == 3);
  CHECK(of(calls, "HLA-B").size() == 1);
}

TEST_CASE("samples and genes that are not there are told once, and their lines are left out") {
  const std::string text =
      "sample\tgene\tdiplotype\nX\tCYP2D6\t*1/*1\nX\tHLA-B\t*57:01/*57:01\nS1\tCYP2D7\t*1/*1\n"
      "S1\tCYP2D6\t*1/*4\n";
  CHECK(of(calls_of(text), "CYP2D6").size() == 1);
  CHECK(warnings_of(text) == Texts{"2: the input has no sample X; 2 such lines are left out",
                                   "4: no such gene in the catalogue: CYP2D7 (nearest: CYP2D6); the line is left out"});
  std::string many = "sample\tgene\tdiplotype\n";
  for (int i = 0; i < 8; ++i) many += "X" + std::to_string(i) + "\tCYP2D6\t*1/*1\n";
  CHECK(warnings_of(many).size() == 6);
  CHECK(warnings_of(many).back() == " and 3 more such names");
}

TEST_CASE("a phenotype that the gene has not is left out, unless it is a misspelt one") {
  CHECK(warnings_of("G6PD\t\tA-202A_376G\n") == Texts{"1: not a phenotype of G6PD; the line is left out"});
  CHECK(of(calls_of("CYP2D6\t*1/*4\tsomething else entirely\n"), "CYP2D6").front() ==
        OutsideCall{"*1/*4", {}, std::nullopt});
  CHECK(refusal("CYP2D6\t\tPoor Metabolixer\n") == "1: not a phenotype of CYP2D6");
}

TEST_CASE("each kind of faulty line is refused with its number") {
  CHECK(refusal("CYP2D6\n") == "1: the line states neither diplotype, phenotype nor activity score");
  CHECK(refusal("CYP2D6\t\t\t\n") == "1: the line states neither diplotype, phenotype nor activity score");
  CHECK(refusal("\n# note\nCYP2D6\t*1/*1\t.\thigh\n") == "3: not an activity score");
  CHECK(refusal("CYP2D6\t*1/*1\n", {"A", "B"}) ==
        "1: the file does not say which sample a call belongs to, and the run has several");
  CHECK(refusal("sample\tgene\nS1\n") == "2: the line names no gene");
  CHECK(refusal("sample\tgene\tdiplotype\n\tCYP2D6\t*1/*1\n") == "2: the line names no sample");
  CHECK(refusal("sample\tgene\tdiplotipe\nS1\tCYP2D6\t*1/*1\n") == "1: unknown column: diplotipe");
  CHECK(refusal("sample\tdiplotype\nS1\t*1/*1\n") == "1: no column named gene");
  CHECK(refusal("gene\tgene\nCYP2D6\tx\n") == "1: the column is there twice: gene");
  CHECK(refusal(std::string{"CYP2D6\t*1/*1\0\n", 14}) == ": is not a text: the outside calls hold a zero byte");
}

// Its calls were dropped without a word: to a reader of lines it is one comment.
TEST_CASE("a file whose lines end by carriage returns alone is refused") {
  CHECK(refusal("# note\rsample\tgene\tdiplotype\rS1\tCYP2D6\t*1/*4\r") ==
        "1:7: a carriage return (CR) stands without a line feed, as old Macs end lines");
}

TEST_CASE("a cell of more characters than anybody writes is refused, whatever the format") {
  std::string diplotype;
  for (int k = 0; k < 3400; ++k) diplotype += "*1/";
  CHECK(refusal("# note\nCYP2D6\t" + diplotype + "\n") == "2:8: a cell of more than 10000 characters begins here");
  const std::string too_long = "a name or a result has more than 10000 characters";
  CHECK(refusal("Sample\tGenotype\tFilter\nS1\t" + diplotype + "*1\tPASS\n") == "2: " + too_long);
  CHECK(refusal("{\"S1\": {\"Genotype\": \"" + diplotype + "*1\", \"Filter\": \"PASS\"}}") == "1: " + too_long);
}

TEST_CASE("a file that is not there is refused, and an empty one has no calls") {
  const InputError error =
      input_error_of([] { (void)read_outside_calls({"/nowhere/calls.tsv"}, {"S1"}, knowledge()); });
  CHECK(error.parts().why == "cannot open the outside calls");
  CHECK(calls_of("").by_gene.empty());
  CHECK(read_outside_calls({}, {"S1"}, knowledge()).by_gene.empty());
}

TEST_CASE("of one gene in one sample there are only so many calls") {
  std::string text;
  for (int k = 0; k < 1000; ++k) text += "CYP2D6\t*1/*" + std::to_string(2000 + k) + "\n";
  CHECK(of(calls_of(text), "CYP2D6").size() == 1000);
  CHECK(refusal(text + "CYP2D6\t*1/*1\n") == "1001: more than 1000 calls of one gene in one sample");
}

TEST_CASE("each of many samples gets its own calls") {
  Texts samples;
  std::string text = "sample\tgene\tdiplotype\n";
  for (int i = 0; i < 3000; ++i) samples.push_back("S" + std::to_string(i));
  for (const std::string& sample : samples) text += sample + "\tCYP2D6\t*1/*4\n" + sample + "\tHLA-B\t*57:01/*08:01\n";
  const OutsideCalls calls = calls_of(text, samples);
  CHECK(calls.by_gene.at("CYP2D6").size() == 3000);
  CHECK(calls.by_gene.at("HLA-B").back().sample == 2999);
}
