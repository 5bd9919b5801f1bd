// CYP2D6 of the catalogue, called from evidence made by hand: one case for each class of structure.
#include "pharmaco/structure/structure_caller.h"

#include <doctest/doctest.h>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_allele.h"
#include "tests/builders/read_evidence_builder.h"

using namespace stardose;
using namespace stardose::pharmaco;
using stardose::test::ReadEvidenceBuilder;

namespace {

const Gene& cyp2d6() {
  static const KnowledgeBase knowledge = open_knowledge("");
  return *knowledge.find_gene("CYP2D6");
}

StructureCall call(const genomics::ReadEvidence& evidence) {
  StructureCaller caller{cyp2d6(), genomics::Assembly::grch38};
  genomics::ReadPlan plan;
  caller.plan(plan);
  return caller.call(evidence);
}

ReadEvidenceBuilder reads() { return {cyp2d6(), genomics::Assembly::grch38}; }

std::string best(const StructureCall& call) { return call.readings.empty() ? "none" : call.readings.front().diplotype; }

}  // namespace

TEST_CASE("two gene copies and two of the paralog are a plain diplotype") {
  const auto found = call(reads().copy("paralog").copy("paralog").copy("gene", "*1").copy("gene", "*17").build());
  CHECK(best(found) == "*1/*17");
  CHECK(found.status == CallStatus::called);
  CHECK(found.readings.front().copies == 2);
  CHECK(found.depth_per_copy == doctest::Approx(15).epsilon(0.1));
}

TEST_CASE("one gene copy beside two of the paralog is a deletion") {
  const auto found = call(reads().copy("paralog").copy("paralog").copy("gene", "*9").build());
  CHECK(best(found) == "*5/*9");
  CHECK(found.readings.front().copies == 1);
}

TEST_CASE("no gene copy at all is two deletions") {
  const auto found = call(reads().copy("paralog").copy("paralog").build());
  CHECK(best(found) == "*5/*5");
  CHECK(found.readings.front().copies == 0);
}

TEST_CASE("the shares at heterozygous sites say which haplotype is repeated") {
  const auto repeated = [](const std::string& twice, const std::string& once) {
    return best(call(
        reads().copy("paralog").copy("paralog").copy("gene", twice).copy("gene", twice).copy("gene", once).build()));
  };
  CHECK(repeated("*17", "*9") == "*9/*17x2");
  CHECK(repeated("*9", "*17") == "*9x2/*17");
}

TEST_CASE("which chromosome has which copies is not seen: called if the copies and alleles are sure") {
  const auto sure =
      call(reads().copy("paralog").copy("13-exon3", "*2").copy("gene", "*171").copy("gene", "*171").build());
  CHECK(sure.content > least_content);
  CHECK(sure.readings.front().posterior < least_posterior);
  CHECK(sure.readings.front().posterior > least_arrangement);
  CHECK(sure.status == CallStatus::called);
  // Of several that are as likely none is called.
  ReadEvidenceBuilder builder = reads().copy("paralog").copy("paralog").copy("exon9", "*83");
  const auto open = call(builder.copy("gene", "*4").copy("gene", "*4").copy("gene", "*4").build());
  CHECK(open.content > least_content);
  CHECK(open.readings.front().posterior < least_arrangement);
  CHECK(open.status == CallStatus::ambiguous);
}

TEST_CASE("*68 without the spacer, alone on its chromosome") {
  const auto found = call(reads().copy("paralog").copy("paralog").copy("gene", "*4").copy("converted68", "*4").build());
  CHECK(best(found) == "*4/*68");
}

TEST_CASE("two like haplotypes of hybrids, rare each, are weighed too") {
  ReadEvidenceBuilder builder = reads();
  for (int chromosome = 0; chromosome < 2; ++chromosome) {
    builder.copy("13-exon2", "*1").copy("hybrid68", "*4").copy("gene", "*4").copy("gene", "*4");
  }
  CHECK(best(call(builder.build())) == "*13+*68+*4x2/*13+*68+*4x2");
}

TEST_CASE("a hybrid that ends like the paralog is named by the copy beside it") {
  CHECK(best(call(reads()
                      .copy("paralog")
                      .copy("paralog")
                      .copy("hybrid36", "*36")
                      .copy("gene", "*10")
                      .copy("gene", "*1")
                      .build())) == "*1/*36+*10");
  CHECK(best(call(reads().copy("paralog").copy("paralog").copy("hybrid68", "*4").copy("gene", "*4").build())) ==
        "*68+*4/*5");
}

TEST_CASE("a hybrid that begins like the paralog takes the place of both") {
  const auto found = call(reads().copy("paralog").copy("13-intron4", "*2").copy("gene", "*1").build());
  CHECK(best(found) == "*1/*13");
  CHECK(found.readings.front().copies == 2);
}

TEST_CASE("without flanks the copies are not called, and that is said") {
  const auto found = call(reads()
                              .copy("paralog")
                              .copy("paralog")
                              .copy("gene", "*17")
                              .copy("gene", "*17")
                              .copy("gene", "*9")
                              .without_flanks()
                              .build());
  CHECK(found.status == CallStatus::ambiguous);
  CHECK(found.reason == NoStructureReason::no_depth_scale);
}

