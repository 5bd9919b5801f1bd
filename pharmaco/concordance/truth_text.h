// How studies write the truth: alternatives, doubts and lists.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

/// One reading of a truth: its haplotypes as written, or the alleles of both strands together.
struct TruthCandidate {
  std::vector<std::string> haplotypes;
  bool is_list = false;    ///< `c.85T>C het, c.496A>G hom`: alleles with their number, strands not told apart
  bool one_assay = false;  ///< rests on what stands in parentheses: one assay only
};

/// Says whether a text is the name of an allele, as some names have parentheses and signs of their own.
using IsName = std::function<bool(std::string_view)>;

/// Returns every reading of the text:
/// - `A or B`, `A;B`, and `A,B` where both have a slash: either; `*1/*2;*3`: the last haplotype is *2 or *3
/// - `*1/(*2)`, `(*1/*2)`: *2, by one assay only; `*1/(2,10)`: 2 or 10; `(*28 + *60)`: one haplotype, no doubt
/// - `*2 (*35)/*4`, `*1/*1 (*1/*17)`: without, or by one assay with, what stands in parentheses
/// - `(*68)+*4`: with (by one assay) or without it
/// - `*36?`, `6*`: the mark at the end is left out; `?` counts as one assay
/// - `a het, b hom`: a list
/// Readings that leave an allele open (`undefined`, `?`) are left out. None: the text states nothing (`no consensus`).
[[nodiscard]] std::vector<TruthCandidate> read_truth(std::string_view text, const IsName& is_name);

}  // namespace stardose::pharmaco
