// Calls by Aldy: its table of decompositions and its VCF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/phenotype/outside_formats/foreign_call.h"

namespace stardose::pharmaco {

/// `#Sample Gene SolutionID Major ...`: a row for each variant of each copy; each solution of a gene is a diplotype.
[[nodiscard]] std::vector<ForeignCall> read_aldy_table(const std::string& path, std::string_view text);

/// A VCF with a column `SAMPLE:NUMBER:DIPLOTYPE` for each solution.
[[nodiscard]] std::vector<ForeignCall> read_aldy_vcf(const std::string& path, std::string_view text);

}  // namespace stardose::pharmaco
