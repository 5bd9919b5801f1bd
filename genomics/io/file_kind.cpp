// HTSlib's detection of formats.
#include "genomics/io/file_kind.h"

#include <htslib/hfile.h>
#include <htslib/hts.h>

namespace stardose::genomics {

FileKind file_kind(const std::string& path) {
  hFILE* file = hopen(path.c_str(), "r");
  if (file == nullptr) return FileKind::other;
  htsFormat format{};
  const bool known = hts_detect_format2(file, path.c_str(), &format) == 0;
  if (hclose(file) != 0 || !known) return FileKind::other;
  switch (format.format) {
    case sam: return FileKind::sam_text;
    case fastq_format: return FileKind::fastq;
    case fasta_format: return FileKind::fasta;
    case bai:
    case crai:
    case csi:
    case tbi: return FileKind::index;
    default: return FileKind::other;
  }
}

}  // namespace stardose::genomics
