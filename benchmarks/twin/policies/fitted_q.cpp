// Extra trees on states and actions; finite treatments, so that nothing is discounted.
#include "benchmarks/twin/policies/fitted_q.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>

#include "benchmarks/twin/policies/policies.h"
#include "learning/model/method_scorer.h"
#include "learning/train/learner.h"

namespace stardose::bench {

namespace {

using learning::SeededRandom;
using pharmaco::Regimen;

struct Action {
  double factor = 1;
  int skipped = 0;
};
constexpr std::array<Action, 9> actions = {
    {{0.75, 0}, {0.85, 0}, {0.93, 0}, {1, 0}, {1.07, 0}, {1.15, 0}, {1.25, 0}, {0.85, 1}, {0.85, 2}}};

constexpr std::size_t state_size = 11;
constexpr std::size_t width = state_size + 2;
using State = std::array<double, state_size>;

State state_of(const Visit& visit) {
  const auto& measured = visit.history.measurements;
  const auto inr = [&](std::size_t back) {
    return std::log(measured.size() > back ? measured[measured.size() - 1 - back].value : 1.0);
  };
  const double mg = visit.present.mg_per_day();
  const double regression = visit.patient.regression_mg();
  const std::string& vkorc1 = visit.patient.category("vkorc1");
  const std::string& cyp2c9 = visit.patient.category("cyp2c9");
  return {inr(0),
          inr(1),
          inr(2),
          std::log(mg),
          std::log(mg / regression),
          std::log(mg / visit.previous.mg_per_day()),
          static_cast<double>(visit.number),
          std::log(regression),
          visit.patient.number("age"),
          static_cast<double>(std::ranges::count(vkorc1, 'A')),
          static_cast<double>(std::ranges::count(cyp2c9, '2') + 2 * std::ranges::count(cyp2c9, '3'))};
}

Regimen act(const Visit& visit, const Action& action) {
  if (action.factor == 1 && action.skipped == 0) return visit.present;
  Regimen regimen = tablets_of(visit.present.mg_per_day() * action.factor);
  regimen.skipped = action.skipped;
  return regimen;
}

/// What a state and an action are worth: the reward of all days to come.
class Value {
 public:
  explicit Value(const learning::Fitted& fitted) : scorer_{fitted.method} {}

  /// Writes the value of each action, state after state.
  [[nodiscard]] std::vector<double> of_actions(std::span<const State> states) const {
    std::vector<double> rows;
    rows.reserve(states.size() * actions.size() * width);
    for (const State& state : states) {
      for (const Action& action : actions) add_row(state, action, rows);
    }
    std::vector<double> values(states.size() * actions.size());
    scorer_.margins({rows, width}, values);
    return values;
  }

  /// Of equals the first.
  [[nodiscard]] std::size_t best(const State& state) const {
    const std::vector<double> values = of_actions({&state, 1});
    return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
  }

  static void add_row(const State& state, const Action& action, std::vector<double>& rows) {
    rows.insert(rows.end(), state.begin(), state.end());
    rows.push_back(action.factor);
    rows.push_back(action.skipped);
  }

 private:
  learning::MethodScorer scorer_;
};

struct Transition {
  State state{};
  std::size_t action = 0;
  double reward = 0;
  std::optional<State> next;  ///< nullopt: the treatment is over
};

double reward_of(std::span<const double> inrs, double penalty) {
  double reward = 0;
  for (const double inr : inrs) {
    if (inr >= plan().otherwise - plan().around && inr <= plan().otherwise + plan().around) reward += 1;
    if (inr > plan().unsafe) reward -= penalty;
  }
  return reward;
}

/// A patient under doses of chance, or of what was learned and, three times in ten, of chance.
std::vector<Transition> explore(std::uint64_t seed, const Value* value, double penalty) {
  SeededRandom random{learning::seed_of(seed, 77)};
  std::vector<Transition> transitions;
  const Treatment treatment = treat(VirtualPatient{Truth::own, seed}, [&](const Visit& visit) {
    constexpr double spread_of_first = 0.2;
    if (visit.number == 0) {
      return tablets_of(visit.patient.regression_mg() * std::exp(spread_of_first * random.normal()));
    }
    constexpr double by_chance = 0.3;
    const State state = state_of(visit);
    const std::size_t any = random.below(actions.size());
    const bool is_learned = random.share() >= by_chance && value != nullptr;
    const std::size_t chosen = is_learned ? value->best(state) : any;
    if (!transitions.empty()) transitions.back().next = state;
    transitions.push_back({state, chosen});
    return act(visit, actions[chosen]);
  });
  const std::span<const double> inrs{treatment.inrs};
  for (std::size_t k = 0; k < transitions.size(); ++k) {
    const auto from = static_cast<std::size_t>(visits[k]);
    const auto until = static_cast<std::size_t>(k + 1 < visits.size() ? visits[k + 1] : days_treated);
    transitions[k].reward = reward_of(inrs.subspan(from, until - from), penalty);
  }
  return transitions;
}

learning::Fitted fit_value(const std::vector<double>& rows, const std::vector<double>& targets,
                           const FittedQSettings& settings) {
  const learning::LearnerSpec trees{.name = "random_forest",
                                    .settings = {{"trees", static_cast<double>(settings.trees)},
                                                 {"min_leaf", settings.least_leaf},
                                                 {"column_share", 0.6},
                                                 {"thresholds", std::string{"random"}},
                                                 {"bootstrap", 0.0}}};
  return fit(trees, {.rows = {rows, width}, .targets = targets}, settings.seed);
}

/// One iteration more than there are visits: then the first visit has heard of the last day.
Value iterate(const std::vector<Transition>& transitions, const FittedQSettings& settings) {
  std::vector<double> rows;
  std::vector<State> nexts;
  std::vector<double> targets;
  for (const Transition& each : transitions) {
    Value::add_row(each.state, actions[each.action], rows);
    if (each.next) nexts.push_back(*each.next);
    targets.push_back(each.reward);
  }
  learning::Fitted fitted = fit_value(rows, targets, settings);
  for (std::size_t k = 0; k < visits.size(); ++k) {
    const std::vector<double> values = Value{fitted}.of_actions(nexts);
    std::size_t next = 0;
    for (std::size_t t = 0; t < transitions.size(); ++t) {
      targets[t] = transitions[t].reward;
      if (!transitions[t].next) continue;
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(next++ * actions.size());
      targets[t] += *std::max_element(first, first + actions.size());
    }
    fitted = fit_value(rows, targets, settings);
  }
  return Value{fitted};
}

}  // namespace

Policy learn_policy(const FittedQSettings& settings) {
  std::vector<Transition> transitions;
  std::shared_ptr<const Value> value;
  std::uint64_t seed = first_training_seed;
  for (int round = 0; round < settings.rounds; ++round) {
    std::vector<std::vector<Transition>> explored(settings.patients);
    tbb::parallel_for(std::size_t{0}, explored.size(),
                      [&](std::size_t k) { explored[k] = explore(seed + k, value.get(), settings.penalty); });
    seed += settings.patients;
    for (const auto& each : explored) transitions.insert(transitions.end(), each.begin(), each.end());
    value = std::make_shared<const Value>(iterate(transitions, settings));
  }
  return [value](const Visit& visit) {
    if (visit.number == 0) return tablets_of(visit.patient.regression_mg());
    return act(visit, actions[value->best(state_of(visit))]);
  };
}

}  // namespace stardose::bench
