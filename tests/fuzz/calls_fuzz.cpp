// Any records against the catalogue: read as a run reads them, and every gene that they touch is called.
#include "genomics/io/cohort_reader.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/gene_panel.h"
#include "pipeline/stages/call_gene.h"
#include "tests/builders/dosing.h"
#include "tests/fuzz/catalogue_header.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

namespace {

void call_all(const std::string& path, const pharmaco::CallingOptions& options) {
  static const pipeline::GenePanel panel = pipeline::choose_genes(test::catalogue(), {});
  genomics::ReadingPlan plan{panel.sites, options.assume_reference, {}};
  for (const pipeline::PanelGene& entry : panel.genes) {
    plan.groups.emplace_back(entry.first_site, entry.first_site + entry.site_count);
  }
  const genomics::VariantInputOptions input{.files = {path}, .assembly = "GRCh38"};
  const genomics::Cohort cohort = read_cohort(input, plan);
  static const pharmaco::OutsideCalls none;
  static const pipeline::AlignmentResults no_alignments;
  const pipeline::CallGene call_gene{panel, options, cohort, no_alignments, none, true};
  for (std::size_t number = 0; number < panel.genes.size(); ++number) {
    const pipeline::PanelGene& entry = panel.genes[number];
    bool is_touched = options.assume_reference && number % 16 == 0;
    for (std::size_t k = 0; k < entry.site_count; ++k) is_touched = is_touched || cohort.covered[entry.first_site + k];
    if (!is_touched) continue;
    const pipeline::GeneOutcomes outcomes = call_gene({number, number + 1});
    fuzz::check(outcomes.of_sample.size() == cohort.samples.size());
    for (const std::size_t of : outcomes.of_sample) fuzz::check(of < outcomes.distinct.size());
  }
}

}  // namespace

/// The first byte says how genes are called, the rest are the lines after the header of two samples.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hts_set_log_level(HTS_LOG_OFF);
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  const std::string path = scratch.write("a.vcf", fuzz::catalogue_header() + fuzz::text_of(data + 1, size - 1));
  const pharmaco::CallingOptions options{.assume_reference = (data[0] & 1U) != 0};
  fuzz::tolerate_mistakes([&] { call_all(path, options); });
  return 0;
}
