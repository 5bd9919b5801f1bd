// Files in the compressed shapes that inputs come in.
#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/vcf.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace stardose::tests {

inline void write_bgzip(const std::string& path, std::string_view text) {
  BGZF* file = bgzf_open(path.c_str(), "w");
  const bool written =
      file != nullptr && bgzf_write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!written || bgzf_close(file) != 0) throw std::runtime_error{"cannot write " + path};
}

/// Writes the records of a VCF or BCF. `mode` is htslib's: "wb" BCF, "wz" VCF.gz.
inline void convert_vcf(const std::string& from, const std::string& to, const char* mode) {
  htsFile* in = hts_open(from.c_str(), "r");
  htsFile* out = hts_open(to.c_str(), mode);
  if (in == nullptr || out == nullptr) throw std::runtime_error{"cannot convert " + from};
  bcf_hdr_t* header = bcf_hdr_read(in);
  bcf1_t* record = bcf_init();
  if (bcf_hdr_write(out, header) != 0) throw std::runtime_error{"cannot write " + to};
  while (bcf_read(in, header, record) == 0) {
    if (bcf_write(out, header, record) != 0) throw std::runtime_error{"cannot write " + to};
  }
  bcf_destroy(record);
  bcf_hdr_destroy(header);
  hts_close(in);
  if (hts_close(out) != 0) throw std::runtime_error{"cannot write " + to};
}

}  // namespace stardose::tests
