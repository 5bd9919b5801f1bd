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

constexpr std::array<std::uint8_t, 3> code_of_copies = {bed_code::no_copy, bed_code::one_copy, bed_code::two_copies};

// By eight alleles as bits, set where an allele is the one that is counted: the codes of their four samples.
constexpr std::array<std::uint8_t, 256> codes_of_hits = [] {
  std::array<std::uint8_t, 256> codes{};
  for (unsigned hits = 0; hits < 256; ++hits) {
    for (unsigned k = 0; k < 8; k += 2) {
      const unsigned code = code_of_copies[(hits >> k & 1U) + (hits >> (k + 1) & 1U)];
      codes[hits] = static_cast<std::uint8_t>(codes[hits] | code << k);
    }
  }
  return codes;
}();

/// Returns the lowest bits of the eight bytes, which have no others, as one byte.
constexpr unsigned gather(std::uint64_t bits) { return static_cast<unsigned>(bits * 0x0102040810204080U >> 56U); }
static_assert(gather(0x0100010100000001U) == 0b10110001);

constexpr std::uint8_t code_of(int first, int second, CountedAllele allele) {
  if (first >= allele.of || second >= allele.of) return refused;
  if (second == RecordGenotype::no_copy) second = first;
  if (first < 0 || second < 0) return bed_code::missing;
  const int copies = (first == allele.number ? 1 : 0) + (second == allele.number ? 1 : 0);
  return code_of_copies[static_cast<std::size_t>(copies)];
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

/// Codes of samples [begin, end), four at the most, as the bits of a byte; -1: one of them is refused.
template <class Code>
int slow_codes(std::size_t begin, std::size_t end, const Code& code_at) {
  unsigned codes = 0;
  for (std::size_t k = begin; k < end; ++k) {
    const std::uint8_t code = code_at(k);
    if (code == refused) return -1;
    codes |= unsigned{code} << (2 * (k - begin));
  }
  return static_cast<int>(codes);
}

/// Fills a row by `codes_at(sample)`, which knows four samples' codes at once or gives -1, and `code_at(sample)`; false
/// as soon as a code is refused.
template <class Codes, class Code>
bool fill(std::size_t samples, std::span<std::uint8_t> row, const Codes& codes_at, const Code& code_at) {
  const std::size_t whole = samples / 4;
  for (std::size_t byte = 0; byte < whole; ++byte) {
    int codes = codes_at(4 * byte);
    if (codes < 0) [[unlikely]] {
      codes = slow_codes(4 * byte, 4 * byte + 4, code_at);
      if (codes < 0) return false;
    }
    row[byte] = static_cast<std::uint8_t>(codes);
  }
  if (samples % 4 == 0) return true;
  const int codes = slow_codes(4 * whole, samples, code_at);
  row[whole] = static_cast<std::uint8_t>(codes);
  return codes >= 0;
}

constexpr auto one_by_one = [](std::size_t) { return -1; };

/// Four diploid samples of packed GT in one word; -1: one of them is missing, has one copy, or is not plain.
int four_of_two_alleles(std::uint64_t word) {
  // Bytes from 2 to 5 are plain, and their third bit is the allele. A byte below 2 borrows, and stays seen.
  if (((word - all_bytes(2)) & all_bytes(0xFC)) != 0) return -1;
  return codes_of_hits[gather(word >> 2U & all_bytes(1))];
}

/// The same for any number of alleles.
class FourOfMany {
 public:
  explicit FourOfMany(CountedAllele allele)
      : counted_{all_bytes(static_cast<unsigned>(allele.number) + 1)},
        above_{all_bytes(0x7F - std::min(static_cast<unsigned>(allele.of), 0x7EU))} {}

  [[nodiscard]] int operator()(std::uint64_t word) const {
    const std::uint64_t alleles = (word >> 1U) & low_bits;  // each plus one; 0: missing
    // The highest bit of a byte of (x + 0x7F) says whether x > 0, of (x + above_) whether it is beyond the alleles.
    const std::uint64_t plain = (alleles + low_bits) & ~(alleles + above_) & ~word & high_bits;
    if (plain != high_bits) return -1;
    return codes_of_hits[gather((~((alleles ^ counted_) + low_bits) & high_bits) >> 7U)];
  }

 private:
  static constexpr std::uint64_t low_bits = all_bytes(0x7F);
  static constexpr std::uint64_t high_bits = all_bytes(0x80);

  std::uint64_t counted_;
  std::uint64_t above_;
};

// By the eight alleles of four samples of text as bits, the last two samples' between those of the first two.
constexpr std::array<std::uint8_t, 256> codes_of_text_hits = [] {
  std::array<std::uint8_t, 256> codes{};
  for (unsigned mixed = 0; mixed < 256; ++mixed) {
    unsigned hits = 0;
    for (unsigned k = 0; k < 8; ++k) hits |= (mixed >> k & 1U) << (k / 2 + k % 2 * 4);
    codes[mixed] = codes_of_hits[hits];
  }
  return codes;
}();

constexpr std::uint64_t two_samples(std::uint32_t sample) { return std::uint64_t{sample} << 32U | sample; }

/// Four diploid samples of text, `0|1<tab>1|1<tab>...`, of a record with one alternative; -1: one of them is missing or
/// not plain. Reads sixteen bytes.
int four_of_text(const char* at) {
  constexpr std::uint64_t alleles = two_samples(0x00010001);
  constexpr std::uint64_t phased = two_samples(0x09307C30);    // "0|0" and a tab
  constexpr std::uint64_t unphased = two_samples(0x09302F30);  // "0/0" and a tab
  std::uint64_t first = load(at) ^ phased;
  std::uint64_t last = load(at + 8) ^ phased;
  if (((first | last) & ~alleles) != 0) {
    first ^= phased ^ unphased;
    last ^= phased ^ unphased;
    if (((first | last) & ~alleles) != 0) return -1;
  }
  return codes_of_text_hits[gather(first | last << 8U)];
}

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
  const std::uint8_t* const at = bytes.data();
  const std::size_t samples = bytes.size() / 2;
  const auto code_at = [&](std::size_t k) {
    return code_of(allele_of_byte(at[2 * k]), allele_of_byte(at[2 * k + 1]), allele);
  };
  if (allele.of == 2) {
    return fill(
        samples, row, [&](std::size_t k) { return four_of_two_alleles(load(at + 2 * k)); }, code_at);
  }
  const FourOfMany four{allele};
  return fill(
      samples, row, [&](std::size_t k) { return four(load(at + 2 * k)); }, code_at);
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
  // Behind the last sample there is no tab.
  return fill(
      samples, row, [&](std::size_t k) { return k + 4 < samples ? four_of_text(text.data() + 4 * k) : -1; }, code_at);
}

}  // namespace stardose::genomics
