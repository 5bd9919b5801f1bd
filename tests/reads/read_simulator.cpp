// Reads as a sequencer would make them from given molecules.
#include "read_simulator.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include "sequence.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

constexpr std::string_view bases = "ACGT";
constexpr double indel_errors = 1e-5;      // of a short read, by base: 32 single ones in 2.07 M bases, less true ones
constexpr double long_read_errors = 5e-4;  // by base
constexpr std::size_t stretch = 500;       // bases that are read alike

class Simulator {
 public:
  Simulator(const ReadProfile& profile, const SimulationOptions& options)
      : profile_{profile}, options_{options}, random_{options.seed} {}

  void molecule(const std::string& text) {
    if (options_.kind == ReadKind::long_reads) {
      long_reads(text);
    } else {
      short_reads(text);
    }
  }
  std::string take() { return std::move(fastq_); }

 private:
  void short_reads(const std::string& text) {
    const auto length = static_cast<std::size_t>(options_.read_length);
    if (text.size() < length) return;
    const bool paired = options_.kind == ReadKind::paired;
    const double per_fragment = (paired ? 2.0 : 1.0) * options_.read_length;
    const auto fragments = static_cast<std::size_t>(
        std::lround(options_.depth_per_copy * static_cast<double>(text.size()) / per_fragment));
    const std::vector<double> weights = stretch_weights(text.size());
    for (std::size_t made = 0; made < fragments;) {
      const std::size_t insert = std::min(std::max(length, insert_length()), text.size());
      const std::size_t begin = random_.below(text.size() - insert + 1);
      if (!weights.empty() && random_.uniform() > weights[begin / stretch]) continue;
      const std::string_view fragment = std::string_view{text}.substr(begin, insert);
      const bool reverse = random_.uniform() < 0.5;
      const int copies = random_.uniform() < options_.duplicates ? 2 : 1;
      for (int copy = 0; copy < copies && made < fragments; ++copy, ++made) short_fragment(fragment, reverse, paired);
    }
  }

  void short_fragment(std::string_view fragment, bool reverse, bool paired) {
    const auto length = static_cast<std::size_t>(options_.read_length);
    const std::string first{fragment.substr(0, length)};
    const std::string last = reverse_complement(fragment.substr(fragment.size() - length));
    ++number_;
    short_read(reverse ? last : first, 0);
    if (paired) short_read(reverse ? first : last, 1);
  }

  void short_read(const std::string& truth, std::size_t mate) {
    qualities_.clear();
    std::size_t quality = random_.pick(profile_.start[mate]);
    read_.clear();
    for (std::size_t at = 0; at < truth.size(); ++at) {
      if (at > 0) {
        quality = random_.pick(profile_.next[mate][std::min(at, ReadProfile::cycles - 1)][quality]);
      }
      const double draw = random_.uniform();
      if (draw < indel_errors && at > 0 && at + 1 < truth.size()) {
        if (draw < indel_errors / 2) continue;  // a base is missing
        add(truth[at], quality);
      }
      add(random_.uniform() < profile_.error[quality] ? another(truth[at]) : truth[at], quality);
    }
    write("");
  }

  void add(char base, std::size_t quality) {
    read_ += base;
    qualities_ += static_cast<char>('!' + ReadProfile::qualities[quality]);
  }

  void long_reads(const std::string& text) {
    const auto wanted = options_.depth_per_copy * static_cast<double>(text.size());
    for (double made = 0; made < wanted;) {
      const double drawn = std::clamp(14000 + 3000 * random_.normal(), 9000.0, 20000.0);
      // A read may run over either end: then what lies on the molecule is kept, so that its ends are as deep.
      const auto span = static_cast<double>(text.size());
      const double begin = random_.uniform() * (span + drawn) - drawn;
      const auto from = static_cast<std::size_t>(std::max(0.0, begin));
      const auto to = static_cast<std::size_t>(std::min(span, begin + drawn));
      made += drawn * span / (span + drawn);
      if (to <= from || to - from < 1000) continue;
      ++number_;
      const std::string_view cut = std::string_view{text}.substr(from, to - from);
      long_read(random_.uniform() < 0.5 ? reverse_complement(cut) : std::string{cut});
    }
  }

