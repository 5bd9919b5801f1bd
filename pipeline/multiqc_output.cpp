// Writing them row by row: a cohort's are never in memory together.
#include "pipeline/multiqc_output.h"

#include <array>
#include <utility>
#include <vector>

#include "pharmaco/report/multiqc.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

void write_multiqc(const std::string& folder, const std::string& program_version, const CohortResults& results,
                   const SampleCoverage& coverage) {
  using enum pharmaco::MultiqcDocument;
  constexpr std::array documents = {general, outcomes, calls};
  const std::string into = folder + "/multiqc/";
  make_folder(into);
  std::vector<std::string> guided;
  for (const GeneOutcomes& gene : results.genes) {
    const pharmaco::GeneFinding& finding = gene.distinct.front().finding;
    if (finding.has_guidance) guided.push_back(finding.gene);
  }
  std::vector<OutputFile> files;
  for (const pharmaco::MultiqcDocument document : documents) {
    files.emplace_back(into + pharmaco::multiqc_file_name(document)).write(multiqc_start(document, guided));
  }
  for (std::size_t number = 0; number < results.samples.size(); ++number) {
    const auto covered = coverage.of(number);
    pharmaco::MultiqcSample sample{results.samples[number], {}, covered ? &*covered : nullptr};
    for (const GeneOutcomes& gene : results.genes) {
      sample.genes.push_back(&gene.distinct[gene.of_sample[number]].finding);
    }
    for (std::size_t k = 0; k < documents.size(); ++k) {
      files[k].write((number == 0 ? "" : ",\n") + multiqc_row(documents[k], sample));
    }
  }
  for (OutputFile& file : files) {
    file.write(pharmaco::multiqc_end);
    file.close(false);
  }
  write_file(into + std::string{pharmaco::multiqc_versions_name}, pharmaco::multiqc_versions(program_version), false);
}

}  // namespace stardose::pipeline
