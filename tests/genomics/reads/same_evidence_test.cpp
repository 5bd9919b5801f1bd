// Bases counted in another way, in another order, and a piece at a time: the same evidence.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/donor.h"
#include "tests/builders/naive_pileup.h"
#include "tests/builders/temp_folder.h"
#include "tests/shared/shared_folder.h"

namespace stardose::genomics {

namespace {

using test::AlignmentBuilder;
using test::TempFolder;

struct Line {
  std::size_t position = 0;
  std::string place;
  std::string bases;
  std::string qualities;
};

// Reads with every operation, duplicates, mates that overlap, and qualities from poor to claimed.
std::vector<Line> made_up_reads(unsigned seed, std::size_t contig_length) {
  std::mt19937 random{seed};
  const std::string contig = test::random_bases(contig_length, 1);
  const std::vector<std::string> cigars{"60M",      "5S55M",  "20=1X39=", "30M4D30M",
                                        "25M3I32M", "10H60M", "40M20S",   "30M900N30M"};
  std::vector<Line> lines;
  for (int k = 0; k < 1500; ++k) {
    const std::size_t at = random() % (contig_length - 1200);
    const int mates = random() % 2 == 0 ? 1 : 2;
    for (int mate = 0; mate < mates; ++mate) {
      const std::size_t position = at + static_cast<std::size_t>(mate) * (random() % 80);
      const int flag = (mates == 2 ? 1 + 2 + (mate == 0 ? 64 : 128) : 0) + (random() % 2 == 0 ? 16 : 0) +
                       (random() % 12 == 0 ? 1024 : 0) + (random() % 30 == 0 ? 256 : 0);
      std::string bases = contig.substr(position, 60);
      std::string qualities;
      for (char& base : bases) {
        if (random() % 20 == 0) base = "ACGTN"[random() % 5];
        qualities += static_cast<char>(33 + (random() % 10 == 0 ? random() % 93 : 25 + random() % 16));
      }
      const int mapping_quality = random() % 5 == 0 ? static_cast<int>(random() % 30) : 60;
      lines.push_back({position,
                       "r" + std::to_string(k) + " " + std::to_string(flag) + " c " + std::to_string(position + 1) +
                           " " + std::to_string(mapping_quality) + " " + cigars[random() % cigars.size()],
                       bases, qualities});
    }
  }
  return lines;
}

std::string write(const TempFolder& folder, std::vector<Line> lines, std::size_t contig_length, unsigned shuffle) {
  std::shuffle(lines.begin(), lines.end(), std::mt19937{shuffle});
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.position < b.position; });
  AlignmentBuilder builder;
  builder.no_contigs().contig("c", static_cast<long>(contig_length));
  for (const Line& line : lines) builder.read(line.place, line.bases, line.qualities);
  return builder.write_bam(folder / "a.bam");
}

ReadPlan every_base(const std::string& contig, std::int64_t begin, std::int64_t end, std::int64_t step) {
  ReadPlan plan;
  for (std::int64_t at = begin; at < end; at += step) plan.sites.push_back({contig, at, {"A", "C", "G", "T"}});
  return plan;
}

std::vector<std::array<std::uint32_t, 5>> counted(const ReadEvidence& evidence) {
  std::vector<std::array<std::uint32_t, 5>> counts(evidence.sites.size());
  for (const Observation& seen : evidence.observations) {
    ++counts[seen.site].at(seen.allele == other_read_allele ? 4 : seen.allele);
  }
  return counts;
}

// Compares every count; returns how many bases there were.
std::uint64_t compare(const ReadPlan& plan, const ReadEvidence& evidence, const test::NaivePileup& naive) {
  std::uint64_t bases = 0;
  std::size_t differ = 0;
  const auto counts = counted(evidence);
  for (std::size_t k = 0; k < plan.sites.size(); ++k) {
    const auto found = naive.find(plan.sites[k].position);
    const test::NaiveSite expected = found == naive.end() ? test::NaiveSite{} : found->second;
    const SiteDepth& depth = evidence.sites[k];
    std::uint32_t usable = 0;
    for (const auto count : expected.fragments) usable += count;
    bases += usable;
    if (counts[k] != expected.fragments || depth.all != expected.all || depth.usable != usable ||
        depth.mapping_quality != expected.mapping_quality) {
      ++differ;
    }
  }
  CHECK(differ == 0);
  return bases;
}

