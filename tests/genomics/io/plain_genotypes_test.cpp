// Fast decoding against HTSlib's own, on random records.
#include "genomics/io/plain_genotypes.h"

#include <doctest/doctest.h>
#include <htslib/kstring.h>
#include <htslib/vcf.h>

#include <random>
#include <string>

#include "genomics/input_error.h"
#include "genomics/io/hts_record.h"
#include "tests/builders/htslib_genotypes.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::htslib_genotypes;
using stardose::test::same;

namespace {

constexpr int samples = 5;

HtsHandle<bcf_hdr_t> make_header() {
  std::string text = stardose::test::VcfBuilder{}.samples({"A", "B", "C", "D", "E"}).text();
  HtsHandle<bcf_hdr_t> header{bcf_hdr_init("r")};
  REQUIRE(bcf_hdr_parse(header.get(), text.data()) == 0);
  return header;
}

/// Lines whose genotypes are mostly plain, and in every other way that VCF allows.
class RandomLine {
 public:
  explicit RandomLine(unsigned seed) : random_{seed} {}

  std::string make() {
    alleles_ = pick({2, 2, 2, 3, 4, 11, 70, 200});
    ploidy_ = pick({0, 2, 2, 2, 1, 3});
    std::string line = "chr1\t101\t.\tA\t";
    for (int k = 1; k < alleles_; ++k) line += (k > 1 ? "," : "") + std::string(static_cast<std::size_t>(k) + 1, 'A');
    const auto format = pick<std::string>({"GT", "GT", "GT", "GT:DP", "GT:DP:PS", "DP:GT", "DP", "GT:PS"});
    line += "\t.\tPASS\t.\t" + format;
    for (int k = 0; k < samples; ++k) line += "\t" + column(format);
    return line;
  }

 private:
  template <class T>
  T pick(std::initializer_list<T> from) {
    return from.begin()[random_() % from.size()];
  }

  std::string column(std::string format) {
    std::string text;
    format += ':';
    while (!format.empty()) {
      const std::string key = format.substr(0, format.find(':'));
      format.erase(0, key.size() + 1);
      text += text.empty() ? "" : ":";
      text += key == "GT" ? genotype() : pick<std::string>({".", "7", "0", "31000"});
      if (pick({0, 0, 0, 1}) == 1) break;  // trailing fields left out
    }
    return text;
  }

  std::string genotype() {
    const int ploidy = ploidy_ == 0 ? pick({1, 2, 2, 3}) : ploidy_;
    std::string text;
    for (int k = 0; k < ploidy; ++k) {
      if (k > 0) text += pick({'/', '|'});
      const auto top = static_cast<unsigned>(alleles_) + (random_() % 400 == 0 ? 1U : 0U);
      text += random_() % 6 == 0 ? "." : std::to_string(random_() % top);
    }
    return text;
  }

