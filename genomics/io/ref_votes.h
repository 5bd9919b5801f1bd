// REF alleles as witnesses of the assembly.
#pragma once

#include <cstddef>
#include <set>

namespace stardose::genomics {

/// How REF alleles agreed with the sites' bases, by site.
struct RefVotes {
  std::set<std::size_t> agreeing;
  std::set<std::size_t> disagreeing;

  /// A lone wrong REF is a faulty record; this many are another assembly.
  [[nodiscard]] bool are_another_assembly() const;
};

/// Which of two assemblies REF alleles fit that were read as those of either.
enum class Verdict { neither, first, second, both };

[[nodiscard]] Verdict verdict_on(const RefVotes& first, const RefVotes& second);

}  // namespace stardose::genomics
