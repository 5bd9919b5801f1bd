// HTSlib decodes; a file just opened begins wherever it is sent.
#include "genomics/reads/cram_container.h"

#include <htslib/cram.h>
#include <htslib/sam.h>

#include <algorithm>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

std::optional<ContainerReach> reach_of_container(const std::string& path, std::uint64_t container,
                                                 std::uint64_t reads) {
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  if (!file || hts_get_format(file.get())->format != cram) return std::nullopt;
  const HtsHandle<sam_hdr_t> header{sam_hdr_read(file.get())};
  constexpr int places = SAM_FLAG | SAM_RNAME | SAM_POS | SAM_CIGAR;
  if (!header || hts_set_opt(file.get(), CRAM_OPT_REQUIRED_FIELDS, places) != 0 ||
      hts_set_opt(file.get(), CRAM_OPT_DECODE_MD, 0) != 0 ||
      cram_seek(file->fp.cram, static_cast<off_t>(container), SEEK_SET) != 0) {
    return std::nullopt;
  }
  const HtsHandle<bam1_t> record{bam_init1()};
  ContainerReach reach;
  for (std::uint64_t k = 0; k < reads; ++k) {
    if (sam_read1(file.get(), header.get(), record.get()) < 0) return std::nullopt;
    const bam1_core_t& core = record->core;
    if (core.tid < 0) continue;
    const std::int64_t end = core.pos + bam_cigar2rlen(static_cast<int>(core.n_cigar), bam_get_cigar(record.get()));
    ReadReach& there = reach.try_emplace(core.tid, ReadReach{core.pos, end}).first->second;
    there.begin = std::min<std::int64_t>(there.begin, core.pos);
    there.end = std::max(there.end, end);
  }
  return reach;
}

}  // namespace stardose::genomics
