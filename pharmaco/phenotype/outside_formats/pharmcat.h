// Calls by PharmCAT: its reports as JSON and its table of calls.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/phenotype/outside_formats/foreign_call.h"

namespace stardose::pharmaco {

/// report.json or phenotype.json, of version 2 (by source) or 3. Genes that it was given nothing about are left out;
/// one that it could not call is without a result. Where it matched parts of haplotypes, the diplotype that it bases
/// its own advice on is taken.
[[nodiscard]] std::vector<ForeignCall> read_pharmcat_json(const std::string& path, std::string_view text,
                                                          const nlohmann::ordered_json& json);
[[nodiscard]] bool is_pharmcat(const nlohmann::ordered_json& json);

/// The table of calls (`-reporterCallsOnlyTsv`), with or without the column `Sample ID`.
[[nodiscard]] std::vector<ForeignCall> read_pharmcat_table(const std::string& path, std::string_view text);
[[nodiscard]] bool is_pharmcat_table(std::string_view text);

}  // namespace stardose::pharmaco
