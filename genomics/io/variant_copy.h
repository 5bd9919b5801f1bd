// A variant file written again with values added to some of its records, and nothing else changed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/variant_file.h"
#include "genomics/io/variant_output.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// A field that the input does not have, of text.
struct AddedField {
  std::string name;
  std::string number;  ///< as the header has it: `.`, `A`
  std::string description;
};

/// What is added to every record that gets anything: all these fields.
struct AddedFields {
  std::vector<AddedField> info;
  std::vector<AddedField> format;
  std::string source;   ///< for the header: who adds them
  std::string version;  ///< likewise
};

/// The values for one record, each encoded as percent_encoded() has it, or several joined by commas.
struct AddedValues {
  std::vector<std::string> info;                       ///< one a field; `.`: the field is left out
  std::vector<std::vector<std::string_view>> samples;  ///< by field and sample; views into what the giver keeps
};

/// Returns whether the record gets values, and fills them in.
using GiveValues = std::function<bool(const VariantRecord& record, AddedValues& values)>;

struct CopySummary {
  std::uint64_t records = 0;
  std::uint64_t annotated = 0;
  bool stopped = false;  ///< nothing was named
};

/// Copies all records in their order; `give` is asked about those near one of the sites. From VCF to VCF it is the
/// text that is copied: every byte but the values added. Otherwise HTSlib goes from the one format to the other, as it
/// does for bcftools. Throws InputError for what VariantFile refuses, for a file that has one of the fields already,
/// and for a VCF that declares too little to be a BCF.
[[nodiscard]] CopySummary copy_variants(const std::string& input, const VariantOutput& output,
                                        const AddedFields& fields, const SiteIndex& sites, const GiveValues& give,
                                        const std::stop_token& stop);

}  // namespace stardose::genomics
