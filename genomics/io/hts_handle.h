// Owning handles for HTSlib's types.
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/kstring.h>
#include <htslib/sam.h>
#include <htslib/vcf.h>

#include <cstdlib>
#include <memory>

namespace stardose::genomics {

struct HtsDeleter {
  void operator()(htsFile* file) const { hts_close(file); }
  void operator()(BGZF* file) const { bgzf_close(file); }
  void operator()(bcf_hdr_t* header) const { bcf_hdr_destroy(header); }
  void operator()(bcf1_t* record) const { bcf_destroy(record); }
  void operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }
  void operator()(bam1_t* record) const { bam_destroy1(record); }
  void operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
  void operator()(hts_itr_t* iterator) const { hts_itr_destroy(iterator); }
};

template <class T>
using HtsHandle = std::unique_ptr<T, HtsDeleter>;

/// A kstring that frees itself.
struct HtsText : kstring_t {
  HtsText() : kstring_t{0, 0, nullptr} {}
  ~HtsText() { std::free(s); }  // NOLINT: HTSlib allocates with malloc
  HtsText(const HtsText&) = delete;
  HtsText& operator=(const HtsText&) = delete;
  HtsText(HtsText&&) = delete;
  HtsText& operator=(HtsText&&) = delete;
};

}  // namespace stardose::genomics
