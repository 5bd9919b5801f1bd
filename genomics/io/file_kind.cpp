// HTSlib's detection of formats.
#include "genomics/io/file_kind.h"

#include <htslib/hfile.h>
#include <htslib/hts.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "genomics/input_error.h"

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

void refuse_unreadable_encryption(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return;  // what is read once is not looked at before
  constexpr std::string_view magic = "crypt4gh";
  std::array<char, magic.size()> start{};
  std::ifstream{path, std::ios::binary}.read(start.data(), start.size());
  if (std::string_view{start.data(), start.size()} != magic || hfile_has_plugin("crypt4gh") == 1) return;
  throw InputError{
      Fault::input,
      {path, "", "is encrypted (Crypt4GH), and HTSlib has no plug-in here that reads such files",
       "decrypt it first (`crypt4gh decrypt`), or install HTSlib's plug-in hfile_crypt4gh and set HTS_PATH"}};
}

}  // namespace stardose::genomics
