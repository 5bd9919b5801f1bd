// Gathering rows by position.
#include "pharmaco/polygenic/row_scorer.h"

#include <span>
#include <string_view>

#include "genomics/expect.h"
#include "genomics/matrix/bed_row.h"

namespace stardose::pharmaco {

void RowScorer::keep_data(const genomics::MatrixRows& rows, std::size_t number) {
  if (!rows.dosages.empty()) {
    const auto begin = rows.dosages.begin() + static_cast<std::ptrdiff_t>(number * samples_);
    dosages_.insert(dosages_.end(), begin, begin + static_cast<std::ptrdiff_t>(samples_));
  } else {
    const std::size_t size = genomics::bed_row_size(samples_);
    bed_.append(rows.bed, number * size, size);
  }
}

void RowScorer::take(const genomics::MatrixRows& rows) {
  std::string_view text = rows.bim;
  genomics::BimRow row;
  for (std::size_t number = 0; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    STARDOSE_EXPECT(genomics::read_bim_row(text.substr(0, end), row) == nullptr);
    text.remove_prefix(end + 1);
    TargetRow target = target_row(row);
    if (!rows_.empty() && (target.position != rows_.front().position || target.contig != rows_.front().contig)) {
      finish();
    }
    rows_.push_back(std::move(target));
    keep_data(rows, number);
  }
}

void RowScorer::finish() {
  if (hits_.size() < rows_.size()) hits_.resize(rows_.size());
  for (std::vector<ScoreHit>& hits : hits_) hits.clear();
  matcher_.match(rows_, {hits_.data(), rows_.size()});
  const std::size_t size = genomics::bed_row_size(samples_);
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    if (hits_[k].empty()) continue;
    if (!dosages_.empty()) {
      sums_.add(std::span{dosages_}.subspan(k * samples_, samples_), hits_[k]);
    } else {
      sums_.add({reinterpret_cast<const std::uint8_t*>(bed_.data()) + k * size, size}, hits_[k]);
    }
  }
  rows_.clear();
  bed_.clear();
  dosages_.clear();
}

}  // namespace stardose::pharmaco
