// Rows of all records, held against HTSlib's decoding of the same file.
#include "genomics/matrix/matrix_rows.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <sstream>

#include "genomics/matrix/bed_row.h"
#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 1501, "A", {"G"})}};
  return index;
}

struct Way {
  std::vector<std::string> samples = {};
  std::size_t shards = 1;
  bool in_turns = true;
};

struct Rows {
  std::vector<std::string> bim;
  std::vector<std::string> codes;  // 0, 1, 2 or `.` a sample
  std::string site;                // the site's row in the table
};

Rows read_rows(const std::vector<std::string>& paths, const Way& way = {}) {
  MatrixRows all;
  ReadingPlan plan{sites(), false, {{0, 1}}, {way.shards, 1}};
  plan.use_rows = [&](const MatrixRows& rows) {
    all.bim += rows.bim;
    all.bed += rows.bed;
  };
  plan.in_turns = way.in_turns;
  const VariantInputOptions options{.files = paths, .samples = way.samples};
  const Cohort cohort = read_cohort(options, plan);
  Rows rows{{}, {}, stardose::test::row(cohort, 0)};
  std::istringstream lines{all.bim};
  for (std::string line; std::getline(lines, line);) rows.bim.push_back(line);
  const std::size_t size = bed_row_size(cohort.samples.size());
  REQUIRE(all.bed.size() == rows.bim.size() * size);
  for (std::size_t k = 0; k < rows.bim.size(); ++k) {
    std::string codes;
    for (std::size_t sample = 0; sample < cohort.samples.size(); ++sample) {
      const auto byte = static_cast<unsigned char>(all.bed[k * size + sample / 4]);
      codes += "2.10"[byte >> (2 * (sample % 4)) & 3U];
    }
    rows.codes.push_back(codes);
  }
  return rows;
}

/// Copies of one allele by bcf_get_genotypes.
std::string expected_codes(bcf_hdr_t* header, bcf1_t* record, int allele) {
  std::int32_t* values = nullptr;
  int size = 0;
  const int count = bcf_get_genotypes(header, record, &values, &size);
  const std::unique_ptr<std::int32_t, decltype(&std::free)> owner{values, &std::free};
  const int samples = bcf_hdr_nsamples(header);
  std::string codes;
  for (int sample = 0; sample < samples; ++sample) {
    const std::span<const std::int32_t> genotype{values + sample * (count / samples),
                                                 static_cast<std::size_t>(count / samples)};
    int copies = 0;
    int found = 0;
    bool missing = false;
    for (const std::int32_t value : genotype) {
      if (value == bcf_int32_vector_end) break;
      ++found;
      missing = missing || bcf_gt_is_missing(value);
      copies += !bcf_gt_is_missing(value) && bcf_gt_allele(value) == allele ? 1 : 0;
    }
    codes += missing || found > 2 ? '.' : static_cast<char>('0' + copies * (found == 1 ? 2 : 1));
  }
  return codes;
}

std::vector<std::string> expected(const std::string& path) {
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  const HtsHandle<bcf_hdr_t> header{bcf_hdr_read(file.get())};
  const HtsHandle<bcf1_t> record{bcf_init()};
  std::vector<std::string> rows;
  while (bcf_read(file.get(), header.get(), record.get()) == 0) {
    bcf_unpack(record.get(), BCF_UN_ALL);
    for (int k = 1; k < static_cast<int>(record->n_allele); ++k) {
      if (std::string{record->d.allele[k]} == "*") continue;
      rows.push_back(expected_codes(header.get(), record.get(), k));
    }
  }
  return rows;
}

std::vector<std::string> names(int samples) {
  std::vector<std::string> names;
  for (int k = 0; k < samples; ++k) names.push_back("S" + std::to_string(k));
  return names;
}

