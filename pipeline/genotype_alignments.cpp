// Opening, reading in parallel, writing.
#include "pipeline/genotype_alignments.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "genomics/evidence/genotype_file.h"
#include "genomics/evidence/sample_genotypes.h"
#include "genomics/input_error.h"
#include "genomics/io/wanted_sites.h"
#include "genomics/reads/alignment_file.h"
#include "pipeline/gene_panel.h"
#include "pipeline/open_inputs.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/sinks/collector.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

namespace {

using genomics::Assembly;
using genomics::Fault;
using genomics::InputError;
using genomics::SampleGenotypes;

/// What cannot be opened is refused as in a run, and then what can be but is no alignment.
std::optional<OpenedInputs> open_alignments(SortedInputs& inputs, const Limits& limits, const std::stop_token& stop) {
  auto opened = open_inputs(inputs, limits, stop);
  if (!opened || inputs.variants.files.empty()) return opened;
  throw InputError{Fault::usage,
                   {inputs.variants.files.front(), "", "is no alignment: genotypes are made of reads",
                    "give BAM or CRAM files; `stardose run` reads genotypes from VCF and BCF"}};
}

/// Stage: an alignment to its sample's genotypes.
struct GenotypeReads {
  static constexpr std::string_view name = "genotype reads";

  const genomics::AlignmentInputOptions& options;
  const genomics::ReadGenotyper& genotyper;
  std::vector<AlignmentHead>& heads;

  std::unique_ptr<SampleGenotypes> operator()(Batch number) const {
    const auto file = heads[number.begin].take(options);
    return std::make_unique<SampleGenotypes>(genotyper.genotypes(file->read(genotyper.plan())));
  }
};

void add_new(std::vector<std::string>& texts, const std::string& text) {
  if (!text.empty() && std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
}

/// What the catalogue knows of each site, by number.
class Notes {
 public:
  Notes(const GenePanel& panel, Assembly assembly) : panel_{panel}, with_names_{assembly == Assembly::grch38} {
    genes_.resize(panel.sites.size());
    for (const PanelGene& entry : panel.genes) {
      for (std::size_t k = 0; k < entry.site_count; ++k) genes_[entry.first_site + k] = {entry.gene, k};
    }
  }

  [[nodiscard]] genomics::SiteNotes of(const genomics::SiteQuestion& question) const {
    genomics::SiteNotes notes;
    notes.names.resize(question.listed - 1);
    for (const auto& target : question.targets) {
      const auto& [gene, number] = genes_[target.site];
      add_new(notes.ids, panel_.sites.site(target.site).rsid);
      if (gene == nullptr) continue;
      add_new(notes.genes, gene->symbol);
      if (!with_names_ || number >= gene->hgvs.size()) continue;
      for (std::size_t k = 0; k < notes.names.size(); ++k) {
        const std::size_t alternative = target.codes[k + 1];
        const bool has_name = alternative >= 1 && alternative <= gene->hgvs[number].size();
        if (has_name && notes.names[k].empty()) notes.names[k] = gene->hgvs[number][alternative - 1];
      }
    }
    return notes;
  }

 private:
  const GenePanel& panel_;
  bool with_names_;                                                   // names are those of GRCh38
  std::vector<std::pair<const pharmaco::Gene*, std::size_t>> genes_;  // of each site, and its number there
};

void write(const GenotypeJob& job, const genomics::GenotypeFileHeader& header, const Notes& notes,
           const genomics::ReadGenotyper& genotyper, const std::vector<std::unique_ptr<SampleGenotypes>>& samples,
           GenotypeSummary& summary) {
  genomics::GenotypeFile file{job.output, header};
  const auto& questions = genotyper.questions();
  std::vector<const SampleGenotypes*> columns;
  for (const auto& sample : samples) columns.push_back(sample.get());
  std::vector<std::pair<int, std::size_t>> order;  // by the file's order of contigs
  for (std::size_t k = 0; k < questions.size(); ++k) {
    const auto contig = file.contig(questions[k].asked.contig);
    if (contig) order.emplace_back(*contig, k);
  }
  std::ranges::sort(order);
  for (const auto& [contig, number] : order) {
    const genomics::SiteQuestion& question = questions[number];
    file.put(question.asked, record_of(question, number, columns), notes.of(question));
  }
  file.close();
  summary.records = order.size();
  summary.left_out = questions.size() - order.size();
}

}  // namespace

GenotypeSummary genotype_alignments(const GenotypeJob& job, const std::stop_token& stop) {
  const GenePanel panel = choose_genes(job.knowledge, job.calling);
  SortedInputs inputs = sort_inputs(job.input);
  auto opened = open_alignments(inputs, job.limits, stop);
  GenotypeSummary summary;
  summary.stopped = !opened;
  if (summary.stopped) return summary;
  std::vector<AlignmentHead>& heads = opened->alignments;
  const Assembly assembly = opened->assembly.known().value();
  const genomics::AssemblySites on = genomics::sites_on(assembly, panel.sites);
  const genomics::ReadGenotyper genotyper{
      *on.sites, paralogous_sites(panel, job.calling), {.thresholds = inputs.variants.thresholds}};
  BatchSource numbers{heads.size(), 1};
  Collector<std::unique_ptr<SampleGenotypes>> collected;
  ProgressLine progress{"alignments read", heads.size()};
  const GenotypeReads read{inputs.alignments, genotyper, heads};
  summary.stopped = run(numbers, read, collected, job.limits, stop, progress).stopped;
  if (summary.stopped) return summary;
  summary.samples = heads.size();
  const genomics::GenotypeFileHeader header{
      .contigs = genomics::contigs_of_alignments(heads.front().path),
      .samples = opened->samples,
      .assembly = std::string{to_string(assembly)},
      .source = "stardose " + job.program_version,
      .catalogue = job.knowledge.release.name + " of " + job.knowledge.release.date,
      .thresholds = inputs.variants.thresholds};
  write(job, header, Notes{panel, assembly}, genotyper, collected.take(), summary);
  return summary;
}

}  // namespace stardose::pipeline
