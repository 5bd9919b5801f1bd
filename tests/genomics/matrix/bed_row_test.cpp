// Two bits a genotype, held against HTSlib's decoding of the same text.
#include "genomics/matrix/bed_row.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "genomics/io/hts_handle.h"

using namespace stardose::genomics;

namespace {

std::string codes(std::span<const std::uint8_t> row, std::size_t samples) {
  std::string text;
  for (std::size_t k = 0; k < samples; ++k) text += "2.10"[row[k / 4] >> (2 * (k % 4)) & 3U];
  return text;
}

/// One record with GT alone, read by HTSlib from text.
class Record {
 public:
  Record(const std::string& genotypes, int alleles) : header_{bcf_hdr_init("w")}, record_{bcf_init()} {
    const auto samples = 1 + std::count(genotypes.begin(), genotypes.end(), '\t');
    bcf_hdr_append(header_.get(), "##contig=<ID=chr1,length=248956422>");
    bcf_hdr_append(header_.get(), "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">");
    for (int k = 0; k < samples; ++k) bcf_hdr_add_sample(header_.get(), ("S" + std::to_string(k)).c_str());
    REQUIRE(bcf_hdr_sync(header_.get()) == 0);
    std::string alts = "C";
    for (int k = 2; k < alleles; ++k) alts += "," + std::string(static_cast<std::size_t>(k), 'C');
    HtsText line;
    kputs(("chr1\t1\t.\tA\t" + alts + "\t.\t.\t.\tGT\t" + genotypes).c_str(), &line);
    REQUIRE(vcf_parse(&line, header_.get(), record_.get()) == 0);
    bcf_unpack(record_.get(), BCF_UN_FMT);
  }
  [[nodiscard]] std::size_t samples() const { return static_cast<std::size_t>(bcf_hdr_nsamples(header_.get())); }
  [[nodiscard]] const bcf_fmt_t& gt() const { return record_->d.fmt[0]; }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return {gt().p, samples() * static_cast<std::size_t>(gt().n)};
  }
  /// Copies of an allele by bcf_get_genotypes; one copy of the chromosome counts twice.
  [[nodiscard]] std::string expected(int allele) const {
    std::int32_t* values = nullptr;
    int size = 0;
    const int count = bcf_get_genotypes(header_.get(), record_.get(), &values, &size);
    const std::unique_ptr<std::int32_t, decltype(&std::free)> owner{values, &std::free};
    const int ploidy = count / static_cast<int>(samples());
    std::string text;
    for (std::size_t k = 0; k < samples(); ++k) {
      int found = 0;
      int copies = 0;
      bool missing = false;
      for (int j = 0; j < ploidy; ++j) {
        const std::int32_t value = values[static_cast<int>(k) * ploidy + j];
        if (value == bcf_int32_vector_end) break;
        ++found;
        missing = missing || bcf_gt_is_missing(value);
        copies += !bcf_gt_is_missing(value) && bcf_gt_allele(value) == allele ? 1 : 0;
      }
      if (found == 1) copies *= 2;
      text += missing || found == 0 || found > 2 ? '.' : static_cast<char>('0' + copies);
    }
    return text;
  }

 private:
  HtsHandle<bcf_hdr_t> header_;
  HtsHandle<bcf1_t> record_;
};

std::string by_packed(const Record& record, CountedAllele allele) {
  std::vector<std::uint8_t> row(bed_row_size(record.samples()), 0xAA);
  if (record.gt().n > 2 || !fill_bed_row(record.bytes(), record.gt().n, allele, row)) return "refused";
  return codes(row, record.samples());
}

std::string by_text(std::string_view text, std::size_t samples, CountedAllele allele) {
  std::vector<std::uint8_t> row(bed_row_size(samples), 0xAA);
  return fill_bed_row(text, allele, row) ? codes(row, samples) : "refused";
}

std::string random_genotypes(std::mt19937& random, int samples, int alleles, bool odd) {
  const auto below = [&](int bound) { return std::uniform_int_distribution<int>{0, bound - 1}(random); };
  const auto allele = [&] { return odd && below(20) == 0 ? "." : std::to_string(below(alleles)); };
  std::string text;
  for (int k = 0; k < samples; ++k) {
    if (k > 0) text += '\t';
    text += allele();
    if (!odd || below(10) > 0) text += (below(2) == 0 ? "|" : "/") + allele();
    if (odd && below(200) == 0) text += "/0";
  }
  return text;
}

}  // namespace

