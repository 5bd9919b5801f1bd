// What a reference population scores, and how common effect alleles are there.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

struct ReferenceDistribution {
  double mean = 0;
  double deviation = 0;
};

/// By the name of the score.
using ReferenceScores = std::map<std::string, ReferenceDistribution, std::less<>>;

/// Reads a table, plain or compressed by gzip, with a header and tabs: columns `score`, `mean` and `sd`; or a line for
/// each person of the population, with `PGS` and `SUM` among its columns, as the PGS Catalog Calculator writes it.
/// Throws InputError (input) for other tables, and for a score without spread.
[[nodiscard]] ReferenceScores read_reference_scores(const std::string& path);

/// Replaces frequencies of effect alleles by those of a table with the PGS Catalog's columns chr_name, chr_position,
/// effect_allele, other_allele and allelefrequency_effect, on the assembly of the files. Returns how many were
/// replaced. Throws InputError (input).
std::size_t read_frequencies(const std::string& path, std::vector<ScoringFile>& files);

}  // namespace stardose::pharmaco
