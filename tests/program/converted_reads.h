// Reads in another format.
#pragma once

#include <doctest/doctest.h>
#include <htslib/sam.h>

#include <string>

#include "genomics/io/hts_handle.h"

namespace stardose::tests {

/// `mode` as HTSlib has it: `wb` is BAM, `wc,no_ref=1` CRAM that needs no reference.
inline void convert_reads(const std::string& from, const std::string& to, const char* mode) {
  const genomics::HtsHandle<htsFile> in{hts_open(from.c_str(), "r")};
  const genomics::HtsHandle<htsFile> out{hts_open(to.c_str(), mode)};
  REQUIRE((in && out));
  const genomics::HtsHandle<sam_hdr_t> header{sam_hdr_read(in.get())};
  const genomics::HtsHandle<bam1_t> read{bam_init1()};
  REQUIRE_EQ(sam_hdr_write(out.get(), header.get()), 0);
  while (sam_read1(in.get(), header.get(), read.get()) >= 0) {
    REQUIRE(sam_write1(out.get(), header.get(), read.get()) >= 0);
  }
}

}  // namespace stardose::tests
