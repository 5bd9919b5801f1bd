// A cohort's variant files, read into one genotype table.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "genomics/basics/assembly.h"
#include "genomics/io/variant_file.h"
#include "genomics/io/variant_input_options.h"
#include "genomics/sites/genotype_table.h"
#include "genomics/sites/site_index.h"

namespace stardose::genomics {

/// One input as it was read.
struct InputSummary {
  std::string path;
  ReadCounts counts;
};

struct Cohort {
  std::vector<std::string> samples;        ///< those chosen, in file order
  Assembly assembly = Assembly::grch38;    ///< of all inputs
  std::shared_ptr<const SiteIndex> sites;  ///< the plan's sites on that assembly
  GenotypeTable genotypes;                 ///< alleles have the numbers of the plan's sites, whatever the assembly
  std::vector<InputSummary> inputs;
  std::vector<std::string> warnings;  ///< a sentence each; nothing that stops a run
  std::vector<bool> covered;          ///< by site: see ReadingPlan::assume_reference
};

/// What is wanted from a cohort's files.
struct ReadingPlan {
  const SiteIndex& sites;  ///< on GRCh38
  /// true: a site in no record counts as reference, but only where the input has any record at all within
  /// `neighbourhood` bases of the site's group. A file that says nothing about a gene says nothing about its sites.
  bool assume_reference = false;
  /// Site numbers that belong together (a gene), as half-open ranges.
  std::vector<std::pair<std::size_t, std::size_t>> groups;

  /// A human genome differs from the reference about once in a thousand bases.
  static constexpr std::int64_t neighbourhood = 25'000;
};

/// Reads every input once. The plan's sites must outlive the result.
/// The assembly is what the headers' contig lengths say, or where they say nothing what REF says at the sites.
/// Throws InputError for what VariantFile refuses, for a chosen sample that is not there, for files whose samples or
/// assemblies differ, for a reference of another assembly, and when REF disagrees with the catalogue so often that the
/// assembly must be another.
[[nodiscard]] Cohort read_cohort(const VariantInputOptions& options, const ReadingPlan& plan);

}  // namespace stardose::genomics
