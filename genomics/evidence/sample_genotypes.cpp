// Calls, thresholds, phase sets and the catalogue's numbers.
#include "genomics/evidence/sample_genotypes.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "genomics/evidence/read_phase.h"
#include "genomics/expect.h"
#include "genomics/sites/site_row.h"

namespace stardose::genomics {

namespace {

std::uint32_t sum(const AlleleCount& count) { return count.forward + count.reverse; }

/// The share of the rarer of two alleles among the fragments that show an allele which the sites list, or one of these.
double balance(const SiteQuestion& question, const SiteCall& call, std::span<const AlleleCount> counts) {
  std::uint32_t total = 0;
  for (std::size_t allele = 0; allele < counts.size(); ++allele) {
    if (allele < question.listed || allele == call.first || allele == call.second) total += sum(counts[allele]);
  }
  const std::uint32_t rarer = std::min(sum(counts[call.first]), sum(counts[call.second]));
  return total == 0 ? 1 : static_cast<double>(rarer) / total;
}

/// Heterozygous sites that may be phased, and what fragments show of them.
struct Hets {
  std::vector<std::size_t> questions;
  HetFragments fragments;
};

Hets collect_hets(const std::vector<SiteQuestion>& questions, const std::vector<SiteCall>& calls,
                  const SiteObservations& observations) {
  struct Shown {
    std::uint32_t fragment;
    HetObservation of;
  };
  Hets hets;
  std::vector<Shown> all;
  for (std::size_t k = 0; k < questions.size(); ++k) {
    const SiteCall& call = calls[k];
    const bool may_be_phased = call.has_reads && call.is_het() && call.verdict == Evidence::record;
    if (!may_be_phased || questions[k].one_copy || questions[k].asked.paralogous) continue;
    const auto het = static_cast<std::uint32_t>(hets.questions.size());
    hets.questions.push_back(k);
    for (const SiteObservation& said : observations.of(k)) {
      if (said.allele != call.first && said.allele != call.second) continue;
      all.push_back({said.fragment, {het, said.allele == call.second, said.quality}});
    }
  }
  std::ranges::stable_sort(all, {}, &Shown::fragment);
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k == 0 || all[k - 1].fragment != all[k].fragment) hets.fragments.begins.push_back(k);
    hets.fragments.observations.push_back(all[k].of);
  }
  hets.fragments.begins.push_back(all.size());
  return hets;
}

}  // namespace

ReadGenotyper::ReadGenotyper(const SiteIndex& sites, std::span<const std::size_t> paralogous, GenotypingOptions options)
    : index_{sites},
      options_{std::move(options)},
      questions_{questions_of(sites, paralogous, options_.haploid_contigs)} {
  for (const SiteQuestion& question : questions_) {
    plan_.sites.push_back(question.asked);
    const std::size_t alleles = question.asked.alleles.size() + 1;
    models_.try_emplace({alleles, question.one_copy}, alleles, question.one_copy);
  }
}

SampleGenotypes ReadGenotyper::genotypes(const ReadEvidence& evidence) const {
  STARDOSE_EXPECT(evidence.sites.size() >= questions_.size());
  const SiteObservations observations{questions_, evidence};
  SampleGenotypes sample;
  call_sites(observations, sample);
  phase(observations, sample.calls);
  answer(evidence, sample);
  return sample;
}

void ReadGenotyper::call_sites(const SiteObservations& observations, SampleGenotypes& sample) const {
  GenotypeScores scores;
  std::vector<ShownAllele> shown;
  for (std::size_t k = 0; k < questions_.size(); ++k) {
    const SiteQuestion& question = questions_[k];
    const std::size_t alleles = question.asked.alleles.size() + 1;
    SiteCall call{.counts_at = sample.counts.size(), .likelihoods_at = sample.likelihoods.size()};
    sample.counts.resize(call.counts_at + alleles);
    const std::span counts = std::span{sample.counts}.subspan(call.counts_at);
    shown.clear();
    for (const SiteObservation& said : observations.of(k)) {
      shown.push_back({said.allele, said.quality});
      ++(said.reverse ? counts[said.allele].reverse : counts[said.allele].forward);
    }
    const GenotypeModel& model = models_.at({alleles, question.one_copy});
    model.score(shown, scores);
    const std::int64_t best = *std::ranges::max_element(scores.of);
    for (const std::int64_t score : scores.of) sample.likelihoods.push_back(relative_phred(score, best));
    const LikeliestGenotype likeliest = model.likeliest(scores, {alleles, question.listed});
    call.has_reads = !shown.empty();
    call.first = static_cast<std::uint8_t>(likeliest.first);
    call.second = static_cast<std::uint8_t>(likeliest.second);
    call.quality = likeliest.quality;
    call.depth = static_cast<std::uint32_t>(shown.size());
    if (call.is_het()) {
      const AlleleCount& first = counts[call.first];
      const AlleleCount& second = counts[call.second];
      call.strand_bias = strand_bias({first.forward, second.forward}, {first.reverse, second.reverse});
    }
    call.verdict = verdict(question, call, counts);
    sample.calls.push_back(call);
  }
}

