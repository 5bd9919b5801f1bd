// Rows of a PLINK fileset to sums.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "genomics/io/plink_fileset.h"
#include "pharmaco/polygenic/score_sums.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// Rows of a fileset that are variants of scores, in their order.
class ScoredRows {
 public:
  void add(std::uint64_t row, std::span<const pharmaco::ScoreHit> hits) {
    hits_.insert(hits_.end(), hits.begin(), hits.end());
    rows_.push_back({row, hits_.size()});
  }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// Its number in the fileset.
  [[nodiscard]] std::size_t row(std::size_t k) const { return rows_[k].row; }
  [[nodiscard]] std::span<const pharmaco::ScoreHit> hits(std::size_t k) const {
    const std::size_t begin = k == 0 ? 0 : rows_[k - 1].end;
    return {hits_.data() + begin, rows_[k].end - begin};
  }

 private:
  struct Row {
    std::uint64_t row = 0;
    std::size_t end = 0;  // of its hits
  };
  std::vector<Row> rows_;
  std::vector<pharmaco::ScoreHit> hits_;
};

/// Reads a batch of the scored rows and adds it up.
class SumRows {
 public:
  static constexpr std::string_view name = "sum rows";

  /// `columns`: of the wanted samples. The arguments must outlive it.
  SumRows(const genomics::PlinkFileset& fileset, std::span<const int> columns, const ScoredRows& rows,
          const pharmaco::ScorePlan& plan);

  /// Throws InputError.
  [[nodiscard]] std::unique_ptr<pharmaco::ScoreSums> operator()(Batch batch) const;

 private:
  const genomics::PlinkFileset& fileset_;
  std::span<const int> columns_;
  const ScoredRows& rows_;
  const pharmaco::ScorePlan& plan_;
  bool whole_;  // all samples are wanted, in their order
};

}  // namespace stardose::pipeline
