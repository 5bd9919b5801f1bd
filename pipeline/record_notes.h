// What the catalogue and the calls say of single records of a variant file.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "genomics/io/variant_copy.h"
#include "genomics/sites/site_matcher.h"
#include "pipeline/cohort_results.h"
#include "pipeline/gene_panel.h"

namespace stardose::pipeline {

/// The fields that RecordNotes gives values of, in its order.
[[nodiscard]] genomics::AddedFields annotation_fields(const std::string& version);

/// Finds the sites that a record speaks about as calling does, whatever way the record is written, and says for each of
/// its alternatives which named alleles ask for it, and for each sample how the gene was called. Holds its arguments,
/// which must outlive it.
class RecordNotes {
 public:
  /// `outcomes`: of the panel's genes, in their order. `reference`: of the cohort's assembly; null: none.
  RecordNotes(const GenePanel& panel, const genomics::Cohort& cohort, const std::vector<GeneOutcomes>& outcomes,
              genomics::ReferenceBases* reference);

  /// Returns false for a record that speaks about no gene.
  bool give(const genomics::VariantRecord& record, genomics::AddedValues& values);

 private:
  struct SitePlace {
    std::size_t gene = 0;  // in the panel
    std::size_t site = 0;  // in the gene; past its sites: it defines no allele
  };
  /// Status, diplotype and phenotype.
  using Texts = std::array<std::string, 3>;

  void place_sites();
  void add_alleles(const genomics::SiteMatch& match, std::vector<std::string>& alleles,
                   std::vector<std::string>& functions) const;
  void add_samples(const std::vector<std::size_t>& genes, genomics::AddedValues& values);

  const GenePanel& panel_;
  const genomics::Cohort& cohort_;
  const std::vector<GeneOutcomes>& outcomes_;
  genomics::SiteMatcher matcher_;
  std::vector<SitePlace> places_;          // by site of the cohort, hidden ones too
  std::vector<std::vector<Texts>> texts_;  // by gene and distinct outcome
  std::deque<std::string> joined_;         // texts of several genes, for the record at hand
};

}  // namespace stardose::pipeline
