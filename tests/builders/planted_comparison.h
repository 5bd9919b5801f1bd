// Genotypes from simulated reads beside those that were planted.
#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "genomics/evidence/sample_genotypes.h"
#include "genomics/reads/alignment_file.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "tests/builders/planted_genome.h"
#include "tests/builders/planted_reads.h"

namespace stardose::test {

/// Places of one kind.
struct PlantedCounts {
  int places = 0;
  int variant = 0;  ///< of them, those with something other than reference planted
  int right = 0;
  int wrong = 0;    ///< another genotype, or none but a variant where reference was planted
  int sure = 0;     ///< of those wrong: with a GQ of 50 or more
  int lost = 0;     ///< of those wrong: reference was called where a variant was planted
  int missing = 0;  ///< no genotype, because reads fell short
  int wrong_phase = 0;
  int phased = 0;  ///< heterozygous places in phase sets

  PlantedCounts& operator+=(const PlantedCounts& other) {
    places += other.places;
    variant += other.variant;
    right += other.right;
    wrong += other.wrong;
    sure += other.sure;
    lost += other.lost;
    missing += other.missing;
    wrong_phase += other.wrong_phase;
    phased += other.phased;
    return *this;
  }
};

using PlantedTable = std::map<std::string, PlantedCounts>;  // by kind: SNV, insertion, deletion, repeat, substitution

inline std::string kind_of(const PlantedPlace& place) {
  const bool same_length = std::ranges::all_of(
      place.alleles, [&](const std::string& allele) { return allele.size() == place.alleles[0].size(); });
  if (same_length) return place.alleles[0].size() == 1 ? "SNV" : "substitution";
  if (place.alleles.size() > 2) return "repeat";
  return place.alleles[1].size() > place.alleles[0].size() ? "insertion" : "deletion";
}

/// Gives each gene two named alleles, and one place in `others` something more.
inline void plant_genotypes(PlantedGenome& genome, std::span<const pharmaco::Gene* const> genes, Dice& dice,
                            std::size_t others = 15) {
  for (const pharmaco::Gene* const gene : genes) {
    for (const std::size_t haplotype : {0U, 1U}) {
      const pharmaco::NamedAllele& allele = gene->alleles[dice.roll(gene->alleles.size())];
      for (const pharmaco::DefinedSite& defined : allele.definition) {
        const genomics::Site& site = gene->sites[defined.site];
        for (std::uint8_t code = 0; code <= site.alts.size(); ++code) {
          if ((defined.allowed >> code & 1U) == 0) continue;
          genome.plant(site.contig, site.position, site.ref, bases_of(site, code), haplotype);
          break;
        }
      }
      for (const genomics::Site& site : gene->sites) {
        if (dice.roll(others) != 0) continue;
        genome.plant(site.contig, site.position, site.ref, site.alts[dice.roll(site.alts.size())], haplotype);
      }
    }
  }
}

/// What came of one simulated person.
class PlantedComparison {
 public:
  PlantedComparison(const PlantedGenome& genome, const genomics::ReadGenotyper& genotyper,
                    const genomics::SampleGenotypes& sample)
      : genome_{genome}, genotyper_{genotyper}, sample_{sample} {
    for (const PlantedPlace& place : genome_.places()) compare(place);
  }

  [[nodiscard]] const PlantedTable& table() const { return table_; }
  /// A line for each place that is not right.
  [[nodiscard]] const std::vector<std::string>& differences() const { return differences_; }

