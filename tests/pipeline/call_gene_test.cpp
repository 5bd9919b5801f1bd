// A gene over samples of variant files and of alignments: what each is held to.
#include "pipeline/stages/call_gene.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/builders/gene_builder.h"

using namespace stardose;
using namespace stardose::pipeline;
using genomics::SiteGenotype;
using pharmaco::CallStatus;

namespace {

pharmaco::Gene one_site_gene() {
  return test::GeneBuilder{}
      .site(100, "A", "G")
      .allele("*1", "reference", "Normal function", "1")
      .allele("*4", "100=G", "No function", "0")
      .allele("*5", ".", "No function", "0")
      .method("activity_score")
      .small_variants("insufficient")
      .phenotype("0", "0.5", "Poor Metabolizer")
      .phenotype("0.75", ".", "Normal Metabolizer")
      .build();
}

pharmaco::StructureCall structure(const std::string& diplotype, double measured) {
  pharmaco::StructureCall call;
  call.status = CallStatus::called;
  call.readings = {{diplotype, "some copies", 2, 0.99}};
  call.evidence = {{"whole gene", measured, 2, 0}};
  return call;
}

/// One gene; the samples' genotypes are all `A/G` or as given, the last ones from alignments.
struct Cohort {
  pharmaco::Gene gene = one_site_gene();
  GenePanel panel{{{&gene, 0, 1}}, genomics::SiteIndex{{gene.sites}}};
  genomics::Cohort cohort{{},
                          genomics::Assembly::grch38,
                          std::shared_ptr<const genomics::SiteIndex>{std::shared_ptr<void>{}, &panel.sites},
                          genomics::GenotypeTable{panel.sites, 0},
                          {},
                          {},
                          std::vector<bool>(1, false)};
  AlignmentResults alignments;
  pharmaco::OutsideCalls outside;
  pharmaco::CallingOptions options;

  void add(const std::string& sample, SiteGenotype genotype = {0, 1, false}) {
    cohort.genotypes.append(std::vector{genotype}, std::vector<std::int32_t>{0});
    cohort.samples.push_back(sample);
  }
  void add_reads(const std::string& sample, std::vector<pharmaco::StructureCall> structures, bool callable = true,
                 SiteGenotype genotype = {0, 1, false}) {
    if (alignments.samples.empty()) alignments.first_sample = cohort.samples.size();
    add(sample, genotype);
    alignments.samples.push_back({{{30, callable ? 30U : 3U, 60, true, callable}}, std::move(structures)});
  }
  [[nodiscard]] GeneOutcomes call() const {
    return CallGene{panel, options, cohort, alignments, outside, true}({0, 1});
  }
};

const pharmaco::GeneFinding& of(const GeneOutcomes& outcomes, std::size_t sample) {
  return outcomes.distinct[outcomes.of_sample[sample]].finding;
}

}  // namespace

TEST_CASE("a structural call is the outcome of reads, and nothing to samples of variant files") {
  Cohort run;
  run.add("V1");
  run.alignments.structural = {0};
  run.add_reads("R1", {structure("*4/*5", 1.02)});
  run.add_reads("R2", {structure("*1/*1", 2.01)});
  const GeneOutcomes outcomes = run.call();
  CHECK(of(outcomes, 0).reason.starts_with("gene copies and hybrids decide, which a list of small variants"));
  CHECK(of(outcomes, 1).diplotypes == std::vector<std::string>{"*4/*5"});
  CHECK(of(outcomes, 1).phenotypes == std::vector<std::string>{"Poor Metabolizer"});
  CHECK(of(outcomes, 2).phenotypes == std::vector<std::string>{"Normal Metabolizer"});
  CHECK(outcomes.distinct[outcomes.of_sample[1]].result.readings.size() == 1);
}

TEST_CASE("without structures in the catalogue, reads are no call of such a gene, with that reason") {
  Cohort run;
  run.add_reads("R1", {});
  CHECK(of(run.call(), 0).reason.find("the catalogue does not say how to find them in reads") != std::string::npos);
}

TEST_CASE("one pattern is two outcomes where one sample's reads do not cover it") {
  Cohort run;
  run.gene.structure_decides = false;
  run.add("V1");
  run.add_reads("R1", {});
  run.add_reads("R2", {}, false);
  run.add_reads("R3", {});
  const GeneOutcomes outcomes = run.call();
  CHECK(of(outcomes, 0).basis == "variants");
  CHECK(of(outcomes, 1).basis == "reads");
  CHECK(of(outcomes, 2).status == CallStatus::no_call);
  CHECK(of(outcomes, 2).open == pharmaco::OpenCause::low_coverage);
  CHECK(outcomes.of_sample[3] == outcomes.of_sample[1]);
  CHECK(outcomes.distinct.size() == 3);
}

TEST_CASE("an outside call goes before a structural one; what contradicts it is a warning and a caveat") {
  Cohort run;
  run.alignments.structural = {0};
  run.add_reads("R1", {structure("*4/*5", 1.02)});
  run.add_reads("R2", {structure("*1/*4", 1.98)});
  run.outside.by_gene["TEST"] = {{0, {{"*1/*4", {}, {}}}}, {1, {{"*1/*4", {}, {}}}}};
  const GeneOutcomes outcomes = run.call();
  CHECK(of(outcomes, 0).basis == "outside call");
  REQUIRE(outcomes.warnings.size() == 1);
  CHECK(outcomes.warnings[0].text ==
        "sample R1: TEST: the outside call is not what the reads say; the outside call goes first.");
  CHECK(outcomes.distinct[outcomes.of_sample[0]].result.caveat ==
        "TEST: the outside call says *1/*4 (Normal Metabolizer), the reads say *4/*5 (Poor Metabolizer); the outside "
        "call "
        "goes first.");
  CHECK(outcomes.distinct[outcomes.of_sample[1]].result.caveat.empty());
}

TEST_CASE("an outside call without a diplotype is compared by what follows") {
  Cohort run;
  run.alignments.structural = {0};
  run.add_reads("R1", {structure("*4/*5", 1.02)});
  run.outside.by_gene["TEST"] = {{0, {{"", {"Poor Metabolizer"}, {}}}}};
  CHECK(run.call().warnings.empty());
  run.outside.by_gene["TEST"] = {{0, {{"", {"Normal Metabolizer"}, {}}}}};
  CHECK(run.call().warnings.size() == 1);
}
