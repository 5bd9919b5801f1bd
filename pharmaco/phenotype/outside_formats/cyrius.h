// Calls by Cyrius: its table and its JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/phenotype/outside_formats/foreign_call.h"

namespace stardose::pharmaco {

/// `Sample Genotype Filter`, a row a sample. Genotypes joined by `;` are all possible; alleles joined by `_` are on
/// chromosomes that nobody knows, which is no result; so is `None`.
[[nodiscard]] std::vector<ForeignCall> read_cyrius_table(const std::string& path, std::string_view text);

/// An object of the samples. `text` is what it was parsed from, for messages.
[[nodiscard]] std::vector<ForeignCall> read_cyrius_json(const std::string& path, std::string_view text,
                                                        const nlohmann::ordered_json& json);

/// Whether every member has what Cyrius says of a sample.
[[nodiscard]] bool is_cyrius(const nlohmann::ordered_json& json);

}  // namespace stardose::pharmaco
