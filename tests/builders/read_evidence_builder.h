// Makes by hand what reads would say of a diplotype at a structural gene.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "genomics/reads/read_evidence.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/structure/copy_model.h"
#include "pharmaco/structure/haplotype_forms.h"
#include "pharmaco/structure/structure_columns.h"

namespace stardose::test {

/// Fragments of 400 bases at every 20th base of each copy, all without an error, `depth` of them over each base of each
/// copy; regions by the same depth. A copy is a kind and the allele that it carries.
class ReadEvidenceBuilder {
 public:
  ReadEvidenceBuilder(const pharmaco::Gene& gene, genomics::Assembly assembly)
      : gene_{gene}, columns_{*gene.structure, gene.contig, assembly} {
    genomics::ReadPlan plan;
    columns_.plan(plan);
    evidence_.regions.resize(plan.depth_regions.size());
    evidence_.sites.resize(plan.sites.size());
    evidence_.mean_read_length = read_length;
    evidence_.has_pairs = true;
    empty_.counts.resize(gene.structure->columns.size());
    for (std::size_t column = 0; column < empty_.counts.size(); ++column) {
      empty_.counts[column].resize(gene.structure->columns[column].gene.alleles.size());
    }
  }

  ReadEvidenceBuilder& copy(const std::string& kind, const std::string& allele = "") {
    copies_.push_back({kind_number(kind), allele.empty() ? std::nullopt : gene_.find_allele(allele)});
    return *this;
  }
  /// No reads in the flanks, as of a panel.
  ReadEvidenceBuilder& without_flanks() {
    flanks_ = false;
    return *this;
  }
  /// No reads in a region of depth, as where a slice ends before it.
  ReadEvidenceBuilder& without_region(const std::string& name) {
    lost_ = name;
    return *this;
  }

  /// Long reads that leave a gene copy by its far end and run into the end of another one, or of the paralog.
  ReadEvidenceBuilder& followed(int reads, bool by_gene) {
    evidence_.mean_read_length = 12000;
    const std::size_t beyond = *pharmaco::stretch_beyond_ends(*gene_.structure);
    for (int read = 0; read < reads; ++read) {
      genomics::Fragment fragment{static_cast<std::uint32_t>(evidence_.observations.size()), 0, 60};
      for (std::uint32_t site = 0; site < columns_.sites().size(); ++site) {
        const pharmaco::AskedSite& asked = columns_.sites()[site];
        const pharmaco::StructureColumn& column = gene_.structure->columns[asked.column];
        const bool leaves =
            asked.what == pharmaco::AskedSite::What::gene && column.stretch + 1 == gene_.structure->stretches.size();
        const bool enters = asked.what == pharmaco::AskedSite::What::paralog && column.stretch == beyond;
        const std::uint8_t shown = enters && !by_gene ? column.paralog_symbol : 0;
        const auto allele = std::ranges::find(asked.symbols, shown);
        if ((!leaves && !enters) || allele == asked.symbols.end()) continue;
        const auto number = static_cast<std::uint8_t>(allele - asked.symbols.begin());
        evidence_.observations.push_back({site, number, 35, false});
        ++fragment.count;
      }
      evidence_.fragments.push_back(fragment);
    }
    return *this;
  }

  /// Long reads that show both sides of the deletion and nothing of the gene.
  ReadEvidenceBuilder& across_deletion(int reads) {
    evidence_.mean_read_length = 12000;
    for (int read = 0; read < reads; ++read) {
      genomics::Fragment fragment{static_cast<std::uint32_t>(evidence_.observations.size()), 0, 60};
      for (std::uint32_t site = 0; site < columns_.sites().size(); ++site) {
        const auto what = columns_.sites()[site].what;
        if (what != pharmaco::AskedSite::What::before_deletion && what != pharmaco::AskedSite::What::after_deletion)
          continue;
        evidence_.observations.push_back({site, 0, 35, false});
        ++fragment.count;
      }
      evidence_.fragments.push_back(fragment);
    }
    return *this;
  }

