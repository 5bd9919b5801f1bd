// Genotypes to two bits: plain ones eight bytes at a time, the others one by one.
#include "genomics/matrix/bed_row.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace stardose::genomics {

namespace {

static_assert(std::endian::native == std::endian::little, "the words below have the first sample in their lowest byte");

constexpr std::uint8_t refused = 4;  // no code: the genotype is none of the record's alleles
constexpr int no_allele = 1 << 16;   // more than any record has

constexpr std::uint64_t all_bytes(unsigned byte) { return 0x0101010101010101U * byte; }

std::uint64_t load(const void* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The code of 0, 1 or 2 copies: 3, 2 or 0. In every lane at once, as none of them borrows from the next.
constexpr std::uint64_t codes_of(std::uint64_t copies, std::uint64_t ones) {
  return 3 * ones - copies - ((copies >> 1U) & ones);
}

constexpr std::uint8_t code_of(int first, int second, CountedAllele allele) {
  if (first >= allele.of || second >= allele.of) return refused;
  if (second == RecordGenotype::no_copy) second = first;
  if (first < 0 || second < 0) return bed_code::missing;
  const int copies = (first == allele.number ? 1 : 0) + (second == allele.number ? 1 : 0);
  return static_cast<std::uint8_t>(codes_of(static_cast<unsigned>(copies), 1));
}

// A byte of GT is (allele + 1) << 1 | phased; 0x80 is a missing value and 0x81 the end of a shorter vector.
constexpr int allele_of_byte(std::uint8_t byte) {
  if (byte < 0x80) return (byte >> 1U) - 1;
  if (byte == 0x80) return RecordGenotype::missing;
  return byte == 0x81 ? RecordGenotype::no_copy : no_allele;
}

constexpr int allele_of_char(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  return character == '.' ? RecordGenotype::missing : no_allele;
}

/// Fills a row from `code_at(sample)`, and whole bytes of it from `codes_at(sample)` where that knows four samples'
/// codes at once; false as soon as a code is refused.
template <class Codes, class Code>
bool fill(std::size_t samples, std::span<std::uint8_t> row, const Codes& codes_at, const Code& code_at) {
  std::size_t sample = 0;
  for (std::uint8_t& byte : row) {
    const std::size_t end = std::min(sample + 4, samples);
    const int codes = end == sample + 4 ? codes_at(sample) : -1;
    byte = static_cast<std::uint8_t>(codes);
    if (codes < 0) {
      byte = 0;
      for (std::size_t k = sample; k < end; ++k) {
        const std::uint8_t code = code_at(k);
        if (code == refused) return false;
        byte = static_cast<std::uint8_t>(byte | code << (2 * (k - sample)));
      }
    }
    sample = end;
  }
  return true;
}

constexpr auto one_by_one = [](std::size_t) { return -1; };

/// Four diploid samples of packed GT in one word.
class PackedFour {
 public:
  explicit PackedFour(CountedAllele allele)
      : counted_{all_bytes(static_cast<unsigned>(allele.number) + 1)},
        above_{all_bytes(0x7F - std::min(static_cast<unsigned>(allele.of), 0x7EU))} {}

  /// Returns the codes; -1: one of the samples is missing, has one copy, or is not plain.
  [[nodiscard]] int operator()(std::uint64_t word) const {
    const std::uint64_t alleles = (word >> 1U) & low_bits;  // each plus one; 0: missing
    // The highest bit of a byte of (x + 0x7F) says whether x > 0, of (x + above_) whether it is beyond the alleles.
    const std::uint64_t plain = (alleles + low_bits) & ~(alleles + above_) & ~word & high_bits;
    if (plain != high_bits) return -1;
    const std::uint64_t hits = (~((alleles ^ counted_) + low_bits) & high_bits) >> 7U;
    const std::uint64_t copies = (hits + (hits >> 8U)) & lanes * 3;
    // Bits 0, 16, 32 and 48 move to 48, 50, 52 and 54.
    constexpr std::uint64_t gather = 1ULL << 48U | 1ULL << 34U | 1ULL << 20U | 1ULL << 6U;
    return static_cast<int>((codes_of(copies, lanes) * gather) >> 48U & 0xFFU);
  }

 private:
  static constexpr std::uint64_t low_bits = all_bytes(0x7F);
  static constexpr std::uint64_t high_bits = all_bytes(0x80);
  static constexpr std::uint64_t lanes = 0x0001000100010001U;

  std::uint64_t counted_;
  std::uint64_t above_;
};

/// Four diploid samples of text, `0|1<tab>1|1<tab>...`, of a record with one alternative.
class TextFour {
 public:
  /// Returns the codes; -1: one of the samples is missing or not plain. Reads sixteen bytes.
  [[nodiscard]] int operator()(const char* at) const {
    const int low = two(load(at));
    const int high = two(load(at + 8));
    return low < 0 || high < 0 ? -1 : low | high << 4;
  }

 private:
  static constexpr std::uint64_t words(std::uint32_t sample) { return std::uint64_t{sample} << 32U | sample; }

  [[nodiscard]] static int two(std::uint64_t word) {
    constexpr std::uint64_t ones = words(0x00010001);
    std::uint64_t hits = word ^ words(0x09307C30);             // "0|0\t"
    if ((hits & ~ones) != 0) hits = word ^ words(0x09302F30);  // "0/0\t"
    if ((hits & ~ones) != 0) return -1;
    constexpr std::uint64_t lanes = words(1);
    const std::uint64_t codes = codes_of((hits + (hits >> 16U)) & lanes * 3, lanes);
    return static_cast<int>((codes | codes >> 30U) & 0xFU);
  }
};

bool fill_haploid(std::span<const std::uint8_t> bytes, CountedAllele allele, std::span<std::uint8_t> row) {
  return fill(bytes.size(), row, one_by_one,
              [&](std::size_t k) { return code_of(allele_of_byte(bytes[k]), RecordGenotype::no_copy, allele); });
}

}  // namespace

std::uint8_t bed_code_of(const RecordGenotype& genotype, int allele) {
  if (genotype.polyploid || genotype.evidence >= Evidence::failed_filter) return bed_code::missing;
  return code_of(genotype.first, genotype.second, {allele, no_allele});
}

void fill_bed_row(std::span<const RecordGenotype> genotypes, CountedAllele allele, std::span<std::uint8_t> row) {
  (void)fill(genotypes.size(), row, one_by_one,
             [&](std::size_t k) { return bed_code_of(genotypes[k], allele.number); });
}

bool fill_bed_row(std::span<const std::uint8_t> bytes, int ploidy, CountedAllele allele, std::span<std::uint8_t> row) {
  if (ploidy == 1) return fill_haploid(bytes, allele, row);
  const PackedFour four{allele};
  return fill(
      bytes.size() / 2, row, [&](std::size_t sample) { return four(load(bytes.data() + 2 * sample)); },
      [&](std::size_t k) { return code_of(allele_of_byte(bytes[2 * k]), allele_of_byte(bytes[2 * k + 1]), allele); });
}

bool fill_bed_row(std::string_view text, CountedAllele allele, std::span<std::uint8_t> row) {
  const std::size_t samples = (text.size() + 1) / 4;
  if (text.size() % 4 != 3) return false;
  const auto code_at = [&](std::size_t k) {
    const char* at = text.data() + 4 * k;
    const bool plain = (at[1] == '|' || at[1] == '/') && (k + 1 == samples || at[3] == '\t');
    return plain ? code_of(allele_of_char(at[0]), allele_of_char(at[2]), allele) : refused;
  };
  if (allele.of != 2) return fill(samples, row, one_by_one, code_at);
  const TextFour four;
  // Behind the last sample there is no tab.
  return fill(
      samples, row, [&](std::size_t k) { return k + 4 < samples ? four(text.data() + 4 * k) : -1; }, code_at);
}

}  // namespace stardose::genomics
