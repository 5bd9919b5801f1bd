// The hot loops of reading take no memory: neither a record more nor a sample more costs an allocation.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <string>

#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/cohort.h"
#include "tests/builders/sanitizer.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

#if defined(__GLIBC__) && !defined(STARDOSE_ADDRESS_SANITIZER)

// Counts what the program and its libraries ask for: a definition here comes before the C library's.
namespace {
std::atomic<std::size_t> allocations = 0;  // NOLINT: what malloc counts has nowhere else to live
}

extern "C" {
void* __libc_malloc(std::size_t size);                     // NOLINT: glibc's own names
void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT
void* __libc_realloc(void* memory, std::size_t size);      // NOLINT

void* malloc(std::size_t size) noexcept {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) noexcept {
  ++allocations;
  return __libc_realloc(memory, size);
}
}

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 90'000'001, "A", {"G"})}};
  return index;
}

std::size_t allocations_of(const std::string& path) {
  (void)stardose::test::read(sites(), path);  // what is set up once
  const std::size_t before = allocations;
  (void)stardose::test::read(sites(), path);
  return allocations - before;
}

/// `records` far from the sites, and one at each of them.
VcfBuilder file(int records, int samples) {
  VcfBuilder vcf;
  std::vector<std::string> names;
  std::string genotypes;
  for (int k = 0; k < samples; ++k) {
    names.push_back("S" + std::to_string(k));
    genotypes += k % 3 == 0 ? "0|1 " : "0/0 ";
  }
  vcf.samples(names);
  vcf.record("chr1 101 A G", genotypes);
  for (int k = 0; k < records; ++k) vcf.record("chr1 " + std::to_string(20'000 + 10 * k) + " A G", genotypes);
  vcf.record("chr1 90000001 A G", genotypes);
  return vcf;
}

}  // namespace

TEST_CASE("the counter counts") {
  const std::size_t before = allocations;
  const std::string text(1000, 'x');
  CHECK(allocations - before == 1);
  CHECK(text.size() == 1000);
}

TEST_CASE("records far from the sites take no memory") {
  const TempFolder folder;
  for (const bool packed : {false, true}) {
    const auto write = [&](const VcfBuilder& vcf) {
      return packed ? vcf.write_bcf(folder / "a.bcf", false) : vcf.write_gz(folder / "a.vcf.gz", false);
    };
    const std::size_t few = allocations_of(write(file(500, 2)));
    const std::size_t many = allocations_of(write(file(50'000, 2)));
    INFO(packed, ": ", few, " and ", many);
    CHECK(many <= few + 49'500 / 500);  // HTSlib takes a decompressor a block, which holds some thousand records
  }
}

TEST_CASE("samples take no memory one by one") {
  const TempFolder folder;
  // the header's own tables grow with the samples: what records add is the difference of two files
  const auto of_records = [&](int samples, bool packed) {
    const auto count = [&](const std::vector<int>& places) {
      VcfBuilder vcf = file(0, samples);
      std::string genotypes;
      for (int k = 0; k < samples; ++k) genotypes += k % 3 == 0 ? "0|1 " : "0/0 ";
      for (const int position : places) vcf.record("chr1 " + std::to_string(position) + " A G", genotypes);
      return allocations_of(packed ? vcf.write_bcf(folder / "a.bcf", false) : vcf.write_gz(folder / "a.vcf.gz", false));
    };
    // records again at the last site
    return count({90'000'001, 90'000'001, 90'000'001}) - count({90'000'001});
  };
  for (const bool packed : {false, true}) {
    const std::size_t few = of_records(3, packed);
    const std::size_t many = of_records(3000, packed);
    INFO(packed, ": ", few, " and ", many);
    CHECK(many <= few + 12);
  }
}

TEST_CASE("a read more costs no allocation") {
  const TempFolder folder;
  const auto allocations_of_reads = [&](int count) {
    stardose::test::AlignmentBuilder builder;
    for (int k = 0; k < count; ++k) {
      const std::string place = std::to_string(10'000 + 5000 * k / count);
      builder.read("read" + std::to_string(k) + " 0 chr1 " + place + " 60 40M", std::string(40, 'A'));
    }
    const std::string path = builder.write_bam(folder / "a.bam");
    const AlignmentFile file{path, {}};
    // A base, a longer allele and a region; the piles of the first two grow by doubling.
    const ReadPlan plan{{{"chr1", 12'000, {"A", "C"}}, {"chr1", 13'000, {"AA", "A"}}}, {{"chr1", 9000, 20'000}}};
    const std::size_t before = allocations;
    CHECK(file.read(plan).reads == static_cast<std::uint64_t>(count));
    return allocations - before;
  };
  const std::size_t few = allocations_of_reads(2000);
  const std::size_t many = allocations_of_reads(20'000);
  // HTSlib takes a decompressor for each of some thirty blocks more.
  CHECK(many < few + 120);
}

#endif
