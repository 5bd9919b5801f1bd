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
  if (one_base) return code_of_base(site, allele.front());
  return allele.size() == site.ref.size() ? allele_code::other : allele_code::displaced;
}

std::int64_t end_of(const SiteQuestion& question) {
  return question.asked.position + static_cast<std::int64_t>(question.asked.alleles.front().size());
}

std::vector<Edit> edits_of(const SiteQuestion& question) {
  std::vector<Edit> edits;
  for (std::size_t k = 1; k < question.listed; ++k) {
    edits.push_back(trim(question.asked.position, question.asked.alleles.front(), question.asked.alleles[k]));
  }
  return edits;
}

// An insertion changes what it comes to stand between.
bool changes_bases_of(const Edit& edit, const SiteQuestion& question) {
  const std::int64_t begin = question.asked.position;
  return edit.removed.empty() ? begin < edit.start && edit.start < end_of(question)
                              : begin < edit.end() && edit.start < end_of(question);
}

bool removes(const Edit& edit, const SiteQuestion& question) {
  return edit.removed.size() > edit.inserted.size() && std::ranges::all_of(edits_of(question), [&](const Edit& other) {
           return edit.start <= other.start && other.end() <= edit.end();
         });
}

void note_reach(std::vector<SiteQuestion>& questions, std::size_t from, std::size_t to) {
  bool any = false;
  SiteQuestion::Reach reach{static_cast<std::uint32_t>(to), false};
  for (const Edit& edit : edits_of(questions[from])) {
    any = any || changes_bases_of(edit, questions[to]);
    reach.removes = reach.removes || removes(edit, questions[to]);
  }
  if (any) questions[from].reaches.push_back(reach);
}

// Questions are sorted by place.
void note_reaches(std::vector<SiteQuestion>& questions) {
  for (std::size_t a = 0; a < questions.size(); ++a) {
    for (std::size_t b = a + 1; b < questions.size(); ++b) {
      if (questions[b].asked.contig != questions[a].asked.contig) break;
      if (questions[b].asked.position >= end_of(questions[a])) break;
      note_reach(questions, a, b);
      note_reach(questions, b, a);
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
  note_reaches(questions);
  return questions;
}

}  // namespace stardose::genomics
