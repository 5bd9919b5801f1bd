// FORMAT and the samples' columns of a VCF's line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/vcf_field_rule.h"

namespace stardose::genomics {

/// Checks the columns of one file's lines. One thread at a time.
class VcfSampleCheck {
 public:
  /// `declared` must outlive it.
  VcfSampleCheck(const VcfDeclarations& declared, std::size_t samples);

  /// Returns what is wrong with FORMAT, or with a sample's column, naming field and sample; empty: nothing. `alleles`:
  /// how many the record has, with REF.
  [[nodiscard]] std::string fault_in(std::string_view format, std::string_view columns, std::size_t alleles);

 private:
  [[nodiscard]] std::string learn_format(std::string_view text);
  [[nodiscard]] bool are_plain_samples(std::string_view columns) const;
  [[nodiscard]] ValueFault fault_in_sample(std::string_view column);
  [[nodiscard]] ValueFault fault_in_genotype(std::string_view text);
  [[nodiscard]] ValueFault count_local_alleles(std::string_view text);

  const VcfDeclarations& declared_;
  std::size_t samples_;
  AlleleCounts alleles_;  // of the line and the sample at hand
  // Lines repeat their FORMAT.
  std::string format_text_;
  std::vector<FieldRule> format_;
  std::size_t local_field_ = 0;  // where it has LAA; its end: nowhere
  std::vector<bool> local_alleles_;
  std::size_t field_at_fault_ = 0;
};

}  // namespace stardose::genomics
