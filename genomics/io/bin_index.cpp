// The layouts of BAI, CSI and TBI, which have the same trees of bins.
#include "genomics/io/bin_index.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "genomics/io/hts_handle.h"
#include "genomics/io/little_endian.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;
/// Of BAI and TBI: windows of 16,384 bases, eight of each level in one of the next, five levels under the root.
constexpr int usual_shift = 14;
constexpr int usual_levels = 5;
constexpr int most_bits = 62;
/// What it takes to say that a contig has nothing: no bins, and without a CSI no windows.
constexpr std::size_t least_of_contig = 4;

std::optional<std::string> unpacked(const std::string& path) {
  const HtsHandle<BGZF> file{bgzf_open(path.c_str(), "r")};
  if (!file) return std::nullopt;
  std::string bytes;
  constexpr std::size_t step = std::size_t{1} << 20;
  for (ssize_t count = 1; count > 0;) {
    const std::size_t size = bytes.size();
    if (size > most_bytes) return std::nullopt;
    bytes.resize(size + step);
    count = bgzf_read(file.get(), bytes.data() + size, step);
    if (count < 0) return std::nullopt;
    bytes.resize(size + static_cast<std::size_t>(count));
  }
  return bytes;
}

}  // namespace

class BinIndexReader {
 public:
  explicit BinIndexReader(std::string_view bytes) : rest_{bytes} {}

  std::optional<BinIndex> read() {
    const std::uint32_t contigs = head();
    if (contigs > rest_.size() / least_of_contig) return std::nullopt;
    BinIndex index;
    index.starts_.reserve(std::size_t{contigs} + 1);
    for (std::uint32_t contig = 0; contig < contigs && is_good_; ++contig) {
      take_contig(index);
      const auto chunk = index.chunks_.begin() + static_cast<std::ptrdiff_t>(index.starts_.back());
      std::ranges::sort(chunk, index.chunks_.end(), {}, &BinChunk::begin);
      index.starts_.push_back(index.chunks_.size());
      const auto mark = index.marks_.begin() + static_cast<std::ptrdiff_t>(index.first_marks_.back());
      if (is_csi_) std::ranges::stable_sort(mark, index.marks_.end(), {}, &BinIndex::Mark::position);
      index.first_marks_.push_back(index.marks_.size());
    }
    take_names(index);
    constexpr std::size_t number = 8;  // how many reads lie nowhere; older programs do not count them
    const bool is_end = rest_.empty() || rest_.size() == number;
    return is_good_ && is_end ? std::optional{std::move(index)} : std::nullopt;
  }

