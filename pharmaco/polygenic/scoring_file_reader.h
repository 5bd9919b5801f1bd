// Reading scoring files: those of the PGS Catalog (format 2.0), and tables of several scores.
#pragma once

#include <optional>
#include <string>

#include "genomics/basics/assembly.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// Reads a file, plain or compressed by gzip. `wanted`: the assembly that positions must be on; nullopt: any,
/// preferably those that the Catalog has harmonised (hm_chr, hm_pos).
///
/// A row that no genotype can match (HLA alleles, haplotypes, no position) keeps its place and its reason. A table of
/// several scores has the columns ID (`chrom:pos:ref:alt`), effect_allele and one for each score, as `plink2 --score`
/// takes it.
///
/// Throws InputError (input) for a file that cannot be read, lacks a column, or has a value that cannot be one, with
/// its line; (mismatch) for positions on another assembly.
[[nodiscard]] ScoringFile read_scoring_file(const std::string& path, std::optional<genomics::Assembly> wanted);

}  // namespace stardose::pharmaco
