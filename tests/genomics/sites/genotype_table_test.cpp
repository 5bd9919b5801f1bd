// Joining what several records say of one site.
#include "genomics/sites/genotype_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/genotypes.h"

using namespace stardose::genomics;
using stardose::test::site;
using stardose::test::text_of;

namespace {

/// What one record says of site 0 for one sample: the site's codes of its alleles, and `0|1@5`; `0/1?` falls short.
struct Said {
  std::vector<std::uint8_t> codes;
  std::string genotype;
  bool direct = true;
  bool spans = true;
  bool block = false;
  std::vector<std::uint64_t> spellings = {};
  bool next_file = false;  // the record is the first one of a further file
};

constexpr std::uint8_t symbolic = match_code::symbolic;
constexpr std::uint8_t shifted = match_code::shifted;

RecordGenotype record_genotype(const std::string& text) {
  const auto allele = [](const std::string& word) {
    return word == "." ? RecordGenotype::missing : static_cast<std::int16_t>(std::stoi(word));
  };
  const std::size_t mark = text.find_first_of("/|");
  if (mark == std::string::npos) return {allele(text), RecordGenotype::no_copy, false, false};
  const std::string rest = text.substr(mark + 1);
  if (rest.find_first_of("/|") != std::string::npos) return {0, 0, false, true};
  return {allele(text.substr(0, mark)), allele(rest), text[mark] == '|', false};
}

std::string join(const std::vector<Said>& records) {
  const SiteIndex index{{site("chr1", 101, "A", {"C", "G", "T"})}};
  GenotypeTable table{index, 1};
  for (const Said& record : records) {
    const std::size_t at = record.genotype.find('@');
    const std::size_t doubt = record.genotype.find('?');
    std::vector<RecordGenotype> genotypes{record_genotype(record.genotype.substr(0, std::min(at, doubt)))};
    if (doubt != std::string::npos) genotypes[0].evidence = Evidence::low_quality;
    std::vector<std::int32_t> sets;
    if (at != std::string::npos) sets.push_back(std::stoi(record.genotype.substr(at + 1)));
    if (record.next_file || &record == &records.front()) table.begin_file();
    const SiteMatch match{0,
                          record.direct,
                          record.spans,
                          record.codes,
                          record.block,
                          std::ranges::find(record.codes, allele_code::displaced) != record.codes.end(),
                          record.spellings};
    table.add(match, genotypes, sets);
  }
  table.finish(false);
  const auto sets = table.phase_sets(0);
  return text_of(table.at(0, 0)) + (sets.empty() || sets[0] == 0 ? "" : "@" + std::to_string(sets[0]));
}

/// The outcome, which must be the same in both orders.
std::string join_either_way(const Said& a, const Said& b) {
  const std::string forward = join({a, b});
  const std::string backward = join({b, a});
  CHECK_MESSAGE(forward == backward, a.genotype << " then " << b.genotype);
  return forward;
}

}  // namespace

TEST_CASE("one record's genotype is the table's") {
  CHECK(join({{{0, 1}, "0/1"}}) == "0/1");
  CHECK(join({{{0, 1}, "1|0"}}) == "1|0");
  CHECK(join({{{0, 2, 1}, "1/2"}}) == "2/1");
  CHECK(join({{{0, 1}, "1"}}) == "1");
  CHECK(join({{{0, 1}, "./."}}) == "./.");
  CHECK(join({{{0, 1}, "."}}) == "./.");
  CHECK(join({{{0, 1}, "1/."}}) == "1/.");
  CHECK(join({{{0, 1}, "0/1/1"}}) == "ploidy");
  CHECK(join({{{0, allele_code::other}, "0/1"}}) == "0/o");
  CHECK(join({{{0, symbolic}, "0/1"}}) == "symbolic");
  CHECK(join({{{0, symbolic}, "0/0"}}) == "0/0");
  CHECK(join({{{0, shifted}, "0/1"}}) == "not_left_aligned");
  CHECK(join({{{0, 1}, "0|1@7"}}) == "0|1@7");
  CHECK(join({}) == ".");
}

