// What each allele of a record means at a site, in every spelling that callers use.
#include "genomics/sites/site_matcher.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>

#include "genomics/basics/site_genotype.h"
#include "tests/builders/cohort.h"

using namespace stardose::genomics;
using stardose::test::site;

namespace {

std::string code_text(std::uint8_t code) {
  if (code == allele_code::displaced) return "displaced";
  if (code == allele_code::elsewhere) return "elsewhere";
  if (allele_code::is_other(code)) return "other";
  if (code == match_code::symbolic) return "symbolic";
  if (code == match_code::structural) return "structural";
  if (code == match_code::shifted) return "shifted";
  return std::to_string(code);
}

/// Of `position ref alts..`, 1-based. `end`: of a block; `reach`: of a symbolic deletion.
MatchResult match_of(const SiteIndex& index, const std::string& record, ReferenceBases* reference = nullptr,
                     std::int64_t end = 0, std::int64_t reach = 0) {
  std::istringstream words{record};
  std::int64_t position = 0;
  std::vector<std::string> alleles;
  words >> position;
  for (std::string allele; words >> allele;) alleles.push_back(allele);
  const std::vector<std::string_view> views(alleles.begin(), alleles.end());
  const std::int64_t ref_end = position - 1 + static_cast<std::int64_t>(alleles.front().size());
  end = std::max(end, ref_end);
  const RecordAlleles record_alleles{"chr1", position - 1, end, std::max(end, reach), views};
  return SiteMatcher{index, reference}.match(record_alleles);
}

/// `site 0: 0 1 other, direct`, one line a match; `ref!` for a site whose REF disagrees.
std::string matches(const SiteIndex& index, const std::string& record, ReferenceBases* reference = nullptr,
                    std::int64_t end = 0, std::int64_t reach = 0) {
  const MatchResult result = match_of(index, record, reference, end, reach);
  std::string text;
  for (const SiteMatch& match : result.matches) {
    text += (text.empty() ? "" : "; ") + std::string{"site "} + std::to_string(match.site) + ":";
    for (const std::uint8_t code : match.codes) text += " " + code_text(code);
    text += match.direct ? ", direct" : "";
  }
  for (const std::size_t number : result.ref_mismatches) text += "ref! " + std::to_string(number);
  return text;
}

const SiteIndex& snv() {
  static const SiteIndex index{{site("chr1", 101, "A", {"G", "T"})}};
  return index;
}

// UGT1A1's promoter: (TA)6 in the assembly; 5, 7 and 8 repeats are the site's alternatives.
const SiteIndex& repeat() {
  static const SiteIndex index{{site("chr1", 11, "CAT", {"C", "CATAT", "CATATAT"})}};
  return index;
}
constexpr const char* repeat_contig = "GGGGGGGGGGCATATATATATATAAGGGGGGGGGGGG";

class Bases final : public ReferenceBases {
 public:
  explicit Bases(std::string bases) : bases_{std::move(bases)} {}
  char base(std::string_view contig, std::int64_t at) override {
    return contig == "chr1" && at < static_cast<std::int64_t>(bases_.size()) ? bases_[static_cast<std::size_t>(at)]
                                                                             : 'N';
  }

 private:
  std::string bases_;
};

}  // namespace

TEST_CASE("a record of the site gives each of its alleles the site's number") {
  CHECK(matches(snv(), "101 A G") == "site 0: 0 1, direct");
  CHECK(matches(snv(), "101 A T G") == "site 0: 0 2 1, direct");
  CHECK(matches(snv(), "101 A C G") == "site 0: 0 other 1, direct");
  CHECK(matches(snv(), "101 A") == "site 0: 0, direct");
}

TEST_CASE("a record elsewhere says nothing") {
  CHECK(matches(snv(), "100 A G").empty());
  CHECK(matches(snv(), "102 A G").empty());
}

