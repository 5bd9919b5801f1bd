// The lines in front of a scoring file's table, and which positions of it to use.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/text_lines.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// Columns that are looked at, by the names of the PGS Catalog.
enum class ScoreColumn {
  chr_name,
  chr_position,
  effect_allele,
  other_allele,
  effect_weight,
  dosage_0_weight,
  dosage_1_weight,
  dosage_2_weight,
  is_dominant,
  is_recessive,
  is_haplotype,
  is_diplotype,
  is_interaction,
  allelefrequency_effect,
  hm_chr,
  hm_pos,
  hm_infer_other_allele,
  count,
};

/// Where the columns are.
class ScoreColumns {
 public:
  /// `line`: the table's first. Throws InputError (input) at it when a name stands twice.
  ScoreColumns(const genomics::TextLines& lines, std::string_view line);

  [[nodiscard]] bool has(ScoreColumn column) const { return places_[static_cast<std::size_t>(column)] >= 0; }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// Returns the row's cell; empty where there is none.
  [[nodiscard]] std::string_view cell(const std::vector<std::string_view>& row, ScoreColumn column) const {
    const int place = places_[static_cast<std::size_t>(column)];
    return place < 0 || static_cast<std::size_t>(place) >= row.size() ? std::string_view{}
                                                                      : row[static_cast<std::size_t>(place)];
  }

 private:
  std::vector<std::string> names_;
  std::array<int, static_cast<std::size_t>(ScoreColumn::count)> places_{};
};

/// Reads the lines that begin with `#`, and returns the first that does not. Throws InputError (input) when there is
/// none, or the format is another.
[[nodiscard]] std::string read_scoring_header(genomics::TextLines& lines, ScoringHeader& header);

/// The columns that say where a variant is.
struct PositionColumns {
  ScoreColumn contig = ScoreColumn::chr_name;
  ScoreColumn position = ScoreColumn::chr_position;
  std::optional<genomics::Assembly> assembly;
};

/// Throws InputError (input) when there are none, (mismatch) when they are on another assembly than `wanted`.
[[nodiscard]] PositionColumns choose_positions(const std::string& path, const ScoringHeader& header,
                                               const ScoreColumns& columns, std::optional<genomics::Assembly> wanted);

}  // namespace stardose::pharmaco
