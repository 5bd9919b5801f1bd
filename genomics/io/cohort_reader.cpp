// Reading files into the table, and judging whether they are on the catalogue's assembly.
#include "genomics/io/cohort_reader.h"

#include <algorithm>
#include <utility>

#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/reference.h"

namespace stardose::genomics {

namespace {

/// Turns the records of a shard into findings. Reused from record to record.
class RecordReading {
 public:
  RecordReading(const SiteIndex& index, ReferenceBases* reference, const std::vector<int>& columns,
                const GenotypeThresholds& thresholds, ShardFindings& findings)
      : matcher_{index, reference}, judge_{thresholds}, columns_{columns}, findings_{findings} {}

  void use(VariantRecord& record) {
    const MatchResult result = matcher_.match(record.alleles());
    findings_.disagreeing.insert(result.ref_mismatches.begin(), result.ref_mismatches.end());
    if (result.matches.empty() || !record.read_genotypes(columns_, genotypes_)) return;
    record.judge_genotypes(judge_, columns_, genotypes_);
    record.read_phase_sets(columns_, phase_sets_);
    ++findings_.matched;
    for (const SiteMatch& match : result.matches) {
      if (match.spans) findings_.agreeing.insert(match.site);
      findings_.rows.push_back(row_of(match, genotypes_, phase_sets_));
      note_shifted(match);
    }
  }
  void end() { findings_.rejected_filters = judge_.rejected(); }

 private:
  void note_shifted(const SiteMatch& match) {
    if (std::ranges::find(match.codes, match_code::shifted) == match.codes.end()) return;
    const auto carries = [&](std::int16_t allele) {
      return allele >= 0 && match.codes[static_cast<std::size_t>(allele)] == match_code::shifted;
    };
    const bool anyone = std::ranges::any_of(genotypes_, [&](const RecordGenotype& genotype) {
      return !genotype.polyploid && (carries(genotype.first) || carries(genotype.second));
    });
    if (anyone) findings_.shifted.insert(match.site);
  }

