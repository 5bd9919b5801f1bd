// Random files: every format, with and without an index, whole or split, gives the same table.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::read_with;
using stardose::test::rows;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

/// Makes sites and records that often lie on them, next to them, or over them.
class RandomFile {
 public:
  explicit RandomFile(unsigned seed) : random_{seed} {
    for (const std::string contig : {"chr1", "chr2"}) {
      int position = 1000;
      for (int k = 0; k < 12; ++k) {
        position += pick({1, 3, 50, 300, 15'000, 80'000});
        sites_.push_back(random_site(contig, position));
      }
    }
  }

  [[nodiscard]] std::vector<Site> sites() const { return sites_; }

  /// Records of both contigs, or of one.
  [[nodiscard]] VcfBuilder file(const std::string& only = "") const {
    VcfBuilder vcf;
    vcf.samples({"A", "B", "C"});
    for (const Record& record : records_) {
      if (only.empty() || record.contig == only) vcf.record(record.place, record.genotypes, record.info);
    }
    return vcf;
  }

  void make_records() {  // dbg
    for (const Site& at : sites_) {
      for (int k = pick({0, 0, 1, 1, 2}); k > 0; --k) add_record(at);
    }
    std::stable_sort(records_.begin(), records_.end(), [](const Record& a, const Record& b) {
      return std::pair{a.contig, a.position} < std::pair{b.contig, b.position};
    });
  }

 private:
  struct Record {
    std::string contig;
    long position;
    std::string place;
    std::string genotypes;
    std::string info;
  };

  template <class T>
  T pick(std::initializer_list<T> from) {
    return from.begin()[random_() % from.size()];
  }

  static std::string bases(long position, int count) {
    std::string text;
    for (int k = 0; k < count; ++k) text += "ACGT"[((position + k) * 2654435761U >> 7U) % 4];
    return text;
  }

  Site random_site(const std::string& contig, int position) {
    const std::string ref = bases(position, pick({1, 1, 1, 2, 3}));
    const std::string other = ref.front() == 'A' ? "C" : "A";
    if (ref.size() == 1) return site(contig, position, ref, {other, ref + "TT"});
    return site(contig, position, ref, {ref.substr(0, 1)});
  }

  void add_record(const Site& at) {
    const long position = std::max(1L, static_cast<long>(at.position) + 1 + pick({0, 0, 0, 0, -1, -2, 1, 5, -40, 100}));
    const std::string ref = bases(position, pick({1, 1, 2, 4}));
    std::string alts =
        pick<std::string>({"A", "C", "G", "TT", ref + "TT", ref.substr(0, 1), "<NON_REF>", "<DEL>", "*", "."});
    if (alts == ref) alts = ".";
    std::string info = ".";
    const bool reaches = alts == "." || alts.front() == '<';
    if (reaches && pick({false, true})) info = "DP=7;END=" + std::to_string(position + pick({10, 200, 20'000, 90'000}));
    if (alts != "." && pick({0, 0, 1}) == 1 && alts != "G" && ref != "G") alts += ",G";
    const int top = alts == "." ? 0 : static_cast<int>(std::count(alts.begin(), alts.end(), ',')) + 1;
    std::string genotypes;
    for (int sample = 0; sample < 3; ++sample) genotypes += genotype(top) + " ";
    if (ref.find(alts) == 0 && ref == alts) return;
    records_.push_back(
        {at.contig, position, at.contig + " " + std::to_string(position) + " " + ref + " " + alts, genotypes, info});
  }

  std::string genotype(int top) {
    const auto allele = [&] {
      return random_() % 12 == 0 ? std::string{"."} : std::to_string(random_() % static_cast<unsigned>(top + 1));
    };
    if (random_() % 15 == 0) return allele() + ":.";
    const bool phased = random_() % 2 == 0;
    const std::string set = phased && random_() % 2 == 0 ? std::to_string(1 + random_() % 3) : ".";
    return allele() + (phased ? "|" : "/") + allele() + ":" + set;
  }

  std::mt19937 random_;
  std::vector<Site> sites_;
  std::vector<Record> records_;
};

/// Everything that later steps see.
std::string told(const SiteIndex& sites, const VariantInputOptions& options) {
  const Cohort cohort = read_with(sites, options, true);
  std::string text;
  for (const std::string& row : rows(cohort, sites)) text += row + "\n";
  for (std::size_t k = 0; k < sites.size(); ++k) text += cohort.covered[k] ? '+' : '-';
  return text;
}

/// Each site a group of its own, so that coverage differs between them.
std::string coverage(const SiteIndex& sites, const VariantInputOptions& options) {
  ReadingPlan plan{sites, true, {}};
  for (std::size_t at = 0; at < sites.size(); ++at) plan.groups.emplace_back(at, at + 1);
  std::string text;
  for (const bool covered : read_cohort(options, plan).covered) text += covered ? '+' : '-';
  return text;
}

}  // namespace

TEST_CASE("a random file gives the same table in every format, with an index and without, whole and split") {
  int genotypes = 0;
  int uncovered = 0;
  for (unsigned seed = 1; seed <= 150; ++seed) {
    const TempFolder folder;
    RandomFile random{seed};
    random.make_records();
    const SiteIndex sites{random.sites()};
    const VcfBuilder vcf = random.file();
    const std::string plain = vcf.write_plain(folder / "a.vcf");
    const std::string expected = told(sites, {.files = {plain}});
    const std::string covered = coverage(sites, {.files = {plain}});
    genotypes += static_cast<int>(std::count(expected.begin(), expected.end(), '|'));
    uncovered += static_cast<int>(std::count(covered.begin(), covered.end(), '-'));
    for (const bool index : {false, true}) {
      const std::string gz = vcf.write_gz(folder / "a.vcf.gz", index);
      const std::string bcf = vcf.write_bcf(folder / "a.bcf", index);
      for (const std::string& path : {gz, bcf}) {
        INFO("seed " << seed << ", " << path.substr(folder.path().size()) << (index ? ", indexed\n" : "\n")
                     << vcf.text());
        REQUIRE(told(sites, {.files = {path}}) == expected);
        REQUIRE(coverage(sites, {.files = {path}}) == covered);
      }
    }
    const std::string first = random.file("chr1").write_plain(folder / "1.vcf");
    const std::string second = random.file("chr2").write_gz(folder / "2.vcf.gz", true);
    REQUIRE(told(sites, {.files = {first, second}}) == expected);
    REQUIRE(told(sites, {.files = {second, first}}) == expected);
  }
  CHECK(genotypes > 500);
  CHECK(uncovered > 100);
}
