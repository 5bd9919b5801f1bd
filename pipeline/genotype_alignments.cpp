// Opening, reading in parallel, writing.
#include "pipeline/genotype_alignments.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "genomics/evidence/genotype_file.h"
#include "genomics/evidence/sample_genotypes.h"
#include "genomics/input_error.h"
#include "genomics/io/wanted_sites.h"
#include "genomics/reads/alignment_file.h"
#include "pipeline/gene_panel.h"
#include "pipeline/run.h"

namespace stardose::pipeline {

namespace {

using genomics::AlignmentFile;
using genomics::Assembly;
using genomics::Fault;
using genomics::InputError;
using genomics::SampleGenotypes;

Assembly assembly_of(const AlignmentFile& file, const std::string& asserted) {
  const auto known = file.assembly();
  if (known && (asserted == "auto" || asserted == to_string(*known))) return *known;
  if (known) {
    throw InputError{Fault::mismatch,
                     {file.path(), "header", "its contigs are those of " + std::string{to_string(*known)},
                      "leave --assembly out, or give files of " + asserted}};
  }
  if (asserted == "auto") {
    throw InputError{Fault::mismatch,
                     {file.path(), "header", "the lengths of its contigs are those of neither GRCh38 nor GRCh37",
                      "say with --assembly which one its positions count on"}};
  }
  return asserted == to_string(Assembly::grch37) ? Assembly::grch37 : Assembly::grch38;
}

/// What the headers say of all files together.
struct Headers {
  Assembly assembly = Assembly::grch38;
  std::vector<std::string> samples;
};

Headers check_headers(const GenotypeJob& job) {
  Headers headers;
  std::set<std::string> names;
  for (const std::string& path : job.input.files) {
    const AlignmentFile file{path, job.input};
    const Assembly assembly = assembly_of(file, job.assembly);
    if (!headers.samples.empty() && assembly != headers.assembly) {
      throw InputError{Fault::mismatch,
                       {path, "header", "it is on another assembly than " + job.input.files.front(),
                        "write a file of genotypes for each assembly"}};
    }
    headers.assembly = assembly;
    headers.samples.push_back(file.sample());
    if (names.insert(file.sample()).second) continue;
    throw InputError{Fault::mismatch,
                     {path, "sample " + genomics::printable(file.sample()), "another input has a sample of this name",
                      "merge its files with `samtools merge`, or give the samples names of their own"}};
  }
  return headers;
}

std::vector<std::size_t> paralogous_sites(const GenePanel& panel, const pharmaco::CallingOptions& calling) {
  std::vector<std::size_t> sites;
  for (const PanelGene& entry : panel.genes) {
    const auto& asked = calling.from_small_variants;
    const bool as_any = std::ranges::find(asked, entry.gene->symbol) != asked.end();
    if (!entry.gene->structure_decides || as_any) continue;
    for (std::size_t k = 0; k < entry.site_count; ++k) sites.push_back(entry.first_site + k);
  }
  return sites;
}

struct NumberSource {
  using Item = std::size_t;
  std::size_t count;
  std::size_t next_number = 0;

  std::optional<std::size_t> next() { return next_number < count ? std::optional{next_number++} : std::nullopt; }
};

struct GenotypeReads {
  static constexpr std::string_view name = "genotype reads";

  const genomics::AlignmentInputOptions& input;
  const genomics::ReadGenotyper& genotyper;

  std::unique_ptr<SampleGenotypes> operator()(std::size_t number) const {
    const AlignmentFile file{input.files[number], input};
    return std::make_unique<SampleGenotypes>(genotyper.genotypes(file.read(genotyper.plan())));
  }
};

struct CollectSamples {
  std::vector<std::unique_ptr<SampleGenotypes>> samples;

  void put(std::unique_ptr<SampleGenotypes> sample) { samples.push_back(std::move(sample)); }
  void close() {}
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
  const Headers headers = check_headers(job);
  const GenePanel panel = choose_genes(job.knowledge, job.calling);
  const genomics::ReadingPlan plan{panel.sites};
  const genomics::WantedSites wanted{headers.assembly, plan};
  const genomics::SiteIndex& sites = *wanted.assemblies().front().sites;
  const genomics::ReadGenotyper genotyper{sites, paralogous_sites(panel, job.calling), {.thresholds = job.thresholds}};
  NumberSource files{job.input.files.size()};
  CollectSamples collected;
  GenotypeSummary summary{.samples = headers.samples.size()};
  summary.stopped = run(files, GenotypeReads{job.input, genotyper}, collected, job.limits, stop).stopped;
  if (summary.stopped) return summary;
  const genomics::GenotypeFileHeader header{
      .contigs = genomics::contigs_of_alignments(job.input.files.front()),
      .samples = headers.samples,
      .assembly = std::string{to_string(headers.assembly)},
      .source = "stardose " + job.program_version,
      .catalogue = job.knowledge.release.name + " of " + job.knowledge.release.date,
      .thresholds = job.thresholds};
  write(job, header, Notes{panel, headers.assembly}, genotyper, collected.samples, summary);
  return summary;
}

}  // namespace stardose::pipeline