// What does not depend on numbers of sites: fragments as lists of what they show at which place.
std::vector<std::vector<std::tuple<std::int64_t, int, int, bool>>> by_place(const ReadEvidence& evidence,
                                                                            const ReadPlan& plan) {
  std::vector<std::vector<std::tuple<std::int64_t, int, int, bool>>> result;
  for (const Fragment& fragment : evidence.fragments) {
    auto& shown = result.emplace_back();
    for (const Observation& seen : evidence.of(fragment)) {
      shown.emplace_back(plan.sites[seen.site].position, seen.allele, seen.quality, seen.reverse);
    }
    std::sort(shown.begin(), shown.end());
  }
  return result;
}

constexpr std::size_t contig_length = 60'000;

}  // namespace

TEST_CASE("same evidence: a plain pileup counts the same bases") {
  const TempFolder folder;
  const std::string path = write(folder, made_up_reads(1, contig_length), contig_length, 0);
  const ReadPlan plan = every_base("c", 0, contig_length, 1);
  CHECK(compare(plan, AlignmentFile{path, {}}.read(plan), test::naive_pileup(path, "c")) > 50'000);
}

TEST_CASE("same evidence: in whatever order reads of one position stand") {
  const TempFolder folder;
  const auto lines = made_up_reads(2, 4000);
  ReadPlan plan = every_base("c", 0, 4000, 7);
  plan.sites.push_back({"c", 500, {"AC", "A"}});
  plan.sites.push_back({"c", 1500, {"A", "ATT", "C"}});
  plan.depth_regions = {{"c", 100, 2000}, {"c", 50, 60}, {"c", 0, 4000}};
  ReadFilter shallow;
  shallow.max_depth = 10;
  for (const ReadFilter& filter : {ReadFilter{}, shallow}) {
    AlignmentInputOptions options;
    options.filter = filter;
    const auto first = AlignmentFile{write(folder, lines, 4000, 0), options}.read(plan);
    for (unsigned shuffle = 1; shuffle < 4; ++shuffle) {
      const auto again = AlignmentFile{write(folder, lines, 4000, shuffle), options}.read(plan);
      CHECK(again.observations == first.observations);
      CHECK(again.fragments == first.fragments);
      CHECK(again.sites == first.sites);
      CHECK(again.regions == first.regions);
    }
  }
}

TEST_CASE("same evidence: together or one by one, in any order of the plan, near or far") {
  const TempFolder folder;
  const std::string path = write(folder, made_up_reads(3, contig_length), contig_length, 0);
  ReadPlan plan;
  for (const std::int64_t at : {50'000, 300, 310, 11'000, 30'500, 30'490, 59'000, 300}) {
    plan.sites.push_back({"c", at, {"A", "C", "G", "T"}});
    plan.sites.push_back({"c", at + 40, {"A", "C"}});
    plan.sites.push_back({"c", at + 200, {"AC", "A", "ACG"}});
  }
  plan.depth_regions = {{"c", 20'000, 40'000}, {"c", 0, 1}, {"c", 299, 12'000}};
  const auto together = AlignmentFile{path, {}}.read(plan);
  for (std::size_t k = 0; k < plan.sites.size(); ++k) {
    // A single base is read by itself where no indel is near; so each goes with its neighbours.
    const std::size_t first = k / 3 * 3;
    ReadPlan alone{{plan.sites.begin() + static_cast<std::ptrdiff_t>(first),
                    plan.sites.begin() + static_cast<std::ptrdiff_t>(first) + 3},
                   {}};
    const auto evidence = AlignmentFile{path, {}}.read(alone);
    CHECK(evidence.sites[k - first] == together.sites[k]);
    CHECK(counted(evidence)[k - first] == counted(together)[k]);
  }
  for (std::size_t k = 0; k < plan.depth_regions.size(); ++k) {
    CHECK(AlignmentFile{path, {}}.read({{}, {plan.depth_regions[k]}}).regions[0] == together.regions[k]);
  }
  ReadPlan reversed = plan;
  std::reverse(reversed.sites.begin(), reversed.sites.end());
  CHECK(by_place(AlignmentFile{path, {}}.read(reversed), reversed) == by_place(together, plan));
}

TEST_CASE("same evidence: too deep a pile keeps whole fragments and favours no allele") {
  const TempFolder folder;
  AlignmentBuilder builder;
  constexpr int pairs = 6000;
  for (const int position : {101, 301}) {
    for (int k = 0; k < pairs; ++k) {
      builder.read("pair" + std::to_string(k) + (position == 101 ? " 99 chr1 101 60 4M" : " 147 chr1 301 60 4M"),
                   k % 3 == 0 ? "ACGT" : "CCGT");
    }
  }
  const std::string path = builder.write_bam(folder / "a.bam");
  AlignmentInputOptions options;
  options.filter.max_depth = 500;
  const ReadPlan plan{{{"chr1", 100, {"A", "C"}}, {"chr1", 300, {"A", "C"}}}, {}};
  const auto evidence = AlignmentFile{path, options}.read(plan);
  CHECK(evidence.sites[0].all == pairs);
  CHECK(evidence.sites[0].usable <= 500);
  CHECK(evidence.sites[0].usable >= 180);
  CHECK(std::all_of(evidence.fragments.begin(), evidence.fragments.end(),
                    [](const Fragment& f) { return f.count == 2; }));
  const auto counts = counted(evidence);
  const double share = double(counts[0][0]) / double(evidence.sites[0].usable);
  CHECK(share > 0.23);  // a third, by four standard deviations of 180
  CHECK(share < 0.44);
  options.filter.max_depth = 0;
  CHECK(AlignmentFile{path, options}.read(plan).sites[0].usable == pairs);
}

// Two copies of a gene and six of its like, say: whatever the bound, the reads of the one are a quarter of all.
TEST_CASE("same evidence: places that are weighed against each other lose the same part of their reads") {
  const TempFolder folder;
  AlignmentBuilder builder;
  const std::string bases = test::random_bases(60, 3);
  int number = 0;
  for (const auto& [position, reads] : {std::pair{101, 2000}, std::pair{5001, 6000}}) {
    for (int k = 0; k < reads; ++k) {
      builder.read("r" + std::to_string(number++) + " 0 chr22 " + std::to_string(position) + " 0 60M", bases);
    }
  }
  const std::string path = builder.write_bam(folder / "a.bam");
  const std::string base = bases.substr(5, 1);
  const std::vector<std::string> single{base, base == "A" ? "C" : "A"};
  const std::vector<std::string> deletion{bases.substr(30, 3), bases.substr(30, 1)};
  const ReadPlan plan{{{"chr22", 105, single, true},
                       {"chr22", 5005, single, true},
                       {"chr22", 130, deletion, true},
                       {"chr22", 5030, deletion, true}},
                      {}};
  AlignmentInputOptions options;
  for (const int bound : {0, 3000, 1000, 700}) {
    options.filter.max_depth = bound;
    const auto evidence = AlignmentFile{path, options}.read(plan);
    const double gene = evidence.sites[0].usable;
    const double like = evidence.sites[1].usable;
    INFO(bound, ": ", gene, " and ", like);
    CHECK((bound == 0 || like <= bound));
    CHECK(like >= (bound == 0 ? 6000 : bound / 4));
    CHECK(std::abs(gene / (gene + like) - 0.25) < 0.075);  // four standard deviations of 500
    CHECK(evidence.sites[2].usable == evidence.sites[0].usable);
    CHECK(evidence.sites[3].usable == evidence.sites[1].usable);
  }
}

TEST_SUITE("shared: reads") {
  TEST_CASE("a plain pileup of real reads counts the same bases") {
    if (!tests::shared_is_there()) return;
    for (const char* name : {"short/HG03130.GRCh38.nygc.bam", "short/SIM001_v1.GRCh38.sim_pe101.bam",
                             "long/HG002_target_capture.GRCh38.bam", "long/NA20129_wgs.GRCh38.bam"}) {
      CAPTURE(name);
      const std::string path = tests::shared_path(std::string{"cases/reads/"} + name);
      const ReadPlan plan = every_base("chr22", 42'120'000, 42'165'000, 3);
      CHECK(compare(plan, AlignmentFile{path, {}}.read(plan), test::naive_pileup(path, "chr22")) > 100'000);
    }
  }
}

}  // namespace stardose::genomics
