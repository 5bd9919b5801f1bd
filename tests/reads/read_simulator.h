// Reads as a sequencer would make them from given molecules: errors, qualities and inserts as measured.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"

namespace stardose::tests {

/// Four classes of base quality, which follow each other along a read as measured (illumina_profile.tsv).
struct ReadProfile {
  static constexpr std::array<int, 4> qualities{30, 20, 10, 4};
  using Row = std::array<double, 4>;
  static constexpr std::size_t cycles = 150;  ///< that were measured; a longer read goes on as the last ones

  std::array<Row, 2> start{};                                    ///< by mate
  std::array<std::array<std::array<Row, 4>, cycles>, 2> next{};  ///< by mate, cycle, quality before
  Row error{};                                                   ///< share of wrong bases
  std::vector<double> inserts;                                   ///< lengths at equal steps of their share
};

/// Reads both tables of the folder. Throws where one is not whole.
[[nodiscard]] ReadProfile read_profile(const std::string& folder);

enum class ReadKind { paired, single, long_reads };

struct SimulationOptions {
  ReadKind kind = ReadKind::paired;
  double depth_per_copy = 15;  ///< reads over a base of one molecule
  int read_length = 150;       ///< of short reads
  /// Deviation of the logarithm of how many reads start in one 500-base stretch rather than another; 0: even.
  double unevenness = 0;
  double duplicates = 0;  ///< share of fragments that come twice
  std::uint64_t seed = 1;
};

/// Returns FASTQ text, mates one after the other. HiFi-like long reads: 9 to 20 kb, one base in 2,000 wrong, most of
/// these in runs of one base (Wenger 2019, Nat Biotechnol 37:1155).
[[nodiscard]] std::string simulate_reads(const std::vector<std::string>& molecules, const ReadProfile& profile,
                                         const SimulationOptions& options);

}  // namespace stardose::tests
