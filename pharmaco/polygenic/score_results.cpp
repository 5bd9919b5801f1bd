// Numbers and tables.
#include "pharmaco/polygenic/score_results.h"

#include <fmt/format.h>

#include <iterator>

#include "genomics/basics/table_cell.h"

namespace stardose::pharmaco {

using genomics::table_cell;

void apply_late_fates(std::vector<ScoringFile>& files, std::span<const LateFate> fates) {
  for (const LateFate& late : fates) files[late.file].variants[late.variant].fate = late.fate;
}

std::vector<ScoreOverlap> overlaps(const std::vector<ScoringFile>& files, const ScoreUnits& units) {
  std::vector<ScoreOverlap> all;
  for (std::size_t number = 0; number < files.size(); ++number) {
    const ScoringFile& file = files[number];
    for (std::size_t score = 0; score < file.scores.size(); ++score) {
      ScoreOverlap overlap{.score = file.scores[score], .file = number, .column = units.column(number, score)};
      for (std::size_t k = 0; k < file.variants.size(); ++k) {
        const VariantFate fate = file.variants[k].fate;
        ++overlap.fates[static_cast<std::size_t>(fate)];
        if (fate == VariantFate::repeated) continue;
        const double size = file.effect_size(k, score);
        ++overlap.variants;
        overlap.weight += size;
        if (!is_scored(fate)) continue;
        ++overlap.scored;
        overlap.weight_scored += size;
      }
      all.push_back(std::move(overlap));
    }
  }
  return all;
}

std::string refusal(const ScoreOverlap& overlap, double min_overlap) {
  return fmt::format(
      "{}: {} of {} variants can be scored ({:.1f} %), with {:.1f} % of the weight; min-overlap asks for {:.4g} %",
      overlap.score, overlap.scored, overlap.variants, 100 * overlap.share(), 100 * overlap.weight_share(),
      100 * min_overlap);
}

std::string summary_tsv(std::span<const ScoreOverlap> scores, const std::vector<ScoringFile>& files,
                        double min_overlap) {
  std::string text = "score\tstatus\tvariants\tscored\tshare\tweight_share";
  for (std::size_t fate = 0; fate < variant_fates; ++fate) {
    (text += '\t') += to_string(static_cast<VariantFate>(fate));
  }
  text += "\tfile\n";
  for (const ScoreOverlap& overlap : scores) {
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}", table_cell(overlap.score),
                   overlap.is_enough(min_overlap) ? "scored" : "refused", overlap.variants, overlap.scored,
                   overlap.share(), overlap.weight_share());
    for (const std::size_t count : overlap.fates) fmt::format_to(std::back_inserter(text), "\t{}", count);
    ((text += '\t') += table_cell(files[overlap.file].path)) += '\n';
  }
  return text;
}

std::string matches_tsv(const ScoringFile& file) {
  std::string text = "line\tchrom\tpos\teffect_allele\tother_allele\tfate\n";
  for (const ScoreVariant& variant : file.variants) {
    const bool placed = variant.position != ScoreVariant::nowhere;
    const std::string_view other = file.alleles[variant.other];
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{}\t{}\n", variant.line,
                   placed ? table_cell(file.contigs[variant.contig]) : "NA",
                   placed ? std::to_string(variant.position + 1) : "NA", table_cell(file.alleles[variant.effect]),
                   other.empty() ? "NA" : table_cell(other), to_string(variant.fate));
  }
  return text;
}

std::string scores_header() { return "sample\tscore\tsum\taverage\talleles\tmissing\tz\n"; }

void append_scores(const std::string& sample, std::size_t number, std::span<const ScoreOverlap> scores, ScoreSums& sums,
                   const ScoreRules& rules, const ReferenceScores& references, double min_overlap, std::string& text) {
  for (const ScoreOverlap& overlap : scores) {
    if (!overlap.is_enough(min_overlap)) continue;
    const double sum = sums.sum(overlap.column, number);
    const std::uint32_t missing = sums.missing(overlap.column, number);
    const std::size_t alleles = 2 * (overlap.scored - missing);
    // As plink2 has it: a genotype that was imputed counts.
    const std::size_t counted = rules.missing == MissingGenotypes::nothing ? alleles : 2 * overlap.scored;
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{:.12g}\t", table_cell(sample), table_cell(overlap.score), sum);
    if (counted == 0) {
      text += "NA";
    } else {
      fmt::format_to(std::back_inserter(text), "{:.12g}", sum / static_cast<double>(counted));
    }
    fmt::format_to(std::back_inserter(text), "\t{}\t{}\t", alleles, missing);
    const auto reference = references.find(overlap.score);
    if (reference == references.end()) {
      text += "NA\n";
    } else {
      fmt::format_to(std::back_inserter(text), "{:.6g}\n",
                     (sum - reference->second.mean) / reference->second.deviation);
    }
  }
}

}  // namespace stardose::pharmaco
