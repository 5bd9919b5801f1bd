// Plants genotypes, simulates reads, and prints how many come back: the table of benchmarks/genotypes.md.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/builders/planted_comparison.h"
#include "tests/builders/temp_folder.h"

namespace {

using namespace stardose;

struct Outcome {
  test::PlantedTable table;
  double genotyping_ms = 0;
  int people = 0;
};

Outcome try_depth(const pharmaco::KnowledgeBase& knowledge, double depth, int people, bool list) {
  const auto genes = test::genes_from_variants(knowledge);
  const std::vector<genomics::Site> sites = test::sites_of(genes);
  const genomics::SiteIndex index{sites};
  const genomics::ReadGenotyper genotyper{index, {}, {}};
  const test::TempFolder folder;
  Outcome outcome;
  for (int person = 0; person < people; ++person) {
    test::Dice dice{static_cast<unsigned>(person) * 1000 + static_cast<unsigned>(depth)};
    test::PlantedGenome genome{sites, dice};
    test::plant_genotypes(genome, genes, dice);
    const std::string path = folder / "reads.bam";
    test::write_planted_bam(path, test::grch38_contigs(), test::reads_of(genome, {.depth = depth}, dice));
    const genomics::ReadEvidence evidence = genomics::AlignmentFile{path, {}}.read(genotyper.plan());
    const auto begin = std::chrono::steady_clock::now();
    const genomics::SampleGenotypes sample = genotyper.genotypes(evidence);
    outcome.genotyping_ms +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const test::PlantedComparison comparison{genome, genotyper, sample};
    for (const auto& [kind, counts] : comparison.table()) outcome.table[kind] += counts;
    for (const std::string& line : comparison.differences()) {
      if (list) fmt::print(stderr, "{:.0f}x person {}: {}\n", depth, person, line);
    }
    ++outcome.people;
  }
  return outcome;
}

void print_row(double depth, const std::string& kind, const test::PlantedCounts& counts) {
  const double share = 100.0 * counts.right / counts.places;
  fmt::print("| {:.0f} | {} | {} | {} | {} | {} | {} | {} | {:.3f} | {} | {} |\n", depth, kind, counts.places,
             counts.variant, counts.right, counts.wrong, counts.lost, counts.missing, share, counts.phased,
             counts.wrong_phase);
}

}  // namespace

int main(int argc, char** argv) {
  const int people = argc > 1 ? std::atoi(argv[1]) : 10;
  const bool list = argc > 2;
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
  fmt::print(
      "| depth | kind | places | variants | right | wrong | variant lost | missing | right, % | phased | wrong phase "
      "|\n");
  fmt::print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (const double depth : {10.0, 30.0, 60.0}) {
    const Outcome outcome = try_depth(knowledge, depth, people, list);
    test::PlantedCounts all;
    for (const auto& [kind, counts] : outcome.table) {
      print_row(depth, kind, counts);
      all += counts;
    }
    print_row(depth, "all", all);
    fmt::print(stderr, "{:.0f}x: {:.1f} ms a person for genotypes and phase\n", depth,
               outcome.genotyping_ms / outcome.people);
  }
  return 0;
}
