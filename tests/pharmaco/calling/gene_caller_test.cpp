// From genotypes to called, ambiguous or no call.
#include "pharmaco/calling/gene_caller.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/builders/calls.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::call;
using stardose::test::called;
using stardose::test::GeneBuilder;
using Numbers = std::vector<std::size_t>;

namespace {

constexpr const char* half_call = "a genotype is half missing";
constexpr const char* not_covered = "no position of the gene has a genotype in the input";
constexpr const char* no_match = "no pair of named alleles explains the variants seen";
constexpr const char* undocumented = "a variant is present that no named allele accounts for";
constexpr const char* mixed = "the number of copies differs between positions of the gene";

GeneBuilder three_alleles() {
  return GeneBuilder{}
      .site(100, "A", "G,T")
      .site(200, "C", "T")
      .allele("*1", "reference")
      .allele("*2", "100=G")
      .allele("*10", "200=T")
      .allele("*3", "100=G 200=T");
}

}  // namespace

TEST_CASE("each way a gene can turn out has its own words") {
  std::set<std::string> words;
  for (const NoCallReason reason :
       {NoCallReason::not_covered, NoCallReason::not_placed, NoCallReason::other_sequence,
        NoCallReason::required_missing, NoCallReason::half_call, NoCallReason::mixed_ploidy,
        NoCallReason::hidden_variant, NoCallReason::filtered_variant, NoCallReason::one_allele,
        NoCallReason::undocumented_variant, NoCallReason::no_match, NoCallReason::phase_unknown,
        NoCallReason::structure_decides, NoCallReason::outside_only}) {
    CHECK_FALSE(to_text(reason).empty());
    CHECK(words.insert(to_text(reason)).second);
  }
  CHECK(to_text(NoCallReason::none).empty());
}

TEST_CASE("a sample without a variant has two reference alleles") {
  const GeneCall result = call(three_alleles().build(), "0/0 0/0");
  CHECK(result.status == CallStatus::called);
  CHECK(result.phasing == Phasing::homozygous);
  CHECK(result.diplotypes.front().score == 4);
  CHECK(called(three_alleles().build(), "0/0 0/0") == "*1/*1");
}

TEST_CASE("the smaller name stands first, numbers compared as numbers") {
  CHECK(called(three_alleles().build(), "0|1 1|0") == "*2/*10");
  CHECK(called(three_alleles().build(), "1|0 0|1") == "*2/*10");
}

TEST_CASE("of several pairs the best-scoring are kept, and all of them when they tie") {
  CHECK(called(three_alleles().build(), "0/1 0/1") == "*1/*3");
  const Gene tied = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G 200=C")
                        .allele("*3", "100=A 200=T")
                        .allele("*4", "100=G 200=T")
                        .build();
  const GeneCall result = call(tied, "0/1 0/1");
  CHECK(result.status == CallStatus::ambiguous);
  CHECK(result.phasing == Phasing::unphased);
  CHECK(called(tied, "0/1 0/1") == "*1/*4 or *2/*3");
  CHECK(called(tied, "0|1 0|1") == "*1/*4");
}

TEST_CASE("how the strands were told apart is said") {
  const Gene gene = three_alleles().build();
  CHECK(call(gene, "0/1 0/0").phasing == Phasing::single_het);
  CHECK(call(gene, "0|1 0|1").phasing == Phasing::phased);
  CHECK(call(gene, "0|1@3 0|1@3").phasing == Phasing::phase_sets);
  CHECK(call(gene, "0|1@3 0|1@4").phasing == Phasing::unphased);
  CHECK(call(gene, "0|1 0/1").phasing == Phasing::unphased);
  const Gene three = three_alleles().site(300, "G", "A").allele("*5", "300=A").build();
  CHECK(call(three, "0|1@3 0|1@3 0/1").phasing == Phasing::partly_phased);
  CHECK(call(three, "0|1 0|1 0|1@4").phasing == Phasing::partly_phased);
  CHECK(call(three_alleles().ploidy("x_linked").build(), "1 0").phasing == Phasing::one_copy);
}

