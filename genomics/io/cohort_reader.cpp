// Reading files into the table, and judging whether they are on the catalogue's assembly.
#include "genomics/io/cohort_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/reference.h"
#include "genomics/io/sample_selection.h"

namespace stardose::genomics {

namespace {

/// Collects over all files what REF said at the sites.
struct RefCheck {
  std::set<std::size_t> agreeing;
  std::map<std::size_t, std::string> disagreeing;  // site -> file

  // A lone wrong REF is a faulty record; this many are another assembly.
  [[nodiscard]] bool is_other_assembly() const {
    const std::size_t wrong = disagreeing.size();
    return wrong > 0 && (agreeing.empty() || (wrong >= 3 && wrong * 10 > agreeing.size()));
  }
};

class CohortReader {
 public:
  CohortReader(const VariantInputOptions& options, const ReadingPlan& plan)
      : options_{options}, plan_{plan}, index_{plan.sites} {
    if (!options.reference.empty()) reference_.emplace(options.reference);
    const std::vector<std::string> usual = GenotypeThresholds{}.filters;
    for (const std::string& name : options.thresholds.filters) {
      const bool is_usual = name == GenotypeThresholds::any_filter || std::ranges::find(usual, name) != usual.end();
      if (!is_usual) undeclared_filters_.push_back(name);
    }
    for (const auto& [begin, end] : plan.groups) {
      if (begin == end) continue;
      const Interval around{std::max<std::int64_t>(0, index_.site(begin).position - ReadingPlan::neighbourhood),
                            index_.site(end - 1).end() + ReadingPlan::neighbourhood};
      watched_.push_back({index_.site(begin).contig, around, false});
      watched_groups_.emplace_back(begin, end);
    }
  }

  Cohort read() {
    std::optional<Cohort> cohort;
    for (const std::string& path : options_.files) {
      VariantFile file{path, options_.use_index};
      const SampleSelection selection = select_samples(options_, path, file.samples());
      std::erase_if(undeclared_filters_, [&](const std::string& name) { return file.declares_filter(name); });
      if (!cohort) cohort.emplace(Cohort{selection.names, GenotypeTable{index_, selection.names.size()}, {}, {}, {}});
      const std::vector<int> columns = columns_in_order(path, selection, cohort->samples);
      cohort->inputs.push_back({path, read_file(file, columns, cohort->genotypes)});
      cohort->warnings.insert(cohort->warnings.end(), file.warnings().begin(), file.warnings().end());
    }
    if (!cohort) throw InputError{Fault::usage, {"", "", "no input given", "name a VCF or BCF file with --input"}};
    report_ref(*cohort);
    report_nothing_matched(*cohort);
    report_shifted(*cohort);
    report_filters(*cohort);
    for (const auto& [site, path] : ref_.disagreeing) cohort->genotypes.mark_conflict(site);
    cohort->genotypes.finish(plan_.assume_reference);
    cohort->covered = covered_sites();
    return std::move(*cohort);
  }

 private:
  [[nodiscard]] std::vector<bool> covered_sites() const {
    std::vector<bool> covered(index_.total(), false);
    for (std::size_t group = 0; group < watched_.size(); ++group) {
      const auto [begin, end] = watched_groups_[group];
      for (std::size_t site = begin; site < end; ++site) covered[site] = watched_[group].seen;
    }
    return covered;
  }

  ReadCounts read_file(VariantFile& file, const std::vector<int>& columns, GenotypeTable& table) {
    SiteMatcher matcher{index_, reference_ ? &*reference_ : nullptr};
    GenotypeJudge judge{options_.thresholds};
    std::vector<RecordGenotype> genotypes;
    std::vector<std::int32_t> phase_sets;
    std::uint64_t matched = 0;
    ReadCounts counts = file.for_each_near(index_, watched_, [&](VariantRecord& record) {
      const MatchResult result = matcher.match(record.alleles());
      for (const std::size_t site : result.ref_mismatches) ref_.disagreeing.emplace(site, file.path());
      if (result.matches.empty() || !record.read_genotypes(columns, genotypes)) return;
      record.judge_genotypes(judge, columns, genotypes);
      record.read_phase_sets(columns, phase_sets);
      ++matched;
      for (const SiteMatch& match : result.matches) {
        if (match.spans) ref_.agreeing.insert(match.site);
        table.add(match, genotypes, phase_sets);
        note_shifted(match, genotypes);
      }
    });
    counts.matched = matched;
    for (const auto& [name, records] : judge.rejected()) rejected_filters_[name] += records;
    return counts;
  }

