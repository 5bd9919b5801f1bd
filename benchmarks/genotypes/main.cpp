// Plants genotypes, simulates reads, and prints how many come back: the table of benchmarks/genotypes.md.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/builders/planted_comparison.h"
#include "tests/builders/temp_folder.h"
#include "tests/reads/planted_alignment.h"

namespace {

using namespace stardose;

struct Outcome {
  test::PlantedTable table;
  double genotyping_ms = 0;
  int people = 0;
};

Outcome try_depth(const pharmaco::KnowledgeBase& knowledge, const std::vector<test::PlantedWindow>& known, double depth,
                  int people) {
  const auto genes = test::genes_from_variants(knowledge);
  const std::vector<genomics::Site> sites = test::sites_of(genes);
  const genomics::SiteIndex index{sites};
  const genomics::ReadGenotyper genotyper{index, {}, {}};
  Outcome outcome;
  for (int person = 0; person < people; ++person) {
    const test::TempFolder folder;
    const auto seed = static_cast<unsigned>(person) * 1000 + static_cast<unsigned>(depth);
    test::Dice dice{seed};
    test::PlantedGenome genome{sites, dice, known};
    test::plant_genotypes(genome, genes, dice);
    const std::string path = tests::align_planted(genome, {.depth = depth, .seed = seed}, folder.path(), known);
    const genomics::ReadEvidence evidence = genomics::AlignmentFile{path, {}}.read(genotyper.plan());
    const auto begin = std::chrono::steady_clock::now();
    const genomics::SampleGenotypes sample = genotyper.genotypes(evidence);
    outcome.genotyping_ms +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    const test::PlantedComparison comparison{genome, genotyper, sample};
    for (const auto& [kind, counts] : comparison.table()) outcome.table[kind] += counts;
    for (const std::string& line : comparison.differences()) {
      fmt::print(stderr, "{:.0f}x person {}: {}\n", depth, person, line);
    }
    ++outcome.people;
  }
  return outcome;
}

void print_row(double depth, const std::string& kind, const test::PlantedCounts& counts) {
  const double share = 100.0 * counts.right / counts.places;
  fmt::print("| {:.0f} | {} | {} | {} | {} | {} | {} | {} | {} | {:.3f} | {} | {} |\n", depth, kind, counts.places,
             counts.variant, counts.right, counts.wrong, counts.sure, counts.lost, counts.missing, share, counts.phased,
             counts.wrong_phase);
}

}  // namespace

// PEOPLE [REGIONS.fa [DEPTH...]]
int main(int argc, char** argv) {
  const int people = argc > 1 ? std::atoi(argv[1]) : 10;
  const auto known = argc > 2 ? tests::read_known_bases(argv[2]) : std::vector<test::PlantedWindow>{};
  std::vector<double> depths{10, 30, 60};
  if (argc > 3) depths.clear();
  for (int k = 3; k < argc; ++k) depths.push_back(std::atof(argv[k]));
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
  fmt::print(
      "| depth | kind | places | variants | right | wrong | GQ 50 or more | variant lost | missing | right, % | phased "
      "|"
      " wrong phase |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (const double depth : depths) {
    const Outcome outcome = try_depth(knowledge, known, depth, people);
    test::PlantedCounts all;
    for (const auto& [kind, counts] : outcome.table) {
      print_row(depth, kind, counts);
      all += counts;
    }
    print_row(depth, "all", all);
    std::fflush(stdout);
    fmt::print(stderr, "{:.0f}x: {:.1f} ms a person for genotypes and phase\n", depth,
               outcome.genotyping_ms / outcome.people);
  }
  return 0;
}
