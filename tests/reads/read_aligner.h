// Reads aligned by bwa or minimap2, as a sorted and indexed BAM on the assembly's own coordinates.
#pragma once

#include <string>

#include "read_simulator.h"
#include "window.h"

namespace stardose::tests {

/// Whether a program is installed.
[[nodiscard]] bool is_installed(const std::string& program);

/// How the reference is called and how long it says to be.
struct ReferenceContig {
  std::string name = "chr22";
  std::int64_t length = 50'818'468;  ///< GRCh38
};

class ReadAligner {
 public:
  /// Writes the window as FASTA into the folder and indexes it, unless that was done. Throws where bwa fails.
  ReadAligner(const Window& window, std::string folder, ReferenceContig contig = {});

  /// Aligns FASTQ text and writes NAME.bam with its index, without read groups. Returns its path.
  [[nodiscard]] std::string align(const std::string& fastq, ReadKind kind, const std::string& name) const;

 private:
  void write_sorted(const std::string& sam, const std::string& bam) const;

  std::int64_t start_;
  std::string folder_;
  ReferenceContig contig_;
};

}  // namespace stardose::tests
