// The three outcomes a gene can have.
#pragma once

#include <string_view>

namespace stardose::pharmaco {

enum class CallStatus {
  called,     ///< one best-scoring diplotype
  ambiguous,  ///< several diplotypes explain the data equally well
  no_call,    ///< none does, or the data do not decide; the reason is given
};

/// Returns `called`, `ambiguous` or `no_call`, as in calls.tsv.
[[nodiscard]] constexpr std::string_view to_string(CallStatus status) {
  switch (status) {
    case CallStatus::called: return "called";
    case CallStatus::ambiguous: return "ambiguous";
    case CallStatus::no_call: return "no_call";
  }
  return "no_call";
}

}  // namespace stardose::pharmaco
