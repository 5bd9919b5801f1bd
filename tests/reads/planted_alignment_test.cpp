// Planted genotypes read back from reads with measured errors that bwa has aligned, and their phase.
#include "planted_alignment.h"

#include <doctest/doctest.h>

#include "read_aligner.h"
#include "tests/builders/planted_comparison.h"
#include "tests/builders/temp_folder.h"

namespace stardose::tests {

// Tests of their own in CTest, which say so when they are skipped.
TEST_SUITE("tools: bwa") {
  // Of 1,400 places one may fall short by chance; how many do, benchmarks/genotypes.md says. This person has two
  // variants side by side on one chromosome.
  TEST_CASE("genotypes planted at all genes' positions come back at 30x, none surely wrong, and every phase") {
    if (!is_installed("bwa")) {
      MESSAGE("skipped: bwa is not there");
      return;
    }
    const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
    const auto genes = test::genes_from_variants(knowledge);
    const std::vector<genomics::Site> sites = test::sites_of(genes);
    const genomics::SiteIndex index{sites};
    const genomics::ReadGenotyper genotyper{index, {}, {}};
    constexpr unsigned seed = 18'030;
    test::Dice dice{seed};
    test::PlantedGenome genome{sites, dice};
    test::plant_genotypes(genome, genes, dice);
    const test::TempFolder folder;
    const genomics::AlignmentFile file{align_planted(genome, {.depth = 30, .seed = seed}, folder.path()), {}};
    const genomics::SampleGenotypes sample = genotyper.genotypes(file.read(genotyper.plan()));
    const test::PlantedComparison comparison{genome, genotyper, sample};
    for (const std::string& line : comparison.differences()) MESSAGE(line);
    test::PlantedCounts all;
    for (const auto& [kind, counts] : comparison.table()) all += counts;
    CHECK(all.places > 1300);
    CHECK(all.variant > 200);
    CHECK(all.phased > 100);
    CHECK(all.right * 1000 >= all.places * 997);
    CHECK(all.sure == 0);
    CHECK(all.wrong_phase == 0);
  }
}

}  // namespace stardose::tests