TEST_CASE("a substitution is found inside a longer record") {
  CHECK(matches(snv(), "100 CA CG") == "site 0: 0 1, direct");
  CHECK(matches(snv(), "99 TCAG TCTG TCGG") == "site 0: 0 2 1, direct");
  CHECK(matches(snv(), "100 CA TA") == "site 0: 0 0");
  CHECK(matches(snv(), "100 CA TG") == "site 0: 0 1, direct");
}

TEST_CASE("an allele written as part of a larger change is spelled otherwise than one alone, however it is padded") {
  const auto spelling = [](const std::string& record) {
    const SiteMatch match = match_of(snv(), record).matches.at(0);
    REQUIRE(match.codes.size() == match.spellings.size());
    return match.spellings.back();
  };
  CHECK(spelling("101 A G") == 0);
  CHECK(spelling("100 CA CG") == 0);
  CHECK(spelling("101 AC GT") != 0);
  CHECK(spelling("101 AC GT") == spelling("100 CAC CGT"));
  CHECK(spelling("101 AC GT") != spelling("101 AC GG"));
  CHECK(spelling("101 A C") == 0);
}

TEST_CASE("one record may speak of two substitutions") {
  const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 103, "C", {"T"})}};
  CHECK(matches(index, "101 AAC GAT") == "site 0: 0 1, direct; site 1: 0 1, direct");
  CHECK(matches(index, "101 AAC GAC AAT") == "site 0: 0 1 0, direct; site 1: 0 0 1, direct");
}

TEST_CASE("an insertion or deletion beside a substitution leaves its base as it is") {
  CHECK(matches(snv(), "101 A AT") == "site 0: 0 0");
  CHECK(matches(snv(), "101 AC A G") == "site 0: 0 0 displaced");
  CHECK(matches(snv(), "100 C CT").empty());
}

TEST_CASE(
    "who has REF has the site's bases where a record's alternatives keep them, or it lists whatever else there is") {
  const auto tells = [](const std::string& record, std::int64_t end = 0) {
    return match_of(snv(), record, nullptr, end).matches.at(0).tells_reference();
  };
  CHECK(tells("101 A G"));
  CHECK(tells("101 A AT"));
  CHECK(tells("101 AC A"));
  CHECK(tells("99 TCACG TCAG"));
  CHECK(tells("100 CA C <NON_REF>"));
  CHECK(tells("90 C", 200));
  CHECK_FALSE(tells("100 CA C"));
  CHECK_FALSE(tells("99 TCA T TCAC"));
}

TEST_CASE("a deletion over a substitution's site is another allele there, and yields to the site's own record") {
  CHECK(matches(snv(), "100 CA C") == "site 0: 0 displaced");
  CHECK(matches(snv(), "98 TTCAGG T") == "site 0: 0 displaced");
}

TEST_CASE("a named deletion over a substitution's site leaves that site alone") {
  const SiteIndex index{{site("chr1", 99, "TCAG", {"T"}), site("chr1", 101, "A", {"G"})}};
  CHECK(matches(index, "99 TCAG T") == "site 0: 0 1, direct; site 1: 0 0");
  CHECK(matches(index, "99 TCA T") == "site 0: 0 displaced, direct; site 1: 0 displaced");
}

TEST_CASE("an alternative that our own files write for what the site does not list is that, at its own place alone") {
  CHECK(matches(snv(), "101 A G <OTHER>") == "site 0: 0 1 displaced, direct");
  CHECK(matches(repeat(), "11 CAT C <OTHER>") == "site 0: 0 1 displaced, direct");
  const SiteIndex inner{{site("chr1", 12, "A", {"G"})}};
  CHECK(matches(inner, "11 CAT C <OTHER>") == "site 0: 0 displaced 0");
}

TEST_CASE("alleles without bases are symbolic or structural") {
  CHECK(matches(snv(), "101 A *") == "site 0: 0 displaced, direct");
  CHECK(matches(snv(), "101 A <DEL>") == "site 0: 0 structural, direct");
  CHECK(matches(snv(), "101 A G *") == "site 0: 0 1 elsewhere, direct");
  CHECK(matches(snv(), "101 A N") == "site 0: 0 displaced, direct");
  CHECK(matches(snv(), "101 A A[chr2:5[") == "site 0: 0 structural, direct");
}

