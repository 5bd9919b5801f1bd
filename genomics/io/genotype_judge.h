// Holding a record's genotypes against the thresholds.
#pragma once

#include <htslib/vcf.h>

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/genotype_thresholds.h"
#include "genomics/sites/genotype_table.h"

namespace stardose::genomics {

/// Of one file: remembers which of its FILTER numbers pass. A record without the fields costs nothing a sample.
class GenotypeJudge {
 public:
  explicit GenotypeJudge(const GenotypeThresholds& thresholds);

  /// Says in RecordGenotype::evidence of each genotype that falls short in what it does. `genotypes` are those of
  /// `columns`; the record's FORMAT must be unpacked.
  void judge(bcf1_t& record, const bcf_hdr_t* header, std::span<const int> columns,
             std::span<RecordGenotype> genotypes);

  /// Returns whether the record's FILTER passes.
  [[nodiscard]] bool passes_filter(bcf1_t& record, const bcf_hdr_t* header) {
    return any_filter_ || record_passes(record, header);
  }

  /// FILTER values that did not pass, and how many judged records had each.
  [[nodiscard]] const std::map<std::string, std::uint64_t>& rejected() const { return rejected_; }

 private:
  /// The fields of the record at hand that a threshold needs; null: not there, or the threshold is off.
  struct Fields {
    const bcf_fmt_t* filter = nullptr;
    const bcf_fmt_t* depth = nullptr;
    const bcf_fmt_t* block_depth = nullptr;
    const bcf_fmt_t* quality = nullptr;
    const bcf_fmt_t* variant_quality = nullptr;
    const bcf_fmt_t* reference_quality = nullptr;
    const bcf_fmt_t* allele_depths = nullptr;
    bool any = false;
  };

  [[nodiscard]] bool passes(std::string_view filter) const { return filters_.contains(filter); }
  /// The first of FT's values that does not pass; empty: all do.
  [[nodiscard]] std::string_view first_rejected(const Fields& fields, int column) const;
  [[nodiscard]] bool record_passes(bcf1_t& record, const bcf_hdr_t* header);
  [[nodiscard]] Evidence why_rejected(const bcf1_t& record, const bcf_hdr_t* header) const;
  [[nodiscard]] Fields find_fields(const bcf1_t& record, const bcf_hdr_t* header) const;
  [[nodiscard]] Evidence verdict(const Fields& fields, int column, const RecordGenotype& genotype) const;
  [[nodiscard]] bool has_depth(const Fields& fields, int column, const RecordGenotype& genotype) const;
  [[nodiscard]] bool has_quality(const Fields& fields, int column, const RecordGenotype& genotype) const;
  [[nodiscard]] bool is_balanced(const bcf_fmt_t& allele_depths, int column, const RecordGenotype& genotype) const;

  const GenotypeThresholds& thresholds_;
  std::set<std::string, std::less<>> filters_;
  bool any_filter_;
  std::vector<bool> known_;   // by the header's number: looked up already
  std::vector<bool> passes_;  // by the header's number
  std::map<std::string, std::uint64_t> rejected_;
};

}  // namespace stardose::genomics
