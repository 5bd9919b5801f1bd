// The ways into scores.
#include "pipeline/score_cohort.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/plink_fileset.h"
#include "genomics/io/sample_selection.h"
#include "genomics/sites/site_index.h"
#include "pharmaco/polygenic/row_scorer.h"
#include "pipeline/progress.h"
#include "pipeline/read_shards.h"
#include "pipeline/run.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/sum_rows.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using pharmaco::Scoring;

class VariantScoring {
 public:
  VariantScoring(const genomics::VariantInputOptions& input, const pharmaco::PolygenicOptions& options,
                 const Limits& limits, const std::stop_token& stop)
      : input_{input}, options_{options}, limits_{limits}, stop_{stop} {
    bound_rows(plan_, input.files, limits);
    plan_.rows = {.wants =
                      [this](const genomics::RecordAlleles& record) {
                        return std::as_const(*cohort_.scoring).matcher().wants(record);
                      },
                  .every_allele = true,
                  .dosages = options.genotype_field == "DS"};
    plan_.use_rows = [this](const genomics::MatrixRows& rows) {
      if (stop_.stop_requested()) throw Stopped{};
      scorer_->take(rows);
    };
  }

  ScoredCohort score(bool only_look) {
    genomics::CohortReader reader{input_, plan_};
    auto first = reader.next();
    if (first && first->fault) std::rethrow_exception(first->fault);
    cohort_.assembly = asserted_assembly(input_);
    if (first && !cohort_.assembly) cohort_.assembly = first->file->opened().assembly();
    cohort_.samples = reader.samples();
    cohort_.scoring = std::make_unique<Scoring>(options_, cohort_.assembly, cohort_.samples.size());
    if (only_look) return std::move(cohort_);
    scorer_.emplace(cohort_.scoring->matcher(), cohort_.scoring->sums(), cohort_.samples.size());
    cohort_.stopped = read_shards(reader, plan_, limits_, stop_, std::move(first));
    if (cohort_.stopped) return std::move(cohort_);
    scorer_->finish();
    genomics::Cohort read = reader.finish();
    cohort_.inputs = std::move(read.inputs);
    cohort_.warnings = std::move(read.warnings);
    return std::move(cohort_);
  }

 private:
  const genomics::VariantInputOptions& input_;
  const pharmaco::PolygenicOptions& options_;
  const Limits& limits_;
  const std::stop_token& stop_;
  const genomics::SiteIndex no_sites_{{}};
  genomics::ReadingPlan plan_{no_sites_};
  ScoredCohort cohort_;
  std::optional<pharmaco::RowScorer> scorer_;
};

/// Rows that are variants of scores, found in the .bim.
ScoredRows find_rows(const genomics::PlinkFileset& fileset, Scoring& scoring, std::uint64_t& rows) {
  ScoredRows found;
  std::vector<pharmaco::TargetRow> here;  // of one position
  std::vector<std::vector<pharmaco::ScoreHit>> hits;
  const auto match = [&] {
    if (hits.size() < here.size()) hits.resize(here.size());
    for (auto& of_row : hits) of_row.clear();
    scoring.matcher().match(here, {hits.data(), here.size()});
    for (std::size_t k = 0; k < here.size(); ++k) {
      if (!hits[k].empty()) found.add(rows - here.size() + k, hits[k]);
    }
    here.clear();
  };
  fileset.for_each_row([&](const genomics::BimRow& row, std::size_t number) {
    pharmaco::TargetRow target = pharmaco::target_row(row);
    const bool goes_on =
        here.empty() || (target.position == here.front().position && target.contig == here.front().contig);
    if (!goes_on) match();
    here.push_back(std::move(target));
    rows = number + 1;
  });
  match();
  return found;
}

/// Joins the sums of parts.
struct JoinSums {
  pharmaco::ScoreSums& sums;

  void put(std::unique_ptr<pharmaco::ScoreSums> part) { sums.join(*part); }
  void close() {}
};

void check_samples(const std::string& path, const std::vector<std::string>& names, ScoredCohort& cohort) {
  if (cohort.samples.empty()) cohort.samples = names;
  if (names == cohort.samples) return;
  throw InputError{Fault::mismatch,
                   {path, "", "its samples are not those of the first input, or in another order",
                    "give filesets of one cohort split by chromosome together"}};
}

ScoredCohort score_filesets(const genomics::VariantInputOptions& input, const pharmaco::PolygenicOptions& options,
                            const Limits& limits, const std::stop_token& stop, bool only_look) {
  constexpr std::size_t rows_at_once = 4096;
  if (options.genotype_field == "DS") {
    throw InputError{Fault::usage,
                     {input.files.front(), "genotype-field", "a .bed holds no dosages", "leave genotype-field at GT"}};
  }
  ScoredCohort cohort;
  cohort.assembly = asserted_assembly(input);
  for (const std::string& path : input.files) {
    const genomics::PlinkFileset fileset{path};
    const genomics::SampleSelection selection = select_samples(input, path, fileset.samples());
    check_samples(path, selection.names, cohort);
    if (!cohort.scoring) cohort.scoring = std::make_unique<Scoring>(options, cohort.assembly, cohort.samples.size());
    if (only_look) continue;
    cohort.inputs.push_back({path, {}});
    const ScoredRows rows = find_rows(fileset, *cohort.scoring, cohort.inputs.back().counts.records);
    cohort.inputs.back().counts.matched = rows.size();
    const SumRows sum_rows{fileset, selection.columns, rows, cohort.scoring->plan()};
    JoinSums joined{cohort.scoring->sums()};
    BatchSource batches{rows.size(), rows_at_once};
    ProgressLine progress{"variants, in batches", (rows.size() + rows_at_once - 1) / rows_at_once};
    cohort.stopped = run(batches, sum_rows, joined, limits, stop, progress).stopped;
    if (cohort.stopped) return cohort;
  }
  return cohort;
}

}  // namespace

ScoredCohort score_cohort(const genomics::VariantInputOptions& input, const pharmaco::PolygenicOptions& options,
                          const Limits& limits, const std::stop_token& stop, bool only_look) {
  const auto beds = std::ranges::count_if(input.files, genomics::is_plink_bed);
  if (beds != 0 && beds != static_cast<std::ptrdiff_t>(input.files.size())) {
    throw InputError{
        Fault::usage,
        {"", "input", "some inputs are PLINK filesets and some are not", "score them in runs of their own"}};
  }
  ScoredCohort cohort = beds != 0 ? score_filesets(input, options, limits, stop, only_look)
                                  : VariantScoring{input, options, limits, stop}.score(only_look);
  if (!cohort.stopped && !only_look) cohort.scoring->finish();
  if (!cohort.assembly) {
    cohort.warnings.emplace_back(
        "the input does not say what assembly it is on, so its positions are taken for those of the scores; "
        "--assembly settles it");
  }
  return cohort;
}

}  // namespace stardose::pipeline
