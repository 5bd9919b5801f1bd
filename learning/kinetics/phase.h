// A person with one set of parameters, step by step.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "learning/kinetics/modes.h"
#include "learning/kinetics/transits.h"

namespace stardose::learning {

/// Amounts here are modes; factors are the transits of all chains, chain by chain.
class Phase {
 public:
  /// Refers to both.
  Phase(const KineticSystem& system, const std::vector<double>& parameters);

  [[nodiscard]] const Modes& modes() const { return modes_; }

  /// Moves amounts and factors on by a step that is the `number`th of a grid, whose tables are kept, or (npos) any
  /// other. `goes_on`: the amounts are those that the step before has left.
  void step(ModeVector& amounts, const ModeVector& inflow, std::vector<double>& factors, double length,
            std::size_t number, bool goes_on);

  [[nodiscard]] double output(const KineticSystem::Output& output, const ModeVector& amounts,
                              const std::vector<double>& factors) const;

  static constexpr std::size_t npos = std::numeric_limits<std::size_t>::max();

 private:
  struct Effect {
    ModeVector concentration;
    double ec50_to_hill = 0;
    double hill = 1;
    double most = 1;

    [[nodiscard]] double made(const ModeVector& amounts) const;
  };
  struct Move {
    ModeVector decay;
    ModeVector share;

    Move(const ModeVector& rates, double time);
    [[nodiscard]] ModeVector of(const ModeVector& amounts, const ModeVector& inflow) const {
      return decay.cwiseProduct(amounts) + share.cwiseProduct(inflow);
    }
  };
  /// All of a step that does not depend on where it begins.
  struct Tables {
    Tables(const Phase& phase, double length);

    Move half;
    Move whole;
    std::vector<TransitStep> chains;
  };

  [[nodiscard]] const Tables& irregular(double length);
  void take(const Tables& tables, ModeVector& amounts, const ModeVector& inflow, std::vector<double>& factors,
            bool goes_on);

  const KineticSystem& system_;
  const std::vector<double>& parameters_;
  Modes modes_;
  std::vector<Effect> effects_;
  std::vector<Feed> feeds_;  ///< of the last step
  std::vector<std::optional<Tables>> grid_;
  std::vector<std::pair<double, Tables>> irregular_;  ///< the latest steps of other lengths
  std::size_t next_irregular_ = 0;
};

}  // namespace stardose::learning
