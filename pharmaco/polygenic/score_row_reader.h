// Cells of a scoring file's table, checked.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/text_lines.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

using ScoreCells = std::vector<std::string_view>;

/// Returns whether a cell says that there is nothing.
[[nodiscard]] bool says_nothing(std::string_view cell);

/// Splits at tabs into cells without blanks around them; takes no memory a row.
void split_cells(std::string_view line, ScoreCells& cells);

/// Adds rows to a ScoringFile. Every function throws InputError (input) at the line at hand for what cannot be.
class ScoreRowReader {
 public:
  ScoreRowReader(genomics::TextLines& lines, ScoringFile& file) : lines_{lines}, file_{file} {}

  [[nodiscard]] double number(std::string_view cell, std::string_view column) const;
  [[nodiscard]] bool truth(std::string_view cell, std::string_view column) const;
  /// Places the variant; a position that is not said leaves it nowhere.
  void place(ScoreVariant& variant, std::string_view contig, std::string_view position);
  /// `other` may say nothing. Alleles that are not bases are kept, and no genotype will match them.
  void take_alleles(ScoreVariant& variant, std::string_view effect, std::string_view other);
  void keep(ScoreVariant variant);

  /// What is said first stays.
  static void decide(ScoreVariant& variant, VariantFate fate) {
    if (!is_decided(variant.fate)) variant.fate = fate;
  }

 private:
  [[nodiscard]] std::uint16_t contig_number(std::string_view name);

  genomics::TextLines& lines_;
  ScoringFile& file_;
  std::map<std::string, std::uint16_t> contig_numbers_;
  std::string last_contig_;
  std::uint16_t last_number_ = 0;
};

}  // namespace stardose::pharmaco
