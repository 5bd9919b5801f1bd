// Counting out the grammar.
#include "pharmaco/structure/haplotype_forms.h"

#include <algorithm>
#include <cmath>

namespace stardose::pharmaco {

namespace {

class FormList {
 public:
  FormList(const GeneStructure& structure, int most_copies)
      : structure_{structure}, most_copies_{most_copies}, beyond_ends_{stretch_beyond_ends(structure)} {}

  std::vector<HaplotypeForm> take() {
    for (std::size_t shape = 0; shape < structure_.shapes.size(); ++shape) {
      HaplotypeForm form;
      form.shape = shape;
      form.log_share = std::log(std::max(structure_.shapes[shape].share, 1e-12));
      add(form, 0);
    }
    return std::move(forms_);
  }

 private:
  // Each number of copies of the part at hand, with each of the parts after it.
  void add(const HaplotypeForm& form, std::size_t part) {
    const HaplotypeShape& shape = structure_.shapes[form.shape];
    if (part == shape.parts.size()) {
      forms_.push_back(form);
      count(forms_.back());
      if (forms_.back().gene_copies > most_copies_) forms_.pop_back();
      return;
    }
    for (int copies = shape.parts[part].least; copies <= shape.parts[part].most; ++copies) {
      HaplotypeForm more = form;
      more.copies.push_back(copies);
      more.log_share += (copies - shape.parts[part].least) * std::log(shape.per_copy);
      add(more, part + 1);
    }
  }

  void count(HaplotypeForm& form) const {
    form.gene.assign(structure_.stretches.size(), 0);
    form.paralog = form.either = form.gene;
    for (std::size_t part = 0; part < form.copies.size(); ++part) {
      const CopyKind& kind = structure_.kinds[structure_.shapes[form.shape].parts[part].kind];
      const auto copies = static_cast<std::uint8_t>(form.copies[part]);
      if (kind.is_gene_copy) form.gene_copies += copies;
      for (std::size_t stretch = 0; stretch < kind.sources.size(); ++stretch) {
        auto& counts = kind.sources[stretch] == StretchSource::gene      ? form.gene
                       : kind.sources[stretch] == StretchSource::paralog ? form.paralog
                                                                         : form.either;
        counts[stretch] = static_cast<std::uint8_t>(counts[stretch] + copies);
      }
    }
    if (beyond_ends_) count_inner_ends(form, *beyond_ends_);
  }

  // The chromosome's last copy is the last of the last part.
  void count_inner_ends(HaplotypeForm& form, std::size_t stretch) const {
    for (std::size_t part = 0; part < form.copies.size(); ++part) {
      const int copies = form.copies[part] - (part + 1 == form.copies.size() ? 1 : 0);
      switch (structure_.kinds[structure_.shapes[form.shape].parts[part].kind].sources[stretch]) {
        case StretchSource::gene: form.inner_ends.gene += copies; break;
        case StretchSource::paralog: form.inner_ends.paralog += copies; break;
        case StretchSource::either: form.inner_ends.either += copies; break;
      }
    }
  }

  const GeneStructure& structure_;
  int most_copies_;
  std::optional<std::size_t> beyond_ends_;
  std::vector<HaplotypeForm> forms_;
};

}  // namespace

std::optional<std::size_t> stretch_beyond_ends(const GeneStructure& structure) {
  const auto& columns = structure.columns;
  const auto last = std::ranges::find_if(columns.rbegin(), columns.rend(), &StructureColumn::one_per_haplotype);
  if (last == columns.rend() || last->stretch + 1 >= structure.stretches.size()) return std::nullopt;
  return last->stretch + 1;
}

std::vector<HaplotypeForm> haplotype_forms(const GeneStructure& structure, int most_copies) {
  return FormList{structure, most_copies}.take();
}

std::vector<double> copies_by_region(const GeneStructure& structure, const HaplotypeForm& first,
                                     const HaplotypeForm& second) {
  std::vector<double> copies;
  for (const DepthRegion& region : structure.depth) {
    const std::size_t at = region.stretch;
    const double gene = first.gene[at] + second.gene[at];
    const double paralog = first.paralog[at] + second.paralog[at];
    const double either = first.either[at] + second.either[at];
    switch (region.counts) {
      case DepthCounts::gene: copies.push_back(gene + either / 2); break;
      case DepthCounts::paralog: copies.push_back(paralog + either / 2); break;
      case DepthCounts::both: copies.push_back(gene + paralog + either); break;
      case DepthCounts::flank: copies.push_back(0); break;
    }
  }
  return copies;
}

bool is_ordinary(const GeneStructure& structure, const HaplotypeForm& form) {
  const auto is_whole = [&](const HaplotypeShape::Part& part) {
    const CopyKind& kind = structure.kinds[part.kind];
    return !kind.is_gene_copy ||
           std::ranges::all_of(kind.sources, [](StretchSource source) { return source == StretchSource::gene; });
  };
  return form.gene_copies == 1 && std::ranges::all_of(structure.shapes[form.shape].parts, is_whole);
}

}  // namespace stardose::pharmaco