TEST_CASE("alternatives split over records are put together again") {
  CHECK(join({{{0, 1}, "0/1"}, {{0, 2}, "0/1"}}) == "2/1");
  CHECK(join({{{0, 1}, "0|1"}, {{0, 2}, "1|0"}}) == "2|1");
  CHECK(join({{{0, 1}, "1|0"}, {{0, 2}, "0|1"}}) == "1|2");
  CHECK(join({{{0, 1}, "0/1"}, {{0, 2}, "0/0"}}) == "0/1");
  CHECK(join({{{0, 1}, "0/0"}, {{0, 2}, "1/1"}}) == "2|2");
  CHECK(join({{{0, 1}, "./1"}, {{0, 2}, "1/."}}) == "2/1");
  CHECK(join({{{0, 1}, "0"}, {{0, 2}, "1"}}) == "2");
  CHECK(join({{{0, 1}, "0/1"}, {{0, 2}, "0/1"}, {{0, 3}, "0/0"}}) == "2/1");
}

TEST_CASE("split alternatives that do not fit on two strands contradict each other") {
  CHECK(join_either_way({{0, 1}, "1/1"}, {{0, 2}, "0/1"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0|1"}, {{0, 2}, "0|1"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "1"}, {{0, 2}, "0/1"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "1"}, {{0, 2}, "1"}) == "conflict");
  CHECK(join({{{0, 1}, "0/1"}, {{0, 2}, "0/1"}, {{0, 3}, "0/1"}}) == "conflict");
}

TEST_CASE("records that repeat each other count once") {
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, 1}, "0/1"}) == "0/1");
  CHECK(join({{{0, 1}, "0/1"}, {{0, 1}, "1/0"}}) == "0/1");
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, 1}, "./."}) == "0/1");
  CHECK(join_either_way({{0, 1, 2}, "1/2"}, {{0, 1, 2}, "1/2"}) == "1/2");
}

TEST_CASE("records that contradict each other are a conflict, and stay one") {
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, 1}, "1/1"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, 1}, "0/0"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0"}, {{0, 1}, "0/1"}) == "conflict");
  CHECK(join({{{0, 1}, "0/1"}, {{0, 1}, "1/1"}, {{0, 1}, "0/1"}}) == "conflict");
}

TEST_CASE("a phased repetition of an unphased record gives it its phase") {
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, 1}, "0|1"}) == "0|1");
}

