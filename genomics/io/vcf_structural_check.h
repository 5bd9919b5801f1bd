// Structural variants as VCF 4.4 and later describe them: rules over several columns of a line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace stardose::genomics {

/// Returns whether a symbolic allele's name (without its brackets) may be one: of several levels (DEL:ME:ALU), the
/// first must be of the specification or of a program known to mean no harm by it.
[[nodiscard]] bool is_known_symbol(std::string_view name);

/// Returns how many repeat sequences the record's alleles <CNV:TR> have by INFO/RN; nullopt: it has no such allele, or
/// no number can be told.
[[nodiscard]] std::optional<std::size_t> repeat_sequences(std::string_view alts, std::string_view info);

/// Returns whether the alleles <CNV>, <DEL> and <DUP> have several SVLEN, of which FORMAT/CN can count only one.
[[nodiscard]] bool has_several_lengths(std::string_view alts, std::string_view info);

}  // namespace stardose::genomics
