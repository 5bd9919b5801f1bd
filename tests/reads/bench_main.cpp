// Makes the BAM files of simulated diplotypes, to look at and to measure with.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "diplotype_text.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "read_aligner.h"
#include "read_simulator.h"
#include "sim_cases.h"

int main(int argc, char** argv) try {
  using namespace stardose;
  using namespace stardose::tests;
  if (argc < 4) {
    std::fputs("stardose_reads_bench FOLDER DEPTH MODE CASE...\n", stderr);
    return 2;
  }
  const std::string folder = argv[1], mode = argv[3];
  const Window window = read_window(window_path());
  const pharmaco::KnowledgeBase knowledge = pharmaco::open_knowledge("");
  const pharmaco::Gene& gene = *knowledge.find_gene("CYP2D6");
  const ChromosomeMaker maker{window, gene, STARDOSE_SOURCE_DIR "/pharmaco/catalogue/genes/CYP2D6/paralog_sites.tsv"};
  const ReadProfile profile = read_profile(STARDOSE_SOURCE_DIR "/tests/reads");
  const ReadAligner aligner{window, folder};
  const HaplotypeMode how = mode == "separate"       ? HaplotypeMode::separate
                            : mode == "concatenated" ? HaplotypeMode::concatenated
                                                     : HaplotypeMode::joined;
  for (int i = 4; i < argc; ++i) {
    const std::string name = argv[i];
    const SimulatedCase made =
        name.starts_with("SIM") ? given_case(name, window, how, {}) : own_case(std::atoi(argv[i]), maker, gene, {});
    std::printf("%s\t%s", made.name.c_str(), made.truth.c_str());
    for (const std::string& molecule : made.molecules) std::printf("\t%zu", molecule.size());
    std::printf("\n");
    SimulationOptions options;
    options.depth_per_copy = std::atof(argv[2]) / 2;
    if (mode == "single") options.kind = ReadKind::single;
    if (mode == "long") options.kind = ReadKind::long_reads;
    if (options.depth_per_copy > 0) {
      std::ignore = aligner.align(simulate_reads(made.molecules, profile, options), options.kind, made.name);
    }
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
