// The same genotypes on GRCh38 and, through the catalogue's own pairs, on GRCh37: every gene has the same call.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>

#include "tests/builders/random_genotypes.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/in_process_calls.h"

using namespace stardose;
using genomics::Assembly;
using stardose::test::DrawnSite;
using stardose::test::GenotypeDrawer;
using stardose::tests::call_in_process;
using stardose::tests::CalledCohort;
using stardose::tests::embedded_knowledge;
using stardose::tests::TempFolder;

namespace {

constexpr std::size_t people = 12;

// Half a genotype is passed over where the other half is the assembly's base, which is another one there.
void drop_halves(DrawnSite& drawn) {
  for (auto& person : drawn.people) {
    const bool any = std::ranges::find(person.alleles, ".") != person.alleles.end();
    if (any) std::ranges::fill(person.alleles, ".");
  }
}

std::vector<DrawnSite> draw_all(unsigned seed, bool phased) {
  GenotypeDrawer drawer{seed};
  std::vector<DrawnSite> drawn;
  for (const pharmaco::Gene& gene : embedded_knowledge().genes) {
    const bool haploid = gene.ploidy == pharmaco::Ploidy::mitochondrial;
    for (const genomics::Site& site : gene.sites) {
      if (!site.grch37) continue;
      drawn.push_back(drawer.draw(site, people, haploid, phased));
      if (site.grch37->base != 0) drop_halves(drawn.back());
    }
  }
  return drawn;
}

std::string header(Assembly assembly, bool with_lengths) {
  const bool chr = assembly == Assembly::grch38;
  std::string text =
      "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n"
      "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"\">\n";
  const std::string length = chr ? "133797422" : "135534747";
  text += std::string{"##contig=<ID="} + (chr ? "chr10" : "10") + (with_lengths ? ",length=" + length : "") + ">\n";
  text += "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT";
  for (std::size_t person = 0; person < people; ++person) text += "\tP" + std::to_string(person);
  return text + "\n";
}

/// The sites in the order of their places, as a file has them; `leave_out` says which are in no record.
template <class LeaveOut>
std::string vcf_of(const std::vector<DrawnSite>& drawn, Assembly assembly, bool with_lengths,
                   const LeaveOut& leave_out) {
  std::map<std::string, std::multimap<std::int64_t, std::string>> records;
  for (std::size_t number = 0; number < drawn.size(); ++number) {
    if (leave_out(number)) continue;
    const genomics::Site site = placed_on(drawn[number].site, assembly);
    records[site.contig].emplace(site.position, record_of(drawn[number], assembly, assembly == Assembly::grch38));
  }
  std::string text = header(assembly, with_lengths);
  for (const auto& [contig, lines] : records) {
    for (const auto& [position, line] : lines) text += line;
  }
  return text;
}

/// Everything of a finding but the words that name positions.
std::vector<std::string> essence(const pharmaco::GeneFinding& finding) {
  std::vector<std::string> all{std::string{to_string(finding.status)},
                               finding.reason,
                               finding.basis,
                               finding.phasing,
                               std::to_string(finding.sites_missing),
                               std::to_string(finding.sites_undocumented)};
  for (const auto* list :
       {&finding.diplotypes, &finding.phenotypes, &finding.activity_scores, &finding.untested_alleles})
    all.insert(all.end(), list->begin(), list->end());
  return all;
}

/// The one gene of the catalogue with a site that has no proved place on GRCh37.
bool has_unplaced_site(const std::string& gene) { return gene == "SULT1A1"; }

std::map<pharmaco::CallStatus, int> check_same_calls(const CalledCohort& on38, const CalledCohort& on37) {
  std::map<pharmaco::CallStatus, int> seen;
  REQUIRE(on38.findings.size() == on37.findings.size());
  for (const auto& [key, finding] : on38.findings) {
    const auto& other = on37.findings.at(key);
    if (has_unplaced_site(key.second)) continue;  // known less well on GRCh37, and says so
    CHECK_MESSAGE(essence(finding) == essence(other), key.first, " ", key.second);
    ++seen[finding.status];
  }
  return seen;
}

const pharmaco::CallingOptions with_cyp2d6{
    .genes = {}, .assume_reference = false, .from_small_variants = {"CYP2D6"}, .outside_calls = {}};

}  // namespace

TEST_CASE("random genotypes have the same calls on both assemblies, told or found out") {
  const TempFolder folder;
  std::map<pharmaco::CallStatus, int> seen;
  const auto none = [](std::size_t) { return false; };
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const bool phased = seed % 2 == 0;
    const std::vector<DrawnSite> drawn = draw_all(seed, phased);
    const bool told = seed % 3 != 0;
    const auto on38 =
        call_in_process({.files = {folder.write("38.vcf", vcf_of(drawn, Assembly::grch38, true, none))}}, with_cyp2d6);
    const auto on37 =
        call_in_process({.files = {folder.write("37.vcf", vcf_of(drawn, Assembly::grch37, told, none))}}, with_cyp2d6);
    CHECK(on37.warnings == on38.warnings);
    for (const auto& [status, count] : check_same_calls(on38, on37)) seen[status] += count;
  }
  for (const auto status :
       {pharmaco::CallStatus::called, pharmaco::CallStatus::ambiguous, pharmaco::CallStatus::no_call}) {
    CHECK(seen[status] > 0);
  }
}

TEST_CASE("with absent positions as reference, GRCh37's own bases are written out on GRCh38 for the same calls") {
  const TempFolder folder;
  pharmaco::CallingOptions options = with_cyp2d6;
  options.assume_reference = true;
  for (unsigned seed = 11; seed <= 14; ++seed) {
    std::vector<DrawnSite> drawn = draw_all(seed, seed % 2 == 0);
    GenotypeDrawer drawer{seed};
    std::vector<bool> absent;
    genomics::Site written;
    for (DrawnSite& entry : drawn) {
      // Only where a record is near, absent positions count as reference.
      const bool is_near = written.contig == entry.site.contig &&
                           std::abs(entry.site.position - written.position) < genomics::ReadingPlan::neighbourhood;
      absent.push_back(is_near && (drawer.chance(60) || entry.site.grch37->base != 0));
      if (!absent.back()) written = entry.site;
      if (!absent.back()) continue;
      const genomics::Site there = as_written(placed_on(entry.site, Assembly::grch37));
      for (auto& person : entry.people) {
        person.phase_set = 0;
        std::ranges::fill(person.alleles, there.ref);
      }
    }
    const auto absent_37 = [&](std::size_t number) { return absent[number]; };
    const auto absent_38 = [&](std::size_t number) { return absent[number] && drawn[number].site.grch37->base == 0; };
    const auto on38 =
        call_in_process({.files = {folder.write("38.vcf", vcf_of(drawn, Assembly::grch38, true, absent_38))}}, options);
    const auto on37 =
        call_in_process({.files = {folder.write("37.vcf", vcf_of(drawn, Assembly::grch37, true, absent_37))}}, options);
    (void)check_same_calls(on38, on37);
  }
}

TEST_CASE("some sites of the catalogue have another base on GRCh37, those of CYP2C19 and CYP2D6 among them") {
  std::vector<std::string> names;
  for (const pharmaco::Gene& gene : embedded_knowledge().genes) {
    for (const genomics::Site& site : gene.sites) {
      if (site.grch37 && site.grch37->base != 0) names.push_back(site.rsid);
    }
  }
  for (const char* rsid : {"rs3758581", "rs1135840", "rs16947", "rs1058164", "rs776746", "rs1801265"}) {
    CHECK_MESSAGE(std::ranges::find(names, rsid) != names.end(), rsid);
  }
}