 private:
  static bool is_missing(const genomics::SiteCall& call) {
    return !call.has_reads || call.verdict != genomics::Evidence::record;
  }
  void compare(const PlantedPlace& place) {
    const auto& questions = genotyper_.questions();
    const auto question = std::ranges::find_if(questions, [&](const genomics::SiteQuestion& one) {
      return one.asked.contig == place.contig && one.asked.position == place.position &&
             one.asked.alleles[0] == place.alleles[0];
    });
    const genomics::SiteCall& call = sample_.calls[static_cast<std::size_t>(question - questions.begin())];
    PlantedCounts& counts = table_[kind_of(place)];
    ++counts.places;
    if (place.planted[0] != 0 || place.planted[1] != 0) ++counts.variant;
    const auto bases = [&](std::uint8_t allele) {
      return allele < question->asked.alleles.size() ? question->asked.alleles[allele] : std::string{"other"};
    };
    const std::string first = place.alleles[place.planted[0]];
    const std::string second = place.alleles[place.planted[1]];
    const std::string called_first = bases(call.first);
    const std::string called_second = bases(call.second);
    const bool straight = called_first == first && called_second == second;
    const bool crossed = called_first == second && called_second == first;
    if (is_missing(call)) {
      ++counts.missing;
    } else if (straight || crossed) {
      ++counts.right;
      if (call.phased) check_phase(place, call, straight, counts);
      return;
    } else {
      ++counts.wrong;
      if (call.quality >= 50) ++counts.sure;
      const std::string& reference = place.alleles[0];
      const auto references = [&](const std::string& a, const std::string& b) {
        return (a == reference ? 1 : 0) + (b == reference ? 1 : 0);
      };
      if (references(called_first, called_second) > references(first, second)) ++counts.lost;
    }
    differences_.push_back(place.contig + ":" + std::to_string(place.position + 1) + " " + kind_of(place) +
                           " planted " + first + "/" + second + (is_missing(call) ? " missing " : " called ") +
                           called_first + "/" + called_second + " depth " + std::to_string(call.depth) + " GQ " +
                           std::to_string(call.quality));
  }

  // The first place of a set says which haplotype comes first.
  void check_phase(const PlantedPlace& place, const genomics::SiteCall& call, bool straight, PlantedCounts& counts) {
    ++counts.phased;
    const auto [at, is_first] = straight_.try_emplace({place.contig, call.phase_set}, straight);
    if (!is_first && at->second != straight) ++counts.wrong_phase;
  }

  const PlantedGenome& genome_;
  const genomics::ReadGenotyper& genotyper_;
  const genomics::SampleGenotypes& sample_;
  PlantedTable table_;
  std::vector<std::string> differences_;
  std::map<std::pair<std::string, std::int32_t>, bool> straight_;  // by phase set
};

/// Those that variants decide, and that have named alleles.
inline std::vector<const pharmaco::Gene*> genes_from_variants(const pharmaco::KnowledgeBase& knowledge) {
  std::vector<const pharmaco::Gene*> genes;
  for (const pharmaco::Gene& gene : knowledge.genes) {
    const bool by_variants = gene.calling != pharmaco::CallingMethod::outside_only && !gene.structure_decides;
    if (by_variants && !gene.sites.empty()) genes.push_back(&gene);
  }
  return genes;
}

inline std::vector<genomics::Site> sites_of(std::span<const pharmaco::Gene* const> genes) {
  std::vector<genomics::Site> sites;
  for (const pharmaco::Gene* const gene : genes) sites.insert(sites.end(), gene->sites.begin(), gene->sites.end());
  return sites;
}

/// Lines of @SQ for all contigs of GRCh38.
inline std::string grch38_contigs() {
  constexpr std::int64_t lengths[] = {248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973,
                                      145138636, 138394717, 133797422, 135086622, 133275309, 114364328, 107043718,
                                      101991189, 90338345,  83257441,  80373285,  58617616,  64444167,  46709983,
                                      50818468,  156040895, 57227415,  16569};
  std::string text;
  for (std::size_t k = 0; k < 25; ++k) {
    const std::string name = k < 22 ? std::to_string(k + 1) : std::string{"XYM"[k - 22]};
    text += "@SQ\tSN:chr" + name + "\tLN:" + std::to_string(lengths[k]) + "\n";
  }
  return text;
}

}  // namespace stardose::test
