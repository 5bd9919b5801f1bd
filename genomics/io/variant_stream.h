// Reading a variant file from end to end, looking closely only where sites are.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/hts_record.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

inline constexpr const char* truncated_why = "the file is truncated: its end-of-file marker is missing";
inline constexpr const char* truncated_help = "the copy or the run that made it did not finish; make or fetch it again";

[[noreturn]] void refuse_input(ErrorParts parts);

/// An open file, its header read. Does not own.
struct OpenVariants {
  const std::string& path;
  htsFile* file;
  bcf_hdr_t* header;
};

/// Calls `use` for each record near a site and marks watched regions. Throws InputError for records out of order,
/// malformed ones near a site, and an end that is not clean.
ReadCounts stream_bcf(const OpenVariants& open, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                      const std::function<void(VariantRecord&)>& use);
ReadCounts stream_vcf(const OpenVariants& open, const SiteIndex& sites, std::vector<WatchedRegion>& watched,
                      const std::function<void(VariantRecord&)>& use);

/// Parses one line of a VCF into the record; `number` is for the message.
void parse_line(const OpenVariants& open, std::uint64_t number, HtsText& text, HtsRecord& record);

/// Throws InputError unless `status` (of the last read) and the file's state say that its real end was reached.
void check_end(const std::string& path, const htsFile& file, int status);

}  // namespace stardose::genomics
