// Alleles longer than a base: what a read carries does not depend on how it was aligned.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/donor.h"
#include "tests/builders/temp_folder.h"

namespace stardose::genomics {

namespace {

using test::AlignmentBuilder;
using test::Donor;
using test::Style;
using test::TempFolder;

constexpr std::size_t read_length = 100;
constexpr std::size_t position = 500;

struct Case {
  std::string what;
  std::string left;  // of the site, last bases before it
  std::vector<std::string> alleles;
  std::string right;  // behind it
};

const std::vector<Case> cases{
    {"TA repeat", "TTGC", {"CAT", "C", "CATAT", "CATATAT"}, "ATATATATATATAAGTA"},
    {"one base less in a run", "GC", {"CA", "C"}, "AAAAG"},
    {"insertion of nine", "G", {"T", "TGGGGCGAAA"}, "GGGGCGAAAGGGGCGTCC"},
    {"insertion of eighteen", "G", {"T", "TGGGGCGAAAGGGGCGAAA"}, "GGGGCGAAAGGGGCGTCC"},
    {"deletion of thirty", "GA", {"CATGCCTAGGATCCATAGCAATTGCGGATCA", "C"}, "TG"},
    {"two bases changed", "GT", {"AC", "TG", "AG"}, "CC"},
    {"insertion and its neighbour", "A", {"G", "GT"}, "CAGT"},
};

std::string contig_of(const Case& what) {
  const std::string random = test::random_bases(1000, 7);
  std::string bases = random.substr(0, position - what.left.size()) + what.left + what.alleles[0] + what.right;
  return bases + random.substr(bases.size());
}

// Reads, each a name beside what its file line has, in any order.
struct Reads {
  std::vector<std::pair<std::string, Donor::Aligned>> list;

  void add(const Donor& donor, const std::string& name, Style style) {
    for (std::size_t from = position - 140; from < position + 60; from += 3) {
      list.emplace_back(name + std::to_string(from), donor.read(from, read_length, style));
    }
  }
  std::string write(const TempFolder& folder, std::size_t contig_length) {
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.second.position < b.second.position; });
    AlignmentBuilder builder;
    builder.no_contigs().contig("c", static_cast<long>(contig_length));
    for (const auto& [name, read] : list) {
      builder.read(name + " 0 c " + std::to_string(read.position) + " 60 " + read.cigar, read.bases);
    }
    return builder.write_bam(folder / "a.bam");
  }
};

// How many fragments show each allele; the last number is of others.
std::vector<int> counts(const std::string& path, const std::vector<std::string>& alleles,
                        const std::string& reference = "", std::size_t at = position) {
  AlignmentInputOptions options;
  options.reference = reference;
  const ReadSite site{"c", static_cast<std::int64_t>(at), alleles};
  const auto evidence = AlignmentFile{path, options}.read({{site}, {}});
  std::vector<int> result(alleles.size() + 1);
  for (const Observation& seen : evidence.observations) {
    ++result[seen.allele == other_read_allele ? alleles.size() : seen.allele];
  }
  return result;
}

}  // namespace

TEST_CASE("local alleles: clipped, gapless and gapped alignments give the same alleles") {
  for (const Case& what : cases) {
    const std::string contig = contig_of(what);
    for (std::size_t carried = 1; carried < what.alleles.size(); ++carried) {
      CAPTURE(what.what);
      CAPTURE(carried);
      std::vector<std::vector<int>> found;
      for (const Style style : {Style::gapped, Style::clipped, Style::plain}) {
        const TempFolder folder;
        Reads reads;
        reads.add({contig, position, what.alleles[0], what.alleles[0]}, "r", style);
        reads.add({contig, position, what.alleles[0], what.alleles[carried]}, "a", style);
        const std::string path = reads.write(folder, contig.size());
        found.push_back(counts(path, what.alleles));
        CHECK(counts(path, what.alleles, folder.file("ref.fa", ">c\n" + contig + "\n")) == found.back());
      }
      CHECK(found[1] == found[0]);
      CHECK(found[2] == found[0]);
      // A hundred bases in steps of three, less what does not reach over the alleles and their repeat.
      CHECK(found[0][0] >= 27);
      CHECK(found[0][carried] >= 27);
      CHECK(found[0][0] + found[0][carried] == std::accumulate(found[0].begin(), found[0].end(), 0));
    }
  }
}

