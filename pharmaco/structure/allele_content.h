// Which alleles the copies of a pair of haplotypes may have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pharmaco/structure/copy_model.h"
#include "pharmaco/structure/fragment_patterns.h"
#include "pharmaco/structure/haplotype_forms.h"
#include "pharmaco/structure/structure_naming.h"
#include "pharmaco/structure/structure_ranking.h"

namespace stardose::pharmaco {

/// A form with an allele for each part.
struct HaplotypeChoice {
  std::size_t form = 0;
  std::vector<PartContent> parts;
  double log_share = 0;
  std::vector<std::uint8_t> least;  ///< by feature: copies that have it
  std::vector<std::uint8_t> most;   ///< by feature: copies that may have it
};

/// Two haplotypes with their alleles, not yet weighed by whole fragments.
struct Configuration {
  std::size_t pair = 0;   ///< number in the list of form pairs
  std::size_t first = 0;  ///< numbers of choices
  std::size_t second = 0;
  double score = 0;  ///< quick: by counts at each site
  double prior = 0;
};

/// Enumerates by counts at the sites of the gene: exact enough to leave out what the reads exclude.
class AlleleContent {
 public:
  AlleleContent(const CopyModel& model, const FragmentPatterns& patterns, const std::vector<HaplotypeForm>& forms);

  /// Returns the configurations within reach of the best, best first.
  [[nodiscard]] std::vector<Configuration> configurations(const std::vector<FormPair>& pairs);
  [[nodiscard]] const HaplotypeChoice& choice(std::size_t number) const { return choices_[number]; }

 private:
  /// An alternative symbol of a site that some fragment shows.
  struct Feature {
    std::size_t column = 0;
    std::uint8_t symbol = 0;
    double with = 0;
    double without = 0;
    double weight = 1;
    bool of_gene = false;  ///< counted among fragments that are the gene's; false: among those of both
  };
  void find_features();
  void find_alleles();
  [[nodiscard]] bool tells_origin(std::size_t column) const;
  [[nodiscard]] bool is_seen(std::size_t column, std::uint8_t symbol) const;
  const std::vector<std::size_t>& choices_of(std::size_t form);
  void add_choices(HaplotypeChoice& choice, std::size_t part, std::vector<std::size_t>& numbers);
  void finish(HaplotypeChoice& choice) const;
  [[nodiscard]] std::vector<PartContent> contents_of(const CopyKind& kind) const;
  [[nodiscard]] double share_of(std::size_t allele) const;
  [[nodiscard]] double log_share_of(std::size_t allele, const CopyKind& kind) const;
  void add_pair(std::size_t number, const FormPair& pair, std::vector<Configuration>& found, double& best);
  [[nodiscard]] std::vector<std::vector<float>> feature_table(const FormPair& pair) const;

  const CopyModel* model_;
  const FragmentPatterns* patterns_;
  const std::vector<HaplotypeForm>* forms_;
  std::vector<double> shares_;  ///< by allele
  std::vector<Feature> features_;
  std::vector<std::size_t> alleles_;  ///< those that the reads do not exclude
  std::vector<HaplotypeChoice> choices_;
  std::vector<std::optional<std::vector<std::size_t>>> by_form_;
};

}  // namespace stardose::pharmaco
