// The catalogue, the doses, what is wanted.
#include "pipeline/pgx_setup.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "genomics/input_error.h"
#include "pharmaco/knowledge/catalogue_signature.h"
#include "pharmaco/knowledge/gene_place.h"
#include "pharmaco/report/fhir/resource_id.h"
#include "pipeline/open_inputs.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

/// Genes that doses and features need are called whatever `genes` says.
pharmaco::CallingOptions calling_of(const PgxJob& job, const PatientPlan& patients) {
  pharmaco::CallingOptions calling = job.calling;
  if (calling.genes.empty()) return calling;
  for (const std::string& gene : patients.genes()) {
    if (std::ranges::find(calling.genes, gene) == calling.genes.end()) calling.genes.push_back(gene);
  }
  return calling;
}

/// Positions of one gene on each contig, near enough on either assembly: reading there shows whether a CRAM's reference
/// is to be had.
genomics::ReadPlan probe_of(const pharmaco::KnowledgeBase& knowledge) {
  genomics::ReadPlan probe;
  std::set<std::string> contigs;
  for (const pharmaco::Gene& gene : knowledge.genes) {
    if (gene.sites.empty() || !contigs.insert(gene.contig).second) continue;
    for (const genomics::Site& site : gene.sites) {
      if (!is_single_base(site)) continue;
      probe.sites.push_back({site.contig, site.position, {site.ref, site.alts.front()}});
    }
  }
  return probe;
}

/// What is worked out is to be seen, and what is to be seen must be asked for.
void check_shown(const PgxJob& job, const Wanted& wanted) {
  struct Extra {
    const char* option;
    bool is_asked;
    bool is_shown;
    bool is_written;
    const char* ways;
    const char* example;
  };
  const bool pages = wanted.reports();
  const std::array<Extra, 2> extras = {
      {{"dose", !job.dosing.dose.empty(), wanted.dosing || pages, wanted.dosing, "dosing, html, json or fhir",
        "name drugs, `--dose warfarin`, or choose another output"},
       {"features", !job.features.features.empty(), wanted.features, wanted.features, "features",
        "name a file of features, `--features SET.yaml`, or choose another output"}}};
  for (const Extra& extra : extras) {
    const std::string what = extra.option == std::string_view{"dose"} ? "doses" : extra.option;
    if (extra.is_asked && !extra.is_shown) {
      throw InputError{Fault::usage,
                       {"", extra.option, what + " are asked for, and nothing that shows them is written",
                        std::string{"add "} + extra.ways + " to `write`"}};
    }
    if (!extra.is_asked && extra.is_written && job.output.write.size() == 1) {
      throw InputError{
          Fault::usage,
          {"", "write", job.output.write.front() + " is of " + what + ", and none is asked for", extra.example}};
    }
  }
}

}  // namespace

PgxSetup::PgxSetup(const PgxJob& its_job)
    : job{its_job},
      knowledge{pharmaco::open_knowledge(job.knowledge)},
      patients{{job.dosing, job.features, job.patients, job.knowledge}, knowledge},
      calling{calling_of(job, patients)},
      panel{choose_genes(knowledge, calling)} {}

void check_codes(const PgxSetup& setup, const Wanted& wanted) {
  const std::string& system = setup.job.output.fhir_system;
  if (!system.empty() && !pharmaco::is_absolute_uri(system)) {
    throw InputError{Fault::usage,
                     {"", "fhir-system", "is no absolute URI: " + genomics::printable(system),
                      "write an address or a URN of your own, https://lab.example/samples or urn:oid:1.2.3"}};
  }
  if (!wanted.fhir || !setup.knowledge.fhir.empty()) return;
  throw InputError{Fault::catalogue,
                   {setup.job.knowledge, "fhir", "the catalogue has no codes for the record",
                    "add the folder fhir/ of the catalogue, or leave fhir out of `write`"}};
}

void PgxSetup::place_on(genomics::Assembly assembly) {
  for (pharmaco::Gene& gene : knowledge.genes) pharmaco::place_on(gene, assembly);
}

pharmaco::SampleReport PgxSetup::blank_report(const std::string& assembly) const {
  pharmaco::SampleReport report;
  report.identifier_system = job.output.fhir_system;
  report.program_version = job.program_version;
  report.catalogue_release = knowledge.release.name;
  report.catalogue_date = knowledge.release.date;
  report.assembly = assembly;
  report.assume_reference = job.calling.assume_reference;
  report.thresholds = job.input.thresholds;
  for (const pharmaco::CatalogueSource& source : knowledge.release.sources) {
    report.attributions.push_back(source.attribution + " (" + source.version + "; " + source.terms + ")");
  }
  return report;
}

Provenance PgxSetup::provenance() const {
  return {.program_version = job.program_version,
          .workflow = job.workflow,
          .covariates = KnownFile{patients.known().table()},
          .features = KnownFile{job.features.features},
          .catalogue_signer = pharmaco::catalogue_signer(job.knowledge),
          .guidelines = knowledge.guidelines.size(),
          .doses_a_sample = patients.doses().doses_a_sample()};
}

SampleTables read_sample_tables(const PgxSetup& setup, const std::vector<std::string>& samples, bool is_part) {
  SampleTables tables;
  const auto hear = [&](const std::string& warning) { tables.warnings.push_back(warning); };
  tables.outside = read_outside_calls(setup.calling.outside_calls, samples, setup.knowledge, is_part);
  tables.warnings = tables.outside.warnings;
  if (!is_part) setup.patients.known().check(samples, hear);
  tables.medications = read_medications(setup.job.medications, samples, setup.knowledge.drugs, hear, is_part);
  if (is_part) tables.warnings.clear();
  return tables;
}

Wanted wanted_of(const PgxJob& job, const SortedInputs& inputs) {
  Wanted wanted = wanted_outputs(job.output);
  wanted.matches = job.calling.all_matches;
  const bool any_alignment = !inputs.alignments.files.empty();
  check_shown(job, wanted);
  wanted.dosing = wanted.dosing && !job.dosing.dose.empty();
  wanted.features = wanted.features && !job.features.features.empty();
  if (wanted.coverage && !any_alignment && job.output.write.size() == 1) {
    throw InputError{Fault::usage,
                     {"", "write", "coverage is of alignments, and no input is one",
                      "give a BAM or CRAM, or choose another output"}};
  }
  wanted.coverage = wanted.coverage && any_alignment;
  wanted.digests = inputs.shard.is_asked || job.output.resume;
  return wanted;
}

void check_inputs(const PgxSetup& setup, SortedInputs inputs, const std::stop_token& stop) {
  const PgxJob& job = setup.job;
  const bool is_part = inputs.shard.is_asked;
  const auto opened = open_inputs(inputs, job.limits, stop, probe_of(setup.knowledge));
  if (opened && !opened->failed.empty()) throw opened->failed.front().error;
  if (!opened || opened->samples.empty()) return;
  for (const AlignmentHead& head : opened->alignments) std::ranges::for_each(head.warnings, job.warn);
  std::vector<std::string> outside = job.calling.outside_calls;
  std::erase_if(outside, [](const std::string& path) {
    std::error_code error;
    return path == "-" || std::filesystem::is_fifo(path, error);
  });
  const auto warnings = read_outside_calls(outside, opened->samples, setup.knowledge, is_part).warnings;
  if (!is_part) std::ranges::for_each(warnings, job.warn);
}

}  // namespace stardose::pipeline