TEST_CASE("a place that each copy has and no read shows is no call, however well the rest fits") {
  ReadEvidenceBuilder whole = reads().copy("paralog").copy("paralog").copy("gene", "*1").copy("gene", "*17");
  CHECK(call(ReadEvidenceBuilder{whole}.build()).status == CallStatus::called);
  const auto cut = call(ReadEvidenceBuilder{whole}.without_region("before CYP2D7").build());
  CHECK(cut.status == CallStatus::no_call);
  CHECK(cut.reason == NoStructureReason::fits_nothing);
}

TEST_CASE("a deletion of both chromosomes that no long read crosses is a file without the gene's reads") {
  ReadEvidenceBuilder reads_around = reads().copy("paralog").copy("paralog").across_deletion(0);
  const auto left_out = call(ReadEvidenceBuilder{reads_around}.build());
  CHECK(left_out.status == CallStatus::no_call);
  CHECK(left_out.reason == NoStructureReason::fits_nothing);
  const auto deleted = call(ReadEvidenceBuilder{reads_around}.across_deletion(1).build());
  CHECK(best(deleted) == "*5/*5");
  CHECK(deleted.status == CallStatus::called);
}

TEST_CASE("a further copy that long reads seem to show and depth does not is no call") {
  ReadEvidenceBuilder two = reads().copy("paralog").copy("paralog").copy("gene", "*17").copy("gene", "*9");
  auto evidence = ReadEvidenceBuilder{two}.copy("gene", "*29").build();
  evidence.mean_read_length = 12000;
  CHECK(call(evidence).status != CallStatus::no_call);
  CHECK(call(evidence).readings.front().copies == 3);
  evidence.regions = two.build().regions;
  CHECK(call(evidence).status == CallStatus::no_call);
}

TEST_CASE("no reads are no call") {
  const auto found = call(reads().build());
  CHECK(found.status == CallStatus::no_call);
  CHECK(found.reason == NoStructureReason::no_reads);
  CHECK(found.readings.empty());
}

TEST_CASE("long reads elsewhere in the genome leave the gene its own") {
  auto evidence = reads().copy("paralog").copy("paralog").copy("gene", "*1").copy("gene", "*17").build();
  evidence.mean_read_length = 12000;
  std::uint64_t molecule = 0;
  for (genomics::Fragment& fragment : evidence.fragments) fragment.molecule = ++molecule;
  const auto alone = call(evidence);
  const auto beyond = static_cast<std::uint32_t>(evidence.sites.size());
  for (int number = 0; number < 40000; ++number) {
    const auto first = static_cast<std::uint32_t>(evidence.observations.size());
    evidence.observations.push_back({beyond, 0, 35, false});
    evidence.fragments.push_back({first, 1, 60, ++molecule});
  }
  const auto among = call(evidence);
  CHECK(alone.fragments > 100);
  CHECK(among.fragments == alone.fragments);
  CHECK(best(among) == "*1/*17");
  CHECK(best(alone) == "*1/*17");
}

TEST_CASE("a long read from one gene copy into another shows a repeated gene, one into the paralog speaks against it") {
  const auto chance_of_three = [](int into_gene, int into_paralog) {
    ReadEvidenceBuilder builder = reads();
    builder.copy("paralog").copy("paralog").copy("gene", "*2").copy("gene", "*2").copy("gene", "*9");
    builder.followed(into_gene, true).followed(into_paralog, false);
    double chance = 0;
    for (const StructureReading& reading : call(builder.build(3)).readings) {
      if (reading.copies == 3) chance += reading.posterior;
    }
    return chance;
  };
  const double open = chance_of_three(0, 0);
  CHECK(chance_of_three(6, 12) > open);
  CHECK(chance_of_three(0, 12) < open);
}

TEST_CASE("one misplaced long read makes no copy") {
  const auto found = call(reads().copy("paralog").copy("paralog").followed(1, false).across_deletion(6).build(2));
  CHECK(best(found) == "*5/*5");
  CHECK(found.readings.front().copies == 0);
}

TEST_CASE("posteriors are shares of one") {
  const auto found = call(reads().copy("paralog").copy("paralog").copy("gene", "*2").copy("gene", "*4").build());
  double all = 0;
  for (const StructureReading& reading : found.readings) all += reading.posterior;
  CHECK(all == doctest::Approx(1).epsilon(0.01));
  CHECK(best(found) == "*2/*4");
}

TEST_CASE("every name that a structure can have is understood, and its activity is known where the allele's is") {
  for (const std::string name : {"*68+*4", "*36+*10", "*4.013+*4", "*36x2+*10", "*13+*2", "*2x2", "*1x4", "*5"}) {
    INFO(name);
    CHECK(read_outside_haplotype(cyp2d6(), name).activity.has_value());
  }
  CHECK(read_outside_haplotype(cyp2d6(), "*36+*10").activity == ActivityScore{25, false});
  CHECK(read_outside_haplotype(cyp2d6(), "*4.013+*4").name == "*4.013+*4");
  CHECK_FALSE(read_outside_haplotype(cyp2d6(), "*63").activity.has_value());
}