TEST_CASE("opposite phases contradict each other in one set, and cancel out in two") {
  CHECK(join_either_way({{0, 1}, "0|1"}, {{0, 1}, "1|0"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0|1@5"}, {{0, 1}, "1|0@5"}).starts_with("conflict"));
  const std::string cancelled = join({{{0, 1}, "0|1@5"}, {{0, 1}, "1|0@6"}});
  CHECK(cancelled.substr(0, 3) == "0/1");
}

// As `bcftools norm -m-` splits TA>CG,CA at a site T>C: either record has the site's C.
TEST_CASE("an allele of the site in two changes is counted on each strand") {
  const auto changes = [](const std::string& a, const std::string& b) {
    const Said whole{{0, 1}, a, true, true, false, {0, 7}};
    const Said alone{{0, 1}, b, true, true, false, {0, 0}};
    const std::string forward = join({whole, alone});
    CHECK(join({alone, whole}).substr(0, 8) == forward.substr(0, 8));  // a conflict has no set
    return forward;
  };
  CHECK(changes("1|0", "0|1") == "1|1");
  CHECK(changes("0|1", "0|1") == "0|1");
  CHECK(changes("0/1", "0/0") == "0/1");
  CHECK(changes("0/0", "1/1") == "1/1");
  CHECK(changes("0/0", "0/0") == "0/0");
  CHECK(changes("1/1", "1/1") == "1|1");
  CHECK(changes("1", "0") == "1");
  CHECK(changes("1", "1") == "1");
  CHECK_MESSAGE(changes("0/1", "0/1") == "conflict", "one strand twice, or both");
  CHECK(changes("1/0", "0/1") == "conflict");
  CHECK(changes("0/1", "1/1") == "conflict");
  CHECK_MESSAGE(changes("1|0@5", "0|1@6").starts_with("conflict"), "the strands of two sets are not the same");
  CHECK(changes("0/1", "0/1?") == "conflict");
}

TEST_CASE("who has no genotype of one alternative is not reference for lacking another") {
  CHECK(join_either_way({{0, 1}, "./."}, {{0, 2}, "0/0"}) == "./.");
  CHECK(join_either_way({{0, 1}, "./."}, {{0, 2}, "0/1"}) == "0/2");
  CHECK(join_either_way({{0, 1}, "./."}, {{0, 1}, "0/0"}) == "0/0");
  CHECK(join_either_way({{0, 1}, "0/0?"}, {{0, 2}, "0/0"}) == "low_quality");
}

// As `bcftools merge -m none` puts files of all positions together.
TEST_CASE("a record without alternatives tells the base, whatever those of alternatives leave open") {
  CHECK(join_either_way({{0, 1}, "./."}, {{0}, "0/0"}) == "0/0");
  CHECK(join_either_way({{0, 1}, "0/0?"}, {{0}, "0/0"}) == "0|0");
  const Said open_c{{0, 1}, "./."};
  const Said open_g{{0, 2}, "./."};
  const Said base{{0}, "0/0"};
  for (const auto& records : {std::vector{base, open_c, open_g}, {open_c, base, open_g}, {open_c, open_g, base}}) {
    CHECK(join(records) == "0/0");
  }
  CHECK(join({open_c, open_g}) == "./.");
  CHECK(join({{{0}, "./."}, open_c, {{0, 2}, "0/0"}}) == "./.");
}

TEST_CASE("only who speaks of every base says that one is reference") {
  const std::vector<std::uint8_t> deletes{0, allele_code::displaced};
  CHECK(join({{deletes, "0/0", false, true}}) == ".");
  CHECK(join({{deletes, "./.", false, true}}) == "./.");
  CHECK(join({{deletes, "0/1", false, true}}) == "0/o");
  CHECK(join({{{0}, "0/0", false, true}}) == "0/0");
  CHECK(join({{deletes, "0/0", false, true, true}}) == "0/0");
}

TEST_CASE("a record that cannot be used leaves no block's reference standing") {
  const SiteIndex index{{site("chr1", 101, "A", {"C"})}};
  GenotypeTable table{index, 1};
  table.add({0, false, true, {0, symbolic}, true}, std::vector<RecordGenotype>{record_genotype("0/0")}, {});
  table.mark_conflict(0);
  table.finish(false);
  CHECK(text_of(table.at(0, 0)) == "conflict");
}

TEST_CASE("two files' phases of one site are not those of each other") {
  const Said first{{0, 1}, "0|1@5"};
  Said second{{0, 1}, "1|0@5"};
  CHECK(join({first, second}).starts_with("conflict"));
  second.next_file = true;
  CHECK(join({first, second}).substr(0, 3) == "0|1");
  CHECK_MESSAGE(join({{{0, 1}, "0/1"}, second}) == "1|0@5", "the first one has no phase to keep");
}

TEST_CASE("rows know whose phase theirs is") {
  const SiteIndex index{{site("chr1", 101, "A", {"C"}), site("chr1", 201, "A", {"C"})}};
  GenotypeTable table{index, 1};
  table.begin_file();
  table.add({0, true, true, {0, 1}, false}, std::vector<RecordGenotype>{record_genotype("0|1")}, {});
  table.begin_file();
  table.add({1, true, true, {0, 1}, false}, std::vector<RecordGenotype>{record_genotype("0|1")}, {});
  CHECK(table.file_of(0, 0) != table.file_of(1, 0));
}

TEST_CASE("a row is of the file whose record came first, be it about the site or not") {
  const SiteIndex index{{site("chr1", 101, "A", {"C"}), site("chr1", 201, "A", {"C"})}};
  GenotypeTable table{index, 1};
  table.begin_file();
  table.add({0, false, true, {0, allele_code::displaced}, false}, std::vector<RecordGenotype>{record_genotype("0/0")},
            {});
  for (const std::size_t number : {0U, 1U}) {
    table.add({number, true, true, {0, 1}, false}, std::vector<RecordGenotype>{record_genotype("0|1")}, {});
  }
  CHECK(table.file_of(0, 0) == table.file_of(1, 0));
}

TEST_CASE("a half of a split alternative that has no bases makes the genotype unusable") {
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, symbolic}, "1/0"}) == "symbolic");
  CHECK(join_either_way({{0, 1}, "0/1"}, {{0, symbolic}, "0/0"}) == "0/1");
}

