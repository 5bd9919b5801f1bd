// Every regimen is looked at; the best of the safe ones is advised.
#include "pharmaco/kinetics/advise_dose.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "pharmaco/kinetics/outlook.h"
#include "pharmaco/kinetics/regimens.h"

namespace stardose::pharmaco {

namespace {

/// Patients of the posterior that all regimens are tried on, and that those few are that are compared in the end.
constexpr int draws_of_search = 32;
constexpr int draws_of_answer = 100;
/// How many of the search go on to the comparison, and how many where none seems to be safe.
constexpr std::size_t finalists = 3;
constexpr std::size_t doubtful_finalists = 9;
/// An old measurement is no ground for a rule about the last one.
constexpr double days_of_a_measurement = 14;
/// Doses that may be left out of a regimen where the value is too high already.
constexpr int most_skipped = 5;

std::string dose_words(const Regimen& regimen) {
  std::string text;
  for (const double mg : regimen.cycle_mg) text += (text.empty() ? "" : " and ") + number_text(mg, 2);
  text += regimen.cycle_mg.size() > 1 ? " mg in turns" : " mg a day";
  if (regimen.skipped > 0) {
    text = fmt::format("{} after {} dose{} left out", text, regimen.skipped, regimen.skipped == 1 ? "" : "s");
  }
  return text;
}

/// Orders regimens. Time in range that differs by less than the draws can tell is the same; then the one is better that
/// ends nearer to the target, so that who is far from it is brought nearer though no day in range is in sight. Of what
/// is not safe, the safer is better.
class Worse {
 public:
  explicit Worse(const ValueRange& range) : target_{(range.low + range.high) / 2} {}

  bool operator()(const RegimenOutlook& a, const RegimenOutlook& b) const { return key(a) < key(b); }

 private:
  [[nodiscard]] std::tuple<bool, double, double> key(const RegimenOutlook& outlook) const {
    constexpr double telling = 0.005;
    const double good = outlook.is_safe ? std::round(outlook.time_in_range / telling) : -outlook.unsafe;
    return {outlook.is_safe, good, -std::abs(outlook.end_median - target_)};
  }

  double target_;
};

class Adviser {
 public:
  Adviser(const Individual& individual, const AdviceQuestion& question)
      : individual_{individual}, model_{individual.model()}, question_{question} {}

  DoseAdvice run() {
    advice_.cautions = individual_.prior.flags;
    if (!can_advise()) return std::move(advice_);
    advice_.range = target_range(individual_);
    advice_.guideline_source = model_.advice->guideline_source;
    present_ = question_.present ? question_.present : present_regimen(model_, individual_.history);
    search();
    if (advice_.best) explain();
    return std::move(advice_);
  }

 private:
  bool can_advise() {
    auto& reasons = advice_.reasons;
    reasons = individual_.contradictions;
    if (!model_.advice) reasons.push_back(model_.title + ": the model has no plan of how doses are chosen");
    if (individual_.prior.anchored == std::nullopt && model_.anchor) {
      reasons.emplace_back("the prior is not anchored at a regression's dose, and by itself the model doses too high");
    }
    const History& history = individual_.history;
    const bool is_past = (!history.doses.empty() && history.doses.back().day >= question_.from) ||
                         (!history.measurements.empty() && history.measurements.back().day > question_.from);
    if (is_past) reasons.emplace_back("the next dose lies before what is known already");
    return reasons.empty();
  }

  /// What the rule says to the last measurement, made up of tablets.
  [[nodiscard]] std::optional<Regimen> by_guideline(const std::vector<Regimen>& regimens) const {
    if (!present_ || regimens.empty()) return std::nullopt;
    const std::string& name = model_.observables[model_.advice->observable].name;
    const MeasuredValue* last = nullptr;
    for (const MeasuredValue& measured : individual_.history.measurements) {
      if (measured.observable == name) last = &measured;
    }
    if (last == nullptr || question_.from - last->day > days_of_a_measurement) return std::nullopt;
    return regimen_by_rule(*model_.advice, last->value, *present_, regimens);
  }

