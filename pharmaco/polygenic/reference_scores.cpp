// Reading tables about a reference population.
#include "pharmaco/polygenic/reference_scores.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/polygenic/score_index.h"
#include "pharmaco/polygenic/score_row_reader.h"
#include "pharmaco/polygenic/scoring_header.h"

namespace stardose::pharmaco {

namespace {

using genomics::TextLines;

/// Mean and spread of numbers as they come (Welford 1962, Technometrics 4:419).
struct Spread {
  double count = 0;
  double mean = 0;
  double squares = 0;

  void add(double value) {
    ++count;
    const double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  [[nodiscard]] double deviation() const { return count > 1 ? std::sqrt(squares / (count - 1)) : 0; }
};

std::size_t place_of(const TextLines& lines, const ScoreCells& header, std::string_view name) {
  std::size_t place = absent;
  for (std::size_t k = 0; k < header.size(); ++k) {
    if (folded(header[k]) != name) continue;
    if (place != absent) lines.fail("the column is there twice: " + std::string{name}, "remove one of them");
    place = k;
  }
  return place;
}

}  // namespace

ReferenceScores read_reference_scores(const std::string& path) {
  TextLines lines{path, "table of reference scores"};
  std::string_view line;
  ScoreCells cells;
  const bool any = lines.next(line);
  if (any) split_cells(line, cells);
  const std::size_t score = std::min(place_of(lines, cells, "score"), place_of(lines, cells, "pgs"));
  const std::size_t sum = place_of(lines, cells, "sum");
  const std::size_t mean = place_of(lines, cells, "mean");
  const std::size_t deviation = place_of(lines, cells, "sd");
  const bool has_distributions = mean != absent && deviation != absent;
  if (!any || score == absent || (sum == absent && !has_distributions)) {
    lines.fail("the table has neither columns score, mean and sd nor PGS and SUM", "columns are separated by tabs");
  }
  ScoringFile unused;
  const ScoreRowReader reader{lines, unused};
  std::map<std::string, Spread, std::less<>> people;
  ReferenceScores references;
  while (lines.next(line)) {
    if (trimmed(line).empty()) continue;
    split_cells(line, cells);
    cells.resize(std::max(cells.size(), std::size_t{1} + std::max({score, has_distributions ? mean : sum,
                                                                   has_distributions ? deviation : sum})));
    const std::string name{cells[score]};
    if (!has_distributions) {
      people[name].add(reader.number(cells[sum], "SUM"));
    } else {
      const ReferenceDistribution told{reader.number(cells[mean], "mean"), reader.number(cells[deviation], "sd")};
      const bool is_new = references.try_emplace(name, told).second;
      if (!is_new) lines.fail("the score is there twice: " + name, "leave the line that is meant");
    }
  }
  for (const auto& [name, spread] : people) references[name] = {spread.mean, spread.deviation()};
  for (const auto& [name, reference] : references) {
    if (reference.deviation > 0) continue;
    throw genomics::InputError{genomics::Fault::input,
                               {path, name, "the reference population's scores have no spread",
                                "a z-score needs a standard deviation above 0"}};
  }
  return references;
}

namespace {

struct SaidFrequency {
  std::string contig;
  std::int64_t position = 0;
  std::string_view effect;
  std::string_view other;
  double frequency = 0;  ///< of the effect allele
};

/// Returns how many variants of the file it was put in.
std::size_t put(const SaidFrequency& said, const ScoreIndex& index, ScoringFile& file) {
  std::size_t replaced = 0;
  for (const std::uint32_t number : index.at(said.contig, place_of_pair(said.position, said.effect, said.other))) {
    ScoreVariant& variant = file.variants[number];
    const std::string_view scored = file.alleles[variant.effect];
    const std::string_view unscored = file.alleles[variant.other];
    const bool is_same = scored == said.effect && (unscored == said.other || unscored.empty());
    if (!is_same && !(scored == said.other && (unscored == said.effect || unscored.empty()))) continue;
    variant.frequency = static_cast<float>(is_same ? said.frequency : 1 - said.frequency);
    ++replaced;
  }
  return replaced;
}

}  // namespace

std::size_t read_frequencies(const std::string& path, std::vector<ScoringFile>& files) {
  std::deque<ScoreIndex> indexes;
  for (const ScoringFile& file : files) indexes.emplace_back(file);
  TextLines lines{path, "table of frequencies"};
  ScoringHeader unused_header;
  const std::string first = read_scoring_header(lines, unused_header);
  const ScoreColumns columns{lines, first};
  for (const auto& [column, name] : {std::pair{ScoreColumn::chr_name, "chr_name"},
                                     {ScoreColumn::chr_position, "chr_position"},
                                     {ScoreColumn::effect_allele, "effect_allele"},
                                     {ScoreColumn::other_allele, "other_allele"},
                                     {ScoreColumn::allelefrequency_effect, "allelefrequency_effect"}}) {
    if (!columns.has(column))
      lines.fail("the table has no column " + std::string{name}, "columns are separated by tabs");
  }
  std::size_t replaced = 0;
  ScoreCells cells;
  ScoringFile row;
  ScoreRowReader reader{lines, row};
  for (std::string_view line; lines.next(line);) {
    if (trimmed(line).empty()) continue;
    split_cells(line, cells);
    ScoreVariant said;
    reader.take_alleles(said, columns.cell(cells, ScoreColumn::effect_allele),
                        columns.cell(cells, ScoreColumn::other_allele));
    reader.place(said, columns.cell(cells, ScoreColumn::chr_name), columns.cell(cells, ScoreColumn::chr_position));
    const double frequency =
        reader.number(columns.cell(cells, ScoreColumn::allelefrequency_effect), "allelefrequency_effect");
    if (frequency < 0 || frequency > 1) lines.fail("the frequency is not between 0 and 1", "it is a share of alleles");
    if (is_decided(said.fate)) continue;
    const SaidFrequency of{row.contigs[said.contig], said.position, row.alleles[said.effect], row.alleles[said.other],
                           frequency};
    for (std::size_t k = 0; k < files.size(); ++k) replaced += put(of, indexes[k], files[k]);
  }
  return replaced;
}

}  // namespace stardose::pharmaco