  void long_read(const std::string& truth) {
    read_.clear();
    qualities_.clear();
    for (std::size_t at = 0; at < truth.size(); ++at) {
      const bool in_run = at > 1 && truth[at] == truth[at - 1] && truth[at] == truth[at - 2];
      const double draw = random_.uniform();
      const double indels = in_run ? long_read_errors : long_read_errors / 10;
      const auto quality = static_cast<char>('!' + (in_run ? 25 : 40));
      if (draw < indels) {
        if (draw < indels / 2) continue;
        read_ += truth[at];
        qualities_ += quality;
      }
      read_ += random_.uniform() < long_read_errors / 10 ? another(truth[at]) : truth[at];
      qualities_ += quality;
    }
    write("");
  }

  char another(char base) {
    char drawn = base;
    while (drawn == base) drawn = bases[random_.below(bases.size())];
    return drawn;
  }

  std::size_t insert_length() {
    const double at = random_.uniform() * static_cast<double>(profile_.inserts.size() - 1);
    const auto left = static_cast<std::size_t>(at);
    const double share = at - static_cast<double>(left);
    return static_cast<std::size_t>(profile_.inserts[left] * (1 - share) + profile_.inserts[left + 1] * share);
  }

  // Shares of the deepest stretch; empty: all alike.
  std::vector<double> stretch_weights(std::size_t size) {
    std::vector<double> weights;
    if (options_.unevenness <= 0) return weights;
    for (std::size_t at = 0; at <= size / stretch; ++at) {
      weights.push_back(std::exp(options_.unevenness * random_.normal()));
    }
    const double most = *std::max_element(weights.begin(), weights.end());
    for (double& weight : weights) weight /= most;
    return weights;
  }

  void write(std::string_view ending) {
    fastq_ += "@f" + std::to_string(number_);
    fastq_ += ending;
    fastq_ += '\n' + read_ + "\n+\n" + qualities_ + '\n';
  }

  const ReadProfile& profile_;
  const SimulationOptions& options_;
  Random random_;
  std::size_t number_ = 0;
  std::string read_, qualities_, fastq_;
};

ReadProfile::Row row_of(const TableRow& row) {
  return {std::stod(row.at("q30")), std::stod(row.at("q20")), std::stod(row.at("q10")), std::stod(row.at("q4"))};
}

}  // namespace

ReadProfile read_profile(const std::string& folder) {
  ReadProfile profile;
  std::size_t filled = 0;
  for (const TableRow& row : read_table(folder + "/illumina_profile.tsv")) {
    if (row.at("kind") == "error") {
      profile.error = row_of(row);
      continue;
    }
    const std::size_t mate = row.at("read") == "2" ? 1 : 0;
    if (row.at("kind") == "start") {
      profile.start[mate] = row_of(row);
      continue;
    }
    const auto quality =
        std::find(ReadProfile::qualities.begin(), ReadProfile::qualities.end(), std::stoi(row.at("quality")));
    if (quality == ReadProfile::qualities.end()) throw std::runtime_error{"a quality that is no class"};
    ++filled;
    for (auto cycle = static_cast<std::size_t>(std::stoul(row.at("cycle"))); cycle < ReadProfile::cycles; ++cycle) {
      profile.next[mate][cycle][static_cast<std::size_t>(quality - ReadProfile::qualities.begin())] = row_of(row);
    }
  }
  for (const TableRow& row : read_table(folder + "/illumina_inserts.tsv")) {
    profile.inserts.push_back(std::stod(row.at("length")));
  }
  if (filled < 8 || profile.error[0] <= 0 || profile.start[1][0] <= 0 || profile.inserts.size() < 2) {
    throw std::runtime_error{"the profile of reads is not whole: " + folder};
  }
  return profile;
}

std::string simulate_reads(const std::vector<std::string>& molecules, const ReadProfile& profile,
                           const SimulationOptions& options) {
  Simulator simulator{profile, options};
  for (const std::string& molecule : molecules) simulator.molecule(molecule);
  return simulator.take();
}

}  // namespace stardose::tests
