// Reading files into the table of the assembly that they are on.
#include "genomics/io/cohort_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/assembly_choice.h"
#include "genomics/io/assembly_reading.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/reference.h"
#include "genomics/io/sample_selection.h"

namespace stardose::genomics {

namespace {

/// The verdict of one file's REF alleles, read as those of either assembly.
enum class Verdict { neither, first, second, both };

Verdict verdict_on(const RefVotes& first, const RefVotes& second) {
  const auto fits = [](const RefVotes& votes) { return !votes.agreeing.empty() && !votes.are_another_assembly(); };
  // Records of one assembly meet sites of the other by accident, and agree with them once in four times.
  const auto outweighs = [](const RefVotes& a, const RefVotes& b) {
    return a.agreeing.size() >= 4 * (b.agreeing.size() + b.disagreeing.size());
  };
  if (fits(first) && fits(second)) {
    if (outweighs(first, second)) return Verdict::first;
    return outweighs(second, first) ? Verdict::second : Verdict::both;
  }
  if (fits(first) && first.agreeing.size() > second.agreeing.size()) return Verdict::first;
  return fits(second) && second.agreeing.size() > first.agreeing.size() ? Verdict::second : Verdict::neither;
}

SiteIndex all_sites(const std::vector<AssemblyReading>& readings) {
  std::vector<Site> sites;
  for (const AssemblyReading& reading : readings) {
    for (std::size_t number = 0; number < reading.sites().size(); ++number) {
      sites.push_back(as_written(reading.sites().site(number)));  // back to the catalogue's numbers
    }
  }
  return SiteIndex{std::move(sites)};
}

class CohortReader {
 public:
  CohortReader(const VariantInputOptions& options, const ReadingPlan& plan)
      : options_{options}, plan_{plan}, choice_{asserted_assembly(options)} {
    if (!options.reference.empty()) reference_.emplace(options.reference);
    const std::vector<std::string> usual = GenotypeThresholds{}.filters;
    for (const std::string& name : options.thresholds.filters) {
      const bool is_usual = name == GenotypeThresholds::any_filter || std::ranges::find(usual, name) != usual.end();
      if (!is_usual) undeclared_filters_.push_back(name);
    }
  }

  Cohort read() {
    std::vector<std::string> samples;
    std::vector<InputSummary> inputs;
    std::vector<std::string> warnings;
    for (const std::string& path : options_.files) {
      VariantFile file{path, options_.use_index};
      choice_.hear_header(file);
      headers_told_ = headers_told_ || file.assembly();
      const SampleSelection selection = select_samples(options_, path, file.samples());
      std::erase_if(undeclared_filters_, [&](const std::string& name) { return file.declares_filter(name); });
      if (inputs.empty()) start(selection.names);
      if (inputs.empty()) samples = selection.names;
      inputs.push_back({path, read_file(file, columns_in_order(path, selection, samples))});
      warnings.insert(warnings.end(), file.warnings().begin(), file.warnings().end());
    }
    if (inputs.empty())
      throw InputError{Fault::usage, {"", "", "no input given", "name a VCF or BCF file with --input"}};
    return finish(std::move(samples), std::move(inputs), std::move(warnings));
  }

 private:
  // A first file that does not tell its assembly is read for both.
  void start(const std::vector<std::string>& samples) {
    check_reference();
    std::vector<Assembly> assemblies{Assembly::grch38, Assembly::grch37};
    if (choice_.known()) assemblies = {*choice_.known()};
    for (const Assembly assembly : assemblies) {
      const bool fits = reference_ && reference_->assembly().value_or(assembly) == assembly;
      readings_.emplace_back(assembly, plan_.sites, samples.size(), fits ? &*reference_ : nullptr);
    }
    if (readings_.size() > 1) both_ = all_sites(readings_);
    for (const AssemblyReading& reading : readings_) watch(reading.sites());
  }

  void watch(const SiteIndex& sites) {
    for (const auto& [begin, end] : plan_.groups) {
      WatchedRegion region;
      bool is_empty = true;
      for (std::size_t number = begin; number < end; ++number) {
        const Site& site = sites.site(number);
        if (!site.placed) continue;
        region.contig = site.contig;
        region.interval.start = is_empty ? site.position : std::min(region.interval.start, site.position);
        region.interval.end = std::max(region.interval.end, site.end());
        is_empty = false;
      }
      region.interval.start = std::max<std::int64_t>(0, region.interval.start - ReadingPlan::neighbourhood);
      region.interval.end += ReadingPlan::neighbourhood;
      watched_.push_back(region);
    }
  }

