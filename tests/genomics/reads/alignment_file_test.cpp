// Opening BAM and CRAM files, and what single-base sites see in them.
#include "genomics/reads/alignment_file.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "genomics/input_error.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/temp_folder.h"

namespace stardose::genomics {

namespace {

using test::AlignmentBuilder;
using test::TempFolder;

ReadEvidence read(const std::string& path, const ReadPlan& plan, const ReadFilter& filter = {}) {
  AlignmentInputOptions options;
  options.filter = filter;
  return AlignmentFile{path, options}.read(plan);
}

// What each fragment shows, as `site:allele/quality` words, fragments by first word.
std::vector<std::string> shown(const ReadEvidence& evidence) {
  std::vector<std::string> result;
  for (const Fragment& fragment : evidence.fragments) {
    std::string words;
    for (const Observation& seen : evidence.of(fragment)) {
      words += (words.empty() ? "" : " ") + std::to_string(seen.site) + ":" + std::to_string(seen.allele) + "/" +
               std::to_string(seen.quality) + (seen.reverse ? "-" : "+");
    }
    result.push_back(words);
  }
  std::sort(result.begin(), result.end());
  return result;
}

using Words = std::vector<std::string>;

ReadPlan plan_of(std::vector<ReadSite> sites) { return {std::move(sites), {}}; }

}  // namespace

TEST_CASE("reads: a base under a site says which allele a fragment carries") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .read("a 0 chr1 101 60 4M", "ACGT")
                               .read("b 16 chr1 101 60 4M", "ACTT", "5")
                               .read("c 0 chr1 102 60 2S1M1I2M", "TTCAGT")
                               .read("d 0 chr1 102 60 1M1D2M", "CTA")
                               .write_bam(folder / "a.bam");
  const auto evidence = read(path, plan_of({{"chr1", 103, {"T", "C"}}, {"chr1", 102, {"G", "T"}}}));
  CHECK(shown(evidence) == Words{"0:0/20- 1:1/20-", "0:0/40+ 1:0/40+", "0:0/40+ 1:0/40+", "0:0/40+ 1:255/40+"});
  CHECK(evidence.sites[0].all == 4);
  CHECK(evidence.sites[1].usable == 4);
  CHECK(evidence.sites[1].mapping_quality == 240);
  CHECK_FALSE(evidence.has_pairs);
  CHECK(evidence.reads == 4);
}

TEST_CASE("reads: mates are one fragment, and count once where they overlap") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .read("a 99 chr1 101 60 4M", "ACGT", "5")
                               .read("b 99 chr1 101 60 4M", "ACGT")
                               .read("a 147 chr1 103 30 4M", "GTAA")
                               .read("b 147 chr1 103 60 4M", "TTAA")
                               .write_bam(folder / "a.bam");
  const auto evidence = read(path, plan_of({{"chr1", 100, {"A", "C"}}, {"chr1", 102, {"G", "T"}}}));
  CHECK(shown(evidence) == Words{"0:0/20+ 1:0/40-", "0:0/40+"});
  CHECK(evidence.has_pairs);
  CHECK(evidence.sites[1].all == 4);
  CHECK(evidence.sites[1].usable == 1);
  const auto joined = std::find_if(evidence.fragments.begin(), evidence.fragments.end(),
                                   [](const Fragment& fragment) { return fragment.count == 2; });
  CHECK(joined->mapping_quality == 30);
}

