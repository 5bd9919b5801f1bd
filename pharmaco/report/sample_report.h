// Everything said about one sample, in words, ready for any format.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "genomics/io/genotype_thresholds.h"
#include "pharmaco/calling/call_status.h"
#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/guidance/advice.h"
#include "pharmaco/knowledge/advice_level.h"
#include "pharmaco/report/coverage_report.h"
#include "pharmaco/report/medication.h"
#include "pharmaco/report/open_cause.h"

namespace stardose::pharmaco {

/// What a variant that tends to go with an HLA allele shows. A hint, never a call.
struct ProxyFinding {
  std::string allele;  ///< `HLA-B*57:01`
  std::string rsid;
  std::string genotype;  ///< `T/G`; empty: none
  bool carries = false;  ///< the base that goes with the allele is there
  std::string sentence;  ///< says that it is a proxy; empty: no genotype
  std::string source;

  friend bool operator==(const ProxyFinding&, const ProxyFinding&) = default;
};

/// A diplotype that explains the variants, if not always best.
struct MatchFinding {
  std::string diplotype;
  int score = 0;           ///< positions that the definitions ask and that agree
  bool is_called = false;  ///< among the best: what the call says
  std::string phenotype;
  std::string activity_score;

  friend bool operator==(const MatchFinding&, const MatchFinding&) = default;
};

/// Copies seen in one stretch of a gene, beside those that the call asks for.
struct StretchFinding {
  std::string stretch;  ///< `exon 9`
  double measured = 0;
  double expected = 0;
  int sites = 0;  ///< positions that tell the gene from its like; 0: by depth alone

  friend bool operator==(const StretchFinding&, const StretchFinding&) = default;
};

/// What reads show of a gene's copies and hybrids.
struct StructureFinding {
  std::vector<int> copies;              ///< of the gene, one for each of the finding's diplotypes
  std::vector<std::string> structures;  ///< in words, likewise
  std::vector<StretchFinding> stretches;
  double depth_per_copy = 0;  ///< reads over a base
  std::string scale;          ///< where that comes from
  int fragments = 0;          ///< that show something of the gene

  friend bool operator==(const StructureFinding&, const StructureFinding&) = default;
};

/// One gene of one sample. Strings are UTF-8 and unescaped; an empty string or list means none.
struct GeneFinding {
  std::string gene;
  bool has_guidance = true;  ///< a guideline of the catalogue asks for the gene
  CallStatus status = CallStatus::no_call;
  /// Best-scoring diplotypes in order (`*1/*2`); lone alleles for unphased lowest-function genes and single copies.
  std::vector<std::string> diplotypes;
  /// Distinct phenotypes of those diplotypes, in order, in CPIC's words.
  std::vector<std::string> phenotypes;
  /// Distinct activity scores, in order (`1.5`, `>=3`).
  std::vector<std::string> activity_scores;
  /// Why it is ambiguous or not called; a sentence without the final stop.
  std::string reason;
  /// What the call rests on: `variants`, `variants and frequencies in EUR`, `reads` (genotypes made from them),
  /// `reads, with copies and hybrids`, `outside call` or `rs4149056 alone`.
  std::string basis;
  bool from_reads = false;  ///< genotypes, or copies and hybrids, were read from an alignment
  /// What tells the strands apart: `phased`, `phase set`, `partly phased`, `unphased`, or why phase does not matter:
  /// `one heterozygous position`, `homozygous`, `one copy`.
  std::string phasing;
  int sites_total = 0;
  int sites_seen = 0;          ///< positions that a record of their own speaks for
  int sites_in_blocks = 0;     ///< positions that a reference block (gVCF) speaks for
  int sites_assumed = 0;       ///< positions in no record, taken as reference on the user's word
  int sites_missing = 0;       ///< positions that the input says nothing usable about; these four make the total
  int sites_filtered = 0;      ///< of the missing: positions whose genotype falls short of a threshold
  int sites_undocumented = 0;  ///< positions with a variant that no definition knows
  /// The missing positions, `chr10:94761900 rs12248560`.
  std::vector<std::string> missing_sites;
  /// Those of them that fall short of a threshold, and of which: `chr10:94761900 rs12248560 (GQ)`.
  std::vector<std::string> filtered_sites;
  /// Named alleles that could be there too: only a missing position would rule them out.
  std::vector<std::string> untested_alleles;
  /// Phenotypes besides those above that the result could turn out to be, were the missing positions known.
  std::vector<std::string> could_also_be;
  /// Probability of each of `diplotypes`, or of the one that was called: by allele frequencies, or of a gene with
  /// `structure` by its reads; empty: not ranked.
  std::vector<double> posteriors;
  OpenCause open = OpenCause::none;
  /// The best diplotype of those not chosen, and why not; empty: there is none, or nobody asked for reports.
  std::string runner_up;
  std::string runner_up_why;
  /// Every diplotype that explains the variants, best first; empty unless asked for.
  std::vector<MatchFinding> matches;
  /// Remarks that a reader must see, each a sentence.
  std::vector<std::string> remarks;
  std::vector<ProxyFinding> proxies;
  std::optional<StructureFinding> structure;  ///< of a gene whose copies and hybrids were read from alignments

  friend bool operator==(const GeneFinding&, const GeneFinding&) = default;
};

struct SampleReport {
  std::string sample;
  std::string identifier_system;  ///< URI of the system that the sample's name is of; empty: none is known
  std::string program_version;
  std::string catalogue_release;
  std::string catalogue_date;
  std::string assembly;
  /// Whether positions in no record were taken as reference.
  bool assume_reference = false;
  /// What a genotype had to reach.
  genomics::GenotypeThresholds thresholds;
  std::optional<CoverageReport> coverage;              ///< of a sample that was read from alignments
  std::vector<GeneFinding> genes;                      ///< by symbol
  std::vector<Advice> advice;                          ///< by drug, then level, source, population
  std::optional<std::vector<Medication>> medications;  ///< that the patient takes; nullopt: nothing is known of them
  std::vector<DoseReport> doses;                       ///< in the order in which they were asked for
  /// Source and terms of the catalogue's facts, a sentence each.
  std::vector<std::string> attributions;
};

}  // namespace stardose::pharmaco
