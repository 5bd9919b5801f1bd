// What reads show at single bases, worked out the slow and plain way: read by read, base by base, mates by name.
#pragma once

#include <htslib/sam.h>

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

#include "genomics/io/hts_handle.h"

namespace stardose::test {

struct NaiveSite {
  std::uint32_t all = 0;  ///< reads that cover the base or lack it
  std::uint32_t mapping_quality = 0;
  std::array<std::uint32_t, 4> reads{};      ///< ACGT, each mate for itself: what `samtools mpileup -B -x -A` counts
  std::array<std::uint32_t, 5> fragments{};  ///< ACGT and deletions, mates joined
};

/// The pieces of a long read are fragments of their own.
inline std::string name_of(const bam1_t& record) {
  std::string name = bam_get_qname(&record);
  const bool is_piece = (record.core.flag & BAM_FPAIRED) == 0 && (record.core.flag & BAM_FSUPPLEMENTARY) != 0;
  return is_piece ? name + "\t" + std::to_string(record.core.pos) : name;
}

/// By 0-based position of one contig (its own name), where any read is.
using NaivePileup = std::map<std::int64_t, NaiveSite>;

inline NaivePileup naive_pileup(const std::string& path, const std::string& contig, int mapping_quality = 20,
                                int base_quality = 13) {
  genomics::HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  genomics::HtsHandle<sam_hdr_t> header{file ? sam_hdr_read(file.get()) : nullptr};
  if (!header) throw std::runtime_error{"cannot read " + path};
  const int id = sam_hdr_name2tid(header.get(), contig.c_str());
  NaivePileup pileup;
  std::map<std::int64_t, std::map<std::string, std::set<int>>> shown;  // position, name, bases
  const genomics::HtsHandle<bam1_t> record{bam_init1()};
  while (sam_read1(file.get(), header.get(), record.get()) >= 0) {
    const bam1_core_t& core = record->core;
    if (core.tid != id || (core.flag & (BAM_FUNMAP | BAM_FSECONDARY | BAM_FQCFAIL | BAM_FDUP)) != 0) continue;
    std::int64_t place = core.pos;
    int at = 0;
    for (std::uint32_t k = 0; k < core.n_cigar; ++k) {
      const std::uint32_t piece = bam_get_cigar(record.get())[k];
      for (std::uint32_t n = 0; n < bam_cigar_oplen(piece); ++n) {
        const int op = bam_cigar_op(piece);
        const int takes = bam_cigar_type(op);
        if ((takes & 2) != 0 && op != BAM_CREF_SKIP) {
          NaiveSite& site = pileup[place];
          ++site.all;
          site.mapping_quality += core.qual == 255 ? 0 : core.qual;
          const std::uint8_t* quality = bam_get_qual(record.get());
          const int base = std::string{"=ACMGRSVTWYHKDBN"}[bam_seqi(bam_get_seq(record.get()), at)];
          const auto number = std::string{"ACGT"}.find(static_cast<char>(base));
          const bool is_gap = (takes & 1) == 0;
          const int sure = is_gap ? std::min(quality[at - 1], quality[at]) : quality[at];
          if (core.qual >= mapping_quality && sure >= base_quality && (is_gap || number != std::string::npos)) {
            if (!is_gap) ++site.reads.at(number);
            shown[place][name_of(*record)].insert(is_gap ? 4 : static_cast<int>(number));
          }
        }
        if ((takes & 1) != 0) ++at;
        if ((takes & 2) != 0) ++place;
      }
    }
  }
  for (const auto& [position, names] : shown) {
    for (const auto& [name, bases] : names) {
      if (bases.size() == 1) ++pileup[position].fragments.at(static_cast<std::size_t>(*bases.begin()));
    }
  }
  return pileup;
}

}  // namespace stardose::test
