// Checking cells.
#include "pharmaco/polygenic/score_row_reader.h"

#include <charconv>
#include <cmath>

#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/polygenic/score_index.h"

namespace stardose::pharmaco {

bool says_nothing(std::string_view cell) { return cell.empty() || cell == "." || cell == "NA" || cell == "NR"; }

void split_cells(std::string_view line, ScoreCells& cells) {
  cells.clear();
  for (;;) {
    const std::size_t tab = line.find('\t');
    cells.push_back(trimmed(line.substr(0, tab)));
    if (tab == std::string_view::npos) return;
    line.remove_prefix(tab + 1);
  }
}

double ScoreRowReader::number(std::string_view cell, std::string_view column) const {
  std::string_view text = cell;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double largest = 1e100;  // no weight, and sums of millions of them must stay finite
  const bool is_number = fault == std::errc{} && end == text.data() + text.size() && std::abs(value) <= largest;
  if (is_number && !text.empty()) return value;
  lines_.fail(std::string{column} + " is not a number: " + (cell.empty() ? "nothing" : std::string{cell}),
              "write it with a point, as 0.12 or 1.2e-01");
}

bool ScoreRowReader::truth(std::string_view cell, std::string_view column) const {
  const std::string word = folded(cell);
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0" || says_nothing(cell)) return false;
  lines_.fail(std::string{column} + " is neither True nor False: " + std::string{cell}, "write True or False");
}

void ScoreRowReader::place(ScoreVariant& variant, std::string_view contig, std::string_view position) {
  if (says_nothing(contig) || says_nothing(position)) {
    decide(variant, VariantFate::no_position);
    return;
  }
  std::int32_t number = 0;
  const auto [end, fault] = std::from_chars(position.data(), position.data() + position.size(), number);
  if (fault != std::errc{} || end != position.data() + position.size() || number < 1) {
    lines_.fail("the position is not a whole number: " + std::string{position},
                "a spreadsheet may have changed it; fetch the file again");
  }
  variant.position = number - 1;
  variant.contig = contig_number(contig);
}

void ScoreRowReader::take_alleles(ScoreVariant& variant, std::string_view effect, std::string_view other) {
  if (effect.empty()) lines_.fail("there is no effect allele", "every variant needs one; fetch the file again");
  variant.effect = file_.alleles.add(effect);
  variant.other = file_.alleles.add(says_nothing(other) ? "" : other);
  const std::string_view read_other = file_.alleles[variant.other];
  if (!is_bases(file_.alleles[variant.effect]) || (!read_other.empty() && !is_bases(read_other))) {
    decide(variant, VariantFate::not_bases);
  } else if (variant.effect == variant.other) {
    lines_.fail("the effect allele and the other allele are the same: " + std::string{effect}, "fetch the file again");
  }
}

void ScoreRowReader::keep(ScoreVariant variant) {
  variant.line = static_cast<std::uint32_t>(lines_.number());
  file_.variants.push_back(variant);
}

std::uint16_t ScoreRowReader::contig_number(std::string_view name) {
  if (name == last_contig_) return last_number_;
  last_contig_ = name;
  const std::string canonical = canonical_score_contig(name);
  const auto known = contig_numbers_.find(canonical);
  if (known != contig_numbers_.end()) return last_number_ = known->second;
  if (file_.contigs.size() > 60'000) lines_.fail("there are too many chromosomes", "fetch the file again");
  last_number_ = static_cast<std::uint16_t>(file_.contigs.size());
  file_.contigs.push_back(canonical);
  contig_numbers_.emplace(canonical, last_number_);
  return last_number_;
}

}  // namespace stardose::pharmaco
