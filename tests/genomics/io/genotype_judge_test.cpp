// Which genotypes of a file are good enough.
#include "genomics/io/genotype_judge.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::read_with;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const GenotypeThresholds off{.filters = {"any"}, .min_depth = 0, .min_genotype_quality = 0, .min_allele_balance = 0};

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G", "T"})}};
  return index;
}

Cohort read_plain(const VcfBuilder& vcf, const GenotypeThresholds& thresholds) {
  const TempFolder folder;
  return read_with(sites(), {.files = {vcf.write_plain(folder / "a.vcf")}, .thresholds = thresholds});
}

/// The site's row by way of VCF, which must be the same by way of BCF.
std::string told(const VcfBuilder& vcf, const GenotypeThresholds& thresholds = {}) {
  const TempFolder folder;
  const std::string by_text = stardose::test::row(read_plain(vcf, thresholds), 0);
  const std::string bcf = vcf.write_bcf(folder / "a.bcf", false);
  CHECK(stardose::test::row(read_with(sites(), {.files = {bcf}, .thresholds = thresholds}), 0) == by_text);
  return by_text;
}

std::string told_unchecked(const VcfBuilder& vcf) {
  const TempFolder folder;
  return stardose::test::row(read_with(sites(), {.files = {vcf.write_plain(folder / "a.vcf")}, .check_format = false}),
                             0);
}

VcfBuilder one(const std::string& filter, const std::string& format, const std::string& genotype) {
  return VcfBuilder{}.judged("chr1 101 A G", filter, format, genotype);
}

Evidence evidence_of(const VcfBuilder& vcf) { return read_plain(vcf, off).genotypes.at(0, 0).evidence(); }

}  // namespace

TEST_CASE("FILTER: what is named passes, all of a record's values must, and `any` lets everything through") {
  CHECK(told(one("PASS", "GT", "0/1")) == "0/1");
  CHECK(told(one(".", "GT", "0/1")) == "0/1");
  CHECK(told(one("LowQual", "GT", "0/1")) == "failed_filter!");
  CHECK(told(one("LowQual", "GT", "0/0")) == "failed_filter");
  CHECK(told(one("LowQual", "GT", "./.")) == "./.");
  CHECK(told(one("LowQual;q10", "GT", "0/1"), {.filters = {"PASS", "q10"}}) == "failed_filter!");
  CHECK(told(one("LowQual;q10", "GT", "0/1"), {.filters = {"LowQual", "q10"}}) == "0/1");
  CHECK(told(one(".", "GT", "0/1"), {.filters = {"PASS"}}) == "failed_filter!");
  CHECK(told(one("LowQual", "GT", "0/1"), {.filters = {"any"}}) == "0/1");
  // HTSlib reads a value that the header does not declare, and does not write it.
  CHECK(stardose::test::row(read_plain(one("notInHeader", "GT", "0/1"), {}), 0) == "failed_filter!");
}

TEST_CASE("DeepVariant's RefCall tells that a place was looked at and is reference") {
  CHECK(told(one("RefCall", "GT:GQ:DP", "0/0:40:30")) == "0/0");
}

TEST_CASE("FT filters sample by sample, and says nothing where it is missing") {
  const VcfBuilder vcf = VcfBuilder{}
                             .samples({"A", "B", "C", "D", "E"})
                             .judged("chr1 101 A G", "PASS", "GT:FT", "0/1:PASS 0/1:LowQual 0/0:q10;PASS 0/1:. 0/1");
  CHECK(told(vcf) == "0/1 failed_filter! failed_filter 0/1 0/1");
  CHECK(told(vcf, {.filters = {"PASS", "q10"}}) == "0/1 failed_filter! 0/0 0/1 0/1");
  CHECK(told(vcf, {.filters = {"any"}}) == "0/1 0/1 0/0 0/1 0/1");
}

TEST_CASE("filters of our own files of genotypes say in what a genotype falls short") {
  CHECK(told(one("low_depth", "GT", "0/1")) == "low_depth!");
  CHECK(told(one("low_quality", "GT", "0/0")) == "low_quality");
  CHECK(told(one("low_balance", "GT:FT", "0/1:low_balance")) == "low_balance!");
  CHECK(told(one("no_reads;low_depth", "GT:FT", "0/1:low_depth")) == "low_depth!");
  CHECK(told(one("PASS", "GT:DP:FT", "0/1:30:low_quality")) == "low_quality!");
  CHECK(told(one("LowQual;low_depth", "GT", "0/1")) == "failed_filter!");
  CHECK(told(one("LowQual", "GT:FT", "0/1:PASS")) == "failed_filter!");
  CHECK(told(one("low_depth", "GT:DP:FT", "0/1:30:low_depth"), {.filters = {"any"}}) == "0/1");
}

