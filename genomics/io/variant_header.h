// What a VCF or BCF header must say before its records are read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// The header's facts that matter here.
struct VariantHeader {
  std::vector<std::string> samples;
  /// canonical name -> the file's own name, in no order
  std::map<std::string, std::string, std::less<>> contigs;
};

/// Reads the header of a file just opened; empty: it cannot be read. Unlike HTSlib's reader it leaves the index beside
/// a VCF alone, whose loading takes longer than everything else that is done with a genome of one sample.
[[nodiscard]] HtsHandle<bcf_hdr_t> read_header(htsFile& file);

/// Declares the contigs that an index knows and the header does not, as HTSlib's reader would have.
/// Throws InputError for one that the header knows under another name.
void add_contigs(const std::string& path, bcf_hdr_t& header, VariantHeader& facts, tbx_t& index);

/// Throws InputError when there is no sample, a sample's name is empty, GT is not declared as text, contigs are not
/// those of GRCh38, or one is declared twice under two names.
[[nodiscard]] VariantHeader check_header(const std::string& path, const bcf_hdr_t* header);

}  // namespace stardose::genomics
