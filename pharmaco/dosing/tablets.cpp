// Searching for the nearest sum of tablets.
#include "pharmaco/dosing/tablets.h"

#include <cmath>
#include <limits>

#include "genomics/expect.h"
#include "pharmaco/covariates/covariate.h"

namespace stardose::pharmaco {

namespace {

class TabletSearch {
 public:
  TabletSearch(const Tablets& tablets, double mg) : tablets_{tablets}, wanted_{mg} {}

  TabletDose find() {
    add_from(tablets_.strengths_mg.size());
    return best_;
  }

 private:
  /// Tries every set that goes on with a strength below `end`, largest first.
  void add_from(std::size_t end) {
    if (!chosen_.tablets.empty()) judge();
    if (chosen_.tablets.size() == static_cast<std::size_t>(tablets_.most)) return;
    for (std::size_t k = end; k-- > 0;) {
      const double strength = tablets_.strengths_mg[k];
      chosen_.tablets.push_back(strength);
      chosen_.mg += strength;
      add_from(k + 1);
      chosen_.mg -= strength;
      chosen_.tablets.pop_back();
    }
  }

  void judge() {
    constexpr double same = 1e-9;
    const double off = std::abs(chosen_.mg - wanted_);
    if (off > best_off_ + same) return;
    const bool nearer = off < best_off_ - same;
    const std::size_t count = chosen_.tablets.size();
    const std::size_t best_count = best_.tablets.size();
    if (!nearer && (count > best_count || (count == best_count && chosen_.mg >= best_.mg))) return;
    best_ = chosen_;
    best_off_ = off;
  }

  const Tablets& tablets_;
  double wanted_;
  TabletDose chosen_;
  TabletDose best_;
  double best_off_ = std::numeric_limits<double>::max();
};

}  // namespace

std::optional<TabletDose> nearest_tablets(const Tablets& tablets, double mg) {
  constexpr double most_off = 0.1;
  STARDOSE_EXPECT(!tablets.strengths_mg.empty() && tablets.most >= 1);
  TabletDose dose = TabletSearch{tablets, mg}.find();
  if (std::abs(dose.mg - mg) > most_off * mg) return std::nullopt;
  return dose;
}

std::string to_text(const TabletDose& dose) {
  std::string text;
  for (const double tablet : dose.tablets) text += (text.empty() ? "" : " + ") + number_text(tablet);
  return text + " mg";
}

}  // namespace stardose::pharmaco
