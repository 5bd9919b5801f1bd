// Header keys, column names, and the choice between harmonised and original positions.
#include "pharmaco/polygenic/scoring_header.h"

#include <filesystem>

#include "genomics/input_error.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

using genomics::Assembly;
using genomics::Fault;
using genomics::InputError;

constexpr std::array<std::string_view, static_cast<std::size_t>(ScoreColumn::count)> column_names = {
    "chr_name",        "chr_position",           "effect_allele",
    "other_allele",    "effect_weight",          "dosage_0_weight",
    "dosage_1_weight", "dosage_2_weight",        "is_dominant",
    "is_recessive",    "is_haplotype",           "is_diplotype",
    "is_interaction",  "allelefrequency_effect", "hm_chr",
    "hm_pos",          "hm_inferOtherAllele",
};

constexpr const char* fetch_help = "fetch the file that the PGS Catalog has harmonised to the input's assembly";

void hear_key(ScoringHeader& header, std::string& pgs_name, std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return;
  const std::string_view key = trimmed(line.substr(1, equals - 1));
  const std::string value{trimmed(line.substr(equals + 1))};
  if (key == "pgs_id") header.name = value;
  if (key == "pgs_name") pgs_name = value;
  if (key == "genome_build") header.genome_build = value;
  if (key == "HmPOS_build") header.harmonised_build = value;
  if (key == "weight_type") header.weight_type = value;
  if (key == "format_version") header.format_version = value;
  if (key == "variants_number") header.variants_number = value;
}

/// The file's own name without folder and endings.
std::string name_of(const std::string& path) {
  std::string name = std::filesystem::path{path}.filename().string();
  for (const std::string_view ending : {".gz", ".txt", ".tsv"}) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

bool names_no_build(std::string_view build) { return build.empty() || folded(build) == "nr" || folded(build) == "na"; }

}  // namespace

ScoreColumns::ScoreColumns(const genomics::TextLines& lines, std::string_view line) {
  places_.fill(-1);
  for (const std::string_view name : split(line, "\t")) {
    const std::string_view trimmed_name = trimmed(name);
    for (std::size_t k = 0; k < column_names.size(); ++k) {
      if (column_names[k] != trimmed_name) continue;
      if (places_[k] >= 0) lines.fail("the column is there twice: " + std::string{trimmed_name}, "remove one of them");
      places_[k] = static_cast<int>(names_.size());
    }
    names_.emplace_back(trimmed_name);
  }
}

std::string read_scoring_header(genomics::TextLines& lines, ScoringHeader& header) {
  std::string pgs_name;
  std::string first;
  for (std::string_view line; first.empty() && lines.next(line);) {
    if (trimmed(line).empty()) continue;
    if (line.front() == '#' && !line.starts_with("#ID\t")) {
      hear_key(header, pgs_name, line);
    } else {
      first = line;
    }
  }
  if (first.empty()) {
    throw InputError{Fault::input,
                     {lines.path(), "", "holds no table of variants", "give a scoring file of the PGS Catalog"}};
  }
  if (header.name.empty()) header.name = pgs_name.empty() ? name_of(lines.path()) : pgs_name;
  if (!header.format_version.empty() && !header.format_version.starts_with("2.")) {
    throw InputError{Fault::input,
                     {lines.path(), "", "its format_version is " + header.format_version + ", and 2.0 is read",
                      "fetch the file again from the PGS Catalog"}};
  }
  return first;
}

PositionColumns choose_positions(const std::string& path, const ScoringHeader& header, const ScoreColumns& columns,
                                 std::optional<Assembly> wanted) {
  const PositionColumns harmonised{ScoreColumn::hm_chr, ScoreColumn::hm_pos,
                                   assembly_of_build(header.harmonised_build)};
  const PositionColumns original{ScoreColumn::chr_name, ScoreColumn::chr_position,
                                 assembly_of_build(header.genome_build)};
  const bool has_harmonised = columns.has(ScoreColumn::hm_chr) && columns.has(ScoreColumn::hm_pos);
  const bool has_original = columns.has(ScoreColumn::chr_name) && columns.has(ScoreColumn::chr_position);
  if (!has_harmonised && !has_original) {
    throw InputError{Fault::input,
                     {path, "",
                      "says of no variant where it is: there are neither columns hm_chr and hm_pos nor chr_name and "
                      "chr_position",
                      fetch_help}};
  }
  if (has_harmonised && (!wanted || harmonised.assembly == wanted)) return harmonised;
  if (has_original && wanted && original.assembly == wanted) return original;
  if (!has_harmonised && (!wanted || names_no_build(header.genome_build))) return original;
  const std::string build = has_harmonised ? header.harmonised_build : header.genome_build;
  throw InputError{Fault::mismatch,
                   {path, "header",
                    "its positions are on " + (build.empty() ? "an assembly that it does not name" : build) +
                        ", and the input is on " + std::string{to_string(*wanted)},
                    fetch_help}};
}

}  // namespace stardose::pharmaco
