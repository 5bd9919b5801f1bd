// Which rows of genotypes the variants of scores are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "genomics/sites/site_matcher.h"
#include "pharmaco/polygenic/allele_fit.h"
#include "pharmaco/polygenic/score_index.h"
#include "pharmaco/polygenic/score_rules.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// A row that is a variant of a scoring file.
struct ScoreHit {
  std::uint32_t variant = 0;  ///< number in the file
  std::uint16_t file = 0;
  AlleleFit fit = AlleleFit::none;
  bool palindromic = false;  ///< frequencies are to decide about the strand
};

/// Takes the input's rows in their order and decides what becomes of each variant, as far as alleles tell. The first
/// row that is a variant stays its row. No copies count twice, however often and however a file writes one variant: of
/// two variants with one model that are the same row, one on the other strand yields to one on the input's, and one
/// without other allele to one that names it. What yields is `repeated`, or with another weight `other_alleles` and
/// `ambiguous`.
class ScoreMatcher {
 public:
  /// Changes the fates of the files' variants. The files must stay in place.
  ScoreMatcher(std::vector<ScoringFile>& files, const ScoreRules& rules);

  /// Returns whether a record may be a variant of a score. For any number of threads.
  [[nodiscard]] bool wants(const genomics::RecordAlleles& record) const;

  /// Takes all rows of one position. Appends hits to `hits[k]` of row `k`.
  void match(std::span<const TargetRow> rows, std::span<std::vector<ScoreHit>> hits);

  /// Variants that more than one row was, the further ones left out.
  [[nodiscard]] std::size_t repeated_rows() const { return repeated_rows_; }

 private:
  struct Candidate {
    std::size_t row = 0;
    std::uint32_t variant = 0;
    AlleleFit fit = AlleleFit::none;
  };

  /// Those in less doubt come first: with both alleles, with a lone one, on the other strand.
  void find_candidates(std::size_t file, std::span<const TargetRow> rows);
  void consider(std::size_t file, const TargetRow& row, std::size_t number, std::int64_t place);
  /// Returns whether another variant of the file has the same copies of this row counted already.
  [[nodiscard]] bool is_counted(std::size_t file, const TargetRow& row, const Candidate& candidate) const;
  void give_way(std::size_t file, const Candidate& candidate);
  void decide(std::size_t file, const TargetRow& row, const Candidate& candidate, std::vector<ScoreHit>& hits);

  std::vector<ScoringFile>& files_;
  ScoreRules rules_;
  std::deque<ScoreIndex> indexes_;
  std::vector<Candidate> candidates_;
  std::size_t repeated_rows_ = 0;
};

}  // namespace stardose::pharmaco
