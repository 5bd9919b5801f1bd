// What a VCF or BCF header must say before its records are read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// The header's facts that matter here.
struct VariantHeader {
  std::vector<std::string> samples;
  /// canonical name -> the file's own name, in no order
  std::map<std::string, std::string, std::less<>> contigs;
  std::optional<Assembly> assembly;  ///< by the lengths of contigs; nullopt: none is given
  std::string assembly_evidence;     ///< `contig chr10 has 135534747 bases`
};

/// Throws InputError when there is no sample, a sample's name is empty, GT is not declared as text, contigs have the
/// lengths of neither assembly or of both, or one is declared twice under two names.
[[nodiscard]] VariantHeader check_header(const std::string& path, const bcf_hdr_t* header);

/// Returns whether the file's mitochondrial contig is rCRS: by its length, or where none is given by its name, as on
/// GRCh37 `chrM` may be hg19's and `MT` is not.
[[nodiscard]] bool has_rcrs(const bcf_hdr_t* header, Assembly assembly);

}  // namespace stardose::genomics
