// Alignments that cover a few positions of the catalogue, each with as many reads of a base as wanted.
#pragma once

#include <string>
#include <vector>

#include "tests/builders/alignment_builder.h"

namespace stardose::test {

/// So many reads of each strand-neutral base over a position; 1-based.
struct Cover {
  std::string contig;
  int position = 0;
  std::string bases;  ///< one read a letter
};

/// A file of reads of 21 bases with the wanted one in the middle. `covers` by place. GRCh38 unless `contigs` are given.
inline AlignmentBuilder covering(const std::string& sample, const std::vector<Cover>& covers) {
  AlignmentBuilder builder;
  builder.no_contigs()
      .contig("chr1", 248956422)
      .contig("chr10", 133797422)
      .contig("chr16", 90338345)
      .contig("chr22", 50818468)
      .samples({sample});
  int number = 0;
  for (const Cover& cover : covers) {
    for (const char base : cover.bases) {
      const std::string place = "r" + std::to_string(number) + (number % 2 == 0 ? " 0 " : " 16 ") + cover.contig + " " +
                                std::to_string(cover.position - 10) + " 60 21M";
      builder.read(place, "GATTACAGAT" + std::string(1, base) + "CCATGCATGA");
      ++number;
    }
  }
  return builder;
}

}  // namespace stardose::test
