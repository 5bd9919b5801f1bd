// From fragments to the genotypes that callers of genes see.
#include "genomics/evidence/sample_genotypes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/fragments.h"
#include "tests/builders/genotypes.h"

using namespace stardose::genomics;
using stardose::test::Fragments;
using stardose::test::site;
using stardose::test::text_of;

namespace {

/// What a site's cell holds: `0|1@101`.
std::string text(const SampleGenotypes& sample, std::size_t number) {
  const std::int32_t set = sample.phase_sets[number];
  return text_of(sample.genotypes[number]) + (set == 0 ? "" : "@" + std::to_string(set));
}

std::string all(const SampleGenotypes& sample) {
  std::string text;
  for (std::size_t k = 0; k < sample.genotypes.size(); ++k) text += (k == 0 ? "" : " ") + ::text(sample, k);
  return text;
}

/// A genotyper with its index, and evidence for it.
struct Bench {
  explicit Bench(std::vector<Site> sites, const std::vector<std::size_t>& paralogous = {},
                 const GenotypingOptions& options = {})
      : index{std::move(sites)}, genotyper{index, paralogous, options}, reads{genotyper.plan()} {}

  [[nodiscard]] SampleGenotypes genotypes() const { return genotyper.genotypes(reads.evidence()); }
  [[nodiscard]] std::string text() const { return all(genotypes()); }

  SiteIndex index;
  ReadGenotyper genotyper;
  Fragments reads;
};

Bench one_site() { return Bench{{site("chr1", 101, "A", {"G"})}}; }

}  // namespace

TEST_CASE("reads of one and of two alleles") {
  Bench reference = one_site();
  reference.reads.show(0, 0, 30);
  CHECK(reference.text() == "0/0");
  Bench het = one_site();
  het.reads.show(0, 0, 15).show(0, 1, 15);
  CHECK(het.text() == "0/1");
  Bench hom = one_site();
  hom.reads.show(0, 1, 30);
  CHECK(hom.text() == "1/1");
}

TEST_CASE("no reads are no genotype, and never reference") {
  CHECK(one_site().text() == "./.");
  Bench unmapped = one_site();
  unmapped.reads.add_unusable(0, 40);
  CHECK(unmapped.text() == "low_depth");
  CHECK(unmapped.genotypes().coverage[0].depth == 40);
  CHECK(unmapped.genotypes().coverage[0].mapping_quality == 0);
  CHECK_FALSE(unmapped.genotypes().coverage[0].is_callable());
}

TEST_CASE("what falls short is missing, and says when it shows a variant") {
  Bench few = one_site();
  few.reads.show(0, 0, 9);
  CHECK(few.text() == "low_depth");
  Bench few_with_variant = one_site();
  few_with_variant.reads.show(0, 0, 4).show(0, 1, 5);
  CHECK(few_with_variant.text() == "low_depth!");
  Bench unsure = one_site();
  unsure.reads.show(0, 0, 12, 10).show(0, 1, 4, 10);
  CHECK(unsure.genotypes().calls[0].verdict == Evidence::low_quality);
  Bench unbalanced = one_site();
  unbalanced.reads.show(0, 0, 50).show(0, 1, 9);
  CHECK(unbalanced.text() == "low_balance!");
}

TEST_CASE("thresholds are the user's, and 0 is off") {
  GenotypingOptions options;
  options.thresholds.min_depth = 0;
  options.thresholds.min_genotype_quality = 0;
  options.thresholds.min_allele_balance = 0;
  Bench bench{
      {site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"}), site("chr1", 301, "A", {"G"})}, {}, options};
  bench.reads.show(0, 0, 1).show(1, 0, 50).show(1, 1, 9);
  CHECK(bench.text() == "0/0 0/1 ./.");
}

TEST_CASE("a read's quality is no better than its mapping quality") {
  const auto quality = [](std::uint8_t mapping_quality) {
    Bench bench = one_site();
    bench.reads.add(6, {{0, 0, 40, false}}, mapping_quality).add(6, {{0, 1, 40, true}}, mapping_quality);
    return bench.genotypes().calls[0].quality;
  };
  CHECK(quality(2) < quality(20));
  CHECK(quality(60) == quality(255));
}

TEST_CASE("a base that the site does not list comes out as a record's would") {
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "AT", {"A"})}};
  CHECK(bench.genotyper.plan().sites[0].alleles == std::vector<std::string>{"A", "G", "C", "T"});
  CHECK(bench.genotyper.plan().sites[1].alleles == std::vector<std::string>{"AT", "A"});
  bench.reads.show(0, 0, 15).show(0, 3, 15).show(1, 0, 15).show(1, other_read_allele, 15);
  const SampleGenotypes sample = bench.genotypes();
  CHECK(sample.genotypes[0].second() == code_of_base(bench.index.site(0), 'T'));
  CHECK(sample.genotypes[1].second() == allele_code::displaced);
  CHECK(all(sample) == "0/o 0/o");
  Bench deleted = one_site();
  deleted.reads.show(0, other_read_allele, 30);
  CHECK(deleted.genotypes().genotypes[0] == SiteGenotype{allele_code::displaced, allele_code::displaced, false});
}

