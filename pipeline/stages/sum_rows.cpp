// Reading rows that stand together in one go.
#include "pipeline/stages/sum_rows.h"

#include <algorithm>

#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/row_counts.h"

namespace stardose::pipeline {

namespace {
constexpr std::size_t bytes_at_once = 1 << 18;
}

SumRows::SumRows(const genomics::PlinkFileset& fileset, std::span<const int> columns, const ScoredRows& rows,
                 const pharmaco::ScorePlan& plan)
    : fileset_{fileset},
      columns_{columns},
      rows_{rows},
      plan_{plan},
      whole_{columns.size() == fileset.samples().size()} {}

std::unique_ptr<pharmaco::ScoreSums> SumRows::operator()(Batch batch) const {
  auto sums = std::make_unique<pharmaco::ScoreSums>(plan_);
  const std::size_t size = genomics::bed_row_size(fileset_.samples().size());
  const std::size_t most = std::max<std::size_t>(1, bytes_at_once / size);
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> chosen(genomics::bed_row_size(columns_.size()));
  for (std::size_t begin = batch.begin; begin < batch.end;) {
    std::size_t end = begin + 1;
    while (end < batch.end && end - begin < most && rows_.row(end) == rows_.row(begin) + (end - begin)) ++end;
    bytes.resize((end - begin) * size);
    fileset_.read_rows(rows_.row(begin), bytes);
    for (std::size_t k = begin; k < end; ++k) {
      const std::span<const std::uint8_t> row{bytes.data() + (k - begin) * size, size};
      if (!whole_) genomics::pick_samples(row, columns_, chosen);
      sums->add(whole_ ? row : chosen, rows_.hits(k));
    }
    begin = end;
  }
  return sums;
}

}  // namespace stardose::pipeline
