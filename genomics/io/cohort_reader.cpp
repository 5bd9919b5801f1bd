// Dealing out files, and joining what their shards say.
#include "genomics/io/cohort_reader.h"

#include <algorithm>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/assembly_doubt.h"
#include "genomics/io/reference.h"

namespace stardose::genomics {

CohortReader::CohortReader(const VariantInputOptions& options, const ReadingPlan& plan)
    : options_{options}, plan_{plan}, choice_{asserted_assembly(options)} {
  if (!options.reference.empty()) reference_assembly_ = Reference{options.reference}.assembly();
  const std::vector<std::string> usual = GenotypeThresholds{}.filters;
  for (const std::string& name : options.thresholds.filters) {
    const bool is_usual = name == GenotypeThresholds::any_filter || std::ranges::find(usual, name) != usual.end();
    if (!is_usual) undeclared_filters_.push_back(name);
  }
}

std::optional<CohortShard> CohortReader::next() {
  if (queue_.empty() && next_file_ < options_.files.size()) {
    std::shared_ptr<CohortFile> file;
    try {
      file = std::make_shared<CohortFile>(options_.files[next_file_++], options_.use_index, options_.check_format);
      queue_shards(file);
    } catch (const InputError&) {
      next_file_ = options_.files.size();
      queue_ = {{.file = file, .is_first = true, .fault = std::current_exception()}};
    }
  }
  if (queue_.empty()) return std::nullopt;
  CohortShard shard = std::move(queue_.front());
  queue_.pop_front();
  return shard;
}

void CohortReader::queue_shards(const std::shared_ptr<CohortFile>& file) {
  VariantFile& opened = file->opened();
  file->choose(columns_of(opened.path(), select_samples(options_, opened.path(), opened.samples())));
  // before a reader has a handle: HTSlib declares what it meets in records
  std::erase_if(undeclared_filters_, [&](const std::string& name) { return opened.declares_filter(name); });
  if (!wanted_) {
    const auto asserted = asserted_assembly(options_);
    const auto told = asserted ? asserted : opened.assembly();
    // What is told is held against what REF says, and a stream is read but once.
    wanted_.emplace(can_be_read_again(opened.path()) ? told : std::nullopt, plan_);
  }
  for (Shard& shard : opened.plan(wanted_->near(), plan_.cutting, plan_.records()))
    queue_.push_back({file, std::move(shard)});
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

ShardFindings CohortReader::read(CohortShard shard) const {
  ShardFindings findings;
  findings.shard = std::move(shard);
  if (!findings.shard.fault) read_shard(plan_, *wanted_, options_, {}, findings);
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
  if (readings_.empty()) {
    check_reference();
    for (const AssemblySites& on : wanted_->assemblies()) readings_.emplace_back(on, samples_.size());
    seen_.resize(wanted_->regions().size(), false);
  }
  for (AssemblyReading& reading : readings_) reading.begin(file.opened());
  inputs_.push_back({file.opened().path(), {.used_index = file.opened().uses_index()}});
  const std::vector<std::string>& warnings = file.opened().warnings();
  warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  order_ = {};
}

void CohortReader::add(ShardFindings findings) {
  const CohortShard& shard = findings.shard;
  if (shard.is_first && shard.file) choice_.hear_header(shard.file->opened());
  if (shard.fault) std::rethrow_exception(shard.fault);
  if (shard.is_first) {
    begin_file(*shard.file);
  } else if (!follows(findings)) {
    // A guess was wrong, or something is wrong with the file: read with the knowledge of what came before, it will
    // become clear which.
    ShardFindings again;
    again.shard = std::move(findings.shard);
    std::vector<Span>& spans = again.shard.shard.spans;
    if (!spans.empty() && spans.front().is_cut) spans.front().begin = offset_;
    read_shard(plan_, *wanted_, options_, order_, again);
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
  for (std::size_t k = 0; k < readings_.size(); ++k) readings_[k].join(findings.assemblies[k]);
  for (const auto& [name, records] : findings.rejected_filters) rejected_filters_[name] += records;
  without_genotypes_ += findings.without_genotypes;
  commented_out_ += passage.commented_out;
  for (std::size_t k = 0; k < seen_.size(); ++k) seen_[k] = seen_[k] || findings.watched[k].seen;
}

void CohortReader::end_file(CohortFile& file) {
  file.refuse_change();
  inputs_.back().counts.records = order_.records;
  if (const std::uint64_t records = std::exchange(without_genotypes_, 0); records > 0) {
    warnings_.push_back(file.opened().path() + ": " + std::to_string(records) +
                        " record(s) at positions of the catalogue have no GT, so nothing is known there");
  }
  if (const std::uint64_t lines = std::exchange(commented_out_, 0); lines > 0) {
    warnings_.push_back(file.opened().path() + ": " + std::to_string(lines) +
                        " line(s) among the records begin with # and are not read");
  }
  for (std::size_t k = 0; k < seen_.size() && file.opened().uses_index(); ++k) {
    seen_[k] = seen_[k] || file.opened().has_record(wanted_->regions()[k]);
  }
  judge_bases(file.opened());
  doubt_told(file);
}

// A header may have been taken from elsewhere, and a user may be wrong: where next to nothing fits what is told, REF is
// asked what it does fit.
void CohortReader::doubt_told(const CohortFile& file) {
  const auto told = choice_.known();
  const RefVotes& fitting = readings_[chosen()].file_votes();
  if (!told || plan_.sites.size() == 0 || fitting.agreeing.size() >= sites_to_believe) return;
  const Assembly other = *told == Assembly::grch38 ? Assembly::grch37 : Assembly::grch38;
  const std::string& path = file.opened().path();
  if (readings_.size() < 2 && !can_be_read_again(path)) return;
  const RefVotes others =
      readings_.size() > 1 ? readings_[1 - chosen()].file_votes() : votes_on(other, file, plan_, options_);
  if (verdict_on(fitting, others) != Verdict::second) return;
  const std::string here{to_string(other)};
  const std::string why = "REF is the base of " + here + " at " + std::to_string(others.agreeing.size()) +
                          " position(s) of the catalogue there, and of " + std::string{to_string(*told)} + " at " +
                          std::to_string(fitting.agreeing.size()) + ", though " + std::string{told_by()} + " says " +
                          std::string{to_string(*told)};
  if (others.agreeing.size() < sites_to_disbelieve) {
    warnings_.push_back(path + ": " + why + ": check the assembly");
    return;
  }
  throw InputError{
      Fault::mismatch,
      {path, "", why,
       "the file is on " + here + "; records that were lifted over need the header of their new assembly"}};
}

std::string_view CohortReader::told_by() const {
  const std::string_view known = choice_.told_by();
  return known.empty() ? "the first input" : known;
}

void CohortReader::judge_bases(const VariantFile& file) {
  if (file.assembly()) return;
  if (readings_.size() < 2 || asserted_assembly(options_)) {
    readings_[chosen()].check_file_bases(choice_.told_by());
    return;
  }
  const Verdict verdict = verdict_on(readings_.front().file_votes(), readings_.back().file_votes());
  if (verdict == Verdict::both) {
    throw InputError{Fault::mismatch,
                     {file.path(), "", "its header does not tell the assembly, and REF alleles fit GRCh38 and GRCh37",
                      "say which with --assembly"}};
  }
  if (verdict == Verdict::first) choice_.hear_bases(file.path(), readings_.front().assembly());
  if (verdict == Verdict::second) choice_.hear_bases(file.path(), readings_.back().assembly());
}

void CohortReader::check_reference() const {
  const auto known = choice_.known();
  if (!known || !reference_assembly_ || reference_assembly_ == known) return;
  throw InputError{Fault::mismatch,
                   {options_.reference, "",
                    "this FASTA is " + std::string{to_string(*reference_assembly_)} + ", and the input is on " +
                        std::string{to_string(*known)},
                    "give the FASTA of the input's assembly"}};
}

// While nothing has told, files are taken for GRCh38.
std::size_t CohortReader::chosen() const {
  return readings_.size() > 1 && choice_.known() == readings_.back().assembly() ? 1 : 0;
}

Cohort CohortReader::finish() {
  if (readings_.empty()) {
    throw InputError{Fault::usage, {"", "", "no input given", "name a VCF or BCF file with --input"}};
  }
  check_reference();
  AssemblyReading& reading = readings_[chosen()];
  reading.check_bases(choice_.told_by());
  for (std::size_t k = 0; k < inputs_.size(); ++k) inputs_[k].counts.matched = reading.matched()[k];
  const std::vector<std::string> unused = reading.warnings();
  warnings_.insert(warnings_.end(), unused.begin(), unused.end());
  report_nothing_matched();
  report_filters();
  const std::vector<std::string> unaligned = reading.unaligned_warnings();
  warnings_.insert(warnings_.end(), unaligned.begin(), unaligned.end());
  std::vector<std::size_t> unaligned_sites(reading.unaligned().begin(), reading.unaligned().end());
  std::vector<bool> covered = covered_sites();
  ReadSites read = reading.finish(plan_.assume_reference);
  return {std::move(samples_), reading.assembly(),   std::move(read.sites), std::move(read.genotypes),
          std::move(inputs_),  std::move(warnings_), std::move(covered),    std::move(unaligned_sites)};
}

std::vector<bool> CohortReader::covered_sites() const {
  std::vector<bool> covered(plan_.sites.total(), false);
  for (std::size_t group = 0; group < plan_.groups.size(); ++group) {
    const auto [begin, end] = plan_.groups[group];
    for (std::size_t site = begin; site < end; ++site) covered[site] = seen_[chosen() * plan_.groups.size() + group];
  }
  return covered;
}

void CohortReader::report_nothing_matched() {
  if (plan_.sites.size() == 0) return;  // nobody asked
  const bool any = std::ranges::any_of(inputs_, [](const InputSummary& input) { return input.counts.matched > 0; });
  if (any) return;
  warnings_.push_back(
      "no record of the input is at a position of the catalogue; check that it covers the genes and is on " +
      std::string{choice_.known() ? to_string(*choice_.known()) : "GRCh38 or GRCh37"});
}

void CohortReader::report_filters() {
  for (const auto& [name, records] : rejected_filters_) {
    warnings_.push_back("FILTER " + name + ": the genotypes of " + std::to_string(records) +
                        " record(s) at positions of the catalogue were not used; `filters` names what passes");
  }
  for (const std::string& name : undeclared_filters_) {
    warnings_.push_back("`filters` names " + name + ", which no input's header declares; check its spelling");
  }
}

Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan) {
  CohortReader reader{options, plan};
  while (auto shard = reader.next()) reader.add(reader.read(std::move(*shard)));
  return reader.finish();
}

}  // namespace stardose::genomics
