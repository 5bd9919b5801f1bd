// From event to event; with chains in steps between them.
#include "learning/kinetics/course.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "genomics/expect.h"
#include "learning/kinetics/phase.h"

namespace stardose::learning {

namespace {

/// What enters when.
struct Entering {
  double from = 0;
  double until = 0;  ///< as `from`: at once
  std::size_t compartment = 0;
  double amount = 0;

  [[nodiscard]] double rate() const { return amount / (until - from); }
};

const KineticRegime& regime_at(const KineticCourse& course, double time) {
  auto after = std::ranges::upper_bound(course.regimes, time, {}, &KineticRegime::from);
  return after == course.regimes.begin() ? *after : *std::prev(after);
}

std::vector<Entering> entering_of(const KineticSystem& system, const KineticCourse& course) {
  std::vector<Entering> all;
  all.reserve(course.doses.size());
  for (const KineticDose& dose : course.doses) {
    const std::vector<double>& parameters = regime_at(course, dose.time).parameters;
    const KineticSystem::Entry& entry = system.entries[dose.entry];
    const double from = dose.time + (entry.lag ? parameters[*entry.lag] : 0);
    const double amount = dose.amount * entry.share * (entry.available ? parameters[*entry.available] : 1);
    all.push_back({from, from + dose.duration, entry.compartment, amount});
  }
  std::ranges::stable_sort(all, {}, &Entering::from);
  return all;
}

/// Times at which something jumps, ascending.
std::vector<double> breaks_of(const KineticCourse& course, const std::vector<Entering>& entering) {
  std::vector<double> breaks;
  breaks.reserve(2 * entering.size() + course.regimes.size());
  for (const Entering& each : entering) {
    breaks.push_back(each.from);
    if (each.until > each.from) breaks.push_back(each.until);
  }
  for (std::size_t k = 1; k < course.regimes.size(); ++k) breaks.push_back(course.regimes[k].from);
  std::ranges::sort(breaks);
  const auto same = std::ranges::unique(breaks);
  breaks.erase(same.begin(), same.end());
  return breaks;
}

/// Goes through a course; amounts are modes of the present phase.
class Walk {
 public:
  Walk(const KineticSystem& system, const KineticCourse& course, KineticState from)
      : system_{system},
        course_{course},
        entering_{entering_of(system, course)},
        breaks_{breaks_of(course, entering_)} {
    std::ranges::copy_if(entering_, std::back_inserter(infusions_),
                         [](const Entering& each) { return each.until > each.from; });
    time_ = from.time;
    factors_ = std::move(from.factors);
    amounts_ = Eigen::Map<const Eigen::VectorXd>(from.amounts.data(), static_cast<Eigen::Index>(from.amounts.size()));
    next_break_ = static_cast<std::size_t>(std::ranges::lower_bound(breaks_, time_) - breaks_.begin());
    next_entering_ =
        static_cast<std::size_t>(std::ranges::lower_bound(entering_, time_, {}, &Entering::from) - entering_.begin());
    last_break_ = next_break_ == 0 ? time_ : breaks_[next_break_ - 1];
    enter_phase(next_break_ == 0 ? time_ : last_break_);
    modes_ = phase_->modes().modes_of(amounts_);
    note_inflow();
    find_grid();
  }

  void go(double until) {
    while (next_break_ < breaks_.size() && breaks_[next_break_] < until) {
      move(breaks_[next_break_]);
      pass_break();
    }
    move(until);
  }

  [[nodiscard]] double look(std::size_t output) const {
    return phase_->output(system_.outputs[output], modes_, factors_);
  }

  [[nodiscard]] KineticState state() const {
    const ModeVector amounts = phase_->modes().amounts_of(modes_);
    return {time_, {amounts.begin(), amounts.end()}, factors_};
  }

 private:
  void enter_phase(double time) {
    const KineticRegime* regime = &regime_at(course_, time);
    if (regime == regime_) return;
    regime_ = regime;
    phase_.emplace(system_, regime->parameters);
  }

  void note_inflow() {
    inflow_ = ModeVector::Zero(static_cast<Eigen::Index>(system_.compartments));
    for (const Entering& each : infusions_) {
      if (each.from > last_break_) break;
      if (each.until > last_break_) inflow_ += each.rate() * phase_->modes().entering(each.compartment);
    }
  }