TEST_CASE("a reference block speaks of every site that it covers, and yields to a site's own record") {
  CHECK(matches(snv(), "90 C <NON_REF>", nullptr, 200) == "site 0: 0 displaced");
  CHECK(matches(snv(), "90 C", nullptr, 200) == "site 0: 0");
  CHECK(matches(snv(), "90 C <NON_REF>", nullptr, 100).empty());
  CHECK(matches(snv(), "101 A G <NON_REF>") == "site 0: 0 1 displaced, direct");
}

TEST_CASE("a symbolic deletion reaches a site without speaking for those who lack it") {
  CHECK(matches(snv(), "50 C <DEL>", nullptr, 0, 200) == "site 0: 0 structural");
  CHECK(matches(snv(), "50 C <DEL>", nullptr, 0, 100).empty());
}

TEST_CASE("a REF that is not the assembly's base is reported and not used") {
  CHECK(matches(snv(), "101 C G") == "ref! 0");
  CHECK(matches(snv(), "100 CC CG") == "ref! 0");
  CHECK(matches(snv(), "101 N G") == "site 0: 0 1, direct");
}

TEST_CASE("a repeat's alleles are told by the bases gained or lost, however they are padded") {
  CHECK(matches(repeat(), "11 CAT C CATAT CATATAT") == "site 0: 0 1 2 3, direct");
  CHECK(matches(repeat(), "11 C CAT") == "site 0: 0 2, direct");
  CHECK(matches(repeat(), "11 C CATAT") == "site 0: 0 3, direct");
  CHECK(matches(repeat(), "11 CATAT CAT") == "site 0: 0 1, direct");
  CHECK(matches(repeat(), "11 CATAT C") == "site 0: 0 displaced, direct");
  CHECK(matches(repeat(), "10 GCAT GC") == "site 0: 0 1, direct");
  CHECK(matches(repeat(), "11 CATATATATATATA CATATATATATATATA CATATATATATA") == "site 0: 0 2 1, direct");
  CHECK(matches(repeat(), "11 C CATATATAT") == "site 0: 0 displaced, direct");
}

TEST_CASE("a repeat written further right is never taken for reference without a reference sequence") {
  CHECK(matches(repeat(), "16 ATAT AT") == "site 0: 0 shifted, direct");
  CHECK(matches(repeat(), "22 A ATA") == "site 0: 0 shifted, direct");
  CHECK(matches(repeat(), "21 TATA TA TATATA") == "site 0: 0 shifted shifted, direct");
  Bases without{""};  // a reference that lacks the contig
  CHECK(matches(repeat(), "22 A ATA", &without) == "site 0: 0 shifted, direct");
}

TEST_CASE("a repeat written further right is told with a reference sequence") {
  Bases reference{repeat_contig};
  CHECK(matches(repeat(), "13 TATA TA", &reference) == "site 0: 0 1, direct");
  CHECK(matches(repeat(), "22 A ATA", &reference) == "site 0: 0 2, direct");
  CHECK(matches(repeat(), "21 TA TATATA", &reference) == "site 0: 0 3, direct");
  CHECK(matches(repeat(), "12 A G", &reference) == "site 0: 0 other");
}

TEST_CASE("an indel elsewhere that only looks alike is told apart with a reference sequence") {
  const SiteIndex index{{site("chr1", 5, "GA", {"G"})}};
  Bases reference{"CCCCGAGGCCACCCCCCCCCC"};
  CHECK(matches(index, "10 CA C") == "site 0: 0 shifted, direct");
  CHECK(matches(index, "10 CA C", &reference).empty());
}

