// Whether an installation gives the answers that it should: people with a known answer, embedded in the program.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pipeline {

struct SelftestResult {
  std::string what;                 ///< `calls on GRCh38`
  std::string counted;              ///< `48 calls`
  std::vector<std::string> faults;  ///< a sentence each; none: as it should be
};

/// A run of the main job, of which the self-test knows the answer.
struct SelftestRun {
  std::string input;
  std::string patients;
  std::string folder;  ///< for the results
  std::vector<std::string> genes;
  std::vector<std::string> doses;
  int threads = 1;
};

/// Runs everything in a folder of its own below TMPDIR, which is gone afterwards. `run` does a run, with the catalogue
/// that is to be tested. Throws InputError.
[[nodiscard]] std::vector<SelftestResult> selftest(const std::function<void(const SelftestRun&)>& run);

/// Returns what is wrong with a table of results: each row of `expected` must be there, its cells in the columns that
/// it heads, and with `all` no other. Names of samples are as the process knows them.
[[nodiscard]] std::vector<std::string> differences(std::string_view expected, std::string_view found, bool all);

}  // namespace stardose::pipeline
