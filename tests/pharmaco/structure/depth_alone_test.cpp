// Genes of the catalogue whose copies depth alone counts, called from evidence made by hand.
#include <doctest/doctest.h>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/structure/depth_model.h"
#include "pharmaco/structure/structure_caller.h"
#include "tests/builders/read_evidence_builder.h"

using namespace stardose;
using namespace stardose::pharmaco;
using stardose::test::ReadEvidenceBuilder;

namespace {

const Gene& gene_of(const std::string& symbol) {
  static const KnowledgeBase knowledge = open_knowledge("");
  return *knowledge.find_gene(symbol);
}

ReadEvidenceBuilder reads_of(const std::string& symbol) { return {gene_of(symbol), genomics::Assembly::grch38}; }

StructureCall call(const std::string& symbol, const genomics::ReadEvidence& evidence,
                   const std::optional<DepthScale>& genome = std::nullopt) {
  StructureCaller caller{gene_of(symbol), genomics::Assembly::grch38};
  genomics::ReadPlan plan;
  caller.plan(plan);
  return caller.call(evidence, genome);
}

std::string best(const StructureCall& call) {
  if (call.status != CallStatus::called) return "not called";
  return call.readings.front().diplotype;
}

/// One copy of each allele.
ReadEvidenceBuilder copies(const std::string& symbol, const std::vector<std::string>& alleles) {
  ReadEvidenceBuilder reads = reads_of(symbol);
  for (const std::string& allele : alleles) reads.copy("gene", allele);
  return reads;
}

}  // namespace

TEST_CASE("GSTM1: two, one and no copy, and which allele it is") {
  CHECK(best(call("GSTM1", copies("GSTM1", {"*A", "*A"}).build())) == "*A/*A");
  CHECK(best(call("GSTM1", copies("GSTM1", {"*A", "*B"}).build())) == "*A/*B");
  CHECK(best(call("GSTM1", copies("GSTM1", {"*B"}).build())) == "*0/*B");
  const StructureCall none = call("GSTM1", copies("GSTM1", {}).build());
  CHECK(best(none) == "*0/*0");
  CHECK(none.readings.front().copies == 0);
  CHECK(none.readings.front().structure == "whole gene deleted on both chromosomes");
  CHECK(none.ordinary == doctest::Approx(0).epsilon(0.001));
}

TEST_CASE("UGT2B17 has no site: depth alone decides") {
  CHECK(best(call("UGT2B17", copies("UGT2B17", {"*1", "*1"}).build())) == "*1/*1");
  CHECK(best(call("UGT2B17", copies("UGT2B17", {"*1"}).build())) == "*1/*2");
  CHECK(best(call("UGT2B17", copies("UGT2B17", {}).build())) == "*2/*2");
}

TEST_CASE("SULT1A1: one to five copies, counted with the share of each allele") {
  CHECK(best(call("SULT1A1", copies("SULT1A1", {"*1"}).build(30))) == "*1/*DEL");
  CHECK(best(call("SULT1A1", copies("SULT1A1", {"*1", "*1", "*2"}).build(30))) == "*1x2/*2");
  CHECK(best(call("SULT1A1", copies("SULT1A1", {"*1", "*2", "*2"}).build(30))) == "*1/*2x2");
  const StructureCall four = call("SULT1A1", copies("SULT1A1", {"*1", "*1", "*2", "*2"}).build(30));
  REQUIRE_FALSE(four.readings.empty());
  CHECK(four.readings.front().diplotype == "*1x2/*2x2");
  CHECK(four.readings.front().copies == 4);
  const StructureCall five = call("SULT1A1", copies("SULT1A1", {"*1", "*1", "*1", "*2", "*2"}).build(30));
  REQUIRE_FALSE(five.readings.empty());
  CHECK(five.readings.front().diplotype == "*1x3/*2x2");
}

TEST_CASE("CYP2A6: CYP2A7 beside it tells a deletion from the hybrid") {
  const auto reads = [] { return reads_of("CYP2A6").copy("paralog").copy("gene", "*1"); };
  CHECK(best(call("CYP2A6", reads().copy("paralog").copy("gene", "*9").build())) == "*1/*9");
  CHECK(best(call("CYP2A6", reads().copy("paralog").build())) == "*1/*4");
  CHECK(best(call("CYP2A6", reads().copy("hybrid12", "*1").build())) == "*1/*12");
  CHECK(best(call("CYP2A6", reads().copy("paralog").copy("gene", "*1").copy("gene", "*1").build())) == "*1/*1x2");
}

