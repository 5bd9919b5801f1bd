// Genotypes of the shapes that nearly all records have, decoded without HTSlib. Every other shape is HTSlib's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "genomics/sites/genotype_table.h"

namespace stardose::genomics {

/// GT of a packed record: a byte an allele, one or two alleles a sample.
struct PackedGenotypes {
  std::span<const std::uint8_t> bytes;
  int ploidy = 0;
};

/// Finds GT (`gt_id` in the header's dictionary) in a record that was read but not unpacked. Returns nullopt when it
/// has none, or none of a byte an allele and at most two alleles.
[[nodiscard]] std::optional<PackedGenotypes> find_packed(const bcf1_t& record, int gt_id);

/// Fills one entry for each of `columns`. Returns false, and leaves `into` unspecified, where a value is not that of a
/// haploid or diploid genotype of the record's alleles.
[[nodiscard]] bool decode(const PackedGenotypes& packed, int alleles, std::span<const int> columns,
                          std::vector<RecordGenotype>& into);

/// Returns the text of the sample columns when each is a GT and nothing else: one digit or `.`, `/` or `|`, one digit
/// or `.`. nullopt: another shape. `line` is a line of a VCF with `samples` columns.
[[nodiscard]] std::optional<std::string_view> find_plain_columns(std::string_view line, int samples);

/// Returns whether a line has the length, the columns in front and the FORMAT of one that find_plain_columns() knows.
[[nodiscard]] bool looks_plain(std::string_view line, int samples);
/// The text behind FORMAT. Requires: looks_plain().
[[nodiscard]] std::string_view columns_of_plain(std::string_view line, int samples);
/// The part of a line in front of FORMAT. Requires: looks_plain().
[[nodiscard]] std::string_view without_genotypes(std::string_view line, int samples);

/// As decode() above, of what find_plain_columns() returned.
[[nodiscard]] bool decode(std::string_view text, int alleles, std::span<const int> columns,
                          std::vector<RecordGenotype>& into);

}  // namespace stardose::genomics
