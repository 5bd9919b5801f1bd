// What a VCF or BCF header must say before its records are read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/vcf_fields.h"

namespace stardose::genomics {

/// The header's facts that matter here.
struct VariantHeader {
  std::vector<std::string> samples;  ///< known_as()
  bool any_latin1 = false;           ///< of their names
  /// canonical name -> the file's own name, in no order
  std::map<std::string, std::string, std::less<>> contigs;
  std::optional<Assembly> assembly;  ///< by the lengths of contigs; nullopt: none is given
  std::string assembly_evidence;     ///< `contig chr10 has 135534747 bases`
  std::int64_t chrm_length = 0;      ///< of the contig that `contigs` has for chrM; 0: not given
};

/// Reads the header of a file just opened; empty: it cannot be read. Unlike HTSlib's reader it leaves the index beside
/// a VCF alone, whose loading takes longer than everything else that is done with a genome of one sample.
/// With `declared`, a VCF's header is checked as read_declarations() does, and that becomes what it declares.
[[nodiscard]] HtsHandle<bcf_hdr_t> read_header(const std::string& path, htsFile& file,
                                               VcfDeclarations* declared = nullptr);

/// Declares the contigs that an index knows and the header does not, as HTSlib's reader would have.
/// Throws InputError for one that the header knows under another name.
void add_contigs(const std::string& path, bcf_hdr_t& header, VariantHeader& facts,
                 const std::vector<std::string>& names);

/// Throws InputError when there is no sample, a sample's name is empty or another's when both are in UTF-8, GT is not
/// declared as text, contigs have the lengths of neither assembly or of both, or one is declared twice under two names.
[[nodiscard]] VariantHeader check_header(const std::string& path, const bcf_hdr_t* header);

/// Returns the length that the header gives for its contig `number`; 0: none.
[[nodiscard]] std::int64_t declared_length(const bcf_hdr_t* header, int number);

/// Returns whether a mitochondrial contig is rCRS: by its length, or where none is given by its own name, as on GRCh37
/// `chrM` may be hg19's and `MT` is not.
[[nodiscard]] bool is_rcrs(std::string_view name, std::int64_t length, Assembly assembly);

}  // namespace stardose::genomics
