// Combining covariates.
#include "pharmaco/inputs/doubts.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "genomics/expect.h"

namespace stardose::pharmaco {

namespace {

std::optional<double> number_of(const InputValues& values, const std::string& name) {
  const auto found = values.find(name);
  if (found == values.end() || !found->second.is_known()) return std::nullopt;
  return found->second.number;
}

class Combination {
 public:
  Combination(const Covariates& covariates, const CombinedCovariate& combined, const InputValues& values)
      : covariates_{covariates}, combined_{combined}, values_{values} {}

  [[nodiscard]] bool applies() const {
    for (const CombinedCovariate::Scope& scope : combined_.scopes) {
      const auto number = number_of(values_, scope.covariate);
      if (number && (*number < scope.least || *number > scope.greatest)) return false;
    }
    for (const CombinedCovariate::Power& power : combined_.powers) {
      if (!number_of(values_, power.covariate)) return false;
    }
    return true;
  }

  /// With the values as they are.
  [[nodiscard]] double value() const { return value_with(combined_.powers.front(), 1); }
  [[nodiscard]] bool is_usual(double value) const { return value >= combined_.least && value <= combined_.greatest; }

  [[nodiscard]] Doubt doubt() const {
    std::string of;
    Doubt doubt;
    for (const CombinedCovariate::Power& power : combined_.powers) {
      const InputValue& value = values_.at(power.covariate);
      of += fmt::format("{}{} of {}", of.empty() ? "" : " and ", covariate(power).title, value.shown);
      doubt.covariates.push_back(power.covariate);
    }
    doubt.text = fmt::format("{} make a {} of {} {} ({} to {} is usual)", of, combined_.name, number_text(value(), 1),
                             combined_.unit.name, number_text(combined_.least), number_text(combined_.greatest));
    const std::string meant = other_unit();
    doubt.text += meant.empty() ? ": check both" : ": " + meant;
    return doubt;
  }

 private:
  [[nodiscard]] const Covariate& covariate(const CombinedCovariate::Power& power) const {
    const Covariate* found = covariates_.find(power.covariate);
    STARDOSE_EXPECT(found != nullptr);
    return *found;
  }

  /// With one of the values multiplied.
  [[nodiscard]] double value_with(const CombinedCovariate::Power& changed, double factor) const {
    double value = 1;
    for (const CombinedCovariate::Power& power : combined_.powers) {
      const double number = *number_of(values_, power.covariate) * (power.covariate == changed.covariate ? factor : 1);
      value *= std::pow(number * covariate(power).unit.factor, power.exponent);
    }
    return value / combined_.unit.factor;
  }

  /// The unit that a value was given in: `161 kg`.
  [[nodiscard]] const Unit& given_unit(const CombinedCovariate::Power& power) const {
    const std::string& shown = values_.at(power.covariate).shown;
    const std::size_t blank = shown.find(' ');
    const Unit* unit = blank == std::string::npos ? nullptr : covariates_.units.find(shown.substr(blank + 1));
    return unit == nullptr ? covariate(power).unit : *unit;
  }

  /// `was a weight of 161 lb meant?` where that would be usual.
  [[nodiscard]] std::string other_unit() const {
    for (const CombinedCovariate::Power& power : combined_.powers) {
      const Covariate& about = covariate(power);
      const Unit& given = given_unit(power);
      const double number = *number_of(values_, power.covariate);
      for (const Unit& other : covariates_.units.units()) {
        if (other.name == given.name || other.quantity != given.quantity) continue;
        const double factor = other.factor / given.factor;
        const bool fits = number * factor >= about.usual_least && number * factor <= about.usual_greatest;
        if (!fits || !is_usual(value_with(power, factor))) continue;
        const double written = number * about.unit.factor / given.factor;
        return fmt::format("was a {} of {} {} meant?", about.title, number_text(written, 1), other.name);
      }
    }
    return {};
  }

  const Covariates& covariates_;
  const CombinedCovariate& combined_;
  const InputValues& values_;
};

}  // namespace

std::vector<Doubt> doubts_of(const Covariates& covariates, const InputValues& values) {
  std::vector<Doubt> doubts;
  for (const CombinedCovariate& combined : covariates.together) {
    const Combination combination{covariates, combined, values};
    if (combination.applies() && !combination.is_usual(combination.value())) doubts.push_back(combination.doubt());
  }
  return doubts;
}

}  // namespace stardose::pharmaco