  void pass_break() {
    last_break_ = breaks_[next_break_++];
    const KineticRegime* before = regime_;
    const ModeVector amounts = phase_->modes().amounts_of(modes_);
    enter_phase(last_break_);
    if (regime_ != before) modes_ = phase_->modes().modes_of(amounts);
    for (; next_entering_ < entering_.size() && entering_[next_entering_].from <= last_break_; ++next_entering_) {
      const Entering& each = entering_[next_entering_];
      if (each.from == each.until) modes_ += each.amount * phase_->modes().entering(each.compartment);
    }
    note_inflow();
    goes_on_ = false;
    grid_number_ = 0;
    grid_start_ = last_break_;
    grid_offset_ = 0;
  }

  /// The step of the grid that the walk's time lies in.
  void find_grid() {
    grid_number_ = 0;
    grid_start_ = last_break_;
    grid_offset_ = 0;
    while (grid_start_ + grid_offset_ + grid_step() <= time_) next_grid();
  }
  [[nodiscard]] double grid_step() const { return std::min(system_.first_step + grid_offset_, system_.longest_step); }
  void next_grid() {
    grid_offset_ += grid_step();
    ++grid_number_;
  }

  void move(double until) {
    if (system_.chains.empty()) {
      if (until > time_) phase_->step(modes_, inflow_, factors_, until - time_, Phase::npos, false);
      time_ = until;
      return;
    }
    while (time_ < until) {
      const double length = grid_step();
      const double end = grid_start_ + (grid_offset_ + length);  // rounded as the next step's beginning is
      const bool is_whole = time_ == grid_start_ + grid_offset_ && end <= until;
      // Steps of the greatest length are all one, however many there are.
      const bool is_longest = length == system_.longest_step;
      if (is_longest && !longest_number_) longest_number_ = grid_number_;
      const double to = std::min(end, until);
      phase_->step(modes_, inflow_, factors_, is_whole ? length : to - time_,
                   is_whole ? (is_longest ? *longest_number_ : grid_number_) : Phase::npos, goes_on_);
      goes_on_ = true;
      time_ = to;
      if (end <= until) next_grid();
    }
  }

  const KineticSystem& system_;
  const KineticCourse& course_;
  std::vector<Entering> entering_;
  std::vector<Entering> infusions_;
  std::vector<double> breaks_;
  std::size_t next_break_ = 0;
  std::size_t next_entering_ = 0;
  double time_ = 0;
  double last_break_ = 0;
  double grid_start_ = 0;
  double grid_offset_ = 0;
  std::size_t grid_number_ = 0;
  std::optional<std::size_t> longest_number_;
  bool goes_on_ = false;  ///< nothing has jumped since the last step
  const KineticRegime* regime_ = nullptr;
  std::optional<Phase> phase_;
  ModeVector amounts_;
  ModeVector modes_;
  ModeVector inflow_;
  std::vector<double> factors_;
};

}  // namespace

KineticState initial_state(const KineticSystem& system, double time) {
  std::size_t transits = 0;
  for (const KineticSystem::Chain& chain : system.chains) transits += chain.transits;
  return {time, std::vector<double>(system.compartments, 0.0), std::vector<double>(transits, 1.0)};
}

KineticState advance(const KineticSystem& system, const KineticCourse& course, KineticState from, double until) {
  STARDOSE_EXPECT(until >= from.time && !course.regimes.empty());
  Walk walk{system, course, std::move(from)};
  walk.go(until);
  return walk.state();
}

std::vector<double> observe(const KineticSystem& system, const KineticCourse& course, KineticState from,
                            std::span<const KineticSampling> samplings) {
  STARDOSE_EXPECT(!course.regimes.empty());
  STARDOSE_EXPECT(samplings.empty() || samplings.front().time >= from.time);
  Walk walk{system, course, std::move(from)};
  std::vector<double> seen;
  seen.reserve(samplings.size());
  for (const KineticSampling& sampling : samplings) {
    walk.go(sampling.time);
    seen.push_back(walk.look(sampling.output));
  }
  return seen;
}

}  // namespace stardose::learning