TEST_CASE("DP: at least so many reads, half of them on a single copy, and MIN_DP before DP") {
  CHECK(told(one("PASS", "GT:DP", "0/1:9")) == "low_depth!");
  CHECK(told(one("PASS", "GT:DP", "0/1:10")) == "0/1");
  CHECK(told(one("PASS", "GT:DP", "0/0:9")) == "low_depth");
  CHECK(told(one("PASS", "GT:DP", "1:4")) == "low_depth!");
  CHECK(told(one("PASS", "GT:DP", "1:5")) == "1");
  CHECK(told(one("PASS", "GT:DP", "0/1:.")) == "0/1");
  CHECK(told(one("PASS", "GT:DP:MIN_DP", "0/0:30:9")) == "low_depth");
  CHECK(told(one("PASS", "GT:DP:MIN_DP", "0/0:30:.")) == "0/0");
  CHECK(told(one("PASS", "GT:DP", "0/1:300"), {.min_depth = 301}) == "low_depth!");
  CHECK(told(one("PASS", "GT:DP", "0/1:70000"), {.min_depth = 301}) == "0/1");
  CHECK(told(one("PASS", "GT:DP", "0/1:9"), {.min_depth = 0}) == "0/1");
}

TEST_CASE("GQ: at least so much, by the names that callers give it") {
  CHECK(told(one("PASS", "GT:GQ", "0/1:19")) == "low_quality!");
  CHECK(told(one("PASS", "GT:GQ", "0/1:20")) == "0/1");
  CHECK(told(one("PASS", "GT:GQ", "0/0:19")) == "low_quality");
  CHECK(told(one("PASS", "GT:GQX", "0/0:3")) == "low_quality");
  CHECK(told(one("PASS", "GT:GQ:GQX", "0/1:40:3")) == "0/1");
  CHECK(told(one("PASS", "GT:RGQ", "0/0:3")) == "low_quality");
  CHECK(told(one("PASS", "GT:RGQ", "0/1:3")) == "0/1");
  CHECK(told(one("PASS", "GT:GQ:RGQ", "0/0:40:.")) == "0/0");
  CHECK(told(one("PASS", "GT:GQ:RGQ", "0/0:.:3")) == "low_quality");
  CHECK(told(one("PASS", "GT:GQ", "0/1:19"), {.min_genotype_quality = 0}) == "0/1");
}

TEST_CASE("GQ may be a number with a point, and DP undeclared") {
  CHECK(told(VcfBuilder{}.quality_type("Float").judged("chr1 101 A G", "PASS", "GT:GQ", "0/1:19.9")) == "low_quality!");
  CHECK(told(VcfBuilder{}.quality_type("Float").judged("chr1 101 A G", "PASS", "GT:GQ", "0/1:20.1")) == "0/1");
  CHECK(told(VcfBuilder{}.quality_type("Float").judged("chr1 101 A G", "PASS", "GT:GQ", "0/1:.")) == "0/1");
  // A header that declares it as text is refused, unless the user does not want headers checked.
  const auto of_text = [](const char* genotype) {
    return VcfBuilder{}.quality_type("String").judged("chr1 101 A G", "PASS", "GT:GQ", genotype);
  };
  CHECK_THROWS_AS(told(of_text("0/1:7")), InputError);
  CHECK(told_unchecked(of_text("0/1:7")) == "low_quality!");
  CHECK(told_unchecked(of_text("0/1:high")) == "0/1");
}

TEST_CASE("DP that is not given: the reads that AD counts") {
  CHECK(told(one("PASS", "GT:AD", "0/1:5,4")) == "low_depth!");
  CHECK(told(one("PASS", "GT:AD", "0/1:5,5")) == "0/1");
  CHECK(told(one("PASS", "GT:AD:DP", "0/1:5,4:10")) == "0/1");
  CHECK(told(one("PASS", "GT:AD:DP", "0/1:5,5:9")) == "low_depth!");
  CHECK(told(one("PASS", "GT:AD:DP", "0/0:4,0:.")) == "low_depth");
  CHECK(told(one("PASS", "GT:AD", "0/1:5,4"), {.min_depth = 0}) == "0/1");
}

TEST_CASE("0/0 without a read is no genotype, whatever the thresholds and whichever field says so") {
  CHECK(told(one("PASS", "GT:DP", "0/0:0"), off) == "./.");
  CHECK(told(one("PASS", "GT:MIN_DP", "0/0:0"), off) == "./.");
  CHECK(told(one("PASS", "GT:AD", "0/0:0,0"), off) == "./.");
  CHECK(told(one("PASS", "GT:DP:AD", "0/0:.:0,0"), off) == "./.");
  CHECK(told(one("PASS", "GT:DP:AD", "0/0:3:0,0"), off) == "0/0");
  CHECK(told(one("PASS", "GT:AD", "0/0:.,0"), off) == "./.");
  CHECK(told(one("PASS", "GT:AD", "0/0:.,."), off) == "0/0");
  CHECK(told(one("PASS", "GT:AD", "0/1:0,0"), off) == "0/1");
}

