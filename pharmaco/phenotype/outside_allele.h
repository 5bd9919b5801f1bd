// The alleles that an outside call names, in the catalogue's names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/gene.h"

namespace stardose::pharmaco {

/// One haplotype of an outside call.
struct OutsideHaplotype {
  std::string name;                       ///< as reported: suballeles trimmed, copies as the catalogue writes them
  std::optional<std::size_t> allele;      ///< a single named allele
  std::optional<ActivityScore> activity;  ///< summed over copies; nullopt: not known
};

/// Understands a haplotype: a name, its core (`*4.024` -> `*4`), copies (`*2x3`, `*2xN`, `*2x>=3`) and tandems
/// (`*36+*10`). Copies from three on take the name that the catalogue has for them (`*1x>=3`), where it has one. What
/// is not understood keeps its name.
[[nodiscard]] OutsideHaplotype read_outside_haplotype(const Gene& gene, std::string_view text);

/// `HLA-B*57:01:01G` and `B*57:01`: `*57:01`. Empty for what is no typing result of two fields at least, such as `*57`,
/// `*57:XX` or a null allele `*57:01N`: such a name rules no allele out.
[[nodiscard]] std::string two_fields(const Gene& gene, std::string_view name);

/// Returns `*57:01 positive` or `*57:01 negative` for the gene's alleles; negative only where every name is understood.
[[nodiscard]] std::vector<std::string> presence(const Gene& gene, const std::vector<std::string_view>& haplotypes);

}  // namespace stardose::pharmaco
