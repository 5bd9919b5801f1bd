// Column by column, in input order.
#include "pipeline/read_alignments.h"

#include <memory>
#include <utility>

#include "genomics/evidence/sample_genotypes.h"
#include "genomics/io/wanted_sites.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/stages/read_alignment.h"
#include "pipeline/structure_panel.h"

namespace stardose::pipeline {

namespace {

/// Sink: appends columns.
struct JoinColumns {
  genomics::Cohort& cohort;
  AlignmentResults& results;

  void put(std::unique_ptr<ReadColumn> column) {
    if (column->failure) {
      results.failed.push_back({column->file.path, column->file.sample, *std::move(column->failure)});
      return;
    }
    column->file.warnings = std::move(column->warnings);
    cohort.genotypes.append(column->genotypes, column->phase_sets);
    cohort.samples.push_back(column->file.sample);
    results.samples.push_back(std::move(column->sample));
    results.files.push_back(std::move(column->file));
  }
  void close() {}
};

}  // namespace

genomics::Cohort empty_cohort(const GenePanel& panel, genomics::Assembly assembly) {
  const genomics::AssemblySites on = genomics::sites_on(assembly, panel.sites);
  return {{},
          assembly,
          on.sites,
          genomics::GenotypeTable{*on.sites, 0},
          {},
          {},
          std::vector<bool>(panel.sites.total(), false)};
}

bool read_alignments(std::vector<AlignmentHead> heads, const SortedInputs& inputs, const ReadingJob& job,
                     const std::stop_token& stop, genomics::Cohort& cohort, AlignmentResults& results) {
  genomics::GenotypingOptions options;
  options.thresholds = inputs.variants.thresholds;
  const genomics::ReadGenotyper genotyper{*cohort.sites, paralogous_sites(job.panel, job.calling), options};
  const StructurePanel structures{job.panel, job.knowledge, cohort.assembly, genotyper.plan()};
  results.first_sample = cohort.samples.size();
  results.structural = structures.genes();
  BatchSource numbers{heads.size(), 1};
  const ReadAlignment read{genotyper, structures, inputs.alignments, heads};
  JoinColumns columns{cohort, results};
  ProgressLine progress{"alignments read", heads.size()};
  return run(numbers, read, columns, job.limits, stop, progress).stopped;
}

}  // namespace stardose::pipeline