TEST_CASE("reads: what does not count") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .read("dup 1024 chr1 101 60 1M", "A")
                               .read("failed 512 chr1 101 60 1M", "A")
                               .read("secondary 256 chr1 101 60 1M", "A")
                               .read("unmapped 4 chr1 101 0 *", "A")
                               .read("weak 0 chr1 101 19 1M", "A")
                               .read("dim 0 chr1 101 60 1M", "A", "-")
                               .read("unsaid 0 chr1 101 60 1M", "N")
                               .read("unknown 0 chr1 101 255 1M", "A")
                               .read("bare 0 chr1 101 60 1M", "A", "*")
                               .read("nothing 0 chr1 101 60 1M", "*", "*")
                               .write_bam(folder / "a.bam");
  ReadPlan plan = plan_of({{"chr1", 100, {"C", "A"}}, {"chr1", 100, {"C", "A"}, true}});
  plan.depth_regions = {{"chr1", 50, 101}};
  const auto evidence = read(path, plan);
  CHECK(shown(evidence) == Words{"0:1/20+ 1:1/20+", "0:1/40+ 1:1/40+", "1:1/40+"});
  CHECK(evidence.reads == 7);
  CHECK(evidence.duplicates == 1);
  CHECK(evidence.sites[0].all == 6);
  CHECK(evidence.regions[0].bases == 6);
  CHECK(evidence.regions[0].unsure_bases == 1);
}

TEST_CASE("reads: every way to write a CIGAR") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .read("equal 0 chr1 101 60 2=1X1=", "ACGT")
                               .read("hard 0 chr1 101 60 5H4M3H", "ACTT")
                               .read("both 16 chr1 101 60 2H1S3=1X4H", "AACGT")
                               .read("padded 0 chr1 101 60 2M1P2M", "ACGT")
                               .read("spliced 0 chr1 101 60 1M5N1M", "AC")
                               .read("empty 0 chr1 101 60 *", "ACGT")
                               .read("piece 2048 chr1 103 60 7H2M", "GT")
                               .write_bam(folder / "a.bam");
  ReadPlan plan = plan_of({{"chr1", 102, {"G", "T"}}});
  plan.depth_regions = {{"chr1", 100, 104}};
  const auto evidence = read(path, plan);
  CHECK(shown(evidence) == Words{"0:0/40+", "0:0/40+", "0:0/40+", "0:0/40-", "0:1/40+"});
  CHECK(evidence.sites[0].all == 5);
  CHECK(evidence.regions[0].bases == 4 * 4 + 2 + 1);
}

TEST_CASE("reads: the depth of primary alignments") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .read("a 0 chr1 101 0 100M", std::string(100, 'A'))
                               .read("b 16 chr1 151 60 50M", std::string(50, 'A'))
                               .read("supplementary 2048 chr1 151 60 50M", std::string(50, 'A'))
                               .read("secondary 256 chr1 151 60 50M", std::string(50, 'A'))
                               .read("duplicate 1024 chr1 151 60 50M", std::string(50, 'A'))
                               .write_bam(folder / "a.bam");
  const AlignmentFile file{path, {}};
  CHECK(file.primary_depth({"chr1", 100, 200}) == doctest::Approx(1.5));
  CHECK(file.primary_depth({"chr1", 150, 200}) == doctest::Approx(2));
  CHECK(file.primary_depth({"chr1", 300, 400}) == 0);
  CHECK(file.primary_depth({"none", 0, 100}) == 0);
}

TEST_CASE("reads: contigs without chr, plans without reads") {
  const TempFolder folder;
  const std::string path = AlignmentBuilder{}
                               .no_contigs()
                               .contig("1", 249250621)
                               .contig("22", 51304566)
                               .read("a 0 22 101 60 1M", "A")
                               .write_bam(folder / "sample.bam");
  const AlignmentFile file{path, {}};
  CHECK(file.has_contig("chr22"));
  CHECK_FALSE(file.has_contig("chr2"));
  CHECK(file.assembly() == Assembly::grch37);
  CHECK(file.sample() == "S1");
  CHECK(shown(file.read(plan_of({{"chr22", 100, {"A", "C"}}}))) == Words{"0:0/40+"});
  CHECK(file.read(plan_of({{"chr1", 100, {"A", "C"}}, {"chr2", 5, {"A", "C"}}})).fragments.empty());
}

}  // namespace stardose::genomics