TEST_CASE("sites of one place are one question, and each gets the answer in its own numbers") {
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 101, "A", {"T", "G"}), site("chr1", 101, "AC", {"A"})}};
  REQUIRE(bench.genotyper.questions().size() == 2);
  CHECK(bench.genotyper.plan().sites[0].alleles == std::vector<std::string>{"A", "G", "T", "C"});
  bench.reads.show(0, 1, 15).show(0, 2, 15).show(1, 0, 30);
  const SampleGenotypes sample = bench.genotypes();
  CHECK(sample.genotypes[0] == SiteGenotype{1, code_of_base(bench.index.site(0), 'T'), false});
  CHECK(all(sample) == "1/o 2/1 0/0");
}

TEST_CASE("a named deletion is reference at the sites that it reaches over") {
  Bench bench{{site("chr1", 101, "ACGT", {"A"}), site("chr1", 103, "G", {"T"})}};
  // Reads with the deletion have no base at the second site, or say so.
  bench.reads.add(8, {{0, 1, 30, false}}).add(8, {{0, 1, 30, true}, {1, other_read_allele, 30, true}});
  CHECK(bench.text() == "1/1 0/0");
  CHECK(bench.genotypes().coverage[1].usable == 16);

  // What is gone carries nothing, whatever a read seems to show there.
  Bench gone{{site("chr1", 101, "ACGT", {"A"}), site("chr1", 103, "G", {"T"})}};
  gone.reads.add(8, {{0, 1, 30, false}, {1, 1, 30, false}}).add(8, {{0, 1, 30, true}, {1, 1, 30, true}});
  CHECK(gone.text() == "1/1 0/0");

  Bench both{{site("chr1", 101, "ACGT", {"A"}), site("chr1", 103, "G", {"T"})}};
  both.reads.add(8, {{0, 1, 30, false}}).add(8, {{0, 1, 30, true}});
  both.reads.add(16, {{0, other_read_allele, 30, true}, {1, 1, 30, true}});
  CHECK(both.text() == "0|1@101 1|0@101");
}

TEST_CASE("a fragment that ends before a neighbouring site says nothing there") {
  // The base of the first site is the one in front of the second site's deletion.
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 101, "AT", {"A"})}};
  bench.reads.add(20, {{0, 1, 30, false}}).add(12, {{0, 1, 30, true}, {1, other_read_allele, 30, true}});
  CHECK(bench.text() == "1/1 0/0");
  CHECK(bench.genotypes().coverage[1].usable == 12);
}

TEST_CASE("alleles have the catalogue's numbers, whatever the assembly has there") {
  // The file's assembly has the alternative.
  const Site catalogue{"chr1", 100, "A", {"G"}, "", false, OtherPlace{200, 1}};
  const Site unplaced{"chr1", 500, "C", {"T"}, "", false, std::nullopt};
  Bench bench{{placed_on(catalogue, Assembly::grch37), placed_on(unplaced, Assembly::grch37)}};
  REQUIRE(bench.genotyper.plan().sites.size() == 1);
  CHECK(bench.genotyper.plan().sites[0].position == 200);
  CHECK(bench.genotyper.plan().sites[0].alleles.front() == "G");
  bench.reads.show(0, 0, 30);
  CHECK(bench.text() == "1/1 not_placed");
  CHECK_FALSE(bench.genotypes().coverage[1].asked);
}

TEST_CASE("the mitochondrion has one copy, and two alleles are a mixture") {
  Bench one{{site("chrM", 1555, "A", {"G"})}};
  one.reads.show(0, 1, 5);
  CHECK(one.text() == "1");
  Bench few{{site("chrM", 1555, "A", {"G"})}};
  few.reads.show(0, 1, 4);
  CHECK(few.text() == "low_depth!");
  Bench mixed{{site("chrM", 1555, "A", {"G"})}};
  mixed.reads.show(0, 0, 60).show(0, 1, 40);
  CHECK(mixed.text() == "0/1");
  Bench little{{site("chrM", 1555, "A", {"G"})}};
  little.reads.show(0, 0, 850).show(0, 1, 150);
  CHECK(little.text() == "low_balance!");
  Bench x{{site("chrX", 1555, "A", {"G"})}};
  x.reads.show(0, 1, 30);
  CHECK(x.text() == "1/1");
}

TEST_CASE("sites where copies decide have counts and no genotype") {
  const std::vector<std::size_t> paralogous{1};
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"})}, paralogous};
  CHECK_FALSE(bench.genotyper.plan().sites[0].paralogous);
  CHECK(bench.genotyper.plan().sites[1].paralogous);
  bench.reads.show(0, 0, 30).show(1, 0, 20).show(1, 1, 10);
  const SampleGenotypes sample = bench.genotypes();
  CHECK(all(sample) == "0/0 structural");
  CHECK(sample.coverage[1].usable == 30);
  CHECK(sample.counts[sample.calls[1].counts_at + 1] == AlleleCount{5, 5});
}

