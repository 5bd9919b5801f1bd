// The benchmark of CYP2D6 from reads: makes BAM files of simulated diplotypes, calls them, and writes tables.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "diplotype_text.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "read_aligner.h"
#include "read_calls.h"
#include "read_simulator.h"
#include "sim_cases.h"

namespace {

using namespace stardose;
using namespace stardose::tests;

const std::string source = STARDOSE_SOURCE_DIR;

// How reads are made: of which molecules, of which kind, against which assembly.
struct Setting {
  std::string name;
  HaplotypeMode mode = HaplotypeMode::joined;
  SimulationOptions options;
  bool grch37 = false;
};

// `joined`, `concatenated`, `separate`, `single`, `long`, `uneven`, `pe100`, `grch37`.
Setting setting_of(const std::string& name, double depth) {
  Setting setting{name, HaplotypeMode::joined, {}, name == "grch37"};
  setting.options.depth_per_copy = depth / 2;
  if (name == "separate") setting.mode = HaplotypeMode::separate;
  if (name == "concatenated") setting.mode = HaplotypeMode::concatenated;
  if (name == "single") setting.options.kind = ReadKind::single;
  if (name == "long") setting.options.kind = ReadKind::long_reads;
  if (name == "pe100") setting.options.read_length = 100;
  if (name == "uneven") {
    setting.options.unevenness = 0.15;
    setting.options.duplicates = 0.1;
  }
  return setting;
}

class Bench {
 public:
  explicit Bench(std::string folder)
      : folder_{std::move(folder)},
        window_{read_window(window_path())},
        knowledge_{pharmaco::open_knowledge("")},
        gene_{*knowledge_.find_gene("CYP2D6")},
        maker_{window_, gene_, source + "/pharmaco/catalogue/genes/CYP2D6/paralog_sites.tsv"},
        profile_{read_profile(source + "/tests/reads")},
        former_{read_former_names(source + "/pharmaco/catalogue/aliases.tsv", "CYP2D6")} {}

  [[nodiscard]] SimulatedCase find(const std::string& name, HaplotypeMode mode) const {
    if (name.starts_with("SIM")) return given_case(name, window_, mode, {});
    return own_case(std::atoi(name.c_str()), maker_, gene_, {});
  }

  [[nodiscard]] std::string bam_of(const SimulatedCase& made, Setting setting) const {
    setting.options.seed = std::hash<std::string>{}(made.name);
    const std::string fastq = simulate_reads(made.molecules, profile_, setting.options);
    if (setting.grch37) {
      const Window window37 = window_of_grch37(window_, archive_path());
      return ReadAligner{window37, folder_ + "/grch37", {"22", 51'304'566}}.align(fastq, setting.options.kind,
                                                                                  made.name);
    }
    return ReadAligner{window_, folder_}.align(fastq, setting.options.kind, made.name);
  }

  // One line a case; the counts of verdicts by class.
  void table(const std::vector<std::string>& names, const Setting& setting) {
    std::map<std::string, std::array<int, 6>> counts;
    int sure_and_wrong = 0;
    double seconds = 0;
    for (const std::string& name : names) {
      const SimulatedCase made = find(name, setting.mode);
      const ReadCall called = call_cyp2d6(bam_of(made, setting));
      const Verdict verdict = judge(made.truth, called.diplotypes, former_);
      seconds += called.cpu_seconds;
      ++counts[std::string{structural_class(made.truth, former_)}][static_cast<std::size_t>(verdict)];
      ++counts["total"][static_cast<std::size_t>(verdict)];
      if (verdict == Verdict::wrong && called.posterior >= 0.99) ++sure_and_wrong;
      fmt::print(stderr, "{}\t{}\t{}\t{}\t{:.4f}\t{}\n", made.name, made.truth, to_string(verdict),
                 called.diplotypes.empty() ? "." : called.diplotypes.front(), called.posterior, to_text(called));
    }
    for (const std::string group : {"deletion", "duplication", "hybrid", "none", "total"}) {
      const auto& found = counts[group];
      int all = 0;
      for (const int count : found) all += count;
      fmt::print("| {} | {:.0f} | {} | {} | {} | {} | {} | {} | {} | {} |\n", setting.name,
                 2 * setting.options.depth_per_copy, group, all, found[0], found[1], found[2], found[3], found[4],
                 found[5]);
    }
    fmt::print("<!-- {} {:.0f}x: {} wrong with a posterior of 0.99 or more; {:.3f} s of CPU a call -->\n", setting.name,
               2 * setting.options.depth_per_copy, sure_and_wrong, seconds / static_cast<double>(names.size()));
    std::fflush(stdout);
  }

 private:
  std::string folder_;
  Window window_;
  pharmaco::KnowledgeBase knowledge_;
  const pharmaco::Gene& gene_;
  ChromosomeMaker maker_;
  ReadProfile profile_;
  FormerNames former_;
};

// `given`, `tuning` (1-120), `held-out` (1000-1119), or names.
std::vector<std::string> cases_of(int argc, char** argv, int first) {
  std::vector<std::string> names;
  for (int i = first; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "given") {
      const auto given = given_samples();
      names.insert(names.end(), given.begin(), given.end());
    } else if (word == "tuning" || word == "held-out") {
      for (int n = 0; n < 120; ++n) names.push_back(std::to_string(word == "tuning" ? n + 1 : n + 1000));
    } else {
      names.push_back(word);
    }
  }
  return names;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 6) {
    std::fputs("stardose_reads_bench make|call FOLDER DEPTH SETTING CASE...\n", stderr);
    return 2;
  }
  Bench bench{argv[2]};
  const Setting setting = setting_of(argv[4], std::atof(argv[3]));
  const auto names = cases_of(argc, argv, 5);
  if (std::string{argv[1]} == "call") {
    bench.table(names, setting);
    return 0;
  }
  for (const std::string& name : names) {
    const SimulatedCase made = bench.find(name, setting.mode);
    fmt::print("{}\t{}\t{}\n", bench.bam_of(made, setting), made.name, made.truth);
  }
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 1;
}
