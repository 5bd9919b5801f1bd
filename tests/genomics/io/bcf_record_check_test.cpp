// Packed records that say other things of themselves than they hold.
#include "genomics/io/bcf_record_check.h"

#include <doctest/doctest.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

/// One record of three samples as HTSlib packs it.
struct Packed {
  std::vector<std::uint8_t> shared;
  std::vector<std::uint8_t> individual;
  PackedCounts counts;

  [[nodiscard]] std::string fault() const {
    const char* why = fault_in_packed(shared, individual, counts);
    return why == nullptr ? "" : why;
  }
};

Packed packed(const std::string& place, const std::string& genotypes, const std::string& info = ".") {
  const TempFolder folder;
  const std::string path =
      VcfBuilder{}.samples({"A", "B", "C"}).record(place, genotypes, info).write_plain(folder / "a.vcf");
  const HtsHandle<htsFile> file{hts_open(path.c_str(), "r")};
  const HtsHandle<bcf_hdr_t> header{bcf_hdr_read(file.get())};
  const HtsHandle<bcf1_t> record{bcf_init()};
  REQUIRE(bcf_read(file.get(), header.get(), record.get()) == 0);
  const auto bytes = [](const kstring_t& text) { return std::vector<std::uint8_t>(text.s, text.s + text.l); };
  return {bytes(record->shared),
          bytes(record->indiv),
          {.alleles = record->n_allele,
           .info = record->n_info,
           .formats = record->n_fmt,
           .samples = record->n_sample,
           .names = header->n[BCF_DT_ID],
           .genotype = bcf_hdr_id2int(header.get(), BCF_DT_ID, "GT")}};
}

Packed usual() { return packed("chr1 101 A G,T", "0|1:7 ./.:. 2:9", "END=200;DP=30"); }

constexpr const char* other_lengths = "the record's fields are not as long, or as many, as it says";

}  // namespace

TEST_CASE("records as HTSlib packs them have no fault") {
  CHECK(usual().fault() == "");
  CHECK(packed("chr1 101 A .", "0/0 0/0 .").fault() == "");
  CHECK(packed("chr1 101 " + std::string(300, 'A') + " G", "0/1 0/1/1 1").fault() == "");
  std::string alts = "T";
  for (int k = 1; k < 200; ++k) alts += "," + std::string(static_cast<std::size_t>(k + 1), 'T');
  CHECK(packed("chr1 101 A " + alts, "0/199 0/1 ./.").fault() == "");
}

TEST_CASE("counts that lie, and fields cut or added, are found") {
  for (const int more : {-1, 1}) {
    const auto other = [more](unsigned count) { return count + static_cast<unsigned>(more); };
    Packed alleles = usual();
    alleles.counts.alleles = other(alleles.counts.alleles);
    CHECK(alleles.fault() != "");
    Packed info = usual();
    info.counts.info = other(info.counts.info);
    CHECK(info.fault() != "");
    Packed formats = usual();
    formats.counts.formats = other(formats.counts.formats);
    CHECK(formats.fault() == other_lengths);
    Packed samples = usual();
    samples.counts.samples = other(samples.counts.samples);
    CHECK(samples.fault() != "");
  }
  for (std::size_t kept = 0; kept < usual().shared.size(); ++kept) {
    Packed cut = usual();
    cut.shared.resize(kept);
    CHECK(cut.fault() != "");
  }
  for (std::size_t kept = 0; kept < usual().individual.size(); ++kept) {
    Packed cut = usual();
    cut.individual.resize(kept);
    CHECK(cut.fault() != "");
  }
  Packed longer = usual();
  longer.individual.push_back(0);
  CHECK(longer.fault() != "");
}

TEST_CASE("an allele that the record lacks and a name that the header lacks are found") {
  Packed allele = usual();
  allele.counts.genotype = usual().counts.genotype;
  const auto at = std::ranges::find(allele.individual, std::uint8_t{(2 + 1) << 1});  // C's only allele
  REQUIRE(at != allele.individual.end());
  *at = (3 + 1) << 1;
  CHECK(allele.fault() == "a genotype names an allele that the record lacks");
  *at = 0x90;
  CHECK(allele.fault() == "a genotype names an allele that the record lacks");
  Packed name = usual();
  name.counts.names = 3;
  CHECK(name.fault() == "a field of the record has no name in the header");
}

TEST_CASE("whatever the bytes, the check stays within them") {
  std::uint32_t state = 1;
  for (int round = 0; round < 20'000; ++round) {
    Packed changed = usual();
    for (int k = 0; k < 3; ++k) {
      state = state * 1664525U + 1013904223U;
      auto& bytes = (state & 0x10000U) != 0 ? changed.shared : changed.individual;
      bytes[(state >> 8U) % bytes.size()] = static_cast<std::uint8_t>(state >> 24U);
    }
    (void)changed.fault();
  }
}