std::uint32_t ReadGenotyper::least_depth(bool one_copy) const {
  const int least = options_.thresholds.min_depth;
  return static_cast<std::uint32_t>(one_copy ? (least + 1) / 2 : least);
}

// As a record's genotype is judged (see GenotypeJudge), with the fields that are written of it.
Evidence ReadGenotyper::verdict(const SiteQuestion& question, const SiteCall& call,
                                std::span<const AlleleCount> counts) const {
  if (call.depth < least_depth(question.one_copy && !call.is_het())) return Evidence::low_depth;
  if (call.quality < options_.thresholds.min_genotype_quality) return Evidence::low_quality;
  const double least = options_.thresholds.min_allele_balance;
  return call.is_het() && balance(question, call, counts) < least ? Evidence::low_balance : Evidence::record;
}

void ReadGenotyper::phase(const SiteObservations& observations, std::vector<SiteCall>& calls) const {
  const Hets hets = collect_hets(questions_, calls, observations);
  std::set<std::pair<std::string_view, std::int64_t>> taken;
  for (const PhasedHets& set : phase_hets(hets.questions.size(), hets.fragments, options_.min_phase_quality)) {
    const auto place_of = [&](std::uint32_t het) {
      const ReadSite& site = questions_[hets.questions[het]].asked;
      return std::pair{std::string_view{site.contig}, site.position};
    };
    // Of two sets that begin with sites at the same place one goes by its second site.
    const auto named_by = std::ranges::find_if(set.hets, [&](auto het) { return taken.insert(place_of(het)).second; });
    if (named_by == set.hets.end()) continue;
    for (std::size_t k = 0; k < set.hets.size(); ++k) {
      SiteCall& call = calls[hets.questions[set.hets[k]]];
      call.phased = true;
      call.phase_set = static_cast<std::int32_t>(place_of(*named_by).second + 1);
      if (set.swapped[k]) std::swap(call.first, call.second);
    }
  }
}

void ReadGenotyper::answer(const ReadEvidence& evidence, SampleGenotypes& sample) const {
  sample.genotypes.assign(index_.size(), SiteGenotype{Missing::no_genotype});
  sample.phase_sets.assign(index_.size(), 0);
  sample.coverage.resize(index_.size());
  for (std::size_t number = 0; number < index_.size(); ++number) {
    if (!index_.site(number).placed) sample.genotypes[number] = SiteGenotype{Missing::not_placed};
  }
  for (std::size_t k = 0; k < questions_.size(); ++k) {
    const SiteQuestion& question = questions_[k];
    const SiteCall& call = sample.calls[k];
    const SiteCoverage coverage = coverage_of(evidence.sites[k], call.depth, least_depth(question.one_copy));
    for (const SiteQuestion::Target& target : question.targets) {
      sample.coverage[target.site] = coverage;
      sample.genotypes[target.site] = genotype_of(question, target, call, evidence.sites[k]);
      sample.phase_sets[target.site] = call.phase_set;
    }
  }
}

SiteGenotype ReadGenotyper::genotype_of(const SiteQuestion& question, const SiteQuestion::Target& target,
                                        const SiteCall& call, const SiteDepth& depth) const {
  if (question.asked.paralogous) return SiteGenotype{Missing::structural};
  if (!call.has_reads) return depth.all == 0 ? SiteGenotype{Missing::no_genotype} : SiteGenotype{Missing::low_depth};
  if (call.verdict != Evidence::record) return {why_filtered(call.verdict), !call.is_reference()};
  const std::uint8_t base = index_.site(target.site).base;
  const auto code = [&](std::uint8_t allele) {
    const bool known = allele < target.codes.size();
    return known ? written_number(target.codes[allele], base) : allele_code::displaced;
  };
  const bool one_copy = question.one_copy && !call.is_het();
  return {code(call.first), one_copy ? allele_code::no_copy : code(call.second), call.phased};
}

}  // namespace stardose::genomics