TEST_CASE("a record about the site goes before one that reaches over it") {
  const Said block{{0, symbolic}, "0/0", false, true, true};
  const Said deletion{{0, allele_code::other}, "0/1", false, true};
  CHECK(join_either_way(block, {{0, 1}, "0/1"}) == "0/1");
  CHECK(join_either_way(deletion, {{0, 1}, "0/0"}) == "0/0");
  CHECK(join_either_way(block, deletion) == "0/o");
  CHECK(join({block}) == "0/0");
}

TEST_CASE("a record that reaches into a site speaks only for those who carry its variant") {
  const Said no_carrier{{0, allele_code::other}, "0/0", false, false};
  const Said carrier{{0, allele_code::other}, "0/1", false, false};
  CHECK(join({no_carrier}) == ".");
  CHECK(join({carrier}) == "0/o");
  CHECK(join_either_way({{0, symbolic}, "0/1", false, false}, {{0, symbolic}, "0/0", false, true}) == "symbolic");
}

TEST_CASE("a phase set goes with the genotype that it was given for") {
  CHECK(join({{{0, allele_code::other}, "0|1@5", false, true}, {{0, 1}, "0|1"}}) == "0|1");
  CHECK(join({{{0, 1}, "0|1@7"}, {{0, allele_code::other}, "0|1@5", false, true}}) == "0|1@7");
  CHECK(join({{{0, 1}, "0|1@7"}, {{0, 2}, "0|0"}}) == "0|1@7");
}

// Without what means nothing: the order of unphased alleles, the phase of equal ones.
std::string unordered(std::string text) {
  if (text.size() != 3 || text[1] == '.') return text;
  if (text[0] == text[2]) text[1] = '/';
  if (text[1] == '/' && text[0] > text[2]) std::swap(text[0], text[2]);
  return text;
}

TEST_CASE("what comes out does not depend on the order of the records") {
  const std::vector<std::string> genotypes{"0/0", "0/1", "1/1", "0|1", "1|0", "./.", "1/.", "0/.", "0", "1", "0/1/1"};
  const std::vector<std::vector<std::uint8_t>> alleles{{0, 1}, {0, 2}, {0, symbolic}, {0, shifted}};
  for (const auto& first : alleles) {
    for (const auto& second : alleles) {
      for (const std::string& a : genotypes) {
        for (const std::string& b : genotypes) {
          for (const bool direct : {true, false}) {
            const Said x{first, a, true, true};
            const Said y{second, b, direct, true};
            const std::string forward = unordered(join({x, y}));
            const std::string backward = unordered(join({y, x}));
            CHECK_MESSAGE(forward == backward, int{first[1]} << ":" << a << " and " << int{second[1]} << ":" << b
                                                             << std::string{direct ? "" : " beside the site"} << ": "
                                                             << forward << ", " << backward);
          }
        }
      }
    }
  }
}

TEST_CASE("what falls short is missing, and never reference where it shows a variant") {
  CHECK(join({{{0, 1}, "0/0?"}}) == "low_quality");
  CHECK(join({{{0, 1}, "0?"}}) == "low_quality");
  CHECK(join({{{0, 1}, "0/1?"}}) == "low_quality!");
  CHECK(join({{{0, 1}, "1?"}}) == "low_quality!");
  CHECK(join({{{0, allele_code::other}, "0/1?"}}) == "low_quality!");
  CHECK(join({{{0, match_code::structural}, "0/1?", false}}) == "low_quality!");
  CHECK(join({{{0, 1}, "0/1/1?"}}) == "low_quality!");
  CHECK(join({{{0, symbolic}, "0/1?"}}) == "symbolic");
  CHECK(join({{{0, 1}, "1/.?"}}) == "1/.");
  CHECK_MESSAGE(join({{{0, 0}, "0/1?", false}}) == ".", "of another place, and no reference here either");
}