TEST_CASE("AD: each allele of a genotype has its share of the reads") {
  CHECK(told(one("PASS", "GT:AD", "0/1:16,4")) == "0/1");
  CHECK(told(one("PASS", "GT:AD", "0/1:17,4")) == "low_balance!");
  CHECK(told(one("PASS", "GT:AD", "0/1:4,17")) == "low_balance!");
  CHECK(told(one("PASS", "GT:AD", "1/1:20,20")) == "1/1");
  CHECK(told(one("PASS", "GT:AD", "0/0:20,20")) == "0/0");
  CHECK(told(one("PASS", "GT:AD", "0/1:.,.")) == "0/1");
  CHECK(told(one("PASS", "GT:AD:DP", "0/1:0,0:30")) == "0/1");
  CHECK(told(one("PASS", "GT:AD", "0/0:0,30")) == "low_balance");
  CHECK(told(one("PASS", "GT:AD", "0/0:4,16")) == "0/0");
  CHECK(told(one("PASS", "GT:AD", "1/1:30,0")) == "low_balance!");
  CHECK(told(one("PASS", "GT:AD", "1:30,0")) == "low_balance!");
  CHECK(told(one("PASS", "GT:AD", "0/0:0,30"), {.min_allele_balance = 0}) == "0/0");
  CHECK(told(one("PASS", "GT:AD", "0/1:.")) == "0/1");
  CHECK(told(one("PASS", "GT:AD", "0/1:30,1"), {.min_allele_balance = 0}) == "0/1");
  CHECK(told(VcfBuilder{}.judged("chr1 101 A G,T", "PASS", "GT:AD", "1/2:0,10,10")) == "1/2");
  CHECK(told(VcfBuilder{}.judged("chr1 101 A G,T", "PASS", "GT:AD", "1/2:20,5,5")) == "low_balance!");
}

// What the field's reference matcher discards.
TEST_CASE("a heterozygote whose reads all show one allele is not used") {
  CHECK(told(one("PASS", "GT:AD", "0/1:30,0")) == "low_balance!");
  CHECK(told(one("PASS", "GT:AD", "0/1:0,30"), {.min_allele_balance = 0.01}) == "low_balance!");
}

TEST_CASE("with every threshold off a genotype is what is written") {
  CHECK(told(one("LowQual", "GT:FT:DP:GQ:AD", "0/1:q10:1:0:9,0"), off) == "0/1");
}

TEST_CASE("blocks of every caller count at the depth and quality that they carry") {
  const auto block = [](const std::string& alt, const std::string& format, const std::string& genotype) {
    return told(VcfBuilder{}.judged("chr1 50 C " + alt, ".", format, genotype, "END=200"));
  };
  CHECK(block("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:30:60:25") == "0/0");  // GATK
  CHECK(block("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:30:60:9") == "low_depth");
  CHECK(block("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:30:0:25") == "low_quality");
  CHECK(block("<NON_REF>", "GT:DP:GQ:MIN_DP", "0/0:0:0:0") == "./.");
  CHECK(block("<*>", "GT:GQ:MIN_DP", "0/0:50:30") == "0/0");  // DeepVariant
  CHECK(block("<*>", "GT:GQ:MIN_DP", "0/0:50:0") == "./.");
  CHECK(block("<*>", "GT:GQ:MIN_DP", "./.:0:0") == "./.");
  CHECK(block(".", "GT:GQX:DP:MIN_DP", "0/0:60:30:25") == "0/0");  // Strelka
  CHECK(block(".", "GT:GQX:DP:MIN_DP", "0/0:9:30:25") == "low_quality");
  CHECK(block("<*>", "GT:DP:MIN_DP", "0/0:30:25") == "0/0");  // bcftools
  CHECK(told(VcfBuilder{}.judged("chr1 50 C .", "LowQual", "GT", "0/0", "END=200")) == "failed_filter");
}

TEST_CASE("a variant record of a gVCF is an ordinary one") {
  CHECK(told(VcfBuilder{}
                 .judged("chr1 50 C <NON_REF>", ".", "GT:DP:GQ", "0/0:30:60", "END=100")
                 .judged("chr1 101 A G,<NON_REF>", ".", "GT:AD:DP:GQ", "0/1:15,15,0:30:99")
                 .judged("chr1 102 C <NON_REF>", ".", "GT:DP:GQ", "0/0:30:60", "END=200")) == "0/1");
  CHECK(told(VcfBuilder{}.judged("chr1 101 A G,<NON_REF>", ".", "GT:AD:DP:GQ", "0/1:15,15,0:30:7")) == "low_quality!");
  CHECK(told(VcfBuilder{}
                 .judged("chr1 50 C <NON_REF>", ".", "GT:DP:GQ", "0/0:30:60", "END=200")
                 .judged("chr1 101 A G,<NON_REF>", ".", "GT:DP:GQ", "0/1:30:7")) == "low_quality!");
}

