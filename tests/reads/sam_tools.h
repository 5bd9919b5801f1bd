// What aligners need and leave behind: a reference, and SAM text that is to become a BAM.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace stardose::tests {

/// Throws where it fails.
void run_command(const std::string& command);
void write_text(const std::string& path, const std::string& text);

/// Writes FOLDER/reference.fa with bwa's index, unless that was done; many may do so at once.
void make_bwa_reference(const std::string& folder, const std::string& fasta);

/// A contig by its number in a header, and a 0-based position.
struct SamPlace {
  int contig = 0;
  std::int64_t position = 0;
};

/// Writes the records of a SAM file with places moved, by place, under another header, with an index.
void write_moved(const std::string& sam, const std::string& bam, const std::string& header,
                 const std::function<SamPlace(SamPlace)>& move);

}  // namespace stardose::tests