TEST_CASE("an indel of a site that is not left-aligned itself is found further left") {
  Bases duplicated{"GGGGCACGTGGGGGGGGGGGG"};
  const SiteIndex insertion{{site("chr1", 9, "T", {"TACGT"})}};
  for (const char* record : {"9 T TACGT", "9 TG TACGTG"}) {
    CHECK(matches(insertion, record) == "site 0: 0 1, direct");
    CHECK(matches(insertion, record, &duplicated) == "site 0: 0 1, direct");
  }
  for (const char* record : {"5 C CACGT", "4 GC GCACGT", "6 A ACGTA", "8 GT GTACGT"}) {
    CAPTURE(record);
    CHECK(matches(insertion, record) == "site 0: 0 shifted, direct");
    CHECK(matches(insertion, record, &duplicated) == "site 0: 0 1, direct");
  }
  CHECK(matches(insertion, "5 C CAGGT").empty());
  CHECK(matches(insertion, "5 C CAGGT", &duplicated) == "site 0: 0 displaced, direct");
  CHECK(matches(insertion, "4 G GAGGT", &duplicated).empty());
  Bases repeated{"GGGGCTTCTGGGGGGGGGGGG"};
  const SiteIndex deletion{{site("chr1", 6, "TTCT", {"T"})}};
  CHECK(matches(deletion, "6 TTCT T") == "site 0: 0 1, direct");
  CHECK(matches(deletion, "4 GCTT G") == "site 0: 0 shifted, direct");
  CHECK(matches(deletion, "4 GCTT G", &repeated) == "site 0: 0 1, direct");
  CHECK(matches(deletion, "3 GGCT G", &repeated) != "site 0: 0 1, direct");
}

TEST_CASE("a star in a record about the site is what another record tells; one farther off says nothing") {
  const SiteIndex index{{site("chr1", 101, "AGGAGTC", {"A", "AGGAGTCGGAGTC"})}};
  CHECK(matches(index, "101 A AGGAGTC *") == "site 0: 0 2 elsewhere, direct");
  CHECK(matches(index, "101 AGGAGTC A *") == "site 0: 0 1 elsewhere, direct");
  CHECK(matches(index, "101 A AGGAGTC <NON_REF>") == "site 0: 0 2 displaced, direct");
  CHECK(matches(index, "150 A C *").empty());
  CHECK(matches(snv(), "101 A G *") == "site 0: 0 1 elsewhere, direct");
  CHECK(matches(snv(), "101 A *") == "site 0: 0 displaced, direct");
}

TEST_CASE("a deletion of three is found in each of its spellings") {
  // CFTR F508del: ATCATCTTTGGTG loses CTT, which may be written at several places.
  Bases reference{"GGGGGATATCATCTTTGGTGTTTCC"};
  const SiteIndex index{{site("chr1", 11, "ATCT", {"A"})}};
  CHECK(matches(index, "11 ATCT A") == "site 0: 0 1, direct");
  CHECK(matches(index, "11 ATCTT AT") == "site 0: 0 1, direct");
  CHECK(matches(index, "9 TCATCTTTGG TCATTGG") == "site 0: 0 1, direct");
  CHECK(matches(index, "12 TCTT T") == "site 0: 0 1, direct");
  CHECK(matches(index, "12 TCTTT TT") == "site 0: 0 1, direct");
  CHECK(matches(index, "13 CTTT T") == "site 0: 0 shifted, direct");
  CHECK(matches(index, "13 CTTT T", &reference) == "site 0: 0 1, direct");
}

TEST_CASE("a site that replaces several bases is told whole and base by base") {
  const SiteIndex index{{site("chr1", 101, "TC", {"CT"})}};
  CHECK(matches(index, "101 TC CT") == "site 0: 0 1, direct; site 1: 0 1, direct; site 2: 0 1, direct");
  CHECK(matches(index, "101 T C") == "site 1: 0 1, direct");
  CHECK(matches(index, "102 C T") == "site 2: 0 1, direct");
  CHECK(matches(index, "100 ATCG ACTG") == "site 0: 0 1, direct; site 1: 0 1, direct; site 2: 0 1, direct");
  CHECK(matches(index, "101 TC CC").starts_with("site 0: 0 other, direct"));
}
