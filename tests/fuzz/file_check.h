// Reading a made-up file with one reader and with many, which must come to the same.
#pragma once

#include <htslib/bgzf.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "genomics/input_error.h"
#include "tests/builders/shards.h"
#include "tests/builders/temp_folder.h"

namespace stardose::fuzz {

inline const genomics::SiteIndex& sites() {
  static const genomics::SiteIndex index{[] {
    std::vector<genomics::Site> all;
    for (const std::string contig : {"chr1", "chr2", "chrX"}) {
      for (int k = 1; k <= 20; ++k) all.push_back(test::site(contig, 1000 * k + 1, "A", {"G", "AT"}));
    }
    all.push_back(test::site("chr2", 777, "A", {"C"}));
    all.back().loose = true;
    return all;
  }()};
  return index;
}

/// The sample's genotypes, or why there are none.
template <class Read>
std::string outcome(const Read& read) {
  try {
    return test::told(read(), sites());
  } catch (const genomics::InputError& error) {
    return std::string{"error: "} + error.what();
  }
}

/// Writes `bytes` in blocks of `block` bytes, and reads them every way. Ends the program when two ways differ.
inline void check_file(const std::string& name, const std::string& bytes, std::size_t block) {
  static const test::TempFolder folder;
  const std::string path = folder / name;
  BGZF* file = bgzf_open(path.c_str(), "w0");
  if (file == nullptr) std::abort();
  for (std::size_t at = 0; at < bytes.size(); at += block) {
    const std::string piece = bytes.substr(at, block);
    if (bgzf_write(file, piece.data(), piece.size()) < 0 || bgzf_flush(file) != 0) std::abort();
  }
  if (bgzf_close(file) != 0) std::abort();
  const genomics::VariantInputOptions options{.files = {path}, .use_index = false};
  const std::string one = outcome([&] { return test::read_with(sites(), options, true); });
  const std::string many =
      outcome([&] { return test::read_in_shards(sites(), options, 7, test::ReadingOrder::backwards).cohort; });
  if (many == one) return;
  std::fprintf(stderr, "one reader: %s\nseven shards: %s\n", one.c_str(), many.c_str());
  std::abort();
}

}  // namespace stardose::fuzz
