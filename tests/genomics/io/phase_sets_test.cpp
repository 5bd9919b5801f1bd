// Whose phase a genotype has, and with which others it can be put together.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "genomics/basics/phase_set.h"
#include "tests/builders/cohort.h"
#include "tests/builders/genotypes.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::text_of;
using stardose::test::VcfBuilder;

namespace {

const SiteIndex& sites() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 102, "C", {"T"})}};
  return index;
}

struct Shown {
  std::string genotypes;  ///< `0|1 0|1`
  std::vector<PhaseSet> sets;
  bool one_file = true;
};

Shown shown(const Cohort& cohort) {
  Shown both;
  for (const std::size_t number : {0U, 1U}) {
    both.genotypes += (number == 0 ? "" : " ") + text_of(cohort.genotypes.at(number, 0));
    const auto sets = cohort.genotypes.phase_sets(number);
    both.sets.push_back(sets.empty() ? 0 : sets[0]);
  }
  both.one_file = cohort.genotypes.file_of(0, 0) == cohort.genotypes.file_of(1, 0);
  return both;
}

Shown read(const VcfBuilder& vcf) {
  const TempFolder folder;
  const std::string path = vcf.write_plain(folder / "a.vcf");
  return shown(stardose::test::read_with(sites(), {.files = {path}, .check_format = false}));
}

/// Two records with `format` (`GT:PS`) and these cells.
Shown read_cells(const std::string& format, const std::string& first, const std::string& second) {
  return read(VcfBuilder{}
                  .raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\t" + format + "\t" + first)
                  .raw("chr1\t102\t.\tC\tT\t.\tPASS\t.\t" + format + "\t" + second));
}

bool is_one_set(const Shown& both) { return both.sets[0] == both.sets[1]; }

}  // namespace

TEST_CASE("a set's name stands for itself, below what a number can be") {
  CHECK(phase_set_of_name("a") == phase_set_of_name("a"));
  CHECK(phase_set_of_name("a") != phase_set_of_name("b"));
  for (const std::string name : {"", "0", "-5", "chr6_18130687_T_C"}) CHECK(phase_set_of_name(name) < 0);
}

TEST_CASE("sets that have names are told apart by all of them") {
  CHECK(is_one_set(read_cells("GT:PID", "0|1:101_A_G", "0|1:101_A_G")));
  CHECK_FALSE(is_one_set(read_cells("GT:PID", "0|1:101_A_G", "0|1:102_C_T")));
  CHECK_MESSAGE(is_one_set(read_cells("GT:PID:PS", "0|1:101_A_G:7", "0|1:102_C_T:7")), "PS goes before PID");
}

TEST_CASE("a set of number 0 is not the lack of one") {
  CHECK(is_one_set(read_cells("GT:PS", "0|1:0", "0|1:0")));
  CHECK_FALSE(is_one_set(read_cells("GT:PS", "0|1:0", "0|1:.")));
}

TEST_CASE("sets of strands say nothing of two records' alleles") {
  CHECK_FALSE(is_one_set(read_cells("GT:PSL", "0|1:a,b", "0|1:a,b")));
  CHECK(is_one_set(read_cells("GT:PSL:PS", "0|1:a,b:7", "0|1:a,b:7")));
}

TEST_CASE("alleles of one record are together, whether it is phased or not") {
  const Shown unphased = read(VcfBuilder{}.record("chr1 101 AC GT", "0/1"));
  CHECK(unphased.genotypes == "0|1 0|1");
  CHECK(is_one_set(unphased));
  CHECK(unphased.sets[0] < 0);
  const Shown both = read(VcfBuilder{}.record("chr1 101 AC GC,AT", "1/2"));
  CHECK(both.genotypes == "1|0 0|1");
  CHECK(is_one_set(both));
  const Shown phased = read(VcfBuilder{}.record("chr1 101 AC GT", "0|1:9"));
  CHECK(phased.sets == std::vector<PhaseSet>{9, 9});
  const Shown two = read(VcfBuilder{}.record("chr1 101 A G", "0/1").record("chr1 102 C T", "0/1"));
  CHECK(two.genotypes == "0/1 0/1");
}

TEST_CASE("files that were phased apart are no one phase") {
  const TempFolder folder;
  const std::string a = VcfBuilder{}.record("chr1 101 A G", "0|1").write_plain(folder / "a.vcf");
  const std::string b = VcfBuilder{}.record("chr1 102 C T", "0|1").write_plain(folder / "b.vcf");
  const Shown apart = shown(stardose::test::read_with(sites(), {.files = {a, b}}));
  CHECK(apart.genotypes == "0|1 0|1");
  CHECK_FALSE(apart.one_file);
  CHECK(read(VcfBuilder{}.record("chr1 101 A G", "0|1").record("chr1 102 C T", "0|1")).one_file);
  CHECK(read(VcfBuilder{}.record("chr1 100 CA C", "0|0").record("chr1 101 A G", "0|1").record("chr1 102 C T", "0|1"))
            .one_file);
}

TEST_CASE("a record without genotypes leaves its site unread") {
  const Shown silent = read(VcfBuilder{}.raw("chr1\t101\t.\tA\tG\t.\tPASS\t.\tPS\t9").record("chr1 102 C T", "0/1"));
  CHECK(silent.genotypes == "./. 0/1");
}
