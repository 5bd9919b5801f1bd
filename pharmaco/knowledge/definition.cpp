// Alleles and ambiguity letters.
#include "pharmaco/knowledge/definition.h"

namespace stardose::pharmaco {

namespace {

// IUPAC nucleotide codes (NC-IUB 1984, Nucleic Acids Res 13:3021).
std::string_view iupac_bases(char letter) {
  switch (letter) {
    case 'R': return "AG";
    case 'Y': return "CT";
    case 'S': return "CG";
    case 'W': return "AT";
    case 'K': return "GT";
    case 'M': return "AC";
    case 'B': return "CGT";
    case 'D': return "AGT";
    case 'H': return "ACT";
    case 'V': return "ACG";
    case 'N': return "ACGT";
    default: return {};
  }
}

}  // namespace

std::uint64_t allowed_alleles(const genomics::Site& site, std::string_view text) {
  std::uint64_t bits = 0;
  const auto add = [&](std::string_view allele) {
    if (allele == site.ref) bits |= 1U;
    for (std::size_t k = 0; k < site.alts.size(); ++k) {
      if (allele == site.alts[k]) bits |= std::uint64_t{1} << (k + 1);
    }
  };
  add(text);
  if (bits == 0 && text.size() == 1) {
    const std::string_view bases = iupac_bases(text.front());
    for (std::size_t i = 0; i < bases.size(); ++i) add(bases.substr(i, 1));
  }
  return bits;
}

}  // namespace stardose::pharmaco
