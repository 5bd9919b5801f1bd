// The response of a chain is a gamma distribution; its moments are Poisson tails.
#include "learning/kinetics/transits.h"

#include <cmath>

namespace stardose::learning {

namespace {

/// Probabilities of 0, 1, ... `count` - 1 events where `mean` are expected; and that of `count` or more.
std::pair<std::vector<double>, double> poisson(double mean, std::size_t count) {
  std::vector<double> exactly(count);
  double term = std::exp(-mean);
  for (std::size_t k = 0; k < count; ++k) {
    exactly[k] = term;
    term *= mean / static_cast<double>(k + 1);
  }
  double more = 0;
  for (auto k = static_cast<double>(count); term > 1e-18 * more || k < mean; ++k) {
    more += term;
    term *= mean / (k + 1);
    if (term == 0) break;
  }
  return {std::move(exactly), more};
}

}  // namespace

TransitStep::TransitStep(std::size_t transits, double rate, double step) : step_{step} {
  auto [exactly, tail] = poisson(rate * step, transits + 2);
  std::vector<double> at_least(transits + 3);
  at_least[transits + 2] = tail;
  for (std::size_t k = transits + 2; k-- > 0;) at_least[k] = at_least[k + 1] + exactly[k];
  exactly.resize(transits);
  kept_ = std::move(exactly);
  for (std::size_t i = 1; i <= transits; ++i) {
    const auto stage = static_cast<double>(i);
    of_.push_back({at_least[i], stage / rate * at_least[i + 1], stage * (stage + 1) / (rate * rate) * at_least[i + 2]});
  }
}

void TransitStep::apply(const Feed& feed, std::span<double> contents) const {
  // Along the time before the step's end: end - slope u + curve u^2.
  const double slope = (3 * feed[2] - 4 * feed[1] + feed[0]) / step_;
  const double curve = 2 * (feed[0] - 2 * feed[1] + feed[2]) / (step_ * step_);
  for (std::size_t i = contents.size(); i-- > 0;) {
    double content = feed[2] * of_[i][0] - slope * of_[i][1] + curve * of_[i][2];
    for (std::size_t back = 0; back <= i; ++back) content += kept_[back] * contents[i - back];
    contents[i] = content;
  }
}

}  // namespace stardose::learning
