// From a sample's reads to its genotypes at the catalogue's sites.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "genomics/evidence/coverage.h"
#include "genomics/evidence/genotype_model.h"
#include "genomics/evidence/site_observations.h"
#include "genomics/evidence/site_question.h"
#include "genomics/io/genotype_thresholds.h"
#include "genomics/reads/read_evidence.h"
#include "genomics/reads/read_plan.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

struct GenotypingOptions {
  /// Depth, genotype quality and allele balance; `filters` is of no use here.
  GenotypeThresholds thresholds;
  /// Contigs of which there is one copy. Two alleles there are a mixture (heteroplasmy) and come out as two. X is not
  /// among them: a man's is called with two copies, as variant callers do that are not told.
  std::vector<std::string> haploid_contigs = {"chrM", "chrY"};
  /// Phred: two heterozygous sites are phased to each other when reads leave at most this doubt.
  double min_phase_quality = 20;
};

/// What was decided about one question (see SiteQuestion), in the numbers of its alleles; one more than it has is
/// another allele.
struct SiteCall {
  bool has_reads = false;  ///< false: no fragment says anything, and the rest means nothing
  /// The likeliest genotype, whether or not it counts. The same allele twice where there is one copy, unless it is a
  /// mixture.
  std::uint8_t first = 0;
  std::uint8_t second = 0;
  bool phased = false;                  ///< `first` is on the phase set's first haplotype
  std::int32_t phase_set = 0;           ///< 1-based position of the set's first site; 0: none
  Evidence verdict = Evidence::record;  ///< what it falls short in; `record`: in nothing
  std::uint8_t quality = 0;             ///< GQ, Phred: that it is another genotype, the prior included; at most 99
  std::uint32_t depth = 0;              ///< fragments that say something
  double strand_bias = 0;               ///< of a heterozygous one: strand_bias() of its two alleles
  std::size_t counts_at = 0;            ///< in SampleGenotypes::counts: one entry an allele, the last for others
  std::size_t likelihoods_at = 0;       ///< in SampleGenotypes::likelihoods: by genotype_number(), others the last

  [[nodiscard]] bool is_het() const { return first != second; }
  [[nodiscard]] bool is_reference() const { return first == 0 && second == 0; }
};

/// Fragments by strand.
struct AlleleCount {
  std::uint32_t forward = 0;
  std::uint32_t reverse = 0;

  friend bool operator==(const AlleleCount&, const AlleleCount&) = default;
};

/// One sample's column.
struct SampleGenotypes {
  /// By site number of the index, hidden sites left out; alleles have the catalogue's numbers, as in a finished
  /// GenotypeTable (see GenotypeTable::append). Never not_covered: a site without reads is `no_genotype`, so that
  /// nobody assumes it reference.
  std::vector<SiteGenotype> genotypes;
  std::vector<std::int32_t> phase_sets;  ///< by site number; 1-based position of the set's first site, 0: none
  std::vector<SiteCoverage> coverage;    ///< by site number

  std::vector<SiteCall> calls;      ///< by question
  std::vector<AlleleCount> counts;  ///< see SiteCall::counts_at
  /// Phred, relative to the likeliest, without the prior; over the question's alleles and `other`, the last.
  std::vector<std::int32_t> likelihoods;
};

/// Knows what to ask of reads and how to read the answers. Immutable; safe to share between threads, for samples whose
/// files are on the index's assembly. The index must outlive it.
class ReadGenotyper {
 public:
  /// `paralogous`: numbers of sites where copies and hybrids decide; they are read whatever the mapping quality, have
  /// counts and coverage, but no genotype: Missing::structural.
  ReadGenotyper(const SiteIndex& sites, std::span<const std::size_t> paralogous, GenotypingOptions options);

  /// One site a question, in the order of questions(). Others may add sites and regions behind these.
  [[nodiscard]] const ReadPlan& plan() const { return plan_; }
  /// By contig, position and reference bases.
  [[nodiscard]] const std::vector<SiteQuestion>& questions() const { return questions_; }

  /// `evidence` answers plan(), or one that goes on behind it.
  [[nodiscard]] SampleGenotypes genotypes(const ReadEvidence& evidence) const;

 private:
  void call_sites(const SiteObservations& observations, SampleGenotypes& sample) const;
  void phase(const SiteObservations& observations, std::vector<SiteCall>& calls) const;
  void answer(const ReadEvidence& evidence, SampleGenotypes& sample) const;
  [[nodiscard]] Evidence verdict(const SiteQuestion& question, const SiteCall& call,
                                 std::span<const AlleleCount> counts) const;
  [[nodiscard]] SiteGenotype genotype_of(const SiteQuestion& question, const SiteQuestion::Target& target,
                                         const SiteCall& call, const SiteDepth& depth) const;
  [[nodiscard]] std::uint32_t least_depth(bool one_copy) const;

  const SiteIndex& index_;
  GenotypingOptions options_;
  std::vector<SiteQuestion> questions_;
  ReadPlan plan_;
  std::map<std::pair<std::size_t, bool>, GenotypeModel> models_;  // by number of alleles, others included, and one_copy
};

}  // namespace stardose::genomics