TEST_CASE("local alleles: where in its repeat an aligner puts an indel changes nothing") {
  const Case& what = cases[0];
  const std::string contig = contig_of(what);
  for (const std::size_t carried : {1U, 2U, 3U}) {
    CAPTURE(carried);
    const Donor donor{contig, position, what.alleles[0], what.alleles[carried]};
    const bool longer = what.alleles[carried].size() > what.alleles[0].size();
    const std::size_t length = longer ? what.alleles[carried].size() - 3 : 2;
    std::vector<ReadEvidence> found;
    for (std::size_t shift = 0; shift <= 12; shift += 2) {
      AlignmentBuilder builder;
      builder.no_contigs().contig("c", static_cast<long>(contig.size()));
      for (std::size_t from = position - 70; from < position - 20; from += 5) {
        const std::size_t left = position + 1 + shift - from;
        const std::size_t right = read_length - left - (longer ? length : 0);
        builder.read("r" + std::to_string(from) + " 0 c " + std::to_string(from + 1) + " 60 " + std::to_string(left) +
                         "M" + std::to_string(length) + (longer ? "I" : "D") + std::to_string(right) + "M",
                     donor.bases().substr(from, read_length));
      }
      const TempFolder folder;
      const std::string path = builder.write_bam(folder / "a.bam");
      AlignmentInputOptions options;
      options.reference = folder.file("ref.fa", ">c\n" + contig + "\n");
      found.push_back(AlignmentFile{path, options}.read({{{"c", position, what.alleles}}, {}}));
    }
    REQUIRE(found.front().observations.size() == 10);
    for (const ReadEvidence& evidence : found) {
      CHECK(evidence.observations == found.front().observations);
      CHECK(evidence.observations.front().allele == carried);
    }
  }
}

TEST_CASE("local alleles: a read that ends in the repeat says nothing") {
  const Case& what = cases[0];
  const std::string contig = contig_of(what);
  const Donor donor{contig, position, what.alleles[0], what.alleles[2]};
  for (const std::size_t last : {position + 5, position + 12, position + 17}) {
    const TempFolder folder;
    Reads reads;
    reads.list.emplace_back("ends", donor.read(last - read_length, read_length, Style::plain));
    CHECK(counts(reads.write(folder, contig.size()), what.alleles, folder.file("ref.fa", ">c\n" + contig + "\n")) ==
          std::vector<int>(5));
  }
  for (const std::size_t from : {position + 1, position + 6, position + 15}) {
    const TempFolder folder;
    Reads reads;
    reads.list.emplace_back("begins", donor.read(from, read_length, Style::plain));
    CHECK(counts(reads.write(folder, contig.size()), what.alleles, folder.file("ref.fa", ">c\n" + contig + "\n")) ==
          std::vector<int>(5));
  }
}

TEST_CASE("local alleles: what no allele is, is another one") {
  struct Other {
    std::vector<std::string> listed;
    std::string ref;  // and what the donor has for it
    std::string carried;
  };
  const std::string bases = contig_of({"", "GT", {"ACG"}, "TCCAGTT"});
  for (const auto& [listed, ref, carried] :
       {Other{{"AC", "TG"}, "AC", "TT"}, Other{{"AC", "A"}, "AC", "ACTTG"}, Other{{"AC", "A"}, "ACGTC", "A"},
        Other{{"ACG", "A"}, "AC", "A"}, Other{{"A", "AT"}, "A", "ATG"}, Other{{"AC", "TG"}, "ACGTCCA", "A"}}) {
    CAPTURE(ref);
    CAPTURE(carried);
    for (const Style style : {Style::gapped, Style::clipped, Style::plain}) {
      const TempFolder folder;
      Reads reads;
      reads.add({bases, position, ref, ref}, "r", style);
      reads.add({bases, position, ref, carried}, "a", style);
      const auto found =
          counts(reads.write(folder, bases.size()), listed, folder.file("ref.fa", ">c\n" + bases + "\n"));
      CHECK(found[0] >= 28);
      CHECK(found[1] == 0);
      CHECK(found[2] >= 20);  // reads that show little of one side stay silent
    }
  }
}

