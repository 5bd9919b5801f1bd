// Names of a truth to names of ours.
#include "pharmaco/concordance/truth_reading.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "pharmaco/calling/lowest_function.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_call.h"
#include "pharmaco/phenotype/phenotyper.h"

namespace stardose::pharmaco {

namespace {

/// A haplotype in one way that the aliases allow.
struct HaplotypeReading {
  NamedHaplotype haplotype;
  std::vector<const Alias*> aliases;
};

void merge(NamedHaplotype& into, const std::string& name, Copies copies) {
  const auto [at, is_new] = into.emplace(name, copies);
  if (!is_new) at->second.number += copies.number;
}

bool is_reference(const Gene& gene, const std::string& name) {
  return !gene.alleles.empty() && gene.alleles.front().is_reference && gene.alleles.front().reported_name() == name;
}

/// One name at a time: as it stands, or by each alias. A name that an alias reads as the reference adds nothing to a
/// haplotype that has others.
std::vector<HaplotypeReading> expand(const GeneNames& names, const NamedHaplotype& written) {
  std::vector<HaplotypeReading> readings{{}};
  for (const auto& [name, copies] : written) {
    std::vector<HaplotypeReading> longer;
    for (const HaplotypeReading& begun : readings) {
      longer.push_back(begun);
      merge(longer.back().haplotype, name, copies);
      for (const Alias& alias : names.aliases()) {
        if (alias.truth != name) continue;
        longer.push_back(begun);
        HaplotypeReading& next = longer.back();
        next.aliases.push_back(&alias);
        if (is_reference(names.gene(), alias.ours) && written.size() > 1) continue;
        for (const auto& [ours, more] : names.read_haplotype(alias.ours)) {
          merge(next.haplotype, ours, {more.number * copies.number, copies.at_least});
        }
      }
    }
    readings = std::move(longer);
  }
  for (HaplotypeReading& reading : readings) {
    if (reading.haplotype.empty()) reading.haplotype.emplace(names.gene().alleles.front().reported_name(), Copies{});
  }
  return readings;
}

void add_aliases(std::vector<const Alias*>& all, const std::vector<const Alias*>& more) {
  for (const Alias* alias : more) {
    if (std::ranges::find(all, alias) == all.end()) all.push_back(alias);
  }
}

bool is_any_known(const GeneNames& names, const NamedDiplotype& diplotype) {
  return std::ranges::any_of(diplotype.haplotypes, [&](const NamedHaplotype& haplotype) {
    return std::ranges::any_of(haplotype, [&](const auto& item) { return names.known(item.first).has_value(); });
  });
}

class ReadingMaker {
 public:
  explicit ReadingMaker(const GeneNames& names) : names_{names} {}

  void add_whole(std::string_view text) {
    for (const Alias& alias : names_.aliases()) {
      if (alias.truth == trimmed(text) && alias.ours.find('/') != std::string::npos) {
        readings_.push_back({names_.read_diplotype(alias.ours), {&alias}, false});
      }
    }
  }

  void add(const TruthCandidate& candidate) {
    NamedDiplotype written{{}, candidate.is_list};
    NamedHaplotype list;
    for (const std::string& text : candidate.haplotypes) {
      NamedHaplotype haplotype = names_.read_haplotype(text);
      for (const auto& [name, copies] : haplotype) merge(list, name, copies);
      if (!candidate.is_list) written.haplotypes.push_back(std::move(haplotype));
    }
    if (candidate.is_list) written.haplotypes = {list};
    const bool diploid = names_.gene().ploidy == Ploidy::diploid;
    const std::size_t most = names_.gene().ploidy == Ploidy::mitochondrial ? 1 : 2;
    const std::size_t count = written.haplotypes.size();
    const bool fits = candidate.is_list || (count <= most && (count == 2 || !diploid));
    if (!fits || !is_any_known(names_, written)) return;
    std::vector<TruthReading> partial{{{{}, candidate.is_list}, {}, candidate.one_assay}};
    for (const NamedHaplotype& haplotype : written.haplotypes) {
      const std::vector<HaplotypeReading> ways = expand(names_, haplotype);
      std::vector<TruthReading> longer;
      for (const TruthReading& begun : partial) {
        for (const HaplotypeReading& way : ways) {
          TruthReading next = begun;
          next.diplotype.haplotypes.push_back(way.haplotype);
          add_aliases(next.aliases, way.aliases);
          longer.push_back(std::move(next));
        }
      }
      partial = std::move(longer);
    }
    readings_.insert(readings_.end(), partial.begin(), partial.end());
  }

  std::vector<TruthReading> take() {
    std::ranges::stable_sort(readings_, {}, [](const TruthReading& one) { return one.aliases.size(); });
    return std::move(readings_);
  }

 private:
  const GeneNames& names_;
  std::vector<TruthReading> readings_;
};

/// Numbers of the alleles, repeated for copies; nullopt: one is not ours.
std::optional<std::vector<std::size_t>> alleles_of(const Gene& gene, const NamedHaplotype& haplotype) {
  std::vector<std::size_t> alleles;
  for (const auto& [name, copies] : haplotype) {
    const auto allele = gene.find_allele(name);
    if (!allele) return std::nullopt;
    alleles.insert(alleles.end(), static_cast<std::size_t>(copies.number), *allele);
  }
  return alleles;
}

std::vector<std::string> words_of(const GeneReading& reading) {
  if (!reading.statuses.empty()) return reading.statuses;
  if (reading.phenotype.empty() || reading.phenotype == PhenotypeRule::indeterminate) return {};
  return {reading.phenotype};
}

std::vector<std::string> lowest_function_phenotype(const Gene& gene, const NamedDiplotype& diplotype) {
  std::vector<std::size_t> worst;
  for (const NamedHaplotype& haplotype : diplotype.haplotypes) {
    auto alleles = alleles_of(gene, haplotype);
    if (!alleles) return {};
    const std::size_t wanted = diplotype.is_list ? 2 : 1;
    while (alleles->size() < wanted) alleles->push_back(0);  // what a list does not name is the reference
    for (std::size_t k = 0; k < wanted; ++k) {
      worst.push_back(worst_allele(gene, *alleles));
      alleles->erase(std::ranges::find(*alleles, worst.back()));
    }
  }
  if (worst.size() != 2) return {};
  return words_of(read_alleles(gene, worst[0], worst[1]));
}

}  // namespace

std::vector<TruthReading> read_truth(const GeneNames& names, std::string_view text) {
  ReadingMaker maker{names};
  maker.add_whole(text);
  const auto is_name = [&](std::string_view name) { return names.known(name).has_value(); };
  for (const TruthCandidate& candidate : read_truth(text, IsName{is_name})) maker.add(candidate);
  return maker.take();
}

std::vector<std::string> phenotypes_of(const Gene& gene, const NamedDiplotype& diplotype) {
  if (gene.calling == CallingMethod::lowest_function) return lowest_function_phenotype(gene, diplotype);
  if (diplotype.is_list) return {};
  std::string text;
  for (const NamedHaplotype& haplotype : diplotype.haplotypes) {
    std::string tandem;
    for (const auto& [name, copies] : haplotype) {
      tandem += (tandem.empty() ? "" : "+") + to_text(NamedHaplotype{{name, copies}});
    }
    text += (text.empty() ? "" : "/") + tandem;
  }
  const OutsideCall call{text, {}, std::nullopt};
  const OutsideResult outside = read_outside_calls(gene, {&call, 1});
  return outside.result.readings.empty() ? std::vector<std::string>{} : words_of(outside.result.readings.front());
}

}  // namespace stardose::pharmaco