/// Mostly plain records; some with odd genotypes, phase sets or many alleles.
VcfBuilder random_file(std::mt19937& random, int samples, int records) {
  const auto below = [&](int bound) { return std::uniform_int_distribution<int>{0, bound - 1}(random); };
  VcfBuilder vcf;
  vcf.samples(names(samples));
  for (int k = 0; k < records; ++k) {
    const int alts = below(4) > 0 ? 1 : 1 + below(12);
    const bool odd = below(4) == 0;
    const std::string set = below(5) == 0 ? ":7" : "";
    std::string alleles = below(10) == 0 ? "*" : "G";
    for (int a = 1; a < alts; ++a) alleles += ",G" + std::string(static_cast<std::size_t>(a), 'C');
    std::string genotypes;
    for (int sample = 0; sample < samples; ++sample) {
      const auto allele = [&] { return odd && below(9) == 0 ? "." : std::to_string(below(3) ? 0 : below(alts + 1)); };
      genotypes += (sample > 0 ? " " : "") + allele();
      if (!odd || below(9) > 0) genotypes += (below(2) == 0 ? "|" : "/") + allele();
      if (odd && below(50) == 0) genotypes += "/0";
      genotypes += set;
    }
    vcf.record("chr1 " + std::to_string(1001 + 10 * k) + " A " + alleles, genotypes);
  }
  return vcf;
}

}  // namespace

TEST_CASE("every record of every kind of file is counted as HTSlib decodes it, however the file is cut") {
  std::mt19937 random{5};
  const TempFolder folder;
  for (const int samples : {1, 4, 7, 130}) {
    CAPTURE(samples);
    const VcfBuilder vcf = random_file(random, samples, 150);
    const std::string plain = vcf.write_plain(folder / "a.vcf");
    const std::string gz = vcf.write_gz(folder / "a.vcf.gz", true, 700);
    const std::string bcf = vcf.write_bcf(folder / "a.bcf", true);
    const std::vector<std::string> right = expected(plain);
    REQUIRE(right.size() > 150);
    const Rows first = read_rows({plain});
    CHECK(first.codes == right);
    CHECK(first.site != ".");
    for (const std::string& path : {gz, bcf}) {
      for (const Way& way : {Way{}, Way{{}, 1, false}, Way{{}, 9, false}}) {
        const Rows rows = read_rows({path}, way);
        CHECK(rows.codes == right);
        CHECK(rows.bim == first.bim);
        CHECK(rows.site == first.site);
      }
    }
  }
}

TEST_CASE("chosen samples have the columns that they have among all") {
  std::mt19937 random{6};
  const TempFolder folder;
  const VcfBuilder vcf = random_file(random, 30, 80);
  for (const std::string& path : {vcf.write_plain(folder / "a.vcf"), vcf.write_bcf(folder / "a.bcf", false)}) {
    const Rows all = read_rows({path});
    const Rows some = read_rows({path}, {{"S3", "S28", "S11"}});
    const Rows without_last = read_rows({path}, {{"^S29"}});
    REQUIRE(some.codes.size() == all.codes.size());
    for (std::size_t k = 0; k < all.codes.size(); ++k) {
      CHECK(some.codes[k] == std::string{all.codes[k][3], all.codes[k][11], all.codes[k][28]});
      CHECK(without_last.codes[k] == all.codes[k].substr(0, 29));
    }
  }
}

TEST_CASE("rows of several files come in the order of the files") {
  const TempFolder folder;
  const std::string first = VcfBuilder{}.record("chr2 5 A G", "0/1").write_gz(folder / "a.vcf.gz", false);
  const std::string second = VcfBuilder{}.record("chr1 9 A G", "1/1").write_gz(folder / "b.vcf.gz", false);
  for (const bool in_turns : {true, false}) {
    const Rows rows = read_rows({first, second}, {{}, 1, in_turns});
    CHECK(rows.bim == std::vector<std::string>{"chr2\tchr2:5:A:G\t0\t5\tG\tA", "chr1\tchr1:9:A:G\t0\t9\tG\tA"});
    CHECK(rows.codes == std::vector<std::string>{"1", "2"});
  }
}

