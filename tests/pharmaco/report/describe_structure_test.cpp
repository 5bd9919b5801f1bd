// Structural calls: what follows, and in words.
#include "pharmaco/report/describe_structure.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pharmaco/report/table.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

Gene gene() {
  return GeneBuilder{}
      .site(100, "A", "G")
      .site(200, "C", "T")
      .allele("*1", "reference", "Normal function", "1")
      .allele("*4", "100=G", "No function", "0")
      .allele("*5", ".", "No function", "0")
      .allele("*10", "200=T", "Decreased function", "0.25")
      .allele("*36", ".", "No function", "0")
      .method("activity_score")
      .phenotype("0", "0", "Poor Metabolizer")
      .phenotype("0.25", "1", "Intermediate Metabolizer")
      .phenotype("1.25", ".", "Normal Metabolizer")
      .build();
}

StructureCall called() {
  StructureCall call;
  call.status = CallStatus::called;
  call.readings = {{"*4/*5", "whole gene deleted", 1, 0.97}, {"*4/*4", "two gene copies", 2, 0.02}};
  call.evidence = {{"whole gene", 1.04, 1, 0}, {"exon 9", 0.98, 1, 6}};
  call.depth_per_copy = 14.8;
  call.scale = "the flanks";
  call.fragments = 321;
  return call;
}

StructureCall ambiguous() {
  StructureCall call = called();
  call.status = CallStatus::ambiguous;
  call.readings = {{"*36+*10/*1", "hybrid beside a copy", 3, 0.6},
                   {"*10/*1", "two gene copies", 2, 0.3},
                   {"*10/*10", "two gene copies", 2, 0.095},
                   {"*5/*1", "whole gene deleted", 1, 0.005}};
  return call;
}

constexpr ReadsBehind both{2, 2, 0.9};

}  // namespace

TEST_CASE("a call whose arrangement is not sure says so") {
  StructureCall call = called();
  call.readings.front().posterior = 0.66;
  call.content = 0.98;
  const Texts remarks = describe_structure(gene(), call, both).finding.remarks;
  const auto says = [](const std::string& remark) { return remark.starts_with("The copies and their alleles: 98"); };
  CHECK(std::ranges::any_of(remarks, says));
  CHECK(std::ranges::none_of(describe_structure(gene(), called(), both).finding.remarks, says));
}

TEST_CASE("a call is its first reading, read as an outside call is") {
  const StructureOutcome outcome = describe_structure(gene(), called(), both);
  CHECK(outcome.result.status == CallStatus::called);
  REQUIRE(outcome.result.readings.size() == 1);
  CHECK(outcome.result.readings[0].phenotype == "Poor Metabolizer");
  CHECK(outcome.result.caveat.empty());
  const GeneFinding& finding = outcome.finding;
  CHECK(finding.diplotypes == Texts{"*4/*5"});
  CHECK(finding.phenotypes == Texts{"Poor Metabolizer"});
  CHECK(finding.activity_scores == Texts{"0.0"});
  CHECK(finding.posteriors == std::vector<double>{0.97});
  CHECK(finding.basis == "reads, with copies and hybrids");
  CHECK(finding.from_reads);
  CHECK(finding.reason.empty());
  CHECK(finding.open == OpenCause::none);
  CHECK(finding.remarks == Texts{"Structure: whole gene deleted."});
  CHECK(finding.runner_up == "*4/*4");
  CHECK(finding.runner_up_why == "2.0 % probable by the reads");
  REQUIRE(finding.structure);
  CHECK(finding.structure->copies == std::vector<int>{1});
  CHECK(copies_in_words(*finding.structure) == "whole gene 1.04 (1), exon 9 0.98 (1)");
  CHECK(rests_on(finding.structure->stretches[0]) == "depth alone");
  CHECK(rests_on(finding.structure->stretches[1]) == "6 differences");
  CHECK(rests_on({"", 1, 1, 1}) == "1 difference");
}

TEST_CASE("tandems and copies are summed as outside calls' are") {
  StructureCall call = called();
  call.readings = {{"*36+*10/*1x2", "hybrid beside a copy; gene duplicated", 4, 0.999}};
  const GeneFinding finding = describe_structure(gene(), call, both).finding;
  CHECK(finding.activity_scores == Texts{"2.25"});
  CHECK(finding.runner_up.empty());
}

