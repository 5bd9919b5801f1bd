// What a file holds, by its first bytes.
#pragma once

#include <string>

namespace stardose::genomics {

/// Sequence data that is neither variants nor usable alignments, so that a refusal can say what it is.
enum class FileKind {
  other,     ///< VCF, BCF, BAM, CRAM, anything
  sam_text,  ///< alignments as text
  fastq,     ///< reads without alignment
  fasta,
  index,  ///< of a file beside it
};

/// Reads the first bytes of a regular file; `other` when it cannot be opened.
[[nodiscard]] FileKind file_kind(const std::string& path);

/// Throws InputError (input) for a regular file that is encrypted (Crypt4GH) where HTSlib has no plug-in that reads
/// such files; with it they are read as any other.
void refuse_unreadable_encryption(const std::string& path);

}  // namespace stardose::genomics
