// The diplotypes whose reads are simulated.
#include "sim_cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <string_view>

#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

const std::string shared = STARDOSE_SOURCE_DIR "/../shared/";
const std::string tables = STARDOSE_SOURCE_DIR "/tests/reads/";

std::map<std::string, std::string> read_truths() {
  std::map<std::string, std::string> truths;
  for (const std::string& line : lines_of(shared + "cases/reads/sim/sv_truth_calls.txt")) {
    const std::size_t space = line.find_first_of(" \t");
    if (line.starts_with("SIM")) truths[line.substr(0, space)] = line.substr(space + 1);
  }
  for (const TableRow& row : read_table(tables + "plain_diplotypes.tsv")) truths[row.at("sample")] = row.at("truth");
  for (const TableRow& row : read_table(tables + "deliberate_differences.tsv")) {
    if (truths.at(row.at("sample")) != row.at("truth")) throw std::runtime_error{"another truth than the table's"};
    truths[row.at("sample")] = row.at("holds");
  }
  return truths;
}

// Common, or with insertions and deletions: these are hardest to read.
constexpr std::array<std::string_view, 32> notable{
    "*1", "*1",  "*1",  "*2",  "*2",  "*4",  "*4",  "*10", "*10", "*17", "*29", "*35", "*41", "*41",  "*3",   "*6",
    "*9", "*15", "*18", "*19", "*20", "*21", "*30", "*38", "*40", "*42", "*58", "*60", "*92", "*101", "*124", "*166"};

class Drawer {
 public:
  Drawer(const pharmaco::Gene& gene, Random& random) : random_{random} {
    for (const pharmaco::NamedAllele& allele : gene.alleles) {
      const bool is_structure = allele.name == "*36" || allele.name == "*83" || allele.name == "*141";
      if (allele.is_defined && !is_structure) defined_.push_back(allele.name);
    }
  }

  std::vector<std::string> plain() { return {allele()}; }
  std::vector<std::string> copies() {
    static constexpr std::array<double, 3> shares{0.75, 0.2, 0.05};
    return std::vector<std::string>(2 + random_.pick(shares), allele());
  }
  std::vector<std::string> hybrid() {
    static const std::vector<std::vector<std::string>> kinds{{"*10", "*36"},   {"*10", "*36"}, {"*10", "*36", "*36"},
                                                             {"*4", "*68"},    {"*4", "*68"},  {"*4", "*68", "*68"},
                                                             {"*4", "*4.013"}, {"*36"},        {"*13"},
                                                             {"*1", "*13"},    {"*2", "*13"},  {"*83"},
                                                             {"*1", "*83"},    {"*68"}};
    return kinds[random_.below(kinds.size())];
  }

 private:
  std::string allele() {
    if (random_.uniform() < 0.5) return std::string{notable[random_.below(notable.size())]};
    return defined_[random_.below(defined_.size())];
  }

  Random& random_;
  std::vector<std::string> defined_;
};

std::string text_of(const std::vector<std::string>& units) {
  if (units.empty()) return "*5";
  std::string text;
  for (std::size_t i = 0; i < units.size();) {
    const auto next = std::find_if(units.begin() + static_cast<std::ptrdiff_t>(i), units.end(),
                                   [&](const std::string& unit) { return unit != units[i]; });
    const auto count = static_cast<std::size_t>(next - units.begin()) - i;
    // Hybrids are written first, though they lie nearer to the paralog.
    text = units[i] + (count > 1 ? "x" + std::to_string(count) : "") + (text.empty() ? "" : "+" + text);
    i += count;
  }
  return text;
}

}  // namespace

std::string window_path() { return shared + "cases/reads/sim/GRCh38_chr22_42000000-43000000.fa.gz"; }

std::string archive_path() { return shared + "cases/reads/sim/cyp2d6_gt_algorithms_fasta.tar.gz"; }

std::vector<std::string> given_samples() {
  std::vector<std::string> samples;
  for (const auto& [sample, truth] : read_truths()) samples.push_back(sample);
  return samples;
}

SimulatedCase given_case(const std::string& sample, const Window& window, HaplotypeMode mode, const Flanks& flanks) {
  SimulatedCase made{sample, read_truths().at(sample), {}};
  for (const std::string side : {"_M", "_P"}) {
    const auto molecules = molecules_of(read_pieces(archive_path(), sample + side), window, mode, flanks);
    made.molecules.insert(made.molecules.end(), molecules.begin(), molecules.end());
  }
  return made;
}

SimulatedCase own_case(int number, const ChromosomeMaker& maker, const pharmaco::Gene& gene, const Flanks& flanks) {
  Random random{static_cast<std::uint64_t>(number) * 2654435761U + 17};
  Drawer drawer{gene, random};
  static constexpr std::array<double, 4> classes{3, 2, 2, 2};
  const std::size_t kind = random.pick(classes);
  std::vector<std::string> first;
  if (kind == 0) first = drawer.plain();
  if (kind == 2) first = drawer.copies();
  if (kind == 3) first = drawer.hybrid();
  std::vector<std::string> second = drawer.plain();
  if (kind != 0 && random.uniform() < 0.2) second = random.uniform() < 0.5 ? drawer.copies() : drawer.hybrid();
  if (kind == 1 && random.uniform() < 0.1) second.clear();
  return {(number < 1000 ? "OWN" : "HELD") + std::to_string(number),
          text_of(first) + "/" + text_of(second),
          {maker.make(first, flanks, random), maker.make(second, flanks, random)}};
}

}  // namespace stardose::tests
