// Sites of one place joined into questions, and which of them disturb each other.
#include "genomics/evidence/site_question.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "genomics/basics/assembly.h"
#include "genomics/basics/edit.h"
#include "genomics/basics/site_genotype.h"

namespace stardose::genomics {

namespace {

constexpr std::string_view all_bases = "ACGT";

bool is_asked(const Site& site) { return site.placed && !site.loose; }

bool is_single_base(const ReadSite& asked) {
  return std::ranges::all_of(asked.alleles, [](const std::string& allele) { return allele.size() == 1; });
}

void add_allele(std::vector<std::string>& alleles, const std::string& allele) {
  if (std::ranges::find(alleles, allele) == alleles.end()) alleles.push_back(allele);
}

std::uint8_t code_of(const Site& site, const std::string& allele) {
  if (allele == site.ref) return 0;
  const auto at = std::ranges::find(site.alts, allele);
  if (at != site.alts.end()) return static_cast<std::uint8_t>(at - site.alts.begin() + 1);
  const bool one_base = genomics::is_single_base(site) && allele.size() == 1;
  return one_base ? code_of_base(site, allele.front()) : allele_code::other;
}

// Bases that an alternative of the question removes, replaces or pushes apart.
bool changes(const SiteQuestion& by, const SiteQuestion& question) {
  const std::int64_t begin = question.asked.position;
  const std::int64_t end = begin + static_cast<std::int64_t>(question.asked.alleles.front().size());
  for (std::size_t k = 1; k < by.listed; ++k) {
    const Edit edit = trim(by.asked.position, by.asked.alleles.front(), by.asked.alleles[k]);
    if (edit.start < end && edit.end() > begin) return true;
    if (edit.removed.empty() && edit.start > begin && edit.start < end) return true;
  }
  return false;
}

void note_overlaps(std::vector<SiteQuestion>& questions) {
  for (std::size_t a = 0; a < questions.size(); ++a) {
    const std::int64_t end =
        questions[a].asked.position + static_cast<std::int64_t>(questions[a].asked.alleles.front().size());
    for (std::size_t b = a + 1; b < questions.size(); ++b) {
      if (questions[b].asked.contig != questions[a].asked.contig || questions[b].asked.position >= end) break;
      if (changes(questions[a], questions[b])) questions[b].overlapping.push_back(a);
      if (changes(questions[b], questions[a])) questions[a].overlapping.push_back(b);
    }
  }
}

// The question's alleles are complete.
void finish(SiteQuestion& question, const SiteIndex& sites) {
  question.listed = question.asked.alleles.size();
  if (is_single_base(question.asked)) {
    for (const char base : all_bases) add_allele(question.asked.alleles, std::string{base});
  }
  for (SiteQuestion::Target& target : question.targets) {
    for (const std::string& allele : question.asked.alleles) {
      target.codes.push_back(code_of(sites.site(target.site), allele));
    }
  }
}

}  // namespace

std::vector<SiteQuestion> questions_of(const SiteIndex& sites, std::span<const std::size_t> paralogous,
                                       std::span<const std::string> haploid_contigs) {
  std::vector<std::size_t> order;
  for (std::size_t number = 0; number < sites.size(); ++number) {
    if (is_asked(sites.site(number))) order.push_back(number);
  }
  const auto place = [&](std::size_t number) {
    const Site& site = sites.site(number);
    return std::tuple{contig_rank(site.contig), std::string_view{site.contig}, site.position,
                      std::string_view{site.ref}};
  };
  std::ranges::stable_sort(order, {}, place);
  std::vector<SiteQuestion> questions;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Site& site = sites.site(order[k]);
    if (k == 0 || place(order[k - 1]) != place(order[k])) {
      questions.push_back({.asked = {site.contig, site.position, {site.ref}, false}});
      questions.back().one_copy = std::ranges::find(haploid_contigs, site.contig) != haploid_contigs.end();
    }
    SiteQuestion& question = questions.back();
    for (const std::string& alt : site.alts) add_allele(question.asked.alleles, alt);
    question.targets.push_back({order[k], {}});
    if (std::ranges::find(paralogous, order[k]) != paralogous.end()) question.asked.paralogous = true;
  }
  for (SiteQuestion& question : questions) finish(question, sites);
  note_overlaps(questions);
  return questions;
}

}  // namespace stardose::genomics
