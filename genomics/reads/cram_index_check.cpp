// Where one container ends the next one begins; the index says where each begins and how far its slices reach.
#include "genomics/reads/cram_index_check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "genomics/io/little_endian.h"
#include "genomics/io/text_lines.h"

namespace stardose::genomics {

namespace {

constexpr const char* begins_elsewhere = "it does not begin where the records do";
constexpr const char* leaves_out = "it leaves out a part of the records";
constexpr const char* ends_early = "it ends before the records do";
constexpr const char* other_order = "its slices are in another order than the reads";
constexpr const char* other_places = "its reads lie at other places";
constexpr const char* no_container = "it names places where no container begins";

/// The file's first bytes: its kind, its version and a name (CRAM 3.1, section 6).
constexpr std::uint64_t definition_bytes = 26;
constexpr std::size_t version_at = 4;
constexpr char last_known_version = 3;
/// The least and the most that a container's header takes: lengths of four bytes, numbers of one to five or nine bytes,
/// and one of up to five for each slice (section 7).
constexpr std::uint64_t least_header = 4 + 8;
constexpr std::uint64_t most_header = 4 + 4 * 5 + 2 * 9 + 2 * 5 + 4;
constexpr std::uint64_t most_of_a_slice = 5;
/// More slices than fit into this no writer puts into a container.
constexpr std::size_t enough_for_a_header = 4096;

constexpr std::uint64_t no_contig = UINT64_MAX;  // -1: reads that lie nowhere
/// Slices of short reads are some ten thousand bases long; longer reads than this are none of the genes'.
constexpr std::int64_t longest_reach = 1'000'000;

bool are_of_one_place(const CramSlice& a, const CramSlice& b) {
  return a.container == b.container && a.offset == b.offset && a.bytes == b.bytes;
}

/// What the index has of one container.
struct Container {
  std::uint64_t begin = 0;
  std::uint64_t slices_end = 0;  ///< from the end of its header
  std::uint64_t slices = 0;

  /// Whether the next container may begin there.
  [[nodiscard]] bool may_end_at(std::uint64_t next) const {
    const std::uint64_t least = begin + least_header + slices_end;
    return next >= least && next <= least - least_header + most_header + slices * most_of_a_slice;
  }
};

struct ContainerHead {
  std::uint64_t header_end = 0;
  std::uint64_t end = 0;
  std::uint64_t slices = 0;
  std::uint64_t reads = 0;
  bool has_placed_reads = false;
};

struct SlicePlace {
  std::int32_t contig = 0;
  std::int64_t begin = 0;
  std::int64_t span = 0;

  [[nodiscard]] bool is_of_several() const { return contig == -2; }

  /// Whether who goes by the index finds the slice wherever its reads lie.
  [[nodiscard]] bool is_told_by(const CramSlice& line) const {
    if (contig < 0) return line.contig == no_contig;
    // The index may say anything: its numbers are not added up.
    return line.contig == static_cast<std::uint64_t>(contig) && line.begin >= 0 && line.begin <= begin &&
           line.span >= begin - line.begin + span;
  }
};

/// Takes numbers from the front of bytes.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : all_{bytes} {}

  /// Four bytes, whatever they are.
  std::uint32_t fixed() {
    const std::string_view bytes = take(4);
    return bytes.empty() ? 0 : little_u32(reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }

  /// ITF8, of at most five bytes, or LTF8, of at most nine; of that, the low 32 bits (CRAM 3.1, section 2.3).
  std::uint32_t next(std::size_t most) {
    const auto front = taken_ < all_.size() ? static_cast<std::uint8_t>(all_[taken_]) : std::uint8_t{0};
    const auto ones = static_cast<std::size_t>(std::countl_one(front));
    const std::string_view bytes = take(std::min(ones + 1, most));
    std::uint64_t value = ones + 1 < most ? front & (0x7FU >> ones) : front & 0x0FU;
    for (std::size_t k = 1; k < bytes.size(); ++k) value = value << 8U | static_cast<std::uint8_t>(bytes[k]);
    // Of the fifth byte of ITF8 four bits count.
    if (most == 5 && bytes.size() == 5) value = value >> 8U << 4U | (static_cast<std::uint8_t>(bytes[4]) & 0x0FU);
    return static_cast<std::uint32_t>(value);
  }

  [[nodiscard]] std::size_t taken() const { return taken_; }
  [[nodiscard]] bool is_good() const { return is_good_; }

 private:
  std::string_view take(std::size_t count) {
    is_good_ = is_good_ && all_.size() - taken_ >= count;
    if (!is_good_) return {};
    const std::string_view bytes = all_.substr(taken_, count);
    taken_ += count;
    return bytes;
  }

  std::string_view all_;
  std::size_t taken_ = 0;
  bool is_good_ = true;
};

class CramFile {
 public:
  explicit CramFile(hFILE& file) : file_{file} {
    std::array<char, definition_bytes> definition{};
    if (read(0, definition) == definition.size()) version_ = definition[version_at];
    size_ = static_cast<std::uint64_t>(std::max<off_t>(hseek(&file_, 0, SEEK_END), 0));
  }

