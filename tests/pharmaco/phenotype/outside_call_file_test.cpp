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

const std::vector<Gene>& genes() {
  static const std::vector<Gene> all{GeneBuilder{"CYP2D6"}.site(100, "A", "G").allele("*1", "reference").build(),
                                     GeneBuilder{"HLA-B"}.calling("outside_only").allele("*57:01", ".").build()};
  return all;
}

OutsideCalls calls_of(const std::string& text, const Texts& samples = {"S1"}) {
  const TempFolder folder;
  return read_outside_calls({folder.file("calls.tsv", text)}, samples, genes());
}

/// `line: why` of the refusal.
std::string refusal(const std::string& text, const Texts& samples = {"S1"}) {
  const InputError error = input_error_of([&] { (void)calls_of(text, samples); });
  CHECK(error.fault() == Fault::input);
  CHECK(error.parts().file.ends_with("calls.tsv"));
  return error.parts().place + ": " + error.parts().why;
}

}  // namespace

TEST_CASE("without a header the calls are the only sample's") {
  const OutsideCalls calls = calls_of("# typed elsewhere\nCYP2D6\t*1/*4\nHLA-B\t*57:01/*08:01\t\t\n");
  REQUIRE(calls.at("S1").size() == 2);
  CHECK(calls.at("S1").at("CYP2D6").diplotype == "*1/*4");
  CHECK(calls.at("S1").at("CYP2D6").place.ends_with("calls.tsv:2"));
}

TEST_CASE("with a header each line names its sample") {
  const OutsideCalls calls = calls_of(
      "sample\tgene\tdiplotype\tphenotype\tactivity_score\nA\tCYP2D6\t*1/*1\t.\t2\r\nB\tCYP2D6\t.\tPoor "
      "Metabolizer\t.\n",
      {"A", "B"});
  CHECK(calls.at("A").at("CYP2D6").activity_score == "2");
  CHECK(calls.at("A").at("CYP2D6").phenotype.empty());
  CHECK(calls.at("B").at("CYP2D6").diplotype.empty());
  CHECK(calls.at("B").at("CYP2D6").phenotype == "Poor Metabolizer");
}

TEST_CASE("lines of samples that are not in the run are left out") {
  CHECK(calls_of("sample\tgene\tdiplotype\nX\tCYP2D6\t*1/*1\nS1\tCYP2D6\t*1/*4\n").size() == 1);
}

TEST_CASE("several files add up, but not for one gene of one sample") {
  const TempFolder folder;
  const std::string first = folder.file("a.tsv", "CYP2D6\t*1/*4\n");
  const std::string second = folder.file("b.tsv", "HLA-B\t*57:01/*08:01\n");
  CHECK(read_outside_calls({first, second}, {"S1"}, genes()).at("S1").size() == 2);
  const InputError error = input_error_of([&] { (void)read_outside_calls({first, second, first}, {"S1"}, genes()); });
  CHECK(error.parts().why == "a second call of CYP2D6 for sample S1");
}

TEST_CASE("each kind of faulty line is refused with its number") {
  CHECK(refusal("\nCYP2D7\t*1/*1\n") == "2: no such gene in the catalogue: CYP2D7");
  CHECK(refusal("CYP2D6\n") == "1: the line states neither diplotype, phenotype nor activity score");
  CHECK(refusal("CYP2D6\t.\t.\t.\n") == "1: the line states neither diplotype, phenotype nor activity score");
  CHECK(refusal("CYP2D6\t*1/*1\t.\thigh\n") == "1: not an activity score: high");
  CHECK(refusal("CYP2D6\t*1/*1\nCYP2D6\t*1/*4\n") == "2: a second call of CYP2D6 for sample S1");
  CHECK(refusal("CYP2D6\t*1/*1\n", {"A", "B"}) ==
        "1: the file does not say which sample a call belongs to, and the run has several");
  CHECK(refusal("sample\tgene\nS1\n") == "2: no such gene in the catalogue: ");
}

TEST_CASE("a file that is not there is refused, and an empty one has no calls") {
  const InputError error = input_error_of([] { (void)read_outside_calls({"/nowhere/calls.tsv"}, {"S1"}, genes()); });
  CHECK(error.parts().why == "cannot open the outside calls");
  CHECK(calls_of("").empty());
  CHECK(read_outside_calls({}, {"S1"}, genes()).empty());
}
