#include "read_simulator.h"

#include <doctest/doctest.h>

#include <cmath>

#include "sequence.h"
#include "tests/shared/text_table.h"

using namespace stardose::tests;

namespace {

std::string some_bases(std::size_t count, std::uint64_t seed) {
  Random random{seed};
  std::string bases;
  for (std::size_t i = 0; i < count; ++i) bases += "ACGT"[random.below(4)];
  return bases;
}

ReadProfile measured() { return read_profile(STARDOSE_SOURCE_DIR "/tests/reads"); }

}  // namespace

TEST_CASE("reads are as deep and as wrong as asked, and the same for one seed") {
  const std::string molecule = some_bases(20000, 3);
  SimulationOptions options;
  options.depth_per_copy = 40;
  const std::string fastq = simulate_reads({molecule}, measured(), options);
  CHECK(fastq == simulate_reads({molecule}, measured(), options));
  options.seed = 2;
  CHECK(fastq != simulate_reads({molecule}, measured(), options));

  const auto lines = split_text(fastq, "\n");
  double bases = 0, wrong = 0, expected = 0;
  for (std::size_t i = 0; i + 3 < lines.size(); i += 4) {
    const std::string& read = lines[i + 1];
    bases += static_cast<double>(read.size());
    if (read.size() != 150) continue;
    // Placed by a stretch without errors; a read of another length has lost or gained a base.
    for (const std::string& turned : {read, reverse_complement(read)}) {
      const std::size_t place = molecule.find(turned.substr(60, 30));
      if (place == std::string::npos || place < 60 || place + 90 > molecule.size()) continue;
      for (std::size_t k = 0; k < 150; ++k) wrong += molecule[place - 60 + k] != turned[k] ? 1 : 0;
    }
    for (const char quality : lines[i + 3])
      expected += quality == '!' + 30 ? 0.000124 : quality == '!' + 20 ? 0.01746 : 0.083;
  }
  CHECK(bases / 20000 == doctest::Approx(40).epsilon(0.02));
  CHECK(wrong == doctest::Approx(expected).epsilon(0.25));
}

TEST_CASE("single reads, long reads and copies of fragments are read to the same depth") {
  const std::string molecule = some_bases(60000, 4);
  for (const ReadKind kind : {ReadKind::single, ReadKind::paired, ReadKind::long_reads}) {
    SimulationOptions options;
    options.kind = kind;
    options.depth_per_copy = 30;
    options.duplicates = kind == ReadKind::paired ? 0.2 : 0;
    options.unevenness = kind == ReadKind::paired ? 0.2 : 0;
    double bases = 0;
    const auto lines = split_text(simulate_reads({molecule}, measured(), options), "\n");
    for (std::size_t i = 0; i + 3 < lines.size(); i += 4) bases += static_cast<double>(lines[i + 1].size());
    CHECK(bases / 60000 == doctest::Approx(30).epsilon(kind == ReadKind::long_reads ? 0.15 : 0.02));
  }
}