 private:
  std::string_view take(std::uint64_t count) {
    is_good_ = is_good_ && count <= rest_.size();
    if (!is_good_) return {};
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  std::uint32_t u32() {
    const std::string_view bytes = take(4);
    return bytes.empty() ? 0 : little_u32(reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }

  std::uint64_t u64() {
    const std::uint64_t low = u32();
    return low | std::uint64_t{u32()} << 32U;
  }

  /// Returns the number of contigs.
  std::uint32_t head() {
    const std::string_view magic = take(4);
    if (magic == "BAI\1") return u32();
    if (magic == "TBI\1") {
      const std::uint32_t contigs = u32();
      (void)take(text_columns);
      text_names_ = take(u32());
      return contigs;
    }
    is_csi_ = magic == std::string_view{"CSI\1"};
    shift_ = static_cast<int>(u32());
    levels_ = static_cast<int>(u32());
    const std::string_view of_text = take(u32());  // the same, of text
    if (of_text.size() >= text_columns + 4) text_names_ = of_text.substr(text_columns + 4);
    is_good_ = is_good_ && is_csi_ && shift_ >= 0 && levels_ >= 0 && levels_ < most_bits / 3 &&
               shift_ <= most_bits - 3 * levels_;
    return u32();
  }

  /// Bins are numbered level by level from the root, 0; behind the last comes one that holds counts.
  [[nodiscard]] std::uint64_t first_of(int level) const { return ((std::uint64_t{1} << (3 * level)) - 1) / 7; }

  /// Each ends with a zero.
  void take_names(BinIndex& index) {
    while (!text_names_.empty()) {
      const std::size_t end = std::min(text_names_.find('\0'), text_names_.size() - 1);
      std::string name{text_names_.substr(0, end)};
      text_names_.remove_prefix(end + 1);
      index.numbers_.emplace(name, static_cast<int>(index.names_.size()));
      index.names_.push_back(std::move(name));
    }
  }

  void take_contig(BinIndex& index) {
    const std::uint64_t bins = first_of(levels_ + 1);
    for (std::uint32_t left = u32(); left > 0 && is_good_; --left) {
      const std::uint32_t bin = u32();
      const std::uint64_t offset = is_csi_ ? u64() : 0;
      const std::uint32_t count = u32();
      constexpr std::size_t chunk_size = 16;
      is_good_ = is_good_ && bin <= bins + 1 && count <= rest_.size() / chunk_size;
      if (bin < bins) {
        const std::int64_t first = take_bin(bin, count, index.chunks_);
        if (is_csi_) index.marks_.push_back({first, offset});
      } else {
        (void)take(chunk_size * count);
      }
    }
    const std::uint64_t windows = is_csi_ ? 0 : u32();
    is_good_ = is_good_ && windows <= rest_.size() / 8;
    for (std::uint64_t k = 0; k < windows && is_good_; ++k) {
      index.marks_.push_back({static_cast<std::int64_t>(k << usual_shift), u64()});
    }
  }

  /// Returns where the bin begins.
  std::int64_t take_bin(std::uint32_t bin, std::uint32_t count, std::vector<BinChunk>& chunks) {
    int level = levels_;
    while (first_of(level) > bin) --level;
    const int shift = shift_ + 3 * (levels_ - level);
    const auto first = static_cast<std::int64_t>((bin - first_of(level)) << static_cast<unsigned>(shift));
    for (std::uint32_t k = 0; k < count && is_good_; ++k) {
      const std::uint64_t begin = u64();
      const std::uint64_t end = u64();
      is_good_ = is_good_ && begin <= end;
      chunks.push_back({begin, end, first, first + (std::int64_t{1} << static_cast<unsigned>(shift))});
    }
    return first;
  }

  /// Format, three columns, comments, lines passed over.
  static constexpr std::size_t text_columns = std::size_t{6} * 4;

  std::string_view rest_;
  std::string_view text_names_;
  bool is_good_ = true;
  bool is_csi_ = false;
  int shift_ = usual_shift;
  int levels_ = usual_levels;
};

std::optional<BinIndex> BinIndex::read(const std::string& path) {
  const auto bytes = unpacked(path);
  return bytes ? BinIndexReader{*bytes}.read() : std::nullopt;
}

std::span<const BinChunk> BinIndex::chunks(int contig) const {
  if (contig < 0 || contig >= contigs()) return {};
  const std::size_t start = starts_[static_cast<std::size_t>(contig)];
  return chunks().subspan(start, starts_[static_cast<std::size_t>(contig) + 1] - start);
}

// A mark that is wrong loses nothing that begins in the stretch (see all_of_stretch()).
std::vector<Span> BinIndex::overlapping(int contig, std::int64_t begin, std::int64_t end) const {
  std::vector<Span> spans;
  const std::uint64_t least = least_offset(contig, begin);
  for (const BinChunk& chunk : chunks(contig)) {
    if (chunk.last <= begin || chunk.first >= end || chunk.end <= least) continue;
    if (spans.empty() || chunk.begin > spans.back().end) {
      spans.push_back({chunk.begin, chunk.end, false});
    } else {
      spans.back().end = std::max(spans.back().end, chunk.end);
    }
  }
  return spans;
}

std::uint64_t BinIndex::least_offset(int contig, std::int64_t position) const {
  if (contig < 0 || contig >= contigs()) return 0;
  const auto first = marks_.begin() + static_cast<std::ptrdiff_t>(first_marks_[static_cast<std::size_t>(contig)]);
  const auto last = marks_.begin() + static_cast<std::ptrdiff_t>(first_marks_[static_cast<std::size_t>(contig) + 1]);
  const auto behind = std::ranges::upper_bound(first, last, position, {}, &Mark::position);
  return behind == first ? 0 : std::prev(behind)->offset;
}

int BinIndex::number_of(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? -1 : found->second;
}

}  // namespace stardose::genomics