TEST_CASE("what falls short counts where another record says the same, and nowhere else") {
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 1}, "0/1"}) == "0/1");
  CHECK(join_either_way({{0, 1}, "0/0?"}, {{0, 1}, "0/0"}) == "0/0");
  CHECK(join_either_way({{0, 1}, "0/0?"}, {{0, 2}, "0/1"}) == "0/2");
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 2}, "0/0"}) == "low_quality!");
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 2}, "0/1"}) == "low_quality!");
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 2}, "0/0?"}) == "low_quality!");
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 1}, "0/0"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0/0?"}, {{0, 1}, "0/1"}) == "conflict");
  CHECK(join_either_way({{0, 1}, "0/1?"}, {{0, 1}, "./."}) == "low_quality!");
}

TEST_CASE("a block overrides no variant that falls short") {
  const Said block{{0, symbolic}, "0/0", false, true, true};
  CHECK(join_either_way({{0, 1}, "0/1?"}, block) == "low_quality!");
  CHECK(join_either_way({{0, allele_code::other}, "0/1?", false, true}, block) == "low_quality!");
  CHECK(join_either_way({{0}, "0/0", true, true, true}, {{0, 1}, "0/1?"}) == "low_quality!");
}

TEST_CASE("a position knows whether a record of its own or only a block spoke for it") {
  const auto evidence = [](const std::vector<Said>& records) {
    const SiteIndex index{{site("chr1", 101, "A", {"C", "G", "T"})}};
    GenotypeTable table{index, 1};
    for (const Said& record : records) {
      table.add({0, record.direct, record.spans, record.codes, record.block},
                std::vector<RecordGenotype>{record_genotype(record.genotype)}, {});
    }
    table.finish(false);
    REQUIRE_FALSE(table.at(0, 0).is_missing());
    return table.at(0, 0).evidence();
  };
  const Said block{{0, symbolic}, "0/0", false, true, true};
  const Said record{{0, 1}, "0/0"};
  CHECK(evidence({block}) == Evidence::block);
  CHECK(evidence({block, block}) == Evidence::block);
  CHECK(evidence({record}) == Evidence::record);
  CHECK(evidence({block, record}) == Evidence::record);
  CHECK(evidence({record, block}) == Evidence::record);
}

TEST_CASE("a sample read elsewhere becomes a column of its own") {
  const SiteIndex index{
      {site("chr1", 101, "A", {"C"}), site("chr1", 201, "TC", {"CT"}), site("chr1", 301, "G", {"T"})}};
  GenotypeTable table{index, 1};
  table.begin_file();
  table.add({0, true, true, {0, 1}, false}, std::vector<RecordGenotype>{record_genotype("0|1")}, std::vector{7});
  table.finish(false);
  const auto said = stardose::test::sites_of("1|0@102 0/1 .");
  table.append(said.sites, said.phase_sets);
  const auto nothing = stardose::test::sites_of(". ./. low_depth!");
  table.append(nothing.sites, std::vector<std::int32_t>(3, 0));
  REQUIRE(table.samples() == 3);
  const auto row = [&](std::size_t number) {
    std::string text;
    for (std::size_t sample = 0; sample < 3; ++sample) {
      const auto sets = table.phase_sets(number);
      text += " " + text_of(table.at(number, sample)) + (sets.empty() ? "" : "@" + std::to_string(sets[sample]));
    }
    return text;
  };
  CHECK(row(0) == " 0|1@7 1|0@102 .@0");
  CHECK(row(1) == " . 0/1 ./.");
  CHECK(row(2) == " . . low_depth!");
  CHECK(table.file_of(0, 1) == table.file_of(1, 1));
}