TEST_CASE("a row is named after its record, or after its alternative where the record has several") {
  const TempFolder folder;
  const auto file = VcfBuilder{}
                        .raw("chr1\t5\trs1\ta\tg\t.\tPASS\t.\tGT\t0/1")
                        .raw("chr1\t6\trs2\tA\tG,*,T\t.\tPASS\t.\tGT\t1/3")
                        .raw("chr1\t7\t.\tA\t<DEL>\t.\tPASS\tEND=9\tGT\t0/1")
                        .raw("chr1\t8\trs4\tA\t<NON_REF>\t.\tPASS\tEND=9\tGT\t0/0")
                        .raw("chr1\t10\trs5\tA\t.\t.\tPASS\t.\tGT\t0/0")
                        .raw("chr1\t11\trs6\tA\tG\t.\tPASS\t.\tPS\t3");
  for (const std::string& path : {file.write_plain(folder / "a.vcf"), file.write_bcf(folder / "a.bcf", false)}) {
    const Rows rows = read_rows({path});
    CHECK(rows.bim == std::vector<std::string>{"chr1\trs1\t0\t5\tG\tA", "chr1\tchr1:6:A:G\t0\t6\tG\tA",
                                               "chr1\tchr1:6:A:T\t0\t6\tT\tA", "chr1\tchr1:7:A:<DEL>\t0\t7\t<DEL>\tA"});
    CHECK(rows.codes == std::vector<std::string>{"1", "1", "1", "1"});
  }
}

TEST_CASE("an identifier with a space, which a table of PLINK cannot hold, gives way to the place") {
  const TempFolder folder;
  const VcfBuilder vcf = VcfBuilder{}.raw("chr1\t5\trs1 or so\tA\tG\t.\tPASS\t.\tGT\t0/1");
  MatrixRows all;
  ReadingPlan plan{sites(), false, {{0, 1}}, {1, 1}};
  plan.use_rows = [&](const MatrixRows& rows) { all.bim += rows.bim; };
  (void)read_cohort({.files = {vcf.write_plain(folder / "a.vcf")}, .check_format = false}, plan);
  CHECK(all.bim == "chr1\tchr1:5:A:G\t0\t5\tG\tA\n");
}

TEST_CASE("an allele that the record lacks is refused far from every site, too") {
  const TempFolder folder;
  const VcfBuilder vcf = VcfBuilder{}.samples({"A", "B"}).record("chr2 5 A G", "0/1 0/2");
  const std::string path = vcf.write_plain(folder / "a.vcf");
  const InputError error = stardose::test::input_error_of([&] { (void)read_rows({path}); });
  CHECK(error.parts().place == "chr2:5");
  CHECK(error.parts().why == "FORMAT/GT of the 2. sample names an allele that the record lacks");
}

TEST_CASE("a genotype that falls short of a threshold is missing, as it is for a call") {
  const TempFolder folder;
  const auto file = VcfBuilder{}
                        .samples({"A", "B", "C"})
                        .raw("chr1\t5\t.\tA\tG\t.\tPASS\t.\tGT:DP\t0/1:30\t0/1:3\t1/1:30")
                        .raw("chr1\t6\t.\tA\tG\t.\tLowQual\t.\tGT\t0/1\t0/0\t1/1")
                        .raw("chr1\t7\t.\tA\tG\t.\t.\t.\tGT\t0/1\t0/0\t1/1")
                        .raw("chr1\t1501\t.\tA\tG\t.\tPASS\t.\tGT:DP\t0/1:30\t0/1:3\t1/1:30");
  for (const std::string& path : {file.write_plain(folder / "a.vcf"), file.write_bcf(folder / "a.bcf", false)}) {
    const Rows rows = read_rows({path});
    CHECK(rows.codes == std::vector<std::string>{"1.2", "...", "102", "1.2"});
  }
}

TEST_CASE("a reference without a single read is missing") {
  const TempFolder folder;
  const std::string path = VcfBuilder{}
                               .samples({"A", "B"})
                               .raw("chr1\t5\t.\tA\tG\t.\tPASS\t.\tGT:DP\t0/0:0\t0/0:30")
                               .write_plain(folder / "a.vcf");
  CHECK(read_rows({path}).codes == std::vector<std::string>{".0"});
}
