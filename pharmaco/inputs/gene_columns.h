// Columns of a table of patients that say something of genes.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/patient.h"
#include "pharmaco/inputs/patient_input.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::pharmaco {

/// `CYP2C9` (a diplotype or a phenotype), `CYP2C9_diplotype`, `CYP2C9_phenotype`, `CYP2C9_activity_score`,
/// `CYP2C9_alleles_tested` (`*2,*3,*5`), `CYP2D6_copies`, `rs9923231` (in the forward strand's letters, as in a VCF)
/// and `rs9923231_coding` (in those of the publications, which is the gene's own strand). A variant whose letters are
/// the same on both strands, such as C and G, must say which: `rs8050894_forward` or `rs8050894_coding`.
struct GeneColumn {
  enum class Kind { either, diplotype, phenotype, activity_score, alleles_tested, copies, forward, coding };
  Kind kind = Kind::either;
  const Gene* gene = nullptr;
  const genomics::Site* site = nullptr;
  std::map<std::string, std::string> letters;  ///< coding: letter of the publication -> the catalogue's
};

/// By rsid: letter of the publication -> the catalogue's.
using PublishedLetters = std::map<std::string, std::map<std::string, std::string>, std::less<>>;

/// What columns of patients may be named after, besides genes and variants.
struct PatientColumns {
  const Covariates& covariates;
  PublishedLetters letters;  ///< of the variants that may be told in letters of the publication
};

/// Adds the letters of the variants that these inputs ask for; the first that names a variant counts.
void add_letters(const std::vector<DoseInput>& inputs, PublishedLetters& letters);

/// A heading or a cell that cannot be used.
struct Refusal {
  std::string why;
  std::string help;
};

/// nullopt: the heading is of no gene. A refusal: which strand is not said, or cannot be known.
[[nodiscard]] std::optional<GeneColumn> read_gene_heading(const PatientColumns& known, const KnowledgeBase& knowledge,
                                                          std::string_view heading, std::optional<Refusal>& refusal);

/// What one patient's cells say; result() makes gene results of them.
class GeneCells {
 public:
  explicit GeneCells(const KnowledgeBase& knowledge) : knowledge_{knowledge} {}

  /// Empty and unknown cells say nothing.
  [[nodiscard]] std::optional<Refusal> add(const GeneColumn& column, std::string_view cell);
  [[nodiscard]] PatientGenetics result(std::optional<Refusal>& refusal) const;

 private:
  struct Said {
    OutsideCall call;
    std::set<std::string> tested;
    std::optional<int> copies;
  };

  [[nodiscard]] std::optional<Refusal> add_genotype(const GeneColumn& column, std::string_view cell);
  [[nodiscard]] std::optional<Refusal> add_tested(const Gene& gene, std::string_view cell);
  [[nodiscard]] std::optional<Refusal> add_phenotype(const Gene& gene, std::string_view cell);

  const KnowledgeBase& knowledge_;
  std::map<std::string, Said, std::less<>> genes_;
  std::map<std::string, KnownGenotype, std::less<>> genotypes_;
};

}  // namespace stardose::pharmaco
