// Genes of the catalogue with structures.
#include "pipeline/structure_panel.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "pharmaco/structure/genome_depth.h"

namespace stardose::pipeline {

namespace {

// Of a gene's reads. All reads of one chromosome are half of them; a twentieth moves no number of copies, and is what
// strays.
constexpr double most_elsewhere = 0.05;
// Of the gene's depth: with two copies of the paralog and thirteen of the gene, the most that are weighed, 0.15.
constexpr double least_at_paralog = 0.1;

double depth_at(const std::vector<std::size_t>& sites, const genomics::ReadEvidence& evidence) {
  double reads = 0;
  for (const std::size_t site : sites) reads += evidence.sites[site].all;
  return sites.empty() ? 0 : reads / static_cast<double>(sites.size());
}

}  // namespace

StructurePanel::StructurePanel(const GenePanel& panel, const pharmaco::KnowledgeBase& knowledge,
                               genomics::Assembly assembly, genomics::ReadPlan genotypes)
    : plan_{std::move(genotypes)} {
  for (std::size_t number = 0; number < panel.genes.size(); ++number) {
    const pharmaco::Gene& gene = *panel.genes[number].gene;
    if (!gene.structure) continue;
    genes_.push_back(number);
    const std::size_t first = plan_.sites.size();
    callers_.emplace_back(gene, assembly).plan(plan_);
    entries_.push_back(entry_of(gene, assembly, first));
  }
  if (!genes_.empty()) ask_for_scale(knowledge, assembly);
}

StructurePanel::Entry StructurePanel::entry_of(const pharmaco::Gene& gene, genomics::Assembly assembly,
                                               std::size_t first) const {
  std::set<std::int64_t> of_paralog;
  for (const pharmaco::StructureColumn& column : gene.structure->columns) {
    if (const auto& position = column.paralog.position.on(assembly)) of_paralog.insert(*position);
  }
  const bool has_place = assembly != genomics::Assembly::grch38 || gene.structure->lies_only_on.empty();
  Entry entry{&gene, has_place, {}, {}};
  for (std::size_t site = first; site < plan_.sites.size(); ++site) {
    const bool at_paralog = of_paralog.contains(plan_.sites[site].position);
    (at_paralog ? entry.at_paralog : entry.at_gene).push_back(site);
  }
  return entry;
}

void StructurePanel::ask_for_scale(const pharmaco::KnowledgeBase& knowledge, genomics::Assembly assembly) {
  for (const pharmaco::Gene& gene : knowledge.genes) {
    if (gene.structure_decides || gene.ploidy != pharmaco::Ploidy::diploid) continue;
    const std::size_t first = plan_.depth_regions.size();
    for (const genomics::Site& listed : gene.sites) {
      const genomics::Site site = genomics::placed_on(listed, assembly);
      if (site.placed) plan_.depth_regions.push_back({site.contig, site.position, site.position + 1});
    }
    const std::size_t end = plan_.depth_regions.size();
    if (end - first < pharmaco::fewest_positions_for_scale) {
      plan_.depth_regions.resize(first);
    } else {
      scale_regions_.emplace_back(first, end);
    }
  }
}

std::vector<pharmaco::StructureCall> StructurePanel::call(const genomics::ReadEvidence& evidence,
                                                          const genomics::AlignmentFile& file,
                                                          std::vector<std::string>& warnings) const {
  std::vector<pharmaco::StructureCall> calls;
  if (callers_.empty()) return calls;
  const auto genome = scale(evidence);
  for (std::size_t k = 0; k < callers_.size(); ++k) {
    if (!entries_[k].has_place) {
      calls.push_back({.reason = pharmaco::NoStructureReason::no_place});
      continue;
    }
    if (!file.has_contig(entries_[k].gene->contig)) {
      calls.push_back({.reason = pharmaco::NoStructureReason::no_such_contig});
      continue;
    }
    std::string warning = elsewhere(entries_[k], evidence, file);
    if (!warning.empty()) {
      calls.push_back({.reason = pharmaco::NoStructureReason::reads_on_alternate_contig});
      warnings.push_back(std::move(warning));
    } else if (lacks_paralog(entries_[k], evidence)) {
      calls.push_back({.reason = pharmaco::NoStructureReason::no_paralog});
    } else {
      calls.push_back(callers_[k].call(evidence, genome));
    }
  }
  return calls;
}

bool StructurePanel::lacks_paralog(const Entry& entry, const genomics::ReadEvidence& evidence) {
  if (entry.at_paralog.empty()) return false;
  const double gene = depth_at(entry.at_gene, evidence);
  return gene >= 1 && depth_at(entry.at_paralog, evidence) < least_at_paralog * gene;
}

// Empty: they are where they belong.
std::string StructurePanel::elsewhere(const Entry& entry, const genomics::ReadEvidence& evidence,
                                      const genomics::AlignmentFile& file) const {
  double there = 0;
  std::string contig;
  for (const pharmaco::AlternateContig& alternate : entry.gene->structure->alternate_contigs) {
    for (const std::string& name : alternate.names) {
      const double depth = file.primary_depth({name, alternate.gene.begin, alternate.gene.end});
      there += depth;
      if (depth > 0 && contig.empty()) contig = name;
    }
  }
  if (there <= 0) return {};
  const double here = depth_at(entry.at_gene, evidence);
  const double share = there / (here + there);
  if (share < most_elsewhere) return {};
  return fmt::format(
      "{}: {:.0f} % of the reads of {} are aligned to alternate contigs ({}), where they are not read, so {} is not "
      "called; align to GRCh38 without alternate contigs, or with them known as such (bwa's .alt file)",
      file.path(), 100 * share, entry.gene->symbol, contig, entry.gene->symbol);
}

std::optional<pharmaco::DepthScale> StructurePanel::scale(const genomics::ReadEvidence& evidence) const {
  std::vector<double> depths;
  for (const auto& [first, end] : scale_regions_) {
    double bases = 0;
    for (std::size_t region = first; region < end; ++region) {
      bases += static_cast<double>(evidence.regions[region].bases);
    }
    depths.push_back(bases / static_cast<double>(end - first));
  }
  return pharmaco::scale_by_genes(std::move(depths));
}

}  // namespace stardose::pipeline
