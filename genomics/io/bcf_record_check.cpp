// Going over a packed record once.
#include "genomics/io/bcf_record_check.h"

#include <algorithm>
#include <cstddef>

#include "genomics/io/typed_values.h"

namespace stardose::genomics {

namespace {

constexpr const char* other_lengths = "the record's fields are not as long, or as many, as it says";
constexpr const char* no_name = "a field of the record has no name in the header";
constexpr const char* no_allele = "a genotype names an allele that the record lacks";

using Bytes = std::span<const std::uint8_t>;

bool take_value(TypedValues& values, int& type, std::size_t samples, Bytes& bytes) {
  int count = 0;
  if (!values.type(type, count) || count < 0) return false;
  return values.take(TypedValues::size_of(type) * static_cast<std::size_t>(count) * samples, bytes);
}

bool take_text(TypedValues& values) {
  int type = 0;
  Bytes bytes;
  return take_value(values, type, 1, bytes) && (type == BCF_BT_CHAR || bytes.empty());
}

/// An allele's number and phase, a value that is missing, or the end of a shorter genotype.
template <class Read>
bool are_alleles(Bytes bytes, std::size_t size, std::int64_t alleles, std::int64_t missing, const Read& read) {
  bool good = true;
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    const std::int64_t value = read(bytes.data() + at);
    good &= value == missing || value == missing + 1 || (value >= 0 && (value >> 1) <= alleles);
  }
  return good;
}

/// The same of a byte each, many at a time: this is nearly all of a cohort's file.
bool are_alleles(Bytes bytes, unsigned alleles) {
  constexpr std::uint8_t missing = 0x80;
  constexpr std::uint8_t end = 0x81;
  const auto largest = static_cast<std::uint8_t>(std::min(2 * alleles + 1, 0x7FU));
  std::uint8_t bad = 0;
  for (const std::uint8_t byte : bytes) {
    bad =
        static_cast<std::uint8_t>(bad | (static_cast<unsigned>(byte > largest) &
                                         static_cast<unsigned>(byte != missing) & static_cast<unsigned>(byte != end)));
  }
  return bad == 0;
}

bool are_genotypes(Bytes bytes, int type, unsigned alleles) {
  switch (type) {
    case BCF_BT_INT8: return are_alleles(bytes, alleles);
    case BCF_BT_INT16: return are_alleles(bytes, 2, alleles, INT16_MIN, [](const auto* at) { return little_i16(at); });
    case BCF_BT_INT32: return are_alleles(bytes, 4, alleles, INT32_MIN, [](const auto* at) { return little_i32(at); });
    default: return bytes.empty();
  }
}

const char* fault_in_field(TypedValues& values, const PackedCounts& counts, bool is_of_samples) {
  int name = 0;
  int type = 0;
  Bytes bytes;
  if (!values.integer(name) || !take_value(values, type, is_of_samples ? counts.samples : 1, bytes))
    return other_lengths;
  if (name < 0 || name >= counts.names) return no_name;
  const bool is_genotype = is_of_samples && name == counts.genotype;
  return is_genotype && !are_genotypes(bytes, type, counts.alleles) ? no_allele : nullptr;
}

}  // namespace

const char* fault_in_packed(Bytes shared, Bytes individual, const PackedCounts& counts) {
  TypedValues of_record{shared};
  if (!take_text(of_record)) return other_lengths;  // ID
  for (unsigned k = 0; k < counts.alleles; ++k) {
    if (!take_text(of_record)) return other_lengths;
  }
  int type = 0;
  Bytes filters;
  if (!take_value(of_record, type, 1, filters)) return other_lengths;
  for (unsigned k = 0; k < counts.info; ++k) {
    if (const char* fault = fault_in_field(of_record, counts, false)) return fault;
  }
  TypedValues of_samples{individual};
  for (unsigned k = 0; k < counts.formats; ++k) {
    if (const char* fault = fault_in_field(of_samples, counts, true)) return fault;
  }
  return of_record.at_end() && of_samples.at_end() ? nullptr : other_lengths;
}

}  // namespace stardose::genomics
