// Levels by name, and what is unusual.
#include "learning/predict/conform.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace stardose::learning {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Of each level of the people's, the model's number of it.
std::vector<double> codes_of(const ColumnKind& theirs, const ColumnKind& ours) {
  std::vector<double> codes;
  for (const std::string& level : theirs.levels) {
    const auto found = std::ranges::find(ours.levels, level);
    codes.push_back(found == ours.levels.end() ? missing : static_cast<double>(found - ours.levels.begin()));
  }
  return codes;
}

std::string with_unit(double number, const ColumnKind& kind) {
  return kind.unit.empty() ? fmt::format("{}", number) : fmt::format("{} {}", number, kind.unit);
}

std::string range_text(const std::optional<double>& low, const std::optional<double>& high, const ColumnKind& kind) {
  if (low && high) return fmt::format("{} to {}", *low, with_unit(*high, kind));
  return low ? "at least " + with_unit(*low, kind) : "at most " + with_unit(*high, kind);
}

bool is_outside(double number, const std::optional<double>& low, const std::optional<double>& high) {
  return (low && number < *low) || (high && number > *high);
}

class Remark {
 public:
  Remark(const ModelColumn& column, bool used, const Column* theirs) : column_{column}, used_{used}, theirs_{theirs} {
    if (theirs != nullptr) codes_ = codes_of(theirs->kind, column.kind);
  }

  void on(std::size_t row, Remarks& remarks) const {
    if (theirs_ == nullptr) return lacks(remarks, FlagKind::filled, "is missing");
    const double value = theirs_->values[row];
    if (std::isnan(value)) {
      lacks(remarks, FlagKind::filled, "is missing");
    } else if (column_.kind.is_category()) {
      category(theirs_->kind.levels[static_cast<std::size_t>(value)], codes_[static_cast<std::size_t>(value)], remarks);
    } else {
      number(value, remarks);
    }
  }

 private:
  void lacks(Remarks& remarks, FlagKind kind, const std::string& why) const {
    const std::string& name = column_.kind.name;
    if (column_.required) remarks.refused.push_back(fmt::format("{} {}", name, why));
    if (used_) remarks.flags.push_back({kind, name, fmt::format("{} {}", name, why)});
  }
  void category(const std::string& level, double code, Remarks& remarks) const {
    if (std::isnan(code)) {
      lacks(remarks, FlagKind::unseen_level, fmt::format("is {}, which the model does not know", level));
    } else if (used_ && !column_.seen.empty() && column_.seen[static_cast<std::size_t>(code)] == 0) {
      remarks.flags.push_back({FlagKind::unseen_level, column_.kind.name,
                               fmt::format("{} is {}, which nobody in training was", column_.kind.name, level)});
    }
  }
  void number(double value, Remarks& remarks) const {
    const ColumnKind& kind = column_.kind;
    if (is_outside(value, column_.least, column_.greatest)) {
      remarks.refused.push_back(fmt::format("{} {} is outside of {}, which the model is for", kind.name,
                                            with_unit(value, kind), range_text(column_.least, column_.greatest, kind)));
    } else if (used_ && is_outside(value, column_.lowest, column_.highest)) {
      remarks.flags.push_back({FlagKind::out_of_range, kind.name,
                               fmt::format("{} {} is outside of {}, which the model was trained on", kind.name,
                                           with_unit(value, kind), range_text(column_.lowest, column_.highest, kind))});
    }
  }

  const ModelColumn& column_;
  bool used_ = false;
  const Column* theirs_ = nullptr;
  std::vector<double> codes_;
};

}  // namespace

std::optional<std::string> columns_fault(const std::vector<ModelColumn>& columns, const Frame& people) {
  for (const ModelColumn& column : columns) {
    const Column* theirs = people.find(column.kind.name);
    if (theirs == nullptr) continue;
    if (theirs->kind.is_category() != column.kind.is_category()) {
      return fmt::format("{} is {}, and the model takes {}", column.kind.name,
                         theirs->kind.is_category() ? "a category" : "a number",
                         column.kind.is_category() ? "a category" : "a number");
    }
    if (theirs->kind.unit != column.kind.unit) {
      return fmt::format("{} is in `{}`, and the model takes `{}`", column.kind.name, theirs->kind.unit,
                         column.kind.unit);
    }
  }
  return std::nullopt;
}

Frame conformed(const std::vector<ModelColumn>& columns, const Frame& people) {
  Frame frame{people.rows, {}};
  for (const ModelColumn& column : columns) {
    const Column* theirs = people.find(column.kind.name);
    Column ours{column.kind, theirs == nullptr ? std::vector<double>(people.rows.size(), missing) : theirs->values};
    if (theirs != nullptr && column.kind.is_category() && theirs->kind.levels != column.kind.levels) {
      const std::vector<double> codes = codes_of(theirs->kind, column.kind);
      for (double& value : ours.values) value = std::isnan(value) ? missing : codes[static_cast<std::size_t>(value)];
    }
    frame.columns.push_back(std::move(ours));
  }
  return frame;
}

std::vector<Remarks> remarks_on(const std::vector<ModelColumn>& columns, const std::vector<bool>& used,
                                const Frame& people) {
  std::vector<Remarks> all(people.rows.size());
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const Remark remark{columns[k], used[k], people.find(columns[k].kind.name)};
    for (std::size_t row = 0; row < all.size(); ++row) remark.on(row, all[row]);
  }
  return all;
}

}  // namespace stardose::learning
