// The outcomes a gene can have.
#pragma once

#include <string_view>

namespace stardose::pharmaco {

enum class CallStatus {
  called,     ///< one best-scoring diplotype
  ambiguous,  ///< several diplotypes explain the data equally well
  /// No pair of named alleles does, but alleles and single variants together do (`[*2 + *8]`). Only if combinations
  /// were asked for. Not a diplotype of the catalogue: its function is not known.
  combination,
  no_call,  ///< nothing does, or the data do not decide; the reason is given
};

/// Returns `called`, `ambiguous`, `combination` or `no_call`, as in calls.tsv.
[[nodiscard]] constexpr std::string_view to_string(CallStatus status) {
  switch (status) {
    case CallStatus::called: return "called";
    case CallStatus::ambiguous: return "ambiguous";
    case CallStatus::combination: return "combination";
    case CallStatus::no_call: return "no_call";
  }
  return "no_call";
}

}  // namespace stardose::pharmaco