TEST_CASE("an ambiguous call names what has 99 % of the probability, the likeliest first") {
  const StructureOutcome outcome = describe_structure(gene(), ambiguous(), both);
  CHECK(outcome.result.status == CallStatus::ambiguous);
  CHECK(outcome.result.readings.size() == 3);
  const GeneFinding& finding = outcome.finding;
  CHECK(finding.diplotypes == Texts{"*1/*36+*10", "*1/*10", "*10/*10"});
  CHECK(finding.posteriors == std::vector<double>{0.6, 0.3, 0.095});
  CHECK(finding.structure->copies == std::vector<int>{3, 2, 2});
  CHECK(finding.phenotypes == Texts{"Normal Metabolizer", "Intermediate Metabolizer"});
  CHECK(finding.reason == "the reads do not decide between several diplotypes");
  CHECK(finding.open == OpenCause::structure);
  CHECK(outcome.result.caveat == "TEST: by the reads *1/*36+*10 60.0 %, *1/*10 30.0 %, *10/*10 9.5 %.");
  CHECK(finding.runner_up == "*5/*1");
}

TEST_CASE("an ambiguous call names two even where the first has nearly all") {
  StructureCall call = called();
  call.status = CallStatus::ambiguous;
  call.readings[0].posterior = 0.995;
  call.readings[1].posterior = 0.005;
  CHECK(describe_structure(gene(), call, both).finding.diplotypes == Texts{"*4/*5", "*4/*4"});
}

TEST_CASE("copies are counted where every diplotype has as many") {
  CHECK(counted_copies(describe_structure(gene(), called(), both).finding) == 1);
  CHECK_FALSE(counted_copies(describe_structure(gene(), ambiguous(), both).finding));
  StructureCall none = called();
  none.status = CallStatus::no_call;
  CHECK_FALSE(counted_copies(describe_structure(gene(), none, both).finding));
  StructureCall beside_variants = called();
  beside_variants.ordinary = 0.99;
  CHECK(counted_copies(beside_variants) == 2);
  beside_variants.ordinary = 0;
  beside_variants.reason = NoStructureReason::no_depth_scale;
  CHECK_FALSE(counted_copies(beside_variants));
}

TEST_CASE("no call has its reason, no reading, and the figures all the same") {
  StructureCall call = called();
  call.status = CallStatus::no_call;
  for (const NoStructureReason reason :
       {NoStructureReason::no_reads, NoStructureReason::no_depth_scale, NoStructureReason::fits_nothing,
        NoStructureReason::no_such_contig, NoStructureReason::no_place, NoStructureReason::no_paralog,
        NoStructureReason::reads_on_alternate_contig}) {
    call.reason = reason;
    const StructureOutcome outcome = describe_structure(gene(), call, {0, 2, 0.9});
    CHECK(outcome.result.readings.empty());
    CHECK(outcome.finding.status == CallStatus::no_call);
    CHECK(outcome.finding.diplotypes.empty());
    CHECK(outcome.finding.basis.empty());
    CHECK_FALSE(outcome.finding.reason.empty());
    CHECK(outcome.finding.structure->stretches.size() == 2);
    const bool lacks_reads = reason == NoStructureReason::no_reads;
    CHECK(outcome.finding.open == (lacks_reads ? OpenCause::low_coverage : OpenCause::structure));
  }
}

TEST_CASE("an allele that the catalogue does not know makes the phenotype indeterminate, and is named") {
  StructureCall call = called();
  call.readings[0].diplotype = "*1/*999";
  const GeneFinding finding = describe_structure(gene(), call, both).finding;
  CHECK(finding.phenotypes == Texts{"Indeterminate"});
  CHECK(finding.open == OpenCause::unknown_effect);
  CHECK(finding.remarks == Texts{"Structure: whole gene deleted.", "Not known by the catalogue: *999."});
}

TEST_CASE("positions are counted by what the reads cover") {
  const GeneFinding finding = describe_structure(gene(), called(), {1, 2, 0.9}).finding;
  CHECK(finding.sites_total == 2);
  CHECK(finding.sites_seen == 1);
  CHECK(finding.sites_missing == 1);
  CHECK(finding.status == CallStatus::called);
}

TEST_CASE("the table has copies, structure, runner-up and measured copies") {
  const std::string row = calls_row(describe_structure(gene(), called(), both).finding);
  CHECK(row.find("Structure: whole gene deleted. Next: *4/*4, 2.0 % probable by the reads. Copies measured (expected): "
                 "whole gene 1.04 (1), exon 9 0.98 (1).") != std::string::npos);
  CHECK(row.ends_with("\t0.9700\t1\twhole gene deleted\n"));
  const std::string several = calls_row(describe_structure(gene(), ambiguous(), both).finding);
  CHECK(several.ends_with("\t0.6000;0.3000;0.0950\t3;2\thybrid beside a copy | two gene copies | two gene copies\n"));
}
