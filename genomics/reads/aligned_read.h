// One alignment of a read, as it lies in memory; what the rest of reads/ works on, without HTSlib.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace stardose::genomics {

/// CIGAR operations by their BAM numbers (SAM specification 1.6, section 4.2.1).
enum class CigarOp : std::uint8_t { match, insertion, deletion, skip, soft_clip, hard_clip, padding, equal, different };

[[nodiscard]] constexpr CigarOp op_of(std::uint32_t packed) { return static_cast<CigarOp>(packed & 0xFU); }
[[nodiscard]] constexpr std::int64_t length_of(std::uint32_t packed) { return packed >> 4U; }
/// Returns whether read and reference both go on, base by base.
[[nodiscard]] constexpr bool is_aligned(CigarOp op) {
  return op == CigarOp::match || op == CigarOp::equal || op == CigarOp::different;
}
[[nodiscard]] constexpr bool takes_reference(CigarOp op) {
  return is_aligned(op) || op == CigarOp::deletion || op == CigarOp::skip;
}
[[nodiscard]] constexpr bool takes_read(CigarOp op) {
  return is_aligned(op) || op == CigarOp::insertion || op == CigarOp::soft_clip;
}

/// Quality of bases that a file gives none for (`*`): one error in a hundred, worse than what such files (long reads
/// of older instruments, simulations) mostly hold.
inline constexpr std::uint8_t assumed_quality = 20;
/// No base counts for more: changes before sequencing (PCR, damage) happen once in ten thousand bases, whatever the
/// instrument says (GATK HaplotypeCaller takes the same 40 for both, `pcr_snv_qual`). HiFi reads claim up to 93.
inline constexpr std::uint8_t largest_quality = 40;

/// Bases as BAM packs them: four bits each, one bit for each of A, C, G, T.
inline constexpr std::uint8_t packed_a = 1;
inline constexpr std::uint8_t packed_c = 2;
inline constexpr std::uint8_t packed_g = 4;
inline constexpr std::uint8_t packed_t = 8;

/// Points into a buffer that lives while the read is looked at.
struct AlignedRead {
  std::int64_t begin = 0;      ///< first reference base, 0-based
  std::int64_t end = 0;        ///< behind the last
  std::uint64_t fragment = 0;  ///< hash of its name: the same for mates; see piece_of() for pieces of a long read
  std::span<const std::uint32_t> cigar;
  const std::uint8_t* bases = nullptr;      ///< two a byte
  const std::uint8_t* qualities = nullptr;  ///< the first is 255: there are none
  std::int64_t length = 0;                  ///< bases that are there; 0: `*`
  std::string_view name;
  std::uint16_t flags = 0;  ///< as BAM has them
  std::uint8_t mapping_quality = 0;
  bool reverse = false;

  [[nodiscard]] std::uint8_t base(std::int64_t at) const {
    return static_cast<std::uint8_t>(bases[at >> 1] >> ((~at & 1) << 2) & 0xF);
  }
  [[nodiscard]] std::uint8_t quality(std::int64_t at) const {
    if (qualities[0] == 255) return assumed_quality;
    return qualities[at] < largest_quality ? qualities[at] : largest_quality;
  }
  /// Returns whether a base is `=`, which says that it is the reference's and not which that is.
  [[nodiscard]] bool has_equal_signs() const;
  /// Writes those in [from, to).
  void copy_qualities(std::int64_t from, std::int64_t to, std::uint8_t* into) const;
};

/// Returns a hash of a read's name, good in every bit, so that it can choose among fragments. A last `/1` or `/2`,
/// which old aligners leave on mates, is no part of it.
[[nodiscard]] std::uint64_t fragment_of(std::string_view name);

/// A long read that is aligned in pieces may show two copies of one place, so that each piece is a fragment of its own:
/// returns the hash of the piece that begins there. Pieces of one read have one molecule_of().
[[nodiscard]] std::uint64_t piece_of(std::uint64_t fragment, std::int64_t begin);
[[nodiscard]] constexpr std::uint64_t molecule_of(std::uint64_t fragment) { return fragment >> 16U; }

/// Returns the bases of the reference that a CIGAR covers.
[[nodiscard]] std::int64_t reference_length(std::span<const std::uint32_t> cigar);

/// Returns the bases that a read has by its CIGAR.
[[nodiscard]] std::int64_t read_length(std::span<const std::uint32_t> cigar);

/// One operation of a CIGAR and where it begins.
struct CigarStep {
  CigarOp op = CigarOp::match;
  std::int64_t length = 0;
  std::int64_t place = 0;  ///< in the reference
  std::int64_t at = 0;     ///< in the read
};

/// Goes along the CIGAR of a read; a copy goes on from where it is. The read must live as long.
class CigarWalk {
 public:
  explicit CigarWalk(const AlignedRead& read) : rest_{read.cigar}, step_{CigarOp::match, 0, read.begin, 0} {
    read_on();
  }

  [[nodiscard]] bool is_done() const { return is_done_; }
  [[nodiscard]] const CigarStep& step() const { return step_; }

  void next() {
    if (takes_reference(step_.op)) step_.place += step_.length;
    if (takes_read(step_.op)) step_.at += step_.length;
    read_on();
  }

  /// Leaves out steps that lie before `place` in the reference, by their lengths.
  void leave_before(std::int64_t place) {
    while (!is_done_ && step_.place + step_.length < place) next();
  }

 private:
  void read_on() {
    is_done_ = rest_.empty();
    if (is_done_) return;
    step_.op = op_of(rest_.front());
    step_.length = length_of(rest_.front());
    rest_ = rest_.subspan(1);
  }

  std::span<const std::uint32_t> rest_;
  CigarStep step_;
  bool is_done_ = false;
};

}  // namespace stardose::genomics
