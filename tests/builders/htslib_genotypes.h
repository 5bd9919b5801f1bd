// Genotypes as HTSlib itself decodes them: what every fast path is held against.
#pragma once

#include <htslib/vcf.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include "genomics/sites/genotype_table.h"

namespace stardose::test {

inline bool same(const genomics::RecordGenotype& a, const genomics::RecordGenotype& b) {
  if (a.polyploid || b.polyploid) return a.polyploid == b.polyploid;
  return a.first == b.first && a.second == b.second && a.phased == b.phased;
}

inline bool same(std::span<const genomics::RecordGenotype> a, std::span<const genomics::RecordGenotype> b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!same(a[i], b[i])) return false;
  }
  return true;
}

/// The genotypes of all samples by bcf_get_genotypes(); empty: the record has no GT.
/// Throws when one names an allele that the record lacks.
inline std::vector<genomics::RecordGenotype> htslib_genotypes(const bcf_hdr_t* header, bcf1_t* record) {
  const bcf_fmt_t* format = bcf_get_fmt(header, record, "GT");
  // left out by every sample: bcf_get_genotypes() would end the program
  if (format != nullptr && format->type == BCF_BT_NULL) throw std::runtime_error{"GT without values"};
  std::int32_t* values = nullptr;
  int room = 0;
  const int count = bcf_get_genotypes(header, record, &values, &room);
  const std::unique_ptr<std::int32_t, decltype(&std::free)> owner{values, &std::free};
  const int samples = bcf_hdr_nsamples(header);
  std::vector<genomics::RecordGenotype> genotypes;
  for (int sample = 0; count > 0 && sample < samples; ++sample) {
    const int width = count / samples;
    genomics::RecordGenotype& genotype = genotypes.emplace_back();
    for (int k = 0; k < width; ++k) {
      const std::int32_t value = values[sample * width + k];
      if (value == bcf_int32_vector_end) break;
      const int allele = value == bcf_int32_missing || bcf_gt_is_missing(value) ? -1 : bcf_gt_allele(value);
      if (allele < -1 || allele >= static_cast<int>(record->n_allele)) throw std::runtime_error{"no such allele"};
      if (k == 0) genotype.first = static_cast<std::int16_t>(allele);
      if (k == 1) genotype.second = static_cast<std::int16_t>(allele);
      if (k == 1) genotype.phased = value != bcf_int32_missing && bcf_gt_is_phased(value) != 0;
      if (k == 2) genotype.polyploid = true;
    }
  }
  return genotypes;
}

}  // namespace stardose::test