  void look_at(const Outlook& outlook, const std::vector<Regimen>& regimens) {
    for (const Regimen& regimen : regimens) advice_.considered.push_back(outlook.look(regimen));
  }

  /// Every dose that tablets make within reach, then turns of the best one and its neighbours. Returns whether one of
  /// them is advised.
  bool look_within(const Outlook& coarse, const Outlook& fine, const std::vector<Regimen>& doses,
                   const DoseReach& reach) {
    const auto kept = [&](std::vector<Regimen> regimens) {
      std::erase_if(regimens, [&](const Regimen& regimen) { return !reach.holds(regimen); });
      return regimens;
    };
    const std::vector<Regimen> near = kept(doses);
    const std::size_t before = advice_.considered.size();
    look_at(coarse, near);
    std::vector<Regimen> neighbours = doses;
    if (!near.empty()) {
      const auto best = std::ranges::max_element(advice_.considered.begin() + static_cast<std::ptrdiff_t>(before),
                                                 advice_.considered.end(), Worse{advice_.range});
      const auto at = std::ranges::find(doses, best->regimen.cycle_mg, &Regimen::cycle_mg) - doses.begin();
      neighbours = {doses.begin() + std::max<std::ptrdiff_t>(at - 1, 0),
                    doses.begin() + std::min<std::ptrdiff_t>(at + 2, std::ssize(doses))};
    }
    look_at(coarse, kept(turns_of(*model_.advice, neighbours)));
    if (coarse.unsafe_now() > model_.advice->unsafe_probability) look_at_skipping(coarse, near);
    return choose(fine, before);
  }

  /// Where the value is too high already, doses may be left out first.
  void look_at_skipping(const Outlook& outlook, const std::vector<Regimen>& regimens) {
    for (int skipped = 1; skipped <= most_skipped; ++skipped) {
      for (Regimen regimen : regimens) {
        regimen.skipped = skipped;
        advice_.considered.push_back(outlook.look(regimen));
      }
    }
  }

  void search() {
    const std::vector<Regimen> doses = regimens_of(*model_.advice);
    std::vector<Regimen> all = turns_of(*model_.advice, doses);
    all.insert(all.end(), doses.begin(), doses.end());
    const Outlook coarse{individual_, question_.from, draws_of_search};
    const Outlook fine{individual_, question_.from, draws_of_answer};
    if (present_) advice_.continued = fine.look(*present_);
    if (const auto regimen = by_guideline(all)) advice_.guideline = fine.look(*regimen);
    reach_ = reach_of(*model_.advice, present_, individual_.history);
    // Better a dose lowered by more than the plan likes than one that is not safe.
    const bool is_near = look_within(coarse, fine, doses, reach_);
    if (!is_near && reach_.least > 0) look_within(coarse, fine, doses, {0, reach_.least});
    if (coarse.unsafe_now() > model_.advice->unsafe_probability) {
      advice_.cautions.push_back(
          fmt::format("{} is above {} now with a probability of {:.0f} %: that is to be acted "
                      "on whatever the next dose",
                      observable().title, number_text(model_.advice->unsafe, 1), 100 * coarse.unsafe_now()));
    }
    leave_alone(coarse);
    advice_.status = advice_.best ? DoseAdvice::Status::advised : DoseAdvice::Status::none;
    if (!advice_.best) {
      advice_.reasons.push_back(fmt::format(
          "no regimen keeps the probability of {} above {} at {:.0f} % or below: measure "
          "again before the next dose",
          observable().title, number_text(model_.advice->unsafe, 1), 100 * model_.advice->unsafe_probability));
    }
  }

  /// A safe dose that leads into the range stays as it is where no other one promises enough; not where the value is
  /// too high already.
  void leave_alone(const Outlook& outlook) {
    const AdvicePlan& plan = *model_.advice;
    if (!advice_.best || !advice_.continued || !advice_.continued->is_safe) return;
    if (outlook.unsafe_now() > plan.unsafe_probability) return;
    const double end = advice_.continued->end_median;
    if (end < advice_.range.low || end > advice_.range.high) return;
    if (advice_.best->time_in_range - advice_.continued->time_in_range >= plan.least_gain) return;
    const bool is_same = advice_.best->regimen.cycle_mg == advice_.continued->regimen.cycle_mg;
    if (!is_same) advice_.runner_up = std::exchange(advice_.best, advice_.continued);
  }