  ReadCounts read_file(VariantFile& file, const std::vector<int>& columns) {
    std::vector<RecordGenotype> genotypes;
    std::vector<std::int32_t> phase_sets;
    GenotypeJudge judge{options_.thresholds};
    for (AssemblyReading& reading : readings_) reading.begin(file);
    const SiteIndex& near = both_ ? *both_ : readings_.front().sites();
    ReadCounts counts = file.for_each_near(near, watched_, [&](VariantRecord& record) {
      bool is_read = false;
      for (AssemblyReading& reading : readings_) {
        if (reading.match(record).empty()) continue;
        if (!is_read && !record.read_genotypes(columns, genotypes)) return;
        if (!is_read) record.judge_genotypes(judge, columns, genotypes);
        if (!is_read) record.read_phase_sets(columns, phase_sets);
        is_read = true;
        reading.add(genotypes, phase_sets);
      }
    });
    if (both_) judge_bases(file);
    counts.matched = chosen().file_matched();
    for (const auto& [name, records] : judge.rejected()) rejected_filters_[name] += records;
    return counts;
  }

  void judge_bases(const VariantFile& file) {
    if (file.assembly()) return;
    const Verdict verdict = verdict_on(readings_.front().file_votes(), readings_.back().file_votes());
    if (verdict == Verdict::both) {
      throw InputError{Fault::mismatch,
                       {file.path(), "", "its header does not tell the assembly, and REF alleles fit GRCh38 and GRCh37",
                        "say which with --assembly"}};
    }
    if (verdict == Verdict::first) choice_.hear_bases(file.path(), readings_.front().assembly());
    if (verdict == Verdict::second) choice_.hear_bases(file.path(), readings_.back().assembly());
  }

  // While nothing has told, files are taken for GRCh38.
  AssemblyReading& chosen() {
    const bool is_second = readings_.size() > 1 && choice_.known() == readings_.back().assembly();
    return is_second ? readings_.back() : readings_.front();
  }

  void check_reference() const {
    if (!reference_ || !choice_.known() || !reference_->assembly() || reference_->assembly() == choice_.known()) return;
    throw InputError{Fault::mismatch,
                     {options_.reference, "",
                      "this FASTA is " + std::string{to_string(*reference_->assembly())} + ", and the input is on " +
                          std::string{to_string(*choice_.known())},
                      "give the FASTA of the input's assembly"}};
  }

  Cohort finish(std::vector<std::string> samples, std::vector<InputSummary> inputs, std::vector<std::string> warnings) {
    check_reference();
    AssemblyReading& reading = chosen();
    reading.check_bases(options_.assembly != "auto" ? "`assembly`" : headers_told_ ? "its header" : "");
    const std::vector<std::string> unused = reading.warnings();
    warnings.insert(warnings.end(), unused.begin(), unused.end());
    const bool any = std::ranges::any_of(inputs, [](const InputSummary& input) { return input.counts.matched > 0; });
    if (!any) {
      warnings.push_back(
          "no record of the input is at a position of the catalogue; check that it covers the genes and is on " +
          std::string{choice_.known() ? to_string(*choice_.known()) : "GRCh38 or GRCh37"});
    }
    report_filters(warnings);
    std::vector<bool> covered = covered_sites();
    ReadSites read = reading.finish(plan_.assume_reference);
    return {std::move(samples), reading.assembly(),  std::move(read.sites), std::move(read.genotypes),
            std::move(inputs),  std::move(warnings), std::move(covered)};
  }

  void report_filters(std::vector<std::string>& warnings) const {
    for (const auto& [name, records] : rejected_filters_) {
      warnings.push_back("FILTER " + name + ": the genotypes of " + std::to_string(records) +
                         " record(s) at positions of the catalogue were not used; `filters` names what passes");
    }
    for (const std::string& name : undeclared_filters_) {
      warnings.push_back("`filters` names " + name + ", which no input's header declares; check its spelling");
    }
  }

  [[nodiscard]] std::vector<bool> covered_sites() {
    const std::size_t offset = &chosen() == &readings_.front() ? 0 : plan_.groups.size();
    std::vector<bool> covered(plan_.sites.total(), false);
    for (std::size_t group = 0; group < plan_.groups.size(); ++group) {
      const auto [begin, end] = plan_.groups[group];
      for (std::size_t site = begin; site < end; ++site) covered[site] = watched_[offset + group].seen;
    }
    return covered;
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

  const VariantInputOptions& options_;
  const ReadingPlan& plan_;
  AssemblyChoice choice_;
  bool headers_told_ = false;
  std::optional<Reference> reference_;
  std::vector<AssemblyReading> readings_;                  // of the one assembly, or of GRCh38 and GRCh37
  std::optional<SiteIndex> both_;                          // sites of two readings
  std::vector<WatchedRegion> watched_;                     // of the plan's groups, reading by reading
  std::map<std::string, std::uint64_t> rejected_filters_;  // FILTER values that did not pass, and in how many records
  std::vector<std::string> undeclared_filters_;            // asked for, and in no header seen so far
};

}  // namespace

Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan) {
  return CohortReader{options, plan}.read();
}

}  // namespace stardose::genomics