TEST_CASE("nothing seen is no call, and missing positions are listed") {
  CHECK(called(three_alleles().build(), ". ./.") == not_covered);
  const GeneCall result = call(three_alleles().build(), "0/0 ./.");
  CHECK(result.status == CallStatus::called);
  CHECK(result.missing == Numbers{1});
  CHECK(result.untested == Numbers{2});
}

TEST_CASE("absent positions are reference only if the user said so, and positions without a genotype never are") {
  const Gene gene = three_alleles().build();
  const GeneCall assumed = call(gene, "0/1 .", true);
  CHECK(assumed.assumed == 1);
  CHECK(assumed.missing.empty());
  CHECK(called(gene, ". .", true) == "*1/*1");
  CHECK(called(gene, "./. ./.", true) == not_covered);
  const GeneCall half = call(gene, "0/0 ./.", true);
  CHECK(half.missing == Numbers{1});
  CHECK(half.assumed == 0);
}

TEST_CASE("half a variant is no call, half a reference is nothing seen") {
  const Gene gene = three_alleles().build();
  CHECK(called(gene, "1/. 0/0") == half_call);
  CHECK(called(gene, "./1 0/0") == half_call);
  CHECK(call(gene, "0/. 0/0").missing == Numbers{0});
  CHECK(called(gene, "0/. 0/0") == "*1/*1");
  CHECK(called(gene, "0/. 0/0", true) == "*1/*1");
  CHECK(call(gene, "0/. 0/0", true).assumed == 0);
}

TEST_CASE("a missing position that the gene depends on is no call") {
  const Gene gene = three_alleles().setting("required: [200]").build();
  CHECK(called(gene, "0/0 .") == "a position that the call depends on is missing");
  CHECK(called(gene, "0/0 0/.") == "a position that the call depends on is missing");
  CHECK(called(gene, ". 0/0") == "*1/*1");
  CHECK(called(gene, "0/0 .", true) == "*1/*1");
}

TEST_CASE("a known variant that no named allele carries in that way is no match") {
  CHECK(called(three_alleles().build(), "0/2 0/0") == no_match);
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*3", "100=G 200=T")
                        .build();
  CHECK(called(gene, "0/1 0/0") == no_match);
}

TEST_CASE("an undocumented variant makes the gene a no call, or is read as reference and said so") {
  CHECK(called(three_alleles().build(), "0/o 0/0") == undocumented);
  CHECK(called(three_alleles().build(), "o/o 0/1") == undocumented);
  const Gene lenient = three_alleles().undocumented("reference").build();
  CHECK(called(lenient, "0/o 0/1") == "*1/*10");
  CHECK(called(lenient, "1/o 0/0") == "*1/*2");
  CHECK(call(lenient, "0/o 0/1").undocumented == Numbers{0});
  CHECK(called(lenient, "0/2 0/0") == no_match);
}

TEST_CASE("one copy of an X-linked gene is one allele, and two are a pair") {
  const Gene gene = three_alleles().ploidy("x_linked").contig("chrX").build();
  CHECK(called(gene, "1 0") == "*2");
  CHECK(called(gene, "1/1 0") == "*2");
  CHECK(called(gene, "0/1 0/0") == "*1/*2");
  CHECK(called(gene, "0/1 0") == mixed);
  CHECK(called(gene, "0/. 0/0") == half_call);
}

TEST_CASE("one allele where the gene has two copies is no call") {
  const Gene gene = three_alleles().build();
  CHECK(call(gene, "1 0").reason == NoCallReason::one_allele);
  CHECK(call(gene, "0/0 0").reason == NoCallReason::one_allele);
}