  [[nodiscard]] genomics::ReadEvidence build(int depth = 15) {
    for (std::size_t number = 0; number < copies_.size(); ++number) add_fragments(number, depth);
    add_depth(depth);
    return evidence_;
  }

 private:
  static constexpr int read_length = 150;
  static constexpr std::int64_t fragment_length = 400;
  struct Copy {
    std::size_t kind;
    std::optional<std::size_t> allele;
  };

  [[nodiscard]] std::size_t kind_number(const std::string& id) const {
    const auto& kinds = gene_.structure->kinds;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      if (kinds[kind].id == id) return kind;
    }
    throw std::runtime_error{"no kind " + id};
  }

  // The last copy of a chromosome cannot be known from a list of copies; those columns are left out.
  void add_fragments(std::size_t number, int depth) {
    const Copy& copy = copies_[number];
    const pharmaco::CopyModel model{gene_, empty_};
    const auto expected = model.expected(copy.kind, copy.allele);
    const auto& columns = gene_.structure->columns;
    if (columns.empty()) return;
    const std::int64_t first = *columns.front().gene.position.grch38;
    const std::int64_t last = *columns.back().gene.position.grch38;
    const std::int64_t step = fragment_length / depth;
    for (std::int64_t begin = first - fragment_length; begin < last; begin += step) {
      genomics::Fragment fragment{static_cast<std::uint32_t>(evidence_.observations.size()), 0, 60};
      for (std::size_t site = 0; site < columns_.sites().size(); ++site) {
        const pharmaco::AskedSite& asked = columns_.sites()[site];
        const pharmaco::StructureColumn& column = columns[asked.column];
        const std::int64_t at = *column.gene.position.grch38;
        if (asked.what != pharmaco::AskedSite::What::gene || column.one_per_haplotype) continue;
        if (at < begin || at >= begin + fragment_length) continue;
        for (std::size_t allele = 0; allele < asked.symbols.size(); ++allele) {
          if (asked.symbols[allele] != expected[asked.column].symbol) continue;
          evidence_.observations.push_back(
              {static_cast<std::uint32_t>(site), static_cast<std::uint8_t>(allele), 35, false});
          ++fragment.count;
        }
      }
      if (fragment.count > 0) evidence_.fragments.push_back(fragment);
    }
  }

  void add_depth(int depth) {
    const auto& structure = *gene_.structure;
    for (std::size_t i = 0; i < columns_.depths().size(); ++i) {
      const pharmaco::AskedDepth& asked = columns_.depths()[i];
      const pharmaco::DepthRegion& region = structure.depth[asked.region];
      double copies = 2;
      if (region.counts == pharmaco::DepthCounts::flank && !flanks_) copies = 0;
      if (region.counts != pharmaco::DepthCounts::flank) {
        copies = 0;
        for (const Copy& copy : copies_) {
          const auto source = structure.kinds[copy.kind].sources[region.stretch];
          const bool gene = source == pharmaco::StretchSource::gene;
          if (region.counts == pharmaco::DepthCounts::both) copies += 1.0 / static_cast<double>(region.places.size());
          if (region.counts == pharmaco::DepthCounts::gene) copies += gene ? 1 : 0;
          if (region.counts == pharmaco::DepthCounts::paralog) copies += gene ? 0 : 1;
        }
      }
      if (region.name == lost_) copies = 0;
      evidence_.regions[i].bases = static_cast<std::int64_t>(copies * depth * static_cast<double>(asked.length));
    }
  }

  const pharmaco::Gene& gene_;
  pharmaco::StructureColumns columns_;
  pharmaco::FragmentPatterns empty_;
  genomics::ReadEvidence evidence_;
  std::vector<Copy> copies_;
  bool flanks_ = true;
  std::string lost_;
};

}  // namespace stardose::test