  [[nodiscard]] char version() const { return version_; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// nullopt: no container begins there.
  std::optional<ContainerHead> head_at(std::uint64_t place) {
    std::array<char, enough_for_a_header> bytes{};
    Numbers numbers{{bytes.data(), read(place, bytes)}};
    const bool is_new = version_ >= 3;
    const std::uint64_t content = numbers.fixed();
    const std::uint32_t contig = numbers.next(5);
    (void)numbers.next(5);  // begin
    (void)numbers.next(5);  // span
    const std::uint32_t reads = numbers.next(5);
    (void)numbers.next(is_new ? 9 : 5);  // number of the first read
    (void)numbers.next(9);               // bases
    (void)numbers.next(5);               // blocks
    const std::uint32_t slices = numbers.next(5);
    for (std::uint32_t k = 0; k < slices && numbers.is_good(); ++k) (void)numbers.next(5);
    if (is_new) (void)numbers.fixed();  // checksum
    const std::uint64_t header_end = place + numbers.taken();
    const std::uint64_t end = header_end + content;
    if (!numbers.is_good() || end > size_) return std::nullopt;
    constexpr std::uint32_t unplaced = 0xFFFFFFFF;  // contig -1
    return ContainerHead{header_end, end, slices, reads, reads > 0 && contig != unplaced};
  }

  /// What a slice's own header says of its reads (sections 8 and 8.4). nullopt: no slice begins there.
  std::optional<SlicePlace> slice_at(std::uint64_t place) {
    constexpr char as_it_is = 0;
    constexpr char of_slice = 2;
    std::array<char, 64> bytes{};
    const std::size_t count = read(place, bytes);
    if (count < 2 || bytes[0] != as_it_is || bytes[1] != of_slice) return std::nullopt;
    Numbers numbers{std::string_view{bytes.data(), count}.substr(2)};
    (void)numbers.next(5);  // number of the block
    (void)numbers.next(5);  // bytes as stored
    (void)numbers.next(5);  // bytes
    const auto contig = static_cast<std::int32_t>(numbers.next(5));
    const auto begin = static_cast<std::int32_t>(numbers.next(5));
    const auto span = static_cast<std::int32_t>(numbers.next(5));
    return numbers.is_good() ? std::optional{SlicePlace{contig, begin, span}} : std::nullopt;
  }

 private:
  /// Returns how many bytes there are, up to those asked for.
  std::size_t read(std::uint64_t place, std::span<char> into) {
    if (hseek(&file_, static_cast<off_t>(place), SEEK_SET) < 0) return 0;
    const ssize_t count = hread(&file_, into.data(), into.size());
    return static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  }

  hFILE& file_;
  char version_ = 0;
  std::uint64_t size_ = 0;
};

std::vector<Container> containers_of(std::vector<CramSlice> slices, bool& are_whole) {
  // Of reads on many contigs there is a line for each.
  slices.erase(std::ranges::unique(slices, are_of_one_place).begin(), slices.end());
  std::vector<Container> containers;
  for (const CramSlice& slice : slices) {
    if (containers.empty() || containers.back().begin != slice.container) {
      containers.push_back({slice.container, slice.end(), 1});
      continue;
    }
    are_whole = are_whole && slice.offset == containers.back().slices_end;
    containers.back().slices_end = slice.end();
    ++containers.back().slices;
  }
  return containers;
}

std::vector<CramSlice> slices_of(const std::string& path) {
  std::vector<CramSlice> slices;
  TextLines lines{path, "index"};
  for (std::string_view line; lines.next(line);) {
    constexpr std::size_t columns = 6;  // contig, begin, span, container, slice, bytes
    std::array<std::int64_t, columns> values{};
    const char* at = line.data();
    const char* const end = at + line.size();
    for (std::size_t k = 0; k < columns; ++k) {
      const auto [next, fault] = std::from_chars(at, end, values[k]);
      const bool is_end = next == end;
      if (fault != std::errc{} || is_end != (k + 1 == columns) || (!is_end && *next != '\t') ||
          (k > 2 && values[k] < 0)) {
        lines.fail("this is no line of a CRAM's index", "make the index again with `samtools index`");
      }
      at = is_end ? next : next + 1;
    }
    slices.push_back({static_cast<std::uint64_t>(values[3]), static_cast<std::uint64_t>(values[4]),
                      static_cast<std::uint64_t>(values[5]), static_cast<std::uint64_t>(values[0]), values[1],
                      values[2]});
  }
  std::ranges::sort(slices);
  return slices;
}

/// Goes from container to container up to `to`. Returns why that cannot be, `left_out` where reads are on the way.
const char* fault_between(CramFile& file, std::uint64_t from, std::uint64_t to, const char* left_out) {
  while (from < to) {
    const auto head = file.head_at(from);
    if (!head) return no_container;
    if (head->has_placed_reads) return left_out;
    from = head->end;
  }
  return from == to ? nullptr : no_container;
}

std::pair<std::uint64_t, std::int64_t> place_of(const CramSlice& slice) { return {slice.contig, slice.begin}; }

const char* find_fault(const std::vector<CramSlice>& slices, CramFile file) {
  if (file.version() > last_known_version) return nullptr;
  bool are_whole = true;
  if (!std::ranges::is_sorted(slices, {}, place_of)) return other_order;
  const std::vector<Container> containers = containers_of(slices, are_whole);
  if (!are_whole) return leaves_out;
  const auto header = file.head_at(definition_bytes);
  if (!header) return no_container;
  if (containers.empty()) return fault_between(file, header->end, file.size(), ends_early);
  if (const char* fault = fault_between(file, header->end, containers.front().begin, begins_elsewhere)) return fault;
  // Where containers have one slice each, none can be missing in one; the headers need not be read.
  const bool have_one_slice = std::ranges::all_of(containers, [](const auto& each) { return each.slices == 1; });
  for (std::size_t k = 0; k < containers.size(); ++k) {
    const Container& container = containers[k];
    const bool is_last = k + 1 == containers.size();
    const std::uint64_t next = is_last ? file.size() : containers[k + 1].begin;
    if (have_one_slice && !is_last && container.may_end_at(next)) continue;
    const auto head = file.head_at(container.begin);
    if (!head) return no_container;
    if (head->slices != container.slices || !container.may_end_at(head->end)) return leaves_out;
    if (const char* fault = fault_between(file, head->end, next, is_last ? ends_early : leaves_out)) return fault;
  }
  return nullptr;
}

}  // namespace

CramIndex::CramIndex(const std::string& path) : slices_{slices_of(path)} {}

const char* CramIndex::fault_in(hFILE& cram) const {
  const off_t here = htell(&cram);
  const char* const fault = find_fault(slices_, CramFile{cram});
  return hseek(&cram, here, SEEK_SET) == here ? fault : no_container;
}

/// Whether who goes by the index comes to the container wherever its reads lie: HTSlib goes to its beginning, for
/// whichever of its slices.
bool CramIndex::tells(std::uint64_t container, const ContainerReach& reach) const {
  const auto lines = std::ranges::equal_range(slices_, container, {}, &CramSlice::container);
  const auto is_told = [&](const SlicePlace& place) {
    return std::ranges::any_of(lines, [&](const CramSlice& line) { return place.is_told_by(line); });
  };
  return std::ranges::all_of(reach, [&](const auto& of_contig) {
    const auto& [contig, reads] = of_contig;
    const std::int64_t base = std::min<std::int64_t>(1, reads.end - reads.begin);
    return is_told({contig, reads.begin + 1, base}) && is_told({contig, std::max(reads.begin + 1, reads.end), base});
  });
}

const char* CramIndex::fault_near(hFILE& cram, int contig, std::int64_t begin, std::int64_t end,
                                  const ContainerLook& look) const {
  // One that lies on its place keeps the order, and so is next to the stretch by the index, if not in it.
  constexpr std::ptrdiff_t beside = 2;
  const auto at = [&](std::int64_t place) {
    return std::ranges::lower_bound(slices_, std::pair{static_cast<std::uint64_t>(contig), place}, {}, place_of);
  };
  auto slice = at(begin - longest_reach);
  slice -= std::min(beside, slice - slices_.begin());
  auto last = at(end + 1);
  last += std::min(beside, slices_.end() - last);
  const off_t here = htell(&cram);
  CramFile file{cram};
  const char* fault = nullptr;
  std::optional<ContainerHead> head;
  for (auto known = slices_.end(); slice != last && fault == nullptr && file.version() <= last_known_version; ++slice) {
    if (known == slices_.end() || known->container != slice->container) head = file.head_at(slice->container);
    known = slice;
    const auto said = head ? file.slice_at(head->header_end + slice->offset) : std::nullopt;
    if (!said) fault = no_container;
    if (!said) continue;
    if (!said->is_of_several()) {
      if (!said->is_told_by(*slice)) fault = other_places;
    } else if (const auto& reach = look(slice->container, head->reads); reach && !tells(slice->container, *reach)) {
      fault = other_places;
    }
  }
  return hseek(&cram, here, SEEK_SET) == here ? fault : no_container;
}

}  // namespace stardose::genomics