TEST_CASE("a variant that cannot be read as an allele of its position is no call, even if others could be called") {
  const Gene gene = three_alleles().build();
  for (const char* hidden : {"ploidy", "structural", "not_left_aligned", "needs_phase", "conflict"}) {
    for (const bool assume_reference : {false, true}) {
      INFO(hidden);
      const GeneCall result = call(gene, std::string{"0/0 "} + hidden, assume_reference);
      CHECK(result.reason == NoCallReason::hidden_variant);
      REQUIRE(result.hidden.size() == 1);
      CHECK(result.hidden.front().first == 1);
    }
  }
  CHECK(called(gene, "0/0 symbolic") == "*1/*1");
  CHECK(called(gene, "0/0 symbolic", true) == "*1/*1");
  CHECK(call(gene, "0/0 symbolic", true).missing == Numbers{1});
}

TEST_CASE("a mixture of mitochondria is no call, a pure one is one allele") {
  const Gene gene = three_alleles().ploidy("mitochondrial").contig("chrM").build();
  CHECK(called(gene, "1/1 0/0") == "*2");
  CHECK(called(gene, "1 0") == "*2");
  CHECK(called(gene, "0/1 0/0") == mixed);
}

TEST_CASE("suballeles are reported by their core, once") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*45.001", "100=G", "No function", ".", "*45")
                        .allele("*45.002", "200=T", "No function", ".", "*45")
                        .build();
  CHECK(called(gene, "0/1 0/0") == "*1/*45");
  CHECK(called(gene, "0/1 0/1") == "*45/*45");
  const Gene twins = GeneBuilder{}
                         .site(100, "A", "G")
                         .site(200, "C", "T")
                         .allele("*1", "reference")
                         .allele("*45.001", "100=G 200=C", "No function", ".", "*45")
                         .allele("*45.002", "100=G 200=T", "No function", ".", "*45")
                         .build();
  CHECK(called(twins, "0/1 .") == "*1/*45");
  CHECK(call(twins, "0/1 .").status == CallStatus::called);
}

TEST_CASE("a preference decides between pairs of unphased data, whatever they score, and nowhere else") {
  const GeneBuilder plain = GeneBuilder{}
                                .site(100, "A", "G")
                                .site(200, "C", "T")
                                .allele("*1", "reference")
                                .allele("*5", "100=G")
                                .allele("*6", "200=T")
                                .allele("*14", "100=G 200=T");
  GeneBuilder builder = plain;
  const Gene gene =
      builder.setting("unphased_preference:\n  - {among: [\"*1/*14\", \"*5/*6\"], pick: \"*5/*6\"}").build();
  CHECK(called(plain.build(), "0/1 0/1") == "*1/*14");
  CHECK(called(gene, "0/1 0/1") == "*5/*6");
  CHECK(called(gene, "0|1 0|1") == "*1/*14");
  CHECK(called(gene, "0/1 1/1") == "*6/*14");
  CHECK(called(gene, "0/1 0/0") == "*1/*5");
}

TEST_CASE("a gene that structure decides is called from variants only on request") {
  const Gene gene = three_alleles().small_variants("insufficient").build();
  const GeneCall refused = call(gene, "0/1 0/0");
  CHECK(refused.status == CallStatus::no_call);
  CHECK(refused.reason == NoCallReason::structure_decides);
  CHECK(call(gene, "0/1 0/0", false, true).status == CallStatus::called);
}

TEST_CASE("a gene without sites is called elsewhere or not at all") {
  const Gene gene =
      GeneBuilder{}.calling("outside_only").method("presence").allele("*57:01", ".", "Normal function").build();
  const GeneCall result = GeneCaller{gene, {.assume_reference = true, .from_small_variants = true}}.call({}, {});
  CHECK(result.status == CallStatus::no_call);
  CHECK(result.reason == NoCallReason::outside_only);
}

