// Decoding of plain genotypes.
#include "genomics/io/plain_genotypes.h"

#include <algorithm>
#include <array>

#include "genomics/io/typed_values.h"

namespace stardose::genomics {

namespace {

constexpr std::int16_t no_allele = INT16_MAX;  // beyond the alleles of any record

// A byte of GT is (allele + 1) << 1 | phased; 0x80 is a missing value and 0x81 the end of a shorter vector.
constexpr std::array<std::int16_t, 256> allele_of_byte = [] {
  std::array<std::int16_t, 256> alleles{};
  for (int byte = 0; byte < 256; ++byte) {
    alleles[static_cast<std::size_t>(byte)] = byte < 0x80 ? static_cast<std::int16_t>((byte >> 1) - 1) : no_allele;
  }
  alleles[0x80] = RecordGenotype::missing;
  alleles[0x81] = RecordGenotype::no_copy;
  return alleles;
}();

constexpr std::array<std::int16_t, 256> allele_of_char = [] {
  std::array<std::int16_t, 256> alleles{};
  alleles.fill(no_allele);
  for (int digit = 0; digit < 10; ++digit) {
    alleles[static_cast<std::size_t>('0' + digit)] = static_cast<std::int16_t>(digit);
  }
  alleles['.'] = RecordGenotype::missing;
  return alleles;
}();

std::int16_t allele_at(std::string_view text, std::size_t at) {
  return allele_of_char[static_cast<unsigned char>(text[at])];
}

constexpr std::size_t format_size = 4;  // `GT` between its tabs

std::size_t columns_size(int samples) { return static_cast<std::size_t>(samples) * 4 - 1; }

template <class Alleles>
bool decode_each(int alleles, std::span<const int> columns, std::vector<RecordGenotype>& into,
                 const Alleles& alleles_of) {
  into.resize(columns.size());
  const auto known = static_cast<unsigned>(alleles);
  bool plain = true;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const RecordGenotype genotype = alleles_of(static_cast<std::size_t>(columns[i]));
    plain &= static_cast<unsigned>(genotype.first + 1) < known + 1;
    plain &= static_cast<unsigned>(genotype.second + 2) < known + 2;
    into[i] = genotype;
  }
  return plain;
}

}  // namespace

std::optional<PackedGenotypes> find_packed(const bcf1_t& record, int gt_id) {
  if (gt_id < 0) return std::nullopt;
  const auto samples = static_cast<std::size_t>(record.n_sample);
  TypedValues values{{reinterpret_cast<const std::uint8_t*>(record.indiv.s), record.indiv.l}};
  for (unsigned k = 0; k < record.n_fmt; ++k) {
    int id = 0;
    int type = 0;
    int count = 0;
    std::span<const std::uint8_t> bytes;
    if (!values.integer(id) || !values.type(type, count) || count < 0) return std::nullopt;
    if (!values.take(TypedValues::size_of(type) * static_cast<std::size_t>(count) * samples, bytes))
      return std::nullopt;
    if (id != gt_id) continue;
    if (type != BCF_BT_INT8 || count < 1 || count > 2) return std::nullopt;
    return PackedGenotypes{bytes, count};
  }
  return std::nullopt;
}

bool decode(const PackedGenotypes& packed, int alleles, std::span<const int> columns,
            std::vector<RecordGenotype>& into) {
  const std::uint8_t* const bytes = packed.bytes.data();
  if (packed.ploidy == 1) {
    return decode_each(alleles, columns, into, [bytes](std::size_t column) {
      return RecordGenotype{allele_of_byte[bytes[column]], RecordGenotype::no_copy, false, false};
    });
  }
  // Most samples show what the one before them shows.
  RecordGenotype before;
  std::uint16_t bytes_before = 0;
  bool is_first = true;
  return decode_each(alleles, columns, into, [&, bytes](std::size_t column) {
    const std::uint8_t second = bytes[2 * column + 1];
    const auto both = static_cast<std::uint16_t>(bytes[2 * column] << 8 | second);
    if (both == bytes_before && !is_first) return before;
    is_first = false;
    bytes_before = both;
    const bool one_copy = second == 0x81;
    before = {allele_of_byte[bytes[2 * column]], allele_of_byte[second], !one_copy && (second & 1) != 0, false};
    return before;
  });
}

bool looks_plain(std::string_view line, int samples) {
  if (samples <= 0 || line.size() < format_size + columns_size(samples)) return false;
  const std::string_view front = without_genotypes(line, samples);
  return line.substr(front.size(), format_size) == "\tGT\t" && std::ranges::count(front, '\t') == 7;
}

std::string_view columns_of_plain(std::string_view line, int samples) {
  return line.substr(line.size() - columns_size(samples));
}

std::optional<std::string_view> find_plain_columns(std::string_view line, int samples) {
  if (!looks_plain(line, samples)) return std::nullopt;
  const std::string_view text = columns_of_plain(line, samples);
  const std::size_t size = text.size();
  bool plain = true;
  for (std::size_t at = 0; at < size; at += 4) {
    const char bar = text[at + 1];
    plain &= allele_at(text, at) != no_allele && allele_at(text, at + 2) != no_allele;
    plain &= bar == '/' || bar == '|';
    plain &= at + 3 == size || text[at + 3] == '\t';
  }
  return plain ? std::optional{text} : std::nullopt;
}

std::string_view without_genotypes(std::string_view line, int samples) {
  return line.substr(0, line.size() - columns_size(samples) - format_size);
}

bool decode(std::string_view text, int alleles, std::span<const int> columns, std::vector<RecordGenotype>& into) {
  return decode_each(alleles, columns, into, [text](std::size_t column) {
    return RecordGenotype{allele_at(text, 4 * column), allele_at(text, 4 * column + 2), text[4 * column + 1] == '|',
                          false};
  });
}

}  // namespace stardose::genomics
