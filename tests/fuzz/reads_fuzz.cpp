// Any reads: walking over their CIGARs and aligning them again stays within them, and what comes out makes sense.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "genomics/reads/contig_walk.h"
#include "genomics/reads/evidence_builder.h"
#include "genomics/reads/read_layout.h"

using namespace stardose::genomics;

namespace {

/// Takes numbers from the fuzzer's bytes; zeros behind their end.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : at_{data}, end_{data + size} {}
  [[nodiscard]] bool empty() const { return at_ == end_; }
  std::uint8_t next() { return empty() ? std::uint8_t{0} : *at_++; }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
};

ReadPlan plan() {
  return {{{"c", 60, {"A", "C"}},
           {"c", 100, {"CAT", "C", "CATAT"}},
           {"c", 110, {"A", "G"}},
           {"c", 150, {"AC", "TG"}, true},
           {"c", 150, {"A", "ATTTTTTTTTTTTTTTTTT"}},
           {"c", 400, {"G", "T"}}},
          {{"c", 0, 90}, {"c", 20, 500}}};
}

struct Buffers {
  std::vector<std::uint32_t> cigar;
  std::vector<std::uint8_t> bases;
  std::vector<std::uint8_t> qualities;
};

AlignedRead make_read(Bytes& bytes, std::int64_t begin, Buffers& buffers) {
  buffers = {};
  const int operations = bytes.next() % 6;
  for (int k = 0; k < operations; ++k) {
    const std::uint32_t piece = bytes.next();
    buffers.cigar.push_back((std::uint32_t{bytes.next()} << 4U) | piece % 9);
  }
  AlignedRead read;
  read.cigar = buffers.cigar;
  read.begin = begin;
  read.end = begin + reference_length(read.cigar);
  const std::int64_t wrong = bytes.next() % 16 == 0 ? bytes.next() : 0;  // a length that the CIGAR does not have
  read.length = std::max<std::int64_t>(0, read_length(read.cigar) - wrong);
  for (std::int64_t k = 0; k < read.length; ++k) {
    const std::uint8_t byte = k < 40 ? bytes.next() : static_cast<std::uint8_t>(37 * k);
    buffers.qualities.push_back(byte % 94);
    if (k % 2 == 0)
      buffers.bases.push_back(static_cast<std::uint8_t>((1U << (byte % 4) << 4U) | (1U << (byte / 4 % 4))));
  }
  read.bases = buffers.bases.data();
  read.qualities = buffers.qualities.data();
  read.fragment = fragment_of(std::string_view{"abcdefgh"}.substr(bytes.next() % 8));
  read.mapping_quality = bytes.next();
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  const ReadPlan wanted = plan();
  const auto layout = lay_out(wanted, merge_gap);
  ReadFilter filter;
  filter.max_depth = 5;
  EvidenceBuilder builder{wanted, filter};
  ContigWalk walk{layout.front(), nullptr, filter, builder};
  Buffers buffers;
  for (std::int64_t begin = 0; !bytes.empty(); begin += bytes.next() % 40) {
    const AlignedRead read = make_read(bytes, begin, buffers);
    if (walk.concerns(read.begin, read.end)) walk.take(read);
  }
  walk.finish();
  const ReadEvidence evidence = std::move(builder).finish();
  for (const Observation& seen : evidence.observations) {
    const bool is_known = seen.allele == other_read_allele || seen.allele < wanted.sites.at(seen.site).alleles.size();
    if (!is_known || seen.quality > largest_quality || seen.quality < filter.min_base_quality) std::abort();
  }
  for (const SiteDepth& depth : evidence.sites) {
    if (depth.usable > 5) std::abort();
  }
  return 0;
}
