// Reading the `when` column of the recommendations.
#include <algorithm>
#include <optional>

#include "pharmaco/knowledge/guideline_loader.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

class ConditionReader {
 public:
  ConditionReader(std::span<const Gene> genes, std::size_t line, CatalogueFaults& faults)
      : genes_{genes}, line_{line}, faults_{faults} {}

  std::vector<GeneCondition> read(std::string_view text) {
    std::vector<GeneCondition> conditions;
    for (const std::string_view part : split(text, "; ")) {
      const std::size_t colon = part.find(": ");
      if (colon == std::string_view::npos) {
        fault("expected `GENE: key | key`", part);
        continue;
      }
      const std::string_view symbol = part.substr(0, colon);
      const auto gene = std::ranges::find(genes_, symbol, &Gene::symbol);
      if (gene == genes_.end()) {
        fault("no such gene", symbol);
        continue;
      }
      if (std::ranges::find(conditions, symbol, &GeneCondition::gene) != conditions.end()) {
        fault("the gene is there twice", symbol);
      }
      GeneCondition condition{gene->symbol, {}};
      for (const std::string_view key : split(part.substr(colon + 2), " | ")) {
        if (auto read = read_key(*gene, key)) condition.keys.push_back(*std::move(read));
      }
      conditions.push_back(std::move(condition));
    }
    return conditions;
  }

 private:
  using Kind = GeneKey::Kind;

  void fault(const std::string& why, std::string_view text) {
    faults_.add("guidance/recommendations.tsv", line_, "when: " + why + ": " + std::string{text});
  }

  std::optional<GeneKey> read_key(const Gene& gene, std::string_view text) {
    if (text == "indeterminate") return GeneKey{Kind::indeterminate, {}, {}, {}};
    if (text == "no result") return GeneKey{Kind::no_result, {}, {}, {}};
    if (text.starts_with("score ")) return read_score(gene, text.substr(6));
    if (text.starts_with("diplotype ")) return read_diplotype(gene, text.substr(10));
    if (is_phenotype(gene, text)) return GeneKey{Kind::phenotype, std::string{text}, {}, {}};
    fault("no such phenotype of " + gene.symbol, text);
    return std::nullopt;
  }

  static bool is_phenotype(const Gene& gene, std::string_view text) {
    if (gene.phenotype.method == PhenotypeMethod::presence) {
      const std::size_t space = text.rfind(' ');
      if (space == std::string_view::npos || !gene.find_allele(text.substr(0, space))) return false;
      return text.substr(space) == " positive" || text.substr(space) == " negative";
    }
    const auto& pairs = gene.phenotype.by_functions;
    return std::ranges::any_of(pairs, [&](const auto& pair) { return pair.second == text; }) ||
           std::ranges::find(gene.phenotype.by_score, text, &ScoreBand::phenotype) != gene.phenotype.by_score.end();
  }

  /// `0`, `0.25-1` or `>=2.5`
  std::optional<GeneKey> read_score(const Gene& gene, std::string_view text) {
    if (gene.phenotype.method != PhenotypeMethod::activity_score) {
      fault(gene.symbol + " has no activity score", text);
      return std::nullopt;
    }
    const std::size_t dash = text.find('-');
    const auto min = read_activity_score(text.substr(0, dash));
    const auto max = dash == std::string_view::npos ? min : read_activity_score(text.substr(dash + 1));
    if (!min || !max || *max < *min || (dash != std::string_view::npos && (min->at_least || max->at_least))) {
      fault("expected `score 1`, `score 0.25-1` or `score >=2.5`", text);
      return std::nullopt;
    }
    const ActivityScore lowest{min->hundredths, false};
    if (min->at_least) return GeneKey{Kind::score, {}, lowest, std::nullopt};
    return GeneKey{Kind::score, {}, lowest, *max};
  }

  std::optional<GeneKey> read_diplotype(const Gene& gene, std::string_view text) {
    const auto alleles = split(text, "/");
    const bool known = std::ranges::all_of(alleles, [&](auto name) { return gene.find_allele(name).has_value(); });
    if (alleles.size() == 2 && known) return GeneKey{Kind::diplotype, std::string{text}, {}, {}};
    fault("no such diplotype of " + gene.symbol, text);
    return std::nullopt;
  }

  std::span<const Gene> genes_;
  std::size_t line_;
  CatalogueFaults& faults_;
};

}  // namespace

std::vector<GeneCondition> read_conditions(std::string_view text, std::span<const Gene> genes, std::size_t line,
                                           CatalogueFaults& faults) {
  return ConditionReader{genes, line, faults}.read(text);
}

}  // namespace stardose::pharmaco
