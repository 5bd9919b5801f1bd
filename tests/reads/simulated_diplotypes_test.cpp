// CYP2D6 diplotypes called from simulated reads at 30x; CTest has an entry for each sample.
#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <set>

#include "diplotype_text.h"
#include "read_aligner.h"
#include "read_calls.h"
#include "sim_cases.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

using namespace stardose::tests;

namespace {

const std::string tables = STARDOSE_SOURCE_DIR "/tests/reads/";

bool can_simulate() {
  if (!shared_is_there()) return false;
  if (is_installed("bwa")) return true;
  MESSAGE("skipped: bwa is not there");
  return false;
}

const FormerNames& former_names() {
  static const FormerNames names = read_former_names(STARDOSE_SOURCE_DIR "/pharmaco/catalogue/aliases.tsv", "CYP2D6");
  return names;
}

std::string simulated_bam(const SimulatedCase& made, const Window& window) {
  const ReadAligner aligner{window, STARDOSE_READS_FOLDER};
  SimulationOptions options;
  options.seed = std::hash<std::string>{}(made.name);
  return aligner.align(simulate_reads(made.molecules, read_profile(STARDOSE_SOURCE_DIR "/tests/reads"), options),
                       options.kind, made.name);
}

// What is not called exactly, and why: sample -> the worst verdict that is put up with.
std::map<std::string, std::string> shortfalls() {
  std::map<std::string, std::string> listed;
  for (const TableRow& row : read_table(tables + "shortfalls.tsv")) listed[row.at("sample")] = row.at("verdict");
  return listed;
}

}  // namespace

TEST_SUITE("shared: simulated reads") {
  TEST_CASE("sample") {
    const char* sample = std::getenv("STARDOSE_SAMPLE");  // NOLINT(concurrency-mt-unsafe): nothing sets it here
    if (sample == nullptr || !can_simulate()) return;
    const Window window = read_window(window_path());
    const SimulatedCase made = given_case(sample, window, HaplotypeMode::joined, {});
    const ReadCall called = call_cyp2d6(simulated_bam(made, window));
    const Verdict verdict = judge(made.truth, called.diplotypes, former_names());
    INFO(made.truth, " called as ", to_text(called));
    const auto listed = shortfalls();
    const auto shortfall = listed.find(sample);
    CHECK(verdict <= (shortfall == listed.end() ? Verdict::exact : verdict_of(shortfall->second)));
    CHECK_FALSE((verdict == Verdict::wrong && called.posterior >= 0.99));
  }

  TEST_CASE("no sample is left out") {
    if (!shared_is_there()) return;
    const auto given = given_samples();
    const auto listed = lines_of(STARDOSE_READS_SAMPLES);
    CHECK(std::set<std::string>(given.begin(), given.end()) == std::set<std::string>(listed.begin(), listed.end()));
    for (const auto& [sample, verdict] : shortfalls()) {
      CHECK_MESSAGE(std::count(given.begin(), given.end(), sample) == 1, sample, " is no sample");
    }
  }
}