TEST_CASE("a position knows whether a block spoke for it") {
  CHECK(evidence_of(VcfBuilder{}.record("chr1 50 C <NON_REF>", "0/0", "END=200")) == Evidence::block);
  CHECK(evidence_of(VcfBuilder{}.record("chr1 101 A <NON_REF>", "0/0", "END=101")) == Evidence::block);
  CHECK(evidence_of(VcfBuilder{}.record("chr1 50 C <*>", "0/0", "END=200")) == Evidence::block);
  CHECK(evidence_of(VcfBuilder{}.record("chr1 50 C .", "0/0", "END=200")) == Evidence::block);
  CHECK(evidence_of(VcfBuilder{}.record("chr1 101 A .", "0/0")) == Evidence::record);
  CHECK(evidence_of(VcfBuilder{}.record("chr1 101 A G,<NON_REF>", "0/0")) == Evidence::record);
}

TEST_CASE("the user hears of FILTER values that took records away, and of those asked for that no header has") {
  const VcfBuilder vcf =
      VcfBuilder{}.judged("chr1 101 A G", "LowQual", "GT", "0/0").judged("chr1 101 A T", "LowQual;q10", "GT", "0/0");
  CHECK(read_plain(vcf, {}).warnings ==
        std::vector<std::string>{"FILTER LowQual: the genotypes of 2 record(s) at positions of the catalogue were not "
                                 "used; `filters` names what passes",
                                 "FILTER q10: the genotypes of 1 record(s) at positions of the catalogue were not "
                                 "used; `filters` names what passes"});
  CHECK(read_plain(vcf, {.filters = {"PASS", ".", "LowQual", "q10", "LowQaul"}}).warnings ==
        std::vector<std::string>{"`filters` names LowQaul, which no input's header declares; check its spelling"});
  CHECK(read_plain(vcf, off).warnings.empty());
}

TEST_CASE("a higher threshold only takes away: no cell changes but to missing, and no variant becomes reference") {
  std::mt19937 random{20'261'121};
  const auto pick = [&](int below) { return std::to_string(random() % static_cast<unsigned>(below)); };
  const auto any_of = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
  const auto genotypes = [&](const std::string& depths) {
    std::string text;
    for (int sample = 0; sample < 4; ++sample) {
      text += any_of({"0/0", "0/1", "1|0", "0|1", "1/1", "./."}) + ":" + pick(30) + ":" + pick(60);
      text += depths.empty() ? " " : ":" + pick(20) + "," + pick(20) + " ";
    }
    return text;
  };
  int taken = 0;
  for (int round = 0; round < 400; ++round) {
    VcfBuilder vcf;
    vcf.samples({"A", "B", "C", "D"});
    if (random() % 2 == 0)
      vcf.judged("chr1 50 C <*>", any_of({".", "LowQual"}), "GT:MIN_DP:GQ", genotypes(""), "END=200");
    if (random() % 4 == 0) vcf.judged("chr1 100 CA C", any_of({".", "LowQual"}), "GT:DP:GQ:AD", genotypes("AD"));
    for (int k = static_cast<int>(random() % 3); k > 0; --k) {
      vcf.judged(any_of({"chr1 101 A G", "chr1 101 A T"}), any_of({".", "LowQual"}), "GT:DP:GQ:AD", genotypes("AD"));
    }
    const Cohort low = read_plain(vcf, off);
    const Cohort high = read_plain(vcf, {.min_depth = 8, .min_genotype_quality = 15, .min_allele_balance = 0.15});
    const Cohort higher = read_plain(vcf, {});
    for (std::size_t sample = 0; sample < 4; ++sample) {
      const SiteGenotype before = low.genotypes.at(0, sample);
      for (const auto& [loose, strict] : {std::pair{&low, &high}, {&high, &higher}}) {
        const SiteGenotype a = loose->genotypes.at(0, sample);
        const SiteGenotype b = strict->genotypes.at(0, sample);
        INFO(vcf.text());
        REQUIRE((b.is_missing() || stardose::test::text_of(a) == stardose::test::text_of(b)));
        if (b.is_missing() && !a.is_missing()) ++taken;
        const bool variant = !before.is_missing() && (before.first() != 0 || before.second() != 0);
        if (variant && b.is_missing()) REQUIRE(b.hides_variant());
      }
    }
  }
  CHECK(taken > 300);
}
