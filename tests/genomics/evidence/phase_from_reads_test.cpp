// From pairs of reads in a file to haplotypes: which alleles lie together, told by one read or by its mate.
#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "genomics/evidence/sample_genotypes.h"
#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/cohort.h"
#include "tests/builders/genotypes.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::site;

namespace {

/// Sites at 101, 121 (within a read of the first) and 401 (under the mate), and one far from all.
const std::vector<Site> sites{site("chr1", 101, "A", {"G"}), site("chr1", 121, "A", {"G"}),
                              site("chr1", 401, "A", {"G"}), site("chr1", 5001, "A", {"G"})};

/// Twelve pairs of each haplotype: a read over 101 and 121, its mate over 401; and reads over 5001. `planted`: the
/// base at each site by haplotype.
std::string write_pairs(const std::string& path, const std::vector<std::string>& planted, bool named_alike) {
  stardose::test::AlignmentBuilder builder;
  std::vector<std::pair<std::string, std::string>> mates;
  std::vector<std::pair<std::string, std::string>> alone;
  for (const std::string& haplotype : planted) {
    for (int k = 0; k < 12; ++k) {
      const std::string name = haplotype + std::to_string(k);
      std::string bases(40, 'C');
      bases[10] = haplotype[0];
      bases[30] = haplotype[1];
      builder.read(name + " 99 chr1 91 60 40M", bases);
      mates.emplace_back(named_alike ? name : "mate" + name, std::string(10, 'C') + haplotype[2] + std::string(9, 'C'));
      alone.emplace_back("far" + name, std::string(10, 'C') + haplotype[3] + std::string(9, 'C'));
    }
  }
  for (const auto& [name, bases] : mates) builder.read(name + " 147 chr1 391 60 20M", bases);
  for (const auto& [name, bases] : alone) builder.read(name + " 0 chr1 4991 60 20M", bases);
  return builder.write_bam(path);
}

/// `0|1@101 0/1`: by site.
std::string genotypes(const std::vector<std::string>& planted, bool named_alike = true) {
  const stardose::test::TempFolder folder;
  const SiteIndex index{sites};
  const ReadGenotyper genotyper{index, {}, {}};
  const std::string path = write_pairs(folder / "a.bam", planted, named_alike);
  const SampleGenotypes sample = genotyper.genotypes(AlignmentFile{path, {}}.read(genotyper.plan()));
  std::string text;
  for (std::size_t k = 0; k < sites.size(); ++k) {
    const std::int32_t set = sample.phase_sets[k];
    text += (k == 0 ? "" : " ") + stardose::test::text_of(sample.genotypes[k]);
    if (set != 0) text += "@" + std::to_string(set);
  }
  return text;
}

}  // namespace

TEST_CASE("what a read and its mate show together is one haplotype") {
  CHECK(genotypes({"AAAA", "GGGG"}) == "0|1@101 0|1@101 0|1@101 0/1");
  CHECK(genotypes({"AGAA", "GAGG"}) == "0|1@101 1|0@101 0|1@101 0/1");
  CHECK(genotypes({"AAGA", "GGAG"}) == "0|1@101 0|1@101 1|0@101 0/1");
  CHECK(genotypes({"AGGA", "GAAG"}) == "0|1@101 1|0@101 1|0@101 0/1");
}

TEST_CASE("a site that is not heterozygous is passed over, and only mates reach across") {
  CHECK(genotypes({"AGGA", "GGAG"}) == "0|1@101 1/1 1|0@101 0/1");
  CHECK(genotypes({"AGGA", "GAAG"}, false) == "0|1@101 1|0@101 0/1 0/1");
}