  std::mt19937 random_;
  int alleles_ = 2;
  int ploidy_ = 2;
};

/// What HTSlib says of a line; nullopt: it names an allele that is not there.
std::optional<std::vector<RecordGenotype>> expected(const bcf_hdr_t* header, bcf1_t* record) {
  try {
    return htslib_genotypes(header, record);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

std::optional<std::vector<RecordGenotype>> read(HtsRecord& record, const std::vector<int>& columns) {
  std::vector<RecordGenotype> genotypes;
  try {
    if (!record.read_genotypes(columns, genotypes)) genotypes.clear();
  } catch (const InputError&) {
    return std::nullopt;
  }
  return genotypes;
}

}  // namespace

TEST_CASE("genotypes of random shapes are what HTSlib decodes, out of text and out of packed records") {
  const std::string path = "a.vcf";
  const std::vector<int> all{0, 1, 2, 3, 4};
  int plain_lines = 0;
  int plain_packed = 0;
  int others = 0;
  int refusals = 0;
  for (unsigned seed = 1; seed <= 20'000; ++seed) {
    const std::string line = RandomLine{seed}.make();
    INFO("seed ", seed, ": ", line);
    const auto header = make_header();
    const HtsHandle<bcf1_t> plain{bcf_init()};
    HtsText text;
    kputsn(line.data(), line.size(), &text);
    REQUIRE(vcf_parse(&text, header.get(), plain.get()) == 0);
    const auto packed = find_packed(*plain, bcf_hdr_id2int(header.get(), BCF_DT_ID, "GT"));
    std::vector<RecordGenotype> genotypes;
    const bool decoded = packed && decode(*packed, static_cast<int>(plain->n_allele), all, genotypes);
    const auto by_htslib = expected(header.get(), plain.get());
    if (decoded) REQUIRE((by_htslib && same(genotypes, *by_htslib)));
    plain_packed += decoded ? 1 : 0;

    HtsRecord record{path, header.get()};
    record.parse(line, 1);
    const bool is_plain_line = find_plain_columns(line, samples).has_value();
    if (line.find("DP") != std::string::npos) continue;  // depth 0 is another test's
    const auto got = read(record, all);
    REQUIRE(got.has_value() == by_htslib.has_value());
    if (got) REQUIRE(same(*got, *by_htslib));
    plain_lines += is_plain_line ? 1 : 0;
    others += is_plain_line || decoded ? 0 : 1;
    refusals += got ? 0 : 1;
  }
  CHECK(plain_lines > 1000);
  CHECK(plain_packed > 5000);
  CHECK(others > 1000);
  CHECK(refusals > 20);
}

TEST_CASE("columns are read in the order that was asked for") {
  const auto header = make_header();
  const std::string path = "a.vcf";
  HtsRecord record{path, header.get()};
  const std::string line = "chr1\t101\t.\tA\tC,G\t.\tPASS\t.\tGT\t0/0\t0|1\t1/1\t./2\t2|.";
  record.parse(line, 1);
  REQUIRE(find_plain_columns(line, samples));
  const auto got = read(record, {4, 1, 3});
  REQUIRE(got);
  REQUIRE(got->size() == 3);
  CHECK(same((*got)[0], RecordGenotype{2, -1, true, false}));
  CHECK(same((*got)[1], RecordGenotype{0, 1, true, false}));
  CHECK(same((*got)[2], RecordGenotype{-1, 2, false, false}));
}

TEST_CASE("what is not plain is not taken for it") {
  const std::string front = "chr1\t101\t.\tA\tC\t.\tPASS\t.\t";
  CHECK(find_plain_columns(front + "GT\t0/0\t0|1", 2));
  CHECK(without_genotypes(front + "GT\t0/0\t0|1", 2) == front.substr(0, front.size() - 1));
  for (const char* columns :
       {"GT\t0/0\t0|1\t0/0", "GT\t0/0", "GT\t0/0\t0|12", "GT\t0/0 0|1", "GT\t0/0\t0-1", "GT\tx/0\t0|1",
        "GT:DP\t0/0\t0|1", "DP\t0/0\t0|1", "GT\t0\t0|1:1", "", "GT", "GT\t", "GT\t0/0\tGT\t0/0\t0|1"}) {
    INFO(columns);
    CHECK_FALSE(find_plain_columns(front + columns, 2));
  }
  CHECK_FALSE(find_plain_columns("chr1\t101\tGT\t0/0\t0|1", 2));
  CHECK_FALSE(find_plain_columns("", 2));
}

TEST_CASE("packed values that end early are not found") {
  const auto header = make_header();
  const HtsHandle<bcf1_t> record{bcf_init()};
  HtsText text;
  const std::string line = "chr1\t101\t.\tA\tC\t.\tPASS\t.\tDP:GT\t1:0/0\t2:0|1\t3:1/1\t4:./1\t5:1|.";
  kputsn(line.data(), line.size(), &text);
  REQUIRE(vcf_parse(&text, header.get(), record.get()) == 0);
  const int gt = bcf_hdr_id2int(header.get(), BCF_DT_ID, "GT");
  REQUIRE(find_packed(*record, gt));
  CHECK(find_packed(*record, gt)->ploidy == 2);
  CHECK_FALSE(find_packed(*record, gt + 1000));
  CHECK_FALSE(find_packed(*record, -1));
  const std::size_t whole = record->indiv.l;
  for (std::size_t size = 0; size < whole; ++size) {
    record->indiv.l = size;
    CHECK_FALSE(find_packed(*record, gt));
  }
  record->indiv.l = whole;
}
