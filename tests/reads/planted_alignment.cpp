// Windows joined to contigs, and what was aligned there put back.
#include "planted_alignment.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "read_simulator.h"
#include "sam_tools.h"
#include "sequence.h"
#include "tests/builders/planted_comparison.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

/// Windows and other known stretches of a contig, one behind the other.
struct JoinedContig {
  int number = 0;  ///< in the header that is written
  std::string bases;
  std::vector<std::int64_t> begins;   ///< of each stretch, within
  std::vector<std::int64_t> places;   ///< where that is on the assembly
  std::array<std::string, 2> copies;  ///< of the windows alone

  void add(std::int64_t place, std::string_view more) {
    begins.push_back(static_cast<std::int64_t>(bases.size()));
    places.push_back(place);
    bases += more;
  }
  [[nodiscard]] std::int64_t place_of(std::int64_t position) const {
    const auto stretch = static_cast<std::size_t>(std::ranges::upper_bound(begins, position) - begins.begin()) - 1;
    return places[stretch] + position - begins[stretch];
  }
};

int number_on_grch38(const std::string& contig) {
  const std::string text = test::grch38_contigs();
  const std::size_t line = text.find("SN:" + contig + "\t");
  return static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(line), '\n'));
}

// What of the known stretches lies on a contig between two positions.
void add_known(JoinedContig& contig, const std::string& name, std::int64_t begin, std::int64_t end,
               const std::vector<test::PlantedWindow>& known) {
  for (const test::PlantedWindow& stretch : known) {
    const std::int64_t from = std::max(begin, stretch.begin);
    const std::int64_t to = std::min(end, stretch.end());
    if (stretch.contig != name || from >= to) continue;
    contig.add(from, std::string_view{stretch.bases}.substr(static_cast<std::size_t>(from - stretch.begin),
                                                            static_cast<std::size_t>(to - from)));
  }
}

std::vector<JoinedContig> join_windows(const test::PlantedGenome& genome,
                                       const std::vector<test::PlantedWindow>& known) {
  std::vector<JoinedContig> contigs;
  const auto& windows = genome.windows();
  for (std::size_t k = 0; k < windows.size(); ++k) {
    const test::PlantedWindow& window = windows[k];
    const bool is_first = k == 0 || windows[k - 1].contig != window.contig;
    const bool is_last = k + 1 == windows.size() || windows[k + 1].contig != window.contig;
    if (is_first) contigs.push_back({.number = number_on_grch38(window.contig)});
    JoinedContig& contig = contigs.back();
    add_known(contig, window.contig, is_first ? 0 : windows[k - 1].end(), window.begin, known);
    contig.add(window.begin, window.bases);
    for (const std::size_t copy : {0U, 1U}) contig.copies.at(copy) += genome.haplotype(window, copy).bases;
    if (is_last) add_known(contig, window.contig, window.end(), INT64_MAX, known);
  }
  return contigs;
}

}  // namespace

std::vector<test::PlantedWindow> read_known_bases(const std::string& path) {
  std::vector<test::PlantedWindow> known;
  for (auto& [title, bases] : fasta_records(lines_of(path))) {
    const std::size_t colon = title.find(':');
    const bool is_region = colon != std::string::npos && title.find('-', colon) != std::string::npos;
    if (!is_region) throw std::runtime_error{"no region: " + title};
    known.push_back({title.substr(0, colon), std::stoll(title.substr(colon + 1)) - 1, std::move(bases), 0, 0});
  }
  std::ranges::sort(known, {}, [](const test::PlantedWindow& stretch) {
    return std::pair{stretch.contig, stretch.begin};
  });
  return known;
}

std::string align_planted(const test::PlantedGenome& genome, const PlantedReads& reads, const std::string& folder,
                          const std::vector<test::PlantedWindow>& known) {
  const std::vector<JoinedContig> contigs = join_windows(genome, known);
  std::string fasta;
  std::vector<std::string> molecules;
  for (const JoinedContig& contig : contigs) {
    fasta += ">" + std::to_string(contig.number) + "\n" + contig.bases + "\n";
    molecules.insert(molecules.end(), contig.copies.begin(), contig.copies.end());
  }
  static const ReadProfile profile = read_profile(std::string{STARDOSE_SOURCE_DIR} + "/tests/reads");
  make_bwa_reference(folder, fasta);
  const std::string stem = folder + "/reads";
  write_text(stem + ".fq",
             simulate_reads(molecules, profile,
                            {.depth_per_copy = reads.depth / 2, .read_length = reads.read_length, .seed = reads.seed}));
  run_command("bwa mem -t 1 -p '" + folder + "/reference.fa' '" + stem + ".fq' > '" + stem + ".sam' 2> /dev/null");
  write_moved(stem + ".sam", stem + ".bam", "@HD\tVN:1.6\tSO:coordinate\n" + test::grch38_contigs(), [&](SamPlace at) {
    const JoinedContig& contig = contigs[static_cast<std::size_t>(at.contig)];
    return SamPlace{contig.number, contig.place_of(at.position)};
  });
  return stem + ".bam";
}

}  // namespace stardose::tests
