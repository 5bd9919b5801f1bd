// Rows and reports of samples.
#include "pipeline/stages/render_samples.h"

#include <algorithm>
#include <tuple>

#include "genomics/input_error.h"
#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_report.h"
#include "pharmaco/report/json.h"
#include "pharmaco/report/table.h"
#include "pipeline/sinks/file_name.h"

namespace stardose::pipeline {

namespace {

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
    } else if (output == "html") {
      wanted.html = true;
    } else if (output == "pdf") {
      wanted.html = wanted.pdf = true;
    } else if (output == "json") {
      wanted.json = true;
    } else if (output == "multiqc") {
      wanted.multiqc = true;
    } else if (output != "dosages") {  // those are no sample's
      throw genomics::InputError{
          genomics::Fault::usage,
          {"", "write", "no such output: " + output,
           "choose among calls, guidance, coverage, dosing, html, pdf, json, multiqc and dosages"}};
    }
  }
  return wanted;
}

void RenderSamples::render_tables(std::size_t sample, RenderedSamples& into) const {
  const std::string sample_cell = pharmaco::cell(results_.samples[sample]);
  for (const GeneOutcomes& gene : results_.genes) {
    const GeneOutcome& outcome = gene.distinct[gene.of_sample[sample]];
    if (outcome.finding.status == pharmaco::CallStatus::no_call) ++into.no_calls;
    for (const std::string& row : outcome.match_rows) {
      into.matches += sample_cell;
      into.matches += row;
    }
    if (!wanted_.calls) continue;
    into.calls += sample_cell;
    into.calls += outcome.row;
  }
  if (!wanted_.guidance) return;
  for (const GuidelineOutcomes& guideline : results_.guidelines) {
    for (const std::string& row : guideline.distinct[guideline.of_sample[sample]].rows) {
      into.guidance += sample_cell;
      into.guidance += row;
    }
  }
}

std::vector<pharmaco::DoseReport> RenderSamples::render_doses(std::size_t sample, RenderedSamples& into) const {
  if (patients_.plan.is_empty()) return {};
  auto doses = patients_.plan.doses_of(results_.samples[sample], patients_.genes.of(sample));
  for (const pharmaco::DoseReport& dose : doses) {
    if (pharmaco::status_of(dose) == "refused") ++into.no_doses;
    if (wanted_.dosing) into.dosing += pharmaco::dose_rows(dose);
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

RenderedSamples RenderSamples::operator()(Batch samples) const {
  RenderedSamples rendered;
  for (std::size_t sample = samples.begin; sample < samples.end; ++sample) {
    render_tables(sample, rendered);
    auto doses = render_doses(sample, rendered);
    const bool wants_report = wanted_.html || wanted_.json;
    if (!wants_report && !wanted_.coverage) continue;
    auto coverage = coverage_.of(sample);
    if (coverage && wanted_.coverage) {
      const std::string sample_cell = pharmaco::cell(results_.samples[sample]);
      for (const pharmaco::GeneCoverage& gene : coverage->genes) {
        rendered.coverage += coverage_rows(gene, sample_cell);
      }
    }
    if (!wants_report) continue;
    pharmaco::SampleReport report = report_of(sample, std::move(coverage));
    report.doses = std::move(doses);
    const std::string file = file_name_of(report.sample);
    if (wanted_.html) {
      rendered.reports.push_back({file + ".html", html_report(report)});
      rendered.lines.push_back(line_of(report, file));
    }
    if (wanted_.json) rendered.reports.push_back({file + ".json", json_report(report)});
  }
  return rendered;
}

}  // namespace stardose::pipeline
