// Rows without their repetitions: of genotypes and covariates in classes there are far fewer than people.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "learning/model/rows.h"

namespace stardose::learning {

/// Rows that are equal to the last bit are one.
class DistinctRows {
 public:
  explicit DistinctRows(const Rows& rows) : width_{rows.width} {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t k = 0; k < rows.count(); ++k) {
      const auto row = rows.row(k);
      const std::string_view bytes{reinterpret_cast<const char*>(row.data()), row.size_bytes()};  // NOLINT: bytes
      const auto [place, is_new] = places.try_emplace(bytes, places.size());
      place_.push_back(place->second);
      if (is_new) values_.insert(values_.end(), row.begin(), row.end());
    }
  }

  [[nodiscard]] Rows rows() const { return {values_, width_}; }

  /// Copies results of distinct rows to all: as many numbers a row in both.
  template <class Number>
  void spread(std::span<const Number> distinct, std::span<Number> all) const {
    if (place_.empty()) return;
    const std::size_t width = all.size() / place_.size();
    for (std::size_t k = 0; k < place_.size(); ++k) {
      std::copy_n(distinct.begin() + static_cast<std::ptrdiff_t>(place_[k] * width), width,
                  all.begin() + static_cast<std::ptrdiff_t>(k * width));
    }
  }

 private:
  std::size_t width_;
  std::vector<std::size_t> place_;  ///< of each row, that of its equal
  std::vector<double> values_;
};

}  // namespace stardose::learning
