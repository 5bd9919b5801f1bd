// Any text for a scoring file of the PGS Catalog, for frequencies and for the scores of a reference population.
#include "pharmaco/polygenic/reference_scores.h"
#include "pharmaco/polygenic/scoring_file_reader.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

/// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  const std::string path = scratch.write("score.txt", fuzz::text_of(data + 1, size - 1));
  fuzz::tolerate_mistakes([&] {
    if (data[0] % 3 == 2) {
      (void)pharmaco::read_reference_scores(path);
      return;
    }
    std::vector<pharmaco::ScoringFile> files;
    if (data[0] % 3 == 0) {
      files.push_back(pharmaco::read_scoring_file(path, std::nullopt));
    } else {
      static const std::string scored =
          scratch.write("scored.txt",
                        "#genome_build=GRCh38\nchr_name\tchr_position\teffect_allele\t"
                        "other_allele\teffect_weight\n1\t100\tA\tG\t0.5\n2\t7\tAT\tA\t-1\n");
      files.push_back(pharmaco::read_scoring_file(scored, std::nullopt));
    }
    for (const pharmaco::ScoringFile& file : files) {
      for (std::size_t variant = 0; variant < file.variants.size(); ++variant) (void)file.place(file.variants[variant]);
    }
    if (data[0] % 3 == 1) (void)pharmaco::read_frequencies(path, files);
  });
  return 0;
}
