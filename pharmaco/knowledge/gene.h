// A gene of the catalogue: its sites, its named alleles, how it is called and put into words.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "genomics/sites/site.h"
#include "pharmaco/knowledge/activity_score.h"
#include "pharmaco/knowledge/allele_frequencies.h"
#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/knowledge/phenotype_rule.h"
#include "pharmaco/knowledge/proxy.h"

namespace stardose::pharmaco {

/// What an allele's definition asks at one site.
struct DefinedSite {
  std::size_t site = 0;       ///< number in Gene::sites
  std::uint64_t allowed = 0;  ///< bit k: the site's allele k (0 the reference) belongs to the named allele

  friend bool operator==(const DefinedSite&, const DefinedSite&) = default;
};

/// A name with its definition. Not every gene has stars: `c.1905+1G>A (*2A)` is a named allele too.
struct NamedAllele {
  std::string name;
  std::string core;                       ///< reported instead of `name`; empty: none
  std::string function;                   ///< CPIC's term; empty: the source gives none
  std::optional<ActivityScore> activity;  ///< nullopt: no value known
  bool is_reference = false;
  std::size_t rank = 0;                 ///< place among the gene's alleles in natural order
  bool is_defined = false;              ///< false: known by name only, from calls made elsewhere
  std::vector<DefinedSite> definition;  ///< sorted by site; a site in it has been decided, any other is free

  [[nodiscard]] const std::string& reported_name() const { return core.empty() ? name : core; }
};

enum class Ploidy { diploid, x_linked, mitochondrial };
enum class CallingMethod {
  named_alleles,    ///< the best-scoring pairs of named alleles
  lowest_function,  ///< allele by allele; the one that works least decides
  outside_only,     ///< never from small variants
};

/// For unphased data: where these diplotypes explain it equally, `pick` is meant.
struct UnphasedPreference {
  std::vector<std::string> among;
  std::string pick;
};

/// What one site alone says when no diplotype fits.
struct InferredFrom {
  std::string rsid;
  std::size_t site = 0;
  std::vector<std::size_t> allele_of_code;  ///< site allele -> number in Gene::alleles
};

struct Gene {
  std::string symbol;
  std::string contig;
  Ploidy ploidy = Ploidy::diploid;
  CallingMethod calling = CallingMethod::named_alleles;
  /// true: copies and hybrids decide (CYP2D6), so small variants are called only on request.
  bool structure_decides = false;
  /// true: a variant that no definition knows is read as reference, and said so; false: it makes the gene a no call.
  bool undocumented_as_reference = false;
  std::vector<std::size_t> required;  ///< sites without which there is no call
  std::vector<UnphasedPreference> preferences;
  std::optional<InferredFrom> inferred_from;
  std::vector<std::string> worst_first;  ///< functions, for CallingMethod::lowest_function without activity values
  std::vector<std::string> sources;
  std::string notes;
  bool has_guidance = false;  ///< a guideline of the catalogue asks for the gene

  std::vector<genomics::Site> sites;  ///< by position
  /// By site and alternative, `g.94761900C>T`; empty where the source does not say which alternative it names.
  std::vector<std::vector<std::string>> hgvs;
  std::vector<NamedAllele> alleles;         ///< the reference allele first
  std::vector<genomics::Site> extra_sites;  ///< belong to no allele, but guidance or dosing asks for them
  std::vector<Proxy> proxies;               ///< of an outside_only gene
  PhenotypeRule phenotype;
  AlleleFrequencies frequencies;
  /// Copies and hybrids, for calling from reads; nullptr: nothing is known of any. Shared, as genes are copied.
  std::shared_ptr<const GeneStructure> structure;

  /// Returns the allele's number by its name or core name; nullopt: no such allele.
  [[nodiscard]] std::optional<std::size_t> find_allele(std::string_view name) const;
};

}  // namespace stardose::pharmaco
