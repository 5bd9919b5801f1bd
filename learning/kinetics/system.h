// Compartments, what flows between them, and what their contents do: the shape of a kinetic model.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace stardose::learning {

/// Amounts flow between compartments in proportion to what is in them; concentrations inhibit the making of factors,
/// which pass through chains of transits. All that a person is told by are `parameters`, here by their places in a
/// list. Units are the caller's: one of time, amount and volume throughout.
struct KineticSystem {
  /// The part of `from` that leaves in a unit of time: `rate`, or where there is a volume `rate` (a clearance) over it.
  struct Flow {
    std::size_t from = 0;
    std::optional<std::size_t> to;  ///< nullopt: out of the body
    std::size_t rate = 0;
    std::optional<std::size_t> volume;
  };
  /// Where doses go in.
  struct Entry {
    std::size_t compartment = 0;
    double share = 1;                      ///< of a dose that is the substance that the model follows
    std::optional<std::size_t> available;  ///< bioavailability; nullopt: all of it
    std::optional<std::size_t> lag;        ///< time from dose to entry; nullopt: none
  };
  struct Concentration {
    std::size_t compartment = 0;
    std::size_t volume = 0;
  };
  /// Factors are made at the rate 1 - most C^hill / (ec50^hill + C^hill), of 1 without the drug.
  struct Inhibition {
    Concentration of;
    std::size_t ec50 = 0;
    std::optional<std::size_t> hill;  ///< nullopt: 1
    std::optional<std::size_t> most;  ///< nullopt: 1
  };
  /// `transits` transits of one rate, together `time` long on average; the first is fed at the rate that the inhibition
  /// leaves. Their contents are 1 without the drug.
  struct Chain {
    std::size_t inhibition = 0;
    std::size_t transits = 1;
    std::size_t time = 0;
  };
  /// What can be measured.
  struct Output {
    enum class Kind {
      concentration,
      product,  ///< base + shift (1 - x)^power, with x the product of the last transits of `chains`
      mean,     ///< the same, with x their mean
    };
    Kind kind = Kind::concentration;
    Concentration of;
    std::vector<std::size_t> chains;
    std::size_t base = 0;
    std::optional<std::size_t> shift;  ///< nullopt: base times x in place of the sum
    std::optional<std::size_t> power;  ///< nullopt: 1
  };

  std::size_t parameters = 0;  ///< how many there are
  std::size_t compartments = 0;
  std::vector<Flow> flows;
  std::vector<Entry> entries;
  std::vector<Inhibition> inhibitions;
  std::vector<Chain> chains;
  std::vector<Output> outputs;
  /// Of chains: the length of the first step after each dose, and of the longest.
  double first_step = 1;
  double longest_step = 1;
};

}  // namespace stardose::learning