  SiteMatcher matcher_;
  GenotypeJudge judge_;
  const std::vector<int>& columns_;
  ShardFindings& findings_;
  std::vector<RecordGenotype> genotypes_;
  std::vector<std::int32_t> phase_sets_;
};

}  // namespace

CohortReader::CohortReader(const VariantInputOptions& options, const ReadingPlan& plan)
    : options_{options}, plan_{plan}, index_{plan.sites} {
  if (!options.reference.empty()) (void)Reference{options.reference};  // refused before anything is read
  const std::vector<std::string> usual = GenotypeThresholds{}.filters;
  for (const std::string& name : options.thresholds.filters) {
    const bool is_usual = name == GenotypeThresholds::any_filter || std::ranges::find(usual, name) != usual.end();
    if (!is_usual) undeclared_filters_.push_back(name);
  }
  for (const auto& [begin, end] : plan.groups) {
    if (begin == end) continue;
    const Interval around{std::max<std::int64_t>(0, index_.site(begin).position - ReadingPlan::neighbourhood),
                          index_.site(end - 1).end() + ReadingPlan::neighbourhood};
    regions_.push_back({index_.site(begin).contig, around, false});
    watched_groups_.emplace_back(begin, end);
  }
  seen_.resize(regions_.size(), false);
}

std::optional<CohortShard> CohortReader::next() {
  if (queue_.empty() && next_file_ < options_.files.size()) {
    try {
      open_next();
    } catch (const InputError&) {
      next_file_ = options_.files.size();
      queue_ = {{.fault = std::current_exception()}};
    }
  }
  if (queue_.empty()) return std::nullopt;
  CohortShard shard = std::move(queue_.front());
  queue_.pop_front();
  return shard;
}

void CohortReader::open_next() {
  const std::string& path = options_.files[next_file_++];
  VariantFile opened{path, options_.use_index};
  std::erase_if(undeclared_filters_, [&](const std::string& name) { return opened.declares_filter(name); });
  std::vector<int> columns = columns_of(path, select_samples(options_, path, opened.samples()));
  const auto file = std::make_shared<CohortFile>(std::move(opened), std::move(columns));
  for (Shard& shard : file->opened().plan(index_, plan_.cutting, records())) queue_.push_back({file, std::move(shard)});
  queue_.front().is_first = true;
  queue_.back().is_last = true;
}

std::vector<int> CohortReader::columns_of(const std::string& path, const SampleSelection& selection) {
  if (samples_.empty()) samples_ = selection.names;
  if (selection.names == samples_) return selection.columns;
  std::map<std::string, int> column_of;
  for (std::size_t i = 0; i < selection.names.size(); ++i) column_of[selection.names[i]] = selection.columns[i];
  std::vector<int> columns;
  for (const std::string& sample : samples_) {
    const auto at = column_of.find(sample);
    if (at != column_of.end()) columns.push_back(at->second);
  }
  if (columns.size() != samples_.size() || column_of.size() != samples_.size()) {
    throw InputError{
        Fault::mismatch,
        {path, "", "its samples are not those of the first input",
         "give files of one cohort split by chromosome together, and other cohorts in a run of their own"}};
  }
  return columns;
}

void CohortReader::read_from(const FileOrder& from, ShardFindings& findings) const {
  CohortFile& file = *findings.shard.file;
  findings.watched = regions_;
  try {
    const auto handle = file.take();
    std::optional<Reference> reference;
    if (!options_.reference.empty()) reference.emplace(options_.reference);
    RecordReading reading{index_, reference ? &*reference : nullptr, file.columns(), options_.thresholds, findings};
    MatrixRowMaker rows{file.columns(), file.opened().samples().size(), options_.thresholds};
    findings.passage =
        handle->read(findings.shard.shard, from, index_, findings.watched, records(), [&](VariantRecord& record) {
          reading.use(record);
          if (!plan_.use_rows) return;
          rows.add(record, findings.matrix);
          if (plan_.in_turns) findings.matrix.hand_over(plan_.use_rows, MatrixRows::many);
        });
    reading.end();
    file.give_back(handle);
  } catch (const InputError&) {
    findings.fault = std::current_exception();
  }
}

ShardFindings CohortReader::read(CohortShard shard) const {
  ShardFindings findings;
  findings.shard = std::move(shard);
  findings.fault = findings.shard.fault;
  if (!findings.fault) read_from({}, findings);
  return findings;
}

bool CohortReader::follows(const ShardFindings& findings) const {
  const Passage& passage = findings.passage;
  const std::vector<Span>& spans = findings.shard.shard.spans;
  if (findings.fault) return false;
  if (!spans.empty() && spans.front().is_cut && spans.front().begin != offset_) return false;
  if (passage.first_contig == order_.contig && passage.first_position < order_.position) return false;
  return std::ranges::none_of(passage.order.passed, [&](const std::string& contig) {
    const bool goes_on = contig == order_.contig && contig == passage.first_contig;
    return !goes_on && std::ranges::find(order_.passed, contig) != order_.passed.end();
  });
}

void CohortReader::begin_file(const CohortFile& file) {
  if (!cohort_) cohort_.emplace(Cohort{samples_, GenotypeTable{index_, samples_.size()}, {}, {}, {}});
  cohort_->inputs.push_back({file.opened().path(), {.used_index = file.opened().uses_index()}});
  const std::vector<std::string>& warnings = file.opened().warnings();
  cohort_->warnings.insert(cohort_->warnings.end(), warnings.begin(), warnings.end());
  order_ = {};
}

void CohortReader::add(ShardFindings findings) {
  if (findings.shard.fault) std::rethrow_exception(findings.shard.fault);
  if (findings.shard.is_first) {
    begin_file(*findings.shard.file);
  } else if (!follows(findings)) {
    // A guess was wrong, or something is wrong with the file: read with the knowledge of what came before, it will
    // become clear which.
    ShardFindings again;
    again.shard = std::move(findings.shard);
    std::vector<Span>& spans = again.shard.shard.spans;
    if (!spans.empty() && spans.front().is_cut) spans.front().begin = offset_;
    read_from(order_, again);
    again.passage.order.records -= std::min(order_.records, again.passage.order.records);
    findings = std::move(again);
  }
  if (findings.fault) std::rethrow_exception(findings.fault);
  join(findings);
  if (findings.shard.is_last) end_file(*findings.shard.file);
}

void CohortReader::join(ShardFindings& findings) {
  Passage& passage = findings.passage;
  if (!findings.shard.shard.spans.empty()) offset_ = passage.end;
  order_.records += passage.order.records;
  if (!passage.first_contig.empty()) {
    order_.contig = std::move(passage.order.contig);
    order_.position = passage.order.position;
    for (std::string& contig : passage.order.passed) {
      const bool is_known = std::ranges::find(order_.passed, contig) != order_.passed.end();
      if (!is_known) order_.passed.push_back(std::move(contig));
    }
  }
  if (plan_.use_rows) findings.matrix.hand_over(plan_.use_rows, 0);
  for (SiteRow& row : findings.rows) cohort_->genotypes.add(std::move(row));
  agreeing_.merge(findings.agreeing);
  for (const std::size_t site : findings.disagreeing) disagreeing_.emplace(site, cohort_->inputs.back().path);
  shifted_.merge(findings.shifted);
  for (const auto& [name, records] : findings.rejected_filters) rejected_filters_[name] += records;
  for (std::size_t k = 0; k < seen_.size(); ++k) seen_[k] = seen_[k] || findings.watched[k].seen;
  cohort_->inputs.back().counts.matched += findings.matched;
}

void CohortReader::end_file(CohortFile& file) {
  cohort_->inputs.back().counts.records = order_.records;
  if (!file.opened().uses_index()) return;
  for (std::size_t k = 0; k < seen_.size(); ++k) seen_[k] = seen_[k] || file.opened().has_record(regions_[k]);
}

Cohort CohortReader::finish() {
  if (!cohort_) throw InputError{Fault::usage, {"", "", "no input given", "name a VCF or BCF file with --input"}};
  report_ref();
  report_nothing_matched();
  report_shifted();
  report_filters();
  for (const auto& [site, path] : disagreeing_) cohort_->genotypes.mark_conflict(site);
  cohort_->genotypes.finish(plan_.assume_reference);
  cohort_->covered = covered_sites();
  return std::move(*cohort_);
}

std::vector<bool> CohortReader::covered_sites() const {
  std::vector<bool> covered(index_.total(), false);
  for (std::size_t group = 0; group < seen_.size(); ++group) {
    const auto [begin, end] = watched_groups_[group];
    for (std::size_t site = begin; site < end; ++site) covered[site] = seen_[group];
  }
  return covered;
}

// A lone wrong REF is a faulty record; this many are another assembly.
bool CohortReader::is_other_assembly() const {
  const std::size_t wrong = disagreeing_.size();
  return wrong > 0 && (agreeing_.empty() || (wrong >= 3 && wrong * 10 > agreeing_.size()));
}

void CohortReader::report_ref() {
  if (disagreeing_.empty()) return;
  const auto& [site, path] = *disagreeing_.begin();
  const std::string place = to_string(index_.site(site));
  if (is_other_assembly()) {
    throw InputError{Fault::mismatch,
                     {path, place,
                      "REF is not the base of GRCh38 here and at " + std::to_string(disagreeing_.size() - 1) +
                          " further of " + std::to_string(disagreeing_.size() + agreeing_.size()) + " positions seen",
                      "the file is on another assembly; call the variants on GRCh38 or lift the file over"}};
  }
  for (const auto& [number, file] : disagreeing_) {
    cohort_->warnings.push_back(file + ": " + to_string(index_.site(number)) +
                                ": a record's REF is not the base of GRCh38, so the record was not used");
  }
}

void CohortReader::report_nothing_matched() {
  const bool any =
      std::ranges::any_of(cohort_->inputs, [](const InputSummary& input) { return input.counts.matched > 0; });
  if (any) return;
  cohort_->warnings.emplace_back(
      "no record of the input is at a position of the catalogue; check that it covers the genes and is on GRCh38");
}

void CohortReader::report_shifted() {
  for (const std::size_t site : shifted_) {
    cohort_->warnings.push_back(to_string(index_.site(site)) +
                                ": an indel nearby may be this site's but is not left-aligned, so its carriers have no "
                                "genotype here; --reference FASTA would settle it");
  }
}

void CohortReader::report_filters() {
  for (const auto& [name, records] : rejected_filters_) {
    cohort_->warnings.push_back("FILTER " + name + ": the genotypes of " + std::to_string(records) +
                                " record(s) at positions of the catalogue were not used; `filters` names what passes");
  }
  for (const std::string& name : undeclared_filters_) {
    cohort_->warnings.push_back("`filters` names " + name + ", which no input's header declares; check its spelling");
  }
}

Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan) {
  CohortReader reader{options, plan};
  while (auto shard = reader.next()) reader.add(reader.read(std::move(*shard)));
  return reader.finish();
}

}  // namespace stardose::genomics