  /// Looks again, in more patients, at what was considered from `first` on: the best few, and as long as none is safe
  /// after all, the next best. The best safe one becomes the advice; false: there is none.
  bool choose(const Outlook& fine, std::size_t first) {
    const Worse is_worse{advice_.range};
    std::vector<const RegimenOutlook*> order;
    for (std::size_t k = first; k < advice_.considered.size(); ++k) order.push_back(&advice_.considered[k]);
    std::ranges::stable_sort(order, [&](const auto* a, const auto* b) { return is_worse(*b, *a); });
    const auto look_closely = [&](const RegimenOutlook& seemed) {
      const RegimenOutlook outlook = fine.look(seemed.regimen);
      if (outlook.is_safe && (!advice_.best || is_worse(*advice_.best, outlook))) advice_.best = outlook;
    };
    std::size_t looked_at = 0;
    for (const RegimenOutlook* seemed : order) {
      if (looked_at >= finalists && advice_.best) break;
      if (looked_at >= doubtful_finalists && !seemed->is_safe) break;
      look_closely(*seemed);
      ++looked_at;
    }
    // Where all are alike by what was taken already, the lowest decides whether any is safe.
    if (!advice_.best && !order.empty()) {
      look_closely(**std::ranges::min_element(order, {}, [](const auto* outlook) { return outlook->end_median; }));
    }
    return advice_.best.has_value();
  }

  void explain() {
    const auto percent = [](double share) { return fmt::format("{:.0f} %", 100 * share); };
    const AdvicePlan& plan = *model_.advice;
    const RegimenOutlook& best = *advice_.best;
    advice_.because.push_back(fmt::format("{}: {} of the next {} days between {} and {} are expected",
                                          dose_words(best.regimen), percent(best.time_in_range),
                                          number_text(plan.horizon, 0), number_text(advice_.range.low, 1),
                                          number_text(advice_.range.high, 1)));
    if (advice_.runner_up) {
      advice_.because.push_back(fmt::format(
          "that is as now; {}: {}, and for less than {} more a safe dose is not changed",
          dose_words(advice_.runner_up->regimen), percent(advice_.runner_up->time_in_range), percent(plan.least_gain)));
    } else if (advice_.continued) {
      advice_.because.push_back(fmt::format("going on with {}: {}", dose_words(advice_.continued->regimen),
                                            percent(advice_.continued->time_in_range)));
    }
    if (advice_.guideline) {
      advice_.because.push_back(fmt::format("by the rule {}: {}", dose_words(advice_.guideline->regimen),
                                            percent(advice_.guideline->time_in_range)));
    }
    advice_.because.push_back(fmt::format("on no day is the probability of {} above {} more than {} (bound {})",
                                          observable().title, number_text(plan.unsafe, 1), percent(best.unsafe),
                                          percent(plan.unsafe_probability)));
    if (best.regimen.mg_per_day() < reach_.least) {
      advice_.cautions.push_back(
          fmt::format("the dose falls by more than {} at once: no nearer one is safe", percent(plan.greatest_change)));
    }
    if (individual_.history.measurements.empty()) {
      advice_.cautions.emplace_back("nothing was measured yet: this is the prior of genotype and covariates alone");
    }
  }

  [[nodiscard]] const Observable& observable() const { return model_.observables[model_.advice->observable]; }

  const Individual& individual_;
  const KineticModel& model_;
  const AdviceQuestion& question_;
  std::optional<Regimen> present_;
  DoseReach reach_;
  DoseAdvice advice_;
};

}  // namespace

DoseAdvice advise_dose(const Individual& individual, const AdviceQuestion& question) {
  return Adviser{individual, question}.run();
}

}  // namespace stardose::pharmaco
