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
#include "pipeline/failed_alignment.h"
#include "pipeline/gene_panel.h"
#include "pipeline/open_inputs.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/open_alignment.h"

namespace stardose::pipeline {

namespace {

using genomics::Assembly;
using genomics::Fault;
using genomics::InputError;
using genomics::SampleGenotypes;

/// What no run could open is refused as there, and then what is no alignment.
std::optional<OpenedInputs> open_alignments(SortedInputs& inputs, const Limits& limits, const std::stop_token& stop) {
  auto opened = open_inputs(inputs, limits, stop);
  if (!opened || inputs.variants.files.empty()) return opened;
  throw InputError{Fault::usage,
                   {inputs.variants.files.front(), "", "is no alignment: genotypes are made of reads",
                    "give BAM or CRAM files; `stardose run` reads genotypes from VCF and BCF"}};
}

/// A sample's genotypes, or why its file cannot be read.
struct GenotypeColumn {
  const AlignmentHead& head;
  SampleGenotypes genotypes;
  std::optional<InputError> failure;
};

/// Stage: an alignment to its sample's column.
struct GenotypeReads {
  static constexpr std::string_view name = "genotype reads";

  const genomics::AlignmentInputOptions& options;
  const genomics::ReadGenotyper& genotyper;
  std::vector<AlignmentHead>& heads;

  std::unique_ptr<GenotypeColumn> operator()(Batch number) const {
    AlignmentHead& head = heads[number.begin];  // no other thread has it
    auto column = std::make_unique<GenotypeColumn>(GenotypeColumn{head, {}, {}});
    column->failure = failure_of_one(
        [&] { column->genotypes = genotyper.genotypes(head.take(options)->read(genotyper.plan())); }, options);
    return column;
  }
};

/// Sink: the columns of files that were read, in input order.
struct JoinColumns {
  GenotypeSummary& summary;
  std::vector<std::unique_ptr<GenotypeColumn>> read;

  void put(std::unique_ptr<GenotypeColumn> column) {
    const AlignmentHead& head = column->head;
    if (column->failure) {
      summary.failed.push_back({head.path, head.sample, *std::move(column->failure)});
      return;
    }
    summary.warnings.insert(summary.warnings.end(), head.warnings.begin(), head.warnings.end());
    read.push_back(std::move(column));
  }
  void close() {}

  [[nodiscard]] std::vector<std::string> samples() const {
    std::vector<std::string> names;
    for (const auto& column : read) names.push_back(column->head.sample);
    return names;
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
           const genomics::ReadGenotyper& genotyper, const std::vector<std::unique_ptr<GenotypeColumn>>& samples,
           GenotypeSummary& summary) {
  genomics::GenotypeFile file{job.output, header};
  const auto& questions = genotyper.questions();
  std::vector<const SampleGenotypes*> columns;
  for (const auto& sample : samples) columns.push_back(&sample->genotypes);
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
  summary.failed = std::move(opened->failed);
  std::vector<AlignmentHead>& heads = opened->alignments;
  const Assembly assembly = opened->assembly.known().value();
  const genomics::AssemblySites on = genomics::sites_on(assembly, panel.sites);
  const genomics::ReadGenotyper genotyper{
      *on.sites, paralogous_sites(panel, job.calling), {.thresholds = inputs.variants.thresholds}};
  BatchSource numbers{heads.size(), 1};
  JoinColumns columns{summary, {}};
  ProgressLine progress{"alignments read", heads.size()};
  const GenotypeReads read{inputs.alignments, genotyper, heads};
  summary.stopped = run(numbers, read, columns, job.limits, stop, progress).stopped;
  if (summary.stopped) return summary;
  if (columns.read.empty()) throw summary.failed.front().error;
  summary.samples = columns.read.size();
  const genomics::GenotypeFileHeader header{
      .contigs = genomics::contigs_of_alignments(columns.read.front()->head.path),
      .samples = columns.samples(),
      .assembly = std::string{to_string(assembly)},
      .source = "stardose " + job.program_version,
      .catalogue = job.knowledge.release.name + " of " + job.knowledge.release.date,
      .thresholds = inputs.variants.thresholds};
  write(job, header, Notes{panel, assembly}, genotyper, columns.read, summary);
  return summary;
}

}  // namespace stardose::pipeline
