// Which assembly files are on, and what they say then, does not hang on how they are cut for several readers.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "genomics/input_error.h"
#include "tests/builders/shards.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::read_in_shards;
using stardose::test::read_with;
using stardose::test::ReadingOrder;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::told;
using stardose::test::VcfBuilder;

namespace {

constexpr int shift = 50'000;  // how far left of its place a site is on GRCh37

// Every fourth site has its alternative as base on GRCh37; the last one of chr1 has no place there.
const SiteIndex& sites() {
  static const SiteIndex index{[] {
    std::vector<Site> all;
    for (const std::string contig : {"chr1", "chr2", "chrM"}) {
      for (int k = 1; k <= 12; ++k) {
        Site next = site(contig, (contig == "chrM" ? 0 : shift) + 1000 * k, "A", {"G", "T"});
        const auto base = static_cast<std::uint8_t>(k % 4 == 0 && contig != "chrM" ? 1 : 0);
        if (contig != "chr1" || k < 12) next.grch37 = OtherPlace{1000 * k - 1, base};
        all.push_back(std::move(next));
      }
    }
    return all;
  }()};
  return index;
}

VcfBuilder silent() { return VcfBuilder{}.no_contigs().contig("chr1").contig("chr2").contig("chrM"); }
VcfBuilder told_grch37() { return silent().contig("chr10", 135534747); }

/// Records at the sites of a contig and between them, with GRCh37's bases or GRCh38's.
void fill(VcfBuilder& vcf, const std::string& contig, Assembly assembly) {
  for (int k = 1; k <= 12; ++k) {
    const bool swapped = assembly == Assembly::grch37 && k % 4 == 0 && contig != "chrM";
    const int start = 1000 * k + (assembly == Assembly::grch38 && contig != "chrM" ? shift : 0);
    vcf.record(contig + " " + std::to_string(start) + (swapped ? " G A,T" : " A G,T"), k % 3 == 0 ? "0|1" : "1/2");
    for (int between = 100; between < 1000; between += 100) {
      const int position = start + between;
      vcf.record(contig + " " + std::to_string(position) + " A C", "0/1", "PAD=" + std::to_string(position * 7919));
    }
  }
}

VcfBuilder filled(VcfBuilder vcf, Assembly assembly) {
  for (const std::string contig : {"chr1", "chr2", "chrM"}) fill(vcf, contig, assembly);
  return vcf;
}

template <class Read>
std::string outcome(const Read& read) {
  try {
    return read();
  } catch (const InputError& error) {
    return std::string{"error: "} + error.what();
  }
}

/// Checks that shards give what one reader gives, and returns that.
std::string same_in_shards(const VariantInputOptions& options) {
  const std::string expected = outcome([&] { return told(read_with(sites(), options, true), sites()); });
  std::size_t most = 0;
  for (const std::size_t shards : {2U, 5U, 30U}) {
    for (const auto order : {ReadingOrder::forwards, ReadingOrder::backwards, ReadingOrder::at_once}) {
      INFO(options.files.front(), " in ", shards, " shards");
      const std::string got = outcome([&] {
        const auto read = read_in_shards(sites(), options, shards, order);
        most = std::max(most, read.shards);
        return told(read.cohort, sites());
      });
      REQUIRE(got == expected);
    }
  }
  const bool is_error = expected.starts_with("error");
  CHECK((is_error || most >= 10));
  return expected;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

TEST_CASE("shards of a file come to the assembly, the genotypes and the warnings of one reader") {
  const TempFolder folder;
  for (const Assembly assembly : {Assembly::grch37, Assembly::grch38}) {
    const std::string name{to_string(assembly)};
    const VcfBuilder vcf = filled(silent(), assembly);
    for (const bool index : {false, true}) {
      const std::string path = vcf.write_gz(folder / (name + ".vcf.gz"), index, 300);
      const std::string found = same_in_shards({.files = {path}});
      CHECK(first_line(found) == name);
      if (assembly == Assembly::grch37) CHECK(found.find("other_sequence") != std::string::npos);
      CHECK(first_line(same_in_shards({.files = {path}, .assembly = name, .use_index = false})) == name);
    }
  }
  const std::string path = filled(told_grch37(), Assembly::grch37).write_gz(folder / "told.vcf.gz", false, 300);
  const std::string silent37 = filled(silent(), Assembly::grch37).write_gz(folder / "silent.vcf.gz", false, 300);
  CHECK(same_in_shards({.files = {path}}) == same_in_shards({.files = {silent37}}));
}

TEST_CASE("shards of several files come to the first error that one reader meets") {
  const TempFolder folder;
  const auto write = [&](const std::string& name, VcfBuilder vcf, const std::string& contig, Assembly assembly) {
    fill(vcf, contig, assembly);
    return vcf.write_gz(folder / name, false, 300);
  };
  const std::string a37 = write("a37.vcf.gz", silent(), "chr1", Assembly::grch37);
  const std::string b37 = write("b37.vcf.gz", told_grch37(), "chr2", Assembly::grch37);
  const std::string b38 = write("b38.vcf.gz", silent(), "chr2", Assembly::grch38);
  CHECK(first_line(same_in_shards({.files = {a37, b37}})) == "GRCh37");
  CHECK(first_line(same_in_shards({.files = {b37, a37}})) == "GRCh37");
  CHECK(same_in_shards({.files = {a37, b38}}).find("the file is on GRCh38, and " + a37 + " on GRCh37") !=
        std::string::npos);
  CHECK(same_in_shards({.files = {b38, b37}}).find("the file is on GRCh37, and " + b38 + " on GRCh38") !=
        std::string::npos);
  VcfBuilder untrue = told_grch37();
  for (int k = 1; k <= 12; ++k) untrue.record("chr1 " + std::to_string(1000 * k) + " C G", "0/1");
  const std::string wrong = untrue.write_gz(folder / "wrong.vcf.gz", false, 300);
  CHECK(same_in_shards({.files = {wrong, b37}}).find("though its header says GRCh37") != std::string::npos);
  VcfBuilder either = silent();
  fill(either, "chr1", Assembly::grch37);
  fill(either, "chr1", Assembly::grch38);
  const std::string both = either.write_gz(folder / "both.vcf.gz", false, 300);
  CHECK(same_in_shards({.files = {both}}).find("REF alleles fit GRCh38 and GRCh37") != std::string::npos);
  CHECK(first_line(same_in_shards({.files = {both}, .assembly = "GRCh38"})) == "GRCh38");
}

TEST_CASE("a header of the wrong assembly is named before samples that differ") {
  const TempFolder folder;
  const std::string a38 = filled(silent(), Assembly::grch38).write_gz(folder / "a.vcf.gz", false, 300);
  VcfBuilder other = told_grch37();
  other.samples({"someone", "else"});
  const std::string b37 = other.write_gz(folder / "b.vcf.gz", false, 300);
  CHECK(same_in_shards({.files = {a38, b37}}).find("the file is on GRCh37") != std::string::npos);
}

TEST_CASE("of two mitochondrial contigs, records count on the one that is rCRS") {
  const TempFolder folder;
  const SiteIndex one{{[] {
    Site rcrs = site("chrM", 1494, "C", {"T"});
    rcrs.grch37 = OtherPlace{1493, 0};
    return rcrs;
  }()}};
  const auto row_of = [&](const std::string& first, long length, const std::string& second, long second_length,
                          const std::string& named) {
    const std::string path = VcfBuilder{}
                                 .no_contigs()
                                 .contig("chr1", 249250621)
                                 .contig(first, length)
                                 .contig(second, second_length)
                                 .record(named + " 1494 C T", "1")
                                 .write_plain(folder / "m.vcf");
    return stardose::test::row(read_with(one, {.files = {path}}), 0);
  };
  CHECK(row_of("chrM", 16571, "MT", 16569, "MT") == "1");
  CHECK(row_of("MT", 16569, "chrM", 16571, "chrM") == "other_sequence");
  CHECK(row_of("chrM", 16571, "MT", 16569, "chrM") == "other_sequence");
}