TEST_CASE("CYP2B6: ordinary copies leave the call to variants; hybrids do not") {
  const auto reads = [] { return reads_of("CYP2B6").copy("paralog").copy("gene", "*6"); };
  const StructureCall plain = call("CYP2B6", reads().copy("paralog").copy("gene", "*1").build());
  CHECK_FALSE(decides(gene_of("CYP2B6"), plain));
  CHECK(plain.ordinary > 0.99);
  CHECK(plain.evidence.size() == 5);
  const StructureCall hybrid = call("CYP2B6", reads().copy("hybrid29", "*1").build());
  CHECK(decides(gene_of("CYP2B6"), hybrid));
  CHECK(best(hybrid) == "*6/*29");
  const StructureCall repeated =
      call("CYP2B6", reads().copy("paralog").copy("hybrid30", "*1").copy("gene", "*1").build());
  CHECK(decides(gene_of("CYP2B6"), repeated));
  CHECK(repeated.readings.front().copies == 3);
  CHECK(decides(gene_of("CYP2A6"), plain));
}

TEST_CASE("without flanks nothing is called, whatever the other genes say: the gene may not have been captured") {
  for (const std::string gene : {"GSTM1", "UGT2B17", "SULT1A1", "CYP2A6", "CYP2B6"}) {
    CAPTURE(gene);
    const std::string first = gene_of(gene).alleles.front().name;
    const StructureCall found = call(gene, copies(gene, {first, first}).without_flanks().build(), DepthScale{15, 0.08});
    CHECK(found.status == CallStatus::no_call);
    CHECK(found.reason == NoStructureReason::no_depth_scale);
    CHECK(found.readings.empty());
    CHECK(decides(gene_of(gene), found) == gene_of(gene).structure_decides);
  }
}

TEST_CASE("other genes that contradict the flanks, or each other, make it a no call") {
  const auto evidence = copies("GSTM1", {"*A"}).build();
  CHECK(best(call("GSTM1", evidence, DepthScale{15, 0.1})) == "*0/*A");
  CHECK(best(call("GSTM1", evidence, DepthScale{17, 0.1})) == "*0/*A");
  for (const DepthScale genome : {DepthScale{30, 0.1}, DepthScale{7, 0.1}, DepthScale{15, 0.6}}) {
    CAPTURE(genome.depth_per_copy);
    CHECK(call("GSTM1", evidence, genome).reason == NoStructureReason::no_depth_scale);
  }
}

TEST_CASE("nothing read at all is no reads, and not two deletions") {
  for (const std::string gene : {"GSTM1", "UGT2B17", "SULT1A1", "CYP2A6", "CYP2B6"}) {
    const StructureCall found = call(gene, reads_of(gene).without_flanks().build());
    CHECK(found.status == CallStatus::no_call);
    CHECK(found.reason == NoStructureReason::no_reads);
  }
}

TEST_CASE("flanks that agree do not make depth alone surer than the places of a genome differ") {
  auto evidence = copies("GSTM1", {"*A", "*A"}).build();
  for (auto& region : evidence.regions) region.bases *= 100;  // so deep that counting adds nothing
  StructureColumns columns{*gene_of("GSTM1").structure, gene_of("GSTM1").contig, genomics::Assembly::grch38};
  DepthModel depth{evidence, columns, *gene_of("GSTM1").structure, std::nullopt};
  REQUIRE(depth.is_sure());
  const double surer =
      depth.log_likelihood(std::vector<double>{2, 0}) - depth.log_likelihood(std::vector<double>{1, 0});
  // A factor of two, of a standard deviation of 0.06 here and of 0.09 between here and the flanks; with 0.03 for both
  // it would be over 100.
  CHECK(surer > 10);
  CHECK(surer < 40);
}

TEST_CASE("long reads: flanks far from the gene count, as there are no others") {
  auto evidence = copies("GSTM1", {"*A"}).build(100);
  evidence.mean_read_length = 10000;
  CHECK(best(call("GSTM1", evidence)) == "*0/*A");
}