TEST_CASE("plain genotypes are counted as HTSlib decodes them") {
  std::mt19937 random{7};
  for (int round = 0; round < 300; ++round) {
    const int alleles = 2 + round % 4;
    const int samples = 1 + round % 37;
    const std::string text = random_genotypes(random, samples, alleles, false);
    CAPTURE(text);
    const Record record{text, alleles};
    for (int allele = 1; allele < alleles; ++allele) {
      const std::string expected = record.expected(allele);
      REQUIRE(by_packed(record, {allele, alleles}) == expected);
      REQUIRE(by_text(text, record.samples(), {allele, alleles}) == expected);
    }
  }
}

TEST_CASE("missing, half, single and many copies are counted as HTSlib decodes them, or left to it") {
  std::mt19937 random{8};
  int left = 0;
  for (int round = 0; round < 300; ++round) {
    const int alleles = 2 + round % 3;
    const std::string text = random_genotypes(random, 1 + round % 41, alleles, true);
    CAPTURE(text);
    const Record record{text, alleles};
    for (int allele = 1; allele < alleles; ++allele) {
      const std::string packed = by_packed(record, {allele, alleles});
      left += packed == "refused" ? 1 : 0;
      REQUIRE((packed == record.expected(allele) || (packed == "refused" && record.gt().n > 2)));
      const std::string plain = by_text(text, record.samples(), {allele, alleles});
      REQUIRE((plain == record.expected(allele) || plain == "refused"));
    }
  }
  CHECK(left < 150);
}

TEST_CASE("every allele of a record with as many as a byte can name is counted") {
  std::string text;
  for (int k = 0; k < 62; ++k) text += std::to_string(k) + "|" + std::to_string(k / 2) + (k < 61 ? "\t" : "");
  const Record record{text, 62};
  REQUIRE(record.gt().type == BCF_BT_INT8);
  for (int allele = 1; allele < 62; ++allele) CHECK(by_packed(record, {allele, 62}) == record.expected(allele));
}

TEST_CASE("an allele that the record lacks is refused wherever it stands") {
  for (int at = 0; at < 9; ++at) {
    std::string text;
    for (int k = 0; k < 9; ++k) text += std::string(k > 0 ? "\t" : "") + (k == at ? "0|2" : "0|1");
    const Record record{text, 3};
    CHECK(by_packed(record, {1, 3}) == record.expected(1));
    CHECK(by_packed(record, {1, 2}) == "refused");
    CHECK(by_text(text, 9, {1, 2}) == "refused");
  }
}

TEST_CASE("text of another shape is refused wherever it goes wrong") {
  const std::string good = "0|0\t0|1\t1|1\t1|0\t0/1\t1/0\t0|0\t0|0\t1|1";
  REQUIRE(by_text(good, 9, {1, 2}) == "012111002");
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char wrong : {':', '\t', '|', 'A', ' ', '\n', '8', '\x7F', '\x80', '\xB0'}) {
      std::string text = good;
      const bool is_bar = at % 4 == 1;
      if (text[at] == wrong || (is_bar && wrong == '|')) continue;
      text[at] = wrong;
      CAPTURE(text);
      CHECK(by_text(text, 9, {1, 2}) == "refused");
    }
  }
  CHECK(by_text(good + "\t0", 9, {1, 2}) == "refused");
  CHECK(by_text(good + "\t", 9, {1, 2}) == "refused");
  CHECK(by_text("", 0, {1, 2}) == "refused");
}

TEST_CASE("bits beyond the last sample are zero") {
  std::vector<std::uint8_t> row(2, 0xFF);
  REQUIRE(fill_bed_row("1|1\t1|1\t1|1\t1|1\t0|0", {1, 2}, row));
  CHECK(row == std::vector<std::uint8_t>{0, 3});
}

TEST_CASE("decoded genotypes are counted, and what is not known stays missing") {
  const std::vector<RecordGenotype> genotypes{{0, 0},
                                              {0, 1},
                                              {1, 1},
                                              {2, 1},
                                              {1, RecordGenotype::no_copy},
                                              {0, RecordGenotype::no_copy},
                                              {RecordGenotype::missing, 1},
                                              {1, RecordGenotype::missing},
                                              {RecordGenotype::missing},
                                              {1, 1, false, true}};
  std::vector<std::uint8_t> row(bed_row_size(genotypes.size()), 0xFF);
  fill_bed_row(genotypes, {1, 3}, row);
  CHECK(codes(row, genotypes.size()) == "012120....");
}
