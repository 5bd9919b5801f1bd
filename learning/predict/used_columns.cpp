// Following columns through steps.
#include "learning/predict/used_columns.h"

#include <set>

namespace stardose::learning {

namespace {

class Trace {
 public:
  explicit Trace(const Prepared& prepared) : behind_(prepared.places()) {
    for (Place place = 0; place < prepared.columns.size(); ++place) behind_[place] = {place};
  }

  [[nodiscard]] const std::set<Place>& behind(Place place) const { return behind_[place]; }

  void operator()(const FillAll& step) {
    const auto before = behind_;
    for (const Fill& fill : step.fills) {
      const auto add = [&](Place place) { behind_[fill.column].insert(before[place].begin(), before[place].end()); };
      if (const auto* group = std::get_if<FillByGroup>(&fill.rule)) add(group->group);
      if (const auto* regression = std::get_if<FillByRegression>(&fill.rule)) {
        for (const RegressionTerm& term : regression->terms) add(term.column);
      }
      if (const auto* neighbours = std::get_if<FillByNeighbours>(&fill.rule)) {
        for (const Place place : neighbours->on) add(place);
      }
    }
  }
  void operator()(const Indicate& step) { behind_[step.made] = behind_[step.column]; }
  void operator()(const OneHot& step) {
    std::int32_t last = step.missing;
    for (const std::int32_t made : step.level) last = std::max(last, made);
    for (std::int32_t k = 0; k <= last; ++k) behind_[step.first + static_cast<Place>(k)] = behind_[step.column];
  }
  void operator()(const Product& step) {
    behind_[step.made] = behind_[step.left];
    behind_[step.made].insert(behind_[step.right].begin(), behind_[step.right].end());
  }
  void operator()(const Transformed& step) { behind_[step.made] = behind_[step.column]; }
  void operator()(const Standardise& /*step*/) {}
  void operator()(const LeaveOut& /*step*/) {}
  void operator()(const Components& step) {
    std::set<Place> all;
    for (const Place place : step.columns) all.insert(behind_[place].begin(), behind_[place].end());
    for (std::size_t k = 0; k < step.loadings.size() / step.columns.size(); ++k) behind_[step.first + k] = all;
  }

 private:
  std::vector<std::set<Place>> behind_;
};

}  // namespace

std::vector<bool> used_columns(const Prepared& prepared) {
  Trace trace{prepared};
  for (const FittedStep& step : prepared.steps) std::visit(trace, step);
  std::vector<bool> used(prepared.columns.size());
  for (const Place feature : prepared.features) {
    for (const Place column : trace.behind(feature)) used[column] = true;
  }
  return used;
}

}  // namespace stardose::learning
