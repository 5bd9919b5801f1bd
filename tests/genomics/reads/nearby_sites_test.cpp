// Variants of two sites on one chromosome, so close that neither can be read as if the other were not there.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/donor.h"
#include "tests/builders/temp_folder.h"

namespace stardose::genomics {

namespace {

using test::Donor;
using test::Style;

constexpr std::size_t read_length = 100;
constexpr std::size_t position = 500;

/// A site by its offset from `position`.
struct Place {
  std::int64_t offset;
  std::vector<std::string> alleles;
};

struct Case {
  std::string what;
  std::string left;
  std::string ref;
  std::string right;
  std::string both;  ///< what the reference becomes by the second allele of both places
  Place first;
  Place second;
};

const std::vector<Case> cases{
    {"a base before a deletion", "TTAG", "AAGA", "ATGC", "AGG", {1, {"A", "G"}}, {2, {"GA", "G"}}},
    {"a base behind a deletion", "TGATT", "CAATGGAAAGAA", "ATAGTT", "CG", {0, {"CAATGGAAAGA", "C"}}, {11, {"A", "G"}}},
    {"a base behind an insertion", "TGAT", "GACC", "TAGTT", "GTTTCCC", {0, {"G", "GTTT"}}, {1, {"A", "C"}}},
    {"a deletion before an insertion", "TGC", "CAGTTCA", "GTCAT", "CGTTGGCA", {0, {"CA", "C"}}, {4, {"T", "TGG"}}},
    {"deletions of two repeats", "GTG", "CATATATAGCACACA", "GTTG", "CATATAGCACA", {0, {"CAT", "C"}}, {8, {"GCA", "G"}}},
};

/// Fragments by the alleles of both places that they show.
std::map<std::pair<int, int>, int> pairs(const Case& what, Style style, bool with_reference) {
  const std::string random = test::random_bases(1000, 11);
  std::string bases = random.substr(0, position - what.left.size()) + what.left + what.ref + what.right;
  bases += random.substr(bases.size());
  std::vector<std::pair<std::string, Donor::Aligned>> reads;
  for (const std::string& carried : {what.ref, what.both}) {
    const Donor donor{bases, position, what.ref, carried};
    for (std::size_t from = position - 80; from < position - 14; from += 3) {
      reads.emplace_back("f" + std::to_string(reads.size()), donor.read(from, read_length, style));
    }
  }
  std::ranges::stable_sort(reads, {}, [](const auto& read) { return read.second.position; });
  test::AlignmentBuilder builder;
  builder.no_contigs().contig("c", static_cast<long>(bases.size()));
  for (const auto& [name, read] : reads) {
    builder.read(name + " 0 c " + std::to_string(read.position) + " 60 " + read.cigar, read.bases);
  }
  const test::TempFolder folder;
  AlignmentInputOptions options;
  if (with_reference) options.reference = folder.file("ref.fa", ">c\n" + bases + "\n");
  const auto site = [](const Place& place) {
    return ReadSite{"c", std::int64_t{position} + place.offset, place.alleles};
  };
  const AlignmentFile file{builder.write_bam(folder / "a.bam"), options};
  const ReadEvidence evidence = file.read({{site(what.first), site(what.second)}, {}});
  std::map<std::pair<int, int>, int> found;
  for (const Fragment& fragment : evidence.fragments) {
    const auto shown = evidence.of(fragment);
    ++found[{shown.front().allele, fragment.count == 2 ? shown.back().allele : -1}];
  }
  return found;
}

}  // namespace

TEST_CASE("nearby sites: a chromosome with both variants shows both, however it was aligned") {
  for (const Case& what : cases) {
    for (const Style style : {Style::gapped, Style::clipped, Style::plain}) {
      for (const bool with_reference : {true, false}) {
        CAPTURE(what.what);
        CAPTURE(static_cast<int>(style));
        CAPTURE(with_reference);
        const auto found = pairs(what, style, with_reference);
        const std::map<std::pair<int, int>, int> all{{{0, 0}, 22}, {{1, 1}, 22}};
        CHECK(found == all);
      }
    }
  }
}

}  // namespace stardose::genomics
