// Steps of compartments, inhibitions and chains.
#include "learning/kinetics/phase.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace stardose::learning {

namespace {

double power(double base, double exponent) { return exponent == 1 ? base : std::pow(base, exponent); }

}  // namespace

Phase::Phase(const KineticSystem& system, const std::vector<double>& parameters)
    : system_{system}, parameters_{parameters}, modes_{system, parameters}, feeds_(system.inhibitions.size()) {
  for (const KineticSystem::Inhibition& inhibition : system.inhibitions) {
    const double hill = inhibition.hill ? parameters[*inhibition.hill] : 1;
    effects_.push_back({modes_.seen_in(inhibition.of.compartment) / parameters[inhibition.of.volume],
                        std::pow(parameters[inhibition.ec50], hill), hill,
                        inhibition.most ? parameters[*inhibition.most] : 1});
  }
}

double Phase::Effect::made(const ModeVector& amounts) const {
  const double acting = power(std::max(concentration.dot(amounts), 0.0), hill);
  return 1 - most * acting / (ec50_to_hill + acting);
}

Phase::Move::Move(const ModeVector& rates, double time)
    : decay{(rates * time).array().exp()}, share{rates.unaryExpr([time](double rate) {
        return inflow_share(rate, time);
      })} {}

Phase::Tables::Tables(const Phase& phase, double length)
    : half{phase.modes_.rates(), length / 2}, whole{phase.modes_.rates(), length} {
  for (const KineticSystem::Chain& chain : phase.system_.chains) {
    const double rate = static_cast<double>(chain.transits) / phase.parameters_[chain.time];
    chains.emplace_back(chain.transits, rate, length);
  }
}

void Phase::step(ModeVector& amounts, const ModeVector& inflow, std::vector<double>& factors, double length,
                 std::size_t number, bool goes_on) {
  if (number == npos) {
    take(irregular(length), amounts, inflow, factors, goes_on);
    return;
  }
  if (grid_.size() <= number) grid_.resize(number + 1);
  if (!grid_[number]) grid_[number].emplace(*this, length);
  take(*grid_[number], amounts, inflow, factors, goes_on);
}

const Phase::Tables& Phase::irregular(double length) {
  constexpr double same = 1e-10;  // but for rounding: the rest of each day before the next dose
  for (const auto& [known, tables] : irregular_) {
    if (std::abs(known - length) <= same * length) return tables;
  }
  constexpr std::size_t most = 8;
  if (irregular_.size() < most) return irregular_.emplace_back(length, Tables{*this, length}).second;
  next_irregular_ = (next_irregular_ + 1) % most;
  irregular_[next_irregular_] = {length, Tables{*this, length}};
  return irregular_[next_irregular_].second;
}

void Phase::take(const Tables& tables, ModeVector& amounts, const ModeVector& inflow, std::vector<double>& factors,
                 bool goes_on) {
  const ModeVector end = tables.whole.of(amounts, inflow);
  if (!effects_.empty()) {
    const ModeVector middle = tables.half.of(amounts, inflow);
    for (std::size_t k = 0; k < effects_.size(); ++k) {
      const double first = goes_on ? feeds_[k][2] : effects_[k].made(amounts);
      feeds_[k] = {first, effects_[k].made(middle), effects_[k].made(end)};
    }
    std::size_t first = 0;
    for (std::size_t k = 0; k < tables.chains.size(); ++k) {
      const KineticSystem::Chain& chain = system_.chains[k];
      tables.chains[k].apply(feeds_[chain.inhibition], std::span{factors}.subspan(first, chain.transits));
      first += chain.transits;
    }
  }
  amounts = end;
}

double Phase::output(const KineticSystem::Output& output, const ModeVector& amounts,
                     const std::vector<double>& factors) const {
  if (output.kind == KineticSystem::Output::Kind::concentration) {
    return modes_.seen_in(output.of.compartment).dot(amounts) / parameters_[output.of.volume];
  }
  const bool is_product = output.kind == KineticSystem::Output::Kind::product;
  double x = is_product ? 1 : 0;
  for (const std::size_t chain : output.chains) {
    std::size_t last = 0;
    for (std::size_t k = 0; k <= chain; ++k) last += system_.chains[k].transits;
    const double content = factors[last - 1];
    x = is_product ? x * content : x + content / static_cast<double>(output.chains.size());
  }
  const double base = parameters_[output.base];
  if (!output.shift) return base * x;
  const double lost = std::max(1 - x, 0.0);  // of a chain that is full but for rounding
  return base + parameters_[*output.shift] * power(lost, output.power ? parameters_[*output.power] : 1);
}

}  // namespace stardose::learning
