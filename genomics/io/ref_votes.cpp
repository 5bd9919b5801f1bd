// Weighing votes.
#include "genomics/io/ref_votes.h"

namespace stardose::genomics {

bool RefVotes::are_another_assembly() const {
  const std::size_t wrong = disagreeing.size();
  return wrong > 0 && (agreeing.empty() || (wrong >= 3 && wrong * 10 > agreeing.size()));
}

Verdict verdict_on(const RefVotes& first, const RefVotes& second) {
  const auto fits = [](const RefVotes& votes) { return !votes.agreeing.empty() && !votes.are_another_assembly(); };
  // Records of one assembly meet sites of the other by accident, and agree with them once in four times.
  const auto outweighs = [](const RefVotes& a, const RefVotes& b) {
    return a.agreeing.size() >= 4 * (b.agreeing.size() + b.disagreeing.size());
  };
  if (fits(first) && fits(second)) {
    if (outweighs(first, second)) return Verdict::first;
    return outweighs(second, first) ? Verdict::second : Verdict::both;
  }
  if (fits(first) && first.agreeing.size() > second.agreeing.size()) return Verdict::first;
  return fits(second) && second.agreeing.size() > first.agreeing.size() ? Verdict::second : Verdict::neither;
}

}  // namespace stardose::genomics
