// Records to findings, on each assembly that the files may be on.
#include "genomics/io/shard_findings.h"

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/reference.h"
#include "genomics/sites/site_matcher.h"

namespace stardose::genomics {

namespace {

/// Reads records as those of one assembly. Reused from record to record.
class AssemblyMatching {
 public:
  AssemblyMatching(const AssemblySites& on, ReferenceBases* reference, AssemblyFindings& findings)
      : on_{on}, matcher_{*on.sites, reference}, findings_{findings} {}

  /// Hears the record's REF; returns whether it speaks about a site.
  bool match(const VariantRecord& record, const RecordAlleles& alleles) {
    matched_ = {};
    if (alleles.contig == mitochondrion && !record.is_on_rcrs(on_.assembly)) {
      findings_.foreign_mitochondrion = true;
      return false;
    }
    matched_ = matcher_.match(alleles);
    if (speaks_of_several()) {
      std::string name = "record " + std::string{alleles.contig} + ":" + std::to_string(alleles.position);
      for (const std::string_view allele : alleles.alleles) (name += ' ') += allele;
      record_set_ = phase_set_of_name(name);
    }
    findings_.votes.disagreeing.insert(matched_.ref_mismatches.begin(), matched_.ref_mismatches.end());
    for (const SiteMatch& match : matched_.matches) hear_base(alleles, match);
    return !matched_.matches.empty();
  }

  /// Takes the genotypes of the record that was matched last.
  void add(std::span<const RecordGenotype> genotypes, std::span<const std::int32_t> phase_sets) {
    if (matched_.matches.empty()) return;
    ++findings_.matched;
    const bool several = speaks_of_several();
    for (const SiteMatch& match : matched_.matches) {
      if (match.spans) findings_.votes.agreeing.insert(match.site);
      findings_.rows.push_back(row_of(match, genotypes, phase_sets));
      if (several && changes_site(match)) phase_together(findings_.rows.back());
      note_shifted(match, genotypes);
    }
  }

 private:
  static bool changes_site(const SiteMatch& match) {
    return match.direct && std::ranges::any_of(match.codes, [](std::uint8_t code) { return code != 0; });
  }

  // Of several places, that is: sites of one place are told apart by their alleles.
  [[nodiscard]] bool speaks_of_several() const {
    std::optional<std::int64_t> place;
    return std::ranges::any_of(matched_.matches, [&](const SiteMatch& match) {
      if (!changes_site(match) || match.site >= on_.sites->size()) return false;
      const std::int64_t here = on_.sites->site(match.site).position;
      return std::exchange(place, here).value_or(here) != here;
    });
  }

  // The alleles of one record are on one strand each, whatever is known of the strands of others.
  void phase_together(SiteRow& row) const {
    for (std::size_t k = 0; k < row.genotypes.size(); ++k) {
      SiteGenotype& genotype = row.genotypes[k];
      if (!genotype.is_het() || genotype.is_phased()) continue;
      genotype = genotype.phased();
      row.phase_sets.resize(row.genotypes.size(), 0);
      row.phase_sets[k] = record_set_;
    }
  }

  // A block speaks for many sites and writes one base out: only where REF has a site's base it speaks for the assembly.
  void hear_base(const RecordAlleles& record, const SiteMatch& match) {
    const Site& site = on_.sites->site(match.site);
    if (site.contig == mitochondrion) return;  // the same on both
    const auto ref_end = record.position + static_cast<std::int64_t>(record.alleles.front().size());
    if (record.position < site.end() && site.position < ref_end) findings_.same.insert(match.site);
  }

  void note_shifted(const SiteMatch& match, std::span<const RecordGenotype> genotypes) {
    if (std::ranges::find(match.codes, match_code::shifted) == match.codes.end()) return;
    const auto carries = [&](std::int16_t allele) {
      return allele >= 0 && match.codes[static_cast<std::size_t>(allele)] == match_code::shifted;
    };
    const bool anyone = std::ranges::any_of(genotypes, [&](const RecordGenotype& genotype) {
      return !genotype.polyploid && (carries(genotype.first) || carries(genotype.second));
    });
    if (anyone) findings_.shifted.insert(match.site);
  }

  const AssemblySites& on_;
  SiteMatcher matcher_;
  AssemblyFindings& findings_;
  MatchResult matched_;
  PhaseSet record_set_ = 0;  // of the record that was matched last
};

/// Turns the records of a shard into findings. Reused from record to record.
class RecordReading {
 public:
  RecordReading(const WantedSites& wanted, const VariantInputOptions& options, ShardFindings& findings)
      : columns_{findings.shard.file->columns()}, judge_{options.thresholds}, findings_{findings} {
    if (!options.reference.empty()) reference_.emplace(options.reference);
    findings.assemblies.resize(wanted.assemblies().size());
    for (std::size_t k = 0; k < wanted.assemblies().size(); ++k) {
      const AssemblySites& on = wanted.assemblies()[k];
      const bool fits = reference_ && reference_->assembly().value_or(on.assembly) == on.assembly;
      matchings_.emplace_back(on, fits ? &*reference_ : nullptr, findings.assemblies[k]);
    }
  }

  void use(VariantRecord& record) {
    const RecordAlleles alleles = record.alleles();
    bool speaks = false;
    for (AssemblyMatching& matching : matchings_) speaks = matching.match(record, alleles) || speaks;
    if (!speaks) return;
    if (record.read_genotypes(columns_, genotypes_)) {
      record.judge_genotypes(judge_, columns_, genotypes_);
      record.read_phase_sets(columns_, phase_sets_);
    } else {
      if (alleles.block) return;  // a segment of something else, such as a copy number
      ++findings_.without_genotypes;
      genotypes_.assign(columns_.size(), {RecordGenotype::missing, RecordGenotype::missing});
      phase_sets_.clear();
    }
    for (AssemblyMatching& matching : matchings_) matching.add(genotypes_, phase_sets_);
  }
  void end() { findings_.rejected_filters = judge_.rejected(); }

 private:
  const std::vector<int>& columns_;
  GenotypeJudge judge_;
  ShardFindings& findings_;
  std::optional<Reference> reference_;
  std::vector<AssemblyMatching> matchings_;
  std::vector<RecordGenotype> genotypes_;
  std::vector<std::int32_t> phase_sets_;
};

}  // namespace

void read_shard(const ReadingPlan& plan, const WantedSites& wanted, const VariantInputOptions& options,
                const FileOrder& from, ShardFindings& findings) {
  CohortFile& file = *findings.shard.file;
  findings.watched = wanted.regions();
  try {
    const auto handle = file.take();
    RecordReading reading{wanted, options, findings};
    MatrixRowMaker rows{file.columns(), file.opened().samples().size(), options.thresholds, plan.rows};
    findings.passage = handle->read(findings.shard.shard, from, wanted.near(), findings.watched, plan.records(),
                                    [&](VariantRecord& record) {
                                      reading.use(record);
                                      if (!plan.use_rows) return;
                                      rows.add(record, findings.matrix);
                                      if (plan.in_turns) findings.matrix.hand_over(plan.use_rows, MatrixRows::many);
                                    });
    reading.end();
    file.give_back(handle);
  } catch (const InputError&) {
    findings.fault = std::current_exception();
  }
}

}  // namespace stardose::genomics