TEST_CASE("local alleles: a base beside an indel is read though the aligner opened no gap") {
  const std::string bases = contig_of({"", "GT", {"CTT"}, "ACGTCCAGTT"});
  const std::string carrier = bases.substr(0, position + 8) + "T" + bases.substr(position + 9);  // was C
  const ReadSite indel{"c", position, {"CTT", "C"}};
  const ReadSite base{"c", position + 8, {"C", "T"}};
  for (const Style style : {Style::gapped, Style::clipped, Style::plain}) {
    const TempFolder folder;
    Reads reads;
    reads.add({bases, position, "CTT", "CTT"}, "r", style);
    reads.add({carrier, position, "CTT", "C"}, "a", style);
    const std::string path = reads.write(folder, bases.size());
    AlignmentInputOptions options;
    options.reference = folder.file("ref.fa", ">c\n" + bases + "\n");
    for (const std::string& reference : {options.reference, std::string{}}) {
      options.reference = reference;
      const auto evidence = AlignmentFile{path, options}.read({{base, indel}, {}});
      std::map<std::pair<int, int>, int> pairs;
      for (const Fragment& fragment : evidence.fragments) {
        if (fragment.count == 2) ++pairs[{evidence.of(fragment)[0].allele, evidence.of(fragment)[1].allele}];
      }
      CHECK(pairs.size() == 2);
      CHECK(pairs[{0, 0}] >= 28);
      CHECK(pairs[{1, 1}] >= 28);
    }
  }
}

TEST_CASE("local alleles: adapters and other clipped bases are no alleles") {
  const Case& what = cases[2];
  const std::string contig = contig_of(what);
  const Donor donor{contig, position, what.alleles[0], what.alleles[0]};
  const TempFolder folder;
  Reads reads;
  for (std::size_t kept = 40; kept < 70; ++kept) {
    const std::size_t from = position + 1 - kept - 20;
    auto read = donor.read(from, kept + 20, Style::plain);
    read.cigar = std::to_string(kept + 20) + "M30S";
    read.bases += test::random_bases(30, static_cast<unsigned>(kept));
    reads.list.emplace_back("adapter" + std::to_string(kept), read);
  }
  const auto found =
      counts(reads.write(folder, contig.size()), what.alleles, folder.file("ref.fa", ">c\n" + contig + "\n"));
  CHECK(found == std::vector<int>{0, 0, 0});
}

TEST_CASE("local alleles: another indel and other bases close by change nothing") {
  const Case& what = cases[2];
  const std::string contig = contig_of(what);
  std::string other = contig;
  for (const std::size_t k : {20U, 33U, 41U}) other[position - k] = other[position - k] == 'A' ? 'C' : 'A';
  other.erase(position - 14, 3);
  for (std::size_t carried = 0; carried < 2; ++carried) {
    const TempFolder folder;
    Reads reads;
    reads.add({other, position - 3, what.alleles[0], what.alleles[carried]}, "a", Style::plain);
    for (auto& [name, read] : reads.list) {  // as if the aligner had anchored all of them at their left ends
      if (read.position > position - 14) read.position += 3;
    }
    const auto found =
        counts(reads.write(folder, contig.size()), what.alleles, folder.file("ref.fa", ">c\n" + contig + "\n"));
    CHECK(found[carried] >= 22);
    CHECK(found[1 - carried] == 0);
    CHECK(found[2] == 0);
  }
}

}  // namespace stardose::genomics