  void note_shifted(const SiteMatch& match, const std::vector<RecordGenotype>& genotypes) {
    if (std::find(match.codes.begin(), match.codes.end(), match_code::shifted) == match.codes.end()) return;
    const auto carries = [&](std::int16_t allele) {
      return allele >= 0 && match.codes[static_cast<std::size_t>(allele)] == match_code::shifted;
    };
    const bool anyone = std::any_of(genotypes.begin(), genotypes.end(), [&](const RecordGenotype& genotype) {
      return !genotype.polyploid && (carries(genotype.first) || carries(genotype.second));
    });
    if (anyone) shifted_.insert(match.site);
  }

  static std::vector<int> columns_in_order(const std::string& path, const SampleSelection& selection,
                                           const std::vector<std::string>& samples) {
    if (selection.names == samples) return selection.columns;
    std::map<std::string, int> column_of;
    for (std::size_t i = 0; i < selection.names.size(); ++i) column_of[selection.names[i]] = selection.columns[i];
    std::vector<int> columns;
    for (const std::string& sample : samples) {
      const auto at = column_of.find(sample);
      if (at != column_of.end()) columns.push_back(at->second);
    }
    if (columns.size() != samples.size() || column_of.size() != samples.size()) {
      throw InputError{
          Fault::mismatch,
          {path, "", "its samples are not those of the first input",
           "give files of one cohort split by chromosome together, and other cohorts in a run of their own"}};
    }
    return columns;
  }

  void report_ref(Cohort& cohort) const {
    if (ref_.disagreeing.empty()) return;
    const auto& [site, path] = *ref_.disagreeing.begin();
    const std::string place = to_string(index_.site(site));
    if (ref_.is_other_assembly()) {
      throw InputError{
          Fault::mismatch,
          {path, place,
           "REF is not the base of GRCh38 here and at " + std::to_string(ref_.disagreeing.size() - 1) + " further of " +
               std::to_string(ref_.disagreeing.size() + ref_.agreeing.size()) + " positions seen",
           "the file is on another assembly; call the variants on GRCh38 or lift the file over"}};
    }
    for (const auto& [number, file] : ref_.disagreeing) {
      cohort.warnings.push_back(file + ": " + to_string(index_.site(number)) +
                                ": a record's REF is not the base of GRCh38, so the record was not used");
    }
  }

  static void report_nothing_matched(Cohort& cohort) {
    const bool any = std::any_of(cohort.inputs.begin(), cohort.inputs.end(),
                                 [](const InputSummary& input) { return input.counts.matched > 0; });
    if (any) return;
    cohort.warnings.emplace_back(
        "no record of the input is at a position of the catalogue; check that it covers the genes and is on GRCh38");
  }

  void report_shifted(Cohort& cohort) const {
    for (const std::size_t site : shifted_) {
      cohort.warnings.push_back(to_string(index_.site(site)) +
                                ": an indel nearby may be this site's but is not left-aligned, so its carriers have no "
                                "genotype here; --reference FASTA would settle it");
    }
  }

  void report_filters(Cohort& cohort) const {
    for (const auto& [name, records] : rejected_filters_) {
      cohort.warnings.push_back("FILTER " + name + ": the genotypes of " + std::to_string(records) +
                                " record(s) at positions of the catalogue were not used; `filters` names what passes");
    }
    for (const std::string& name : undeclared_filters_) {
      cohort.warnings.push_back("`filters` names " + name + ", which no input's header declares; check its spelling");
    }
  }

  const VariantInputOptions& options_;
  const ReadingPlan& plan_;
  const SiteIndex& index_;
  std::vector<WatchedRegion> watched_;
  std::vector<std::pair<std::size_t, std::size_t>> watched_groups_;
  std::optional<Reference> reference_;
  RefCheck ref_;
  std::set<std::size_t> shifted_;
  std::map<std::string, std::uint64_t> rejected_filters_;  // FILTER values that did not pass, and in how many records
  std::vector<std::string> undeclared_filters_;            // asked for, and in no header seen so far
};

}  // namespace

Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan) {
  return CohortReader{options, plan}.read();
}

}  // namespace stardose::genomics
