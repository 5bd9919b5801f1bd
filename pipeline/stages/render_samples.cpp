// Rows and reports of samples.
#include "pipeline/stages/render_samples.h"

#include <algorithm>
#include <tuple>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/fhir/fhir_bundle.h"
#include "pharmaco/report/html_report.h"
#include "pharmaco/report/json.h"
#include "pharmaco/report/multiqc.h"
#include "pharmaco/report/table.h"
#include "pipeline/sinks/file_name.h"

namespace stardose::pipeline {

namespace {

std::string& table(RenderedSamples& into, ResultTable which) { return into.tables[static_cast<std::size_t>(which)]; }

void add_row(RenderedSamples& into, ResultTable which, const std::string& sample_cell, const std::string& row) {
  table(into, which) += sample_cell;
  table(into, which) += row;
}

std::string sha256_of(const std::string& text) {
  genomics::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

pharmaco::CohortSample line_of(const pharmaco::SampleReport& report, const std::string& page) {
  pharmaco::CohortSample line{.sample = report.sample, .page = page};
  for (const pharmaco::DrugSummary& drug : pharmaco::summarise_drugs(report)) {
    switch (drug.bucket) {
      case pharmaco::DrugBucket::needs_action: ++line.needs_action; break;
      case pharmaco::DrugBucket::undetermined: ++line.undetermined; break;
      case pharmaco::DrugBucket::no_change: ++line.no_change; break;
    }
  }
  line.no_calls = static_cast<std::size_t>(std::ranges::count_if(report.genes, [](const auto& finding) {
    return finding.has_guidance && finding.status == pharmaco::CallStatus::no_call;
  }));
  return line;
}

}  // namespace

Wanted wanted_outputs(const OutputOptions& options) {
  Wanted wanted;
  for (const std::string& output : options.write) {
    if (output == "calls") {
      wanted.calls = true;
    } else if (output == "guidance") {
      wanted.guidance = true;
    } else if (output == "coverage") {
      wanted.coverage = true;
    } else if (output == "dosing") {
      wanted.dosing = true;
    } else if (output == "features") {
      wanted.features = true;
    } else if (output == "html") {
      wanted.html = true;
    } else if (output == "pdf") {
      wanted.html = wanted.pdf = true;
    } else if (output == "json") {
      wanted.json = true;
    } else if (output == "fhir") {
      wanted.fhir = true;
    } else if (output == "multiqc") {
      wanted.multiqc = true;
    } else if (output != "dosages") {  // those are no sample's
      throw genomics::InputError{
          genomics::Fault::usage,
          {"", "write", "no such output: " + output,
           "choose among calls, guidance, coverage, dosing, features, html, pdf, json, fhir, multiqc and dosages"}};
    }
  }
  return wanted;
}

void RenderSamples::render_tables(std::size_t sample, RenderedSamples& into) const {
  const std::string sample_cell = pharmaco::cell(results_.samples[sample]);
  for (const GeneOutcomes& gene : results_.genes) {
    const GeneOutcome& outcome = gene.distinct[gene.of_sample[sample]];
    for (const std::string& row : outcome.match_rows) add_row(into, ResultTable::matches, sample_cell, row);
    if (!wanted_.calls) continue;
    add_row(into, ResultTable::calls, sample_cell, outcome.row);
  }
  if (!wanted_.guidance) return;
  for (const GuidelineOutcomes& guideline : results_.guidelines) {
    for (const std::string& row : guideline.distinct[guideline.of_sample[sample]].rows) {
      add_row(into, ResultTable::guidance, sample_cell, row);
    }
  }
}

std::vector<pharmaco::DoseReport> RenderSamples::render_patient(std::size_t sample, RenderedSamples& into) const {
  const PatientPlan& plan = patients_.plan;
  if (plan.is_empty()) return {};
  const pharmaco::Patient patient = plan.known().of(results_.samples[sample], patients_.genes.of(sample));
  if (wanted_.features) append(into.features, plan.features_of(patient));
  auto doses = plan.doses_of(patient);
  for (const pharmaco::DoseReport& dose : doses) {
    if (pharmaco::status_of(dose) == "refused") ++into.samples.back().no_doses;
    if (wanted_.dosing) table(into, ResultTable::dosing) += pharmaco::dose_rows(dose);
  }
  return doses;
}

pharmaco::SampleReport RenderSamples::report_of(std::size_t sample,
                                                std::optional<pharmaco::CoverageReport> coverage) const {
  pharmaco::SampleReport report = blank_;
  report.sample = results_.samples[sample];
  // The user's word is about records of variant files.
  if (coverage) report.assume_reference = false;
  report.coverage = std::move(coverage);
  if (const auto* medications = patients_.medications.of(sample)) report.medications = *medications;
  for (const GeneOutcomes& gene : results_.genes) {
    report.genes.push_back(gene.distinct[gene.of_sample[sample]].finding);
  }
  for (const GuidelineOutcomes& guideline : results_.guidelines) {
    const auto& advice = guideline.distinct[guideline.of_sample[sample]].advice;
    report.advice.insert(report.advice.end(), advice.begin(), advice.end());
  }
  std::ranges::stable_sort(report.advice, [](const pharmaco::Advice& a, const pharmaco::Advice& b) {
    return std::tie(a.drug, a.level, a.source, a.population) < std::tie(b.drug, b.level, b.source, b.population);
  });
  return report;
}

void RenderSamples::render_multiqc(std::size_t sample, const std::optional<pharmaco::CoverageReport>& coverage,
                                   RenderedSamples& into) const {
  pharmaco::MultiqcSample row{results_.samples[sample], {}, coverage ? &*coverage : nullptr};
  for (const GeneOutcomes& gene : results_.genes) row.genes.push_back(&gene.distinct[gene.of_sample[sample]].finding);
  table(into, ResultTable::multiqc_general) += multiqc_row(pharmaco::MultiqcDocument::general, row);
  table(into, ResultTable::multiqc_outcomes) += multiqc_row(pharmaco::MultiqcDocument::outcomes, row);
  table(into, ResultTable::multiqc_calls) += multiqc_row(pharmaco::MultiqcDocument::calls, row);
}

void RenderSamples::render_reports(std::size_t sample, std::vector<pharmaco::DoseReport> doses,
                                   RenderedSamples& into) const {
  if (!wanted_.reports() && !wanted_.coverage && !wanted_.multiqc) return;
  auto coverage = coverage_.of(sample);
  if (wanted_.multiqc) render_multiqc(sample, coverage, into);
  if (coverage && wanted_.coverage) {
    const std::string sample_cell = pharmaco::cell(results_.samples[sample]);
    for (const pharmaco::GeneCoverage& gene : coverage->genes) {
      table(into, ResultTable::coverage) += coverage_rows(gene, sample_cell);
    }
  }
  if (!wanted_.reports()) return;
  pharmaco::SampleReport report = report_of(sample, std::move(coverage));
  report.doses = std::move(doses);
  const std::string file = file_name_of(report.sample);
  const auto add = [&](const char* ending, std::string text) {
    if (wanted_.digests) into.samples.back().reports.push_back({file + ending, sha256_of(text)});
    into.reports.push_back({file + ending, std::move(text)});
  };
  if (wanted_.html) {
    add(".html", html_report(report));
    into.samples.back().line = line_of(report, file);
  }
  if (wanted_.json) add(".json", json_report(report));
  if (wanted_.fhir) add(".fhir.json", fhir_bundle(report, knowledge_));
}

RenderedSamples RenderSamples::operator()(Batch samples) const {
  RenderedSamples rendered;
  for (std::size_t sample = samples.begin; sample < samples.end; ++sample) {
    ByTable<std::size_t> before{};
    for (std::size_t k = 0; k < result_tables; ++k) before[k] = rendered.tables[k].size();
    rendered.samples.push_back({.name = results_.samples[sample]});
    render_tables(sample, rendered);
    render_reports(sample, render_patient(sample, rendered), rendered);
    for (std::size_t k = 0; k < result_tables; ++k) {
      rendered.samples.back().bytes[k] = rendered.tables[k].size() - before[k];
    }
  }
  return rendered;
}

}  // namespace stardose::pipeline