TEST_CASE("fragments phase sites, and what is not heterozygous or falls short takes no part") {
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 151, "A", {"G"}), site("chr1", 201, "A", {"G"}),
               site("chr1", 901, "A", {"G"}), site("chr2", 101, "A", {"G"}), site("chr2", 201, "AT", {"A"})}};
  bench.reads.add(10, {{0, 0, 30, false}, {1, 1, 30, false}, {2, 1, 30, true}});
  bench.reads.add(10, {{0, 1, 30, false}, {1, 1, 30, false}, {2, 0, 30, true}});
  bench.reads.show(3, 0, 10).show(3, 1, 10);
  bench.reads.add(10, {{4, 0, 30, false}, {5, 0, 30, false}}).add(10, {{4, 1, 30, false}, {5, 1, 30, false}});
  CHECK(bench.text() == "0|1@101 1/1 1|0@101 0/1 0|1@101 0|1@101");
}

TEST_CASE("a phase set goes by its first site, and no two of a contig by the same") {
  // Two chains that begin at the same place, an indel's and a base's.
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 101, "AT", {"A"}), site("chr1", 201, "A", {"G"}),
               site("chr1", 301, "A", {"G"})}};
  bench.reads.add(10, {{0, 0, 30, false}, {2, 0, 30, false}}).add(10, {{0, 1, 30, false}, {2, 1, 30, false}});
  bench.reads.add(10, {{1, 0, 30, false}, {3, 0, 30, false}}).add(10, {{1, 1, 30, false}, {3, 1, 30, false}});
  CHECK(bench.text() == "0|1@101 0|1@301 0|1@101 0|1@301");
}

TEST_CASE("evidence may go on behind the plan") {
  Bench bench = one_site();
  ReadPlan longer = bench.genotyper.plan();
  longer.sites.push_back({"chr2", 5, {"A", "C"}, true});
  Fragments reads{longer};
  reads.add(30, {{0, 0, 30, false}, {1, 1, 30, false}});
  CHECK(all(bench.genotyper.genotypes(reads.evidence())) == "0/0");
}

TEST_CASE("a column of reads stands in a table beside those of records") {
  Bench bench{{site("chr1", 101, "A", {"G"}), site("chr1", 151, "A", {"G"})}};
  bench.reads.add(10, {{0, 0, 30, false}, {1, 1, 30, false}}).add(10, {{0, 1, 30, false}, {1, 0, 30, false}});
  GenotypeTable table{bench.index, 0};
  table.finish(false);
  const SampleGenotypes sample = bench.genotypes();
  table.append(sample.genotypes, sample.phase_sets);
  CHECK(text_of(table.at(0, 0)) == "0|1");
  CHECK(table.phase_sets(1)[0] == 101);
}

TEST_CASE("neither the strand nor the order of fragments changes a genotype") {
  std::mt19937 random{5};
  const std::vector<Site> sites{site("chr1", 101, "A", {"G"}), site("chr1", 151, "ACT", {"A"}),
                                site("chr1", 152, "C", {"T"}), site("chr1", 201, "G", {"A", "C"})};
  for (int round = 0; round < 50; ++round) {
    Bench bench{sites};
    std::vector<std::vector<Observation>> fragments;
    for (int k = 0; k < 40; ++k) {
      std::vector<Observation> shown;
      for (std::uint32_t number = 0; number < 4; ++number) {
        if (random() % 3 == 0) continue;
        const auto allele = static_cast<std::uint8_t>(random() % 10 == 0 ? other_read_allele : random() % 2);
        shown.push_back({number, allele, static_cast<std::uint8_t>(13 + random() % 30), random() % 2 == 0});
      }
      if (!shown.empty()) fragments.push_back(shown);
    }
    Fragments mirrored{bench.genotyper.plan()};
    Fragments shuffled{bench.genotyper.plan()};
    for (const auto& shown : fragments) {
      bench.reads.add(1, shown);
      auto other = shown;
      for (Observation& one : other) one.reverse = !one.reverse;
      mirrored.add(1, other);
    }
    std::ranges::shuffle(fragments, random);
    for (const auto& shown : fragments) shuffled.add(1, shown);
    const SampleGenotypes sample = bench.genotypes();
    const SampleGenotypes of_mirrored = bench.genotyper.genotypes(mirrored.evidence());
    const SampleGenotypes of_shuffled = bench.genotyper.genotypes(shuffled.evidence());
    CHECK(all(of_mirrored) == all(sample));
    CHECK(of_mirrored.likelihoods == sample.likelihoods);
    CHECK(of_mirrored.calls[0].strand_bias == doctest::Approx(sample.calls[0].strand_bias));
    CHECK(all(of_shuffled) == all(sample));
    CHECK(of_shuffled.likelihoods == sample.likelihoods);
    CHECK(of_shuffled.counts == sample.counts);
    for (std::size_t k = 0; k < 4; ++k) CHECK(of_shuffled.calls[k].quality == sample.calls[k].quality);
  }
}