TEST_CASE("one site speaks alone when no pair fits, and only then") {
  const Gene gene = GeneBuilder{}
                        .site(100, "T", "C", "rs1")
                        .site(200, "C", "T")
                        .site(300, "G", "A")
                        .allele("*1", "reference")
                        .allele("*5", "100=C")
                        .allele("*9", "200=T 300=A")
                        .setting("inferred_from: {site: rs1, T: \"*1\", C: \"*5\"}")
                        .build();
  CHECK(call(gene, "0/1 0/1 0/0").status == CallStatus::no_call);
  CHECK(call(gene, "0/1 0/1 0/0").inferred == Numbers{0, 1});
  CHECK(call(gene, "1/1 0/1 0/0").inferred == Numbers{1, 1});
  CHECK(call(gene, "0/1 0/0 0/0").inferred.empty());
  CHECK(call(gene, ". 0/1 0/0").inferred.empty());
  CHECK(call(gene, "0/o 0/1 0/0").inferred.empty());
  CHECK(call(gene, "1 1 0").inferred.empty());
}

TEST_CASE("a filtered reference is a missing position, and a filtered variant is no call") {
  const Gene gene = three_alleles().build();
  const GeneCall reference = call(gene, "0/1 low_depth");
  CHECK(reference.missing == Numbers{1});
  CHECK(reference.filtered.size() == 1);
  CHECK(reference.hidden.empty());
  CHECK(called(gene, "0/1 low_depth") == called(gene, "0/1 ./."));
  for (const std::string why : {"failed_filter", "low_depth", "low_quality", "low_balance"}) {
    const GeneCall variant = call(gene, "0/0 " + why + "!");
    CHECK(variant.status == CallStatus::no_call);
    CHECK(variant.reason == NoCallReason::filtered_variant);
    CHECK(variant.missing == Numbers{1});
    CHECK(variant.hidden.size() == 1);
  }
}

TEST_CASE("what was filtered is not assumed to be reference, and a position in a block needs no assumption") {
  const GeneCall result = call(three_alleles().build(), "low_quality [0/0]", true);
  CHECK(result.assumed == 0);
  CHECK(result.in_blocks == 1);
  CHECK(result.missing == Numbers{0});
  CHECK(called(three_alleles().build(), "[0/0] [0/0]") == "*1/*1");
}

TEST_CASE("all matches are kept on request, and the call is the same with and without them") {
  const Gene gene = three_alleles().build();
  const GeneCall all = stardose::test::call_with(gene, "0/1 0/1", {.all_matches = true});
  REQUIRE(all.matches.size() == 2);
  CHECK(to_text(gene, all.matches[0]) == "*1/*3");
  CHECK(all.matches[0].score == 4);
  CHECK(to_text(gene, all.matches[1]) == "*2/*10");
  CHECK(all.matches[1].score == 2);
  CHECK(called(gene, "0/1 0/1") == "*1/*3");
  CHECK(call(gene, "0/1 0/1").matches.empty());
  CHECK(all.diplotypes == call(gene, "0/1 0/1").diplotypes);
}

TEST_CASE("a preference picks among all matches and hides none of them") {
  const Gene gene =
      three_alleles().setting("unphased_preference: [{among: [\"*1/*3\", \"*2/*10\"], pick: \"*2/*10\"}]").build();
  const GeneCall result = stardose::test::call_with(gene, "0/1 0/1", {.all_matches = true});
  CHECK(stardose::test::shown(gene, result) == "*2/*10");
  CHECK(result.matches.size() == 2);
}

TEST_CASE("combinations are sought only on request") {
  const Gene gene = three_alleles().build();
  CHECK(call(gene, "2/2 0/0").reason == NoCallReason::no_match);
  const GeneCall result = stardose::test::call_with(gene, "2/2 0/0", {.find_combinations = true});
  CHECK(result.status == CallStatus::combination);
  CHECK(to_text(gene, result.diplotypes.front()) == "g.100A>T/g.100A>T");
}
