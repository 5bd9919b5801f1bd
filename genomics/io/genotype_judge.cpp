// FILTER, FT, DP, GQ and AD of one record.
#include "genomics/io/genotype_judge.h"

#include <algorithm>
#include <array>
#include <optional>

#include "genomics/io/filter_name.h"
#include "genomics/io/format_field.h"

namespace stardose::genomics {

namespace {

bool is_missing(const RecordGenotype& genotype) {
  const bool second_missing = genotype.second == RecordGenotype::missing || genotype.second == RecordGenotype::no_copy;
  return genotype.first == RecordGenotype::missing && second_missing && !genotype.polyploid;
}

bool is_reference(const RecordGenotype& genotype) {
  return genotype.first == 0 && (genotype.second == 0 || genotype.second == RecordGenotype::no_copy);
}

// What our own files of genotypes say falls short as here; any other filter is its writer's.
Evidence reason_of(std::string_view filter) {
  if (filter == filter_name::low_depth) return Evidence::low_depth;
  if (filter == filter_name::low_quality) return Evidence::low_quality;
  return filter == filter_name::low_balance ? Evidence::low_balance : Evidence::failed_filter;
}

std::optional<double> number_of(const bcf_fmt_t* field, int column) {
  return field == nullptr ? std::nullopt : format_number(*field, column);
}

}  // namespace

GenotypeJudge::GenotypeJudge(const GenotypeThresholds& thresholds)
    : thresholds_{thresholds},
      filters_{thresholds.filters.begin(), thresholds.filters.end()},
      any_filter_{filters_.contains(GenotypeThresholds::any_filter)} {}

void GenotypeJudge::judge(bcf1_t& record, const bcf_hdr_t* header, std::span<const int> columns,
                          std::span<RecordGenotype> genotypes) {
  const bool passed = passes_filter(record, header);
  const Fields fields = find_fields(record, header);
  if (passed && !fields.any) return;
  const Evidence of_record = passed ? Evidence::record : why_rejected(record, header);
  for (std::size_t i = 0; i < genotypes.size(); ++i) {
    if (is_missing(genotypes[i])) continue;
    const std::string_view rejected = first_rejected(fields, columns[i]);
    if (!rejected.empty()) {
      genotypes[i].evidence = reason_of(rejected);
    } else {
      genotypes[i].evidence = passed ? verdict(fields, columns[i], genotypes[i]) : of_record;
    }
  }
}

bool GenotypeJudge::record_passes(bcf1_t& record, const bcf_hdr_t* header) {
  bcf_unpack(&record, BCF_UN_FLT);
  if (record.d.n_flt == 0 && passes(".")) return true;
  if (record.d.n_flt == 0) ++rejected_["."];
  bool all = record.d.n_flt > 0;
  for (int k = 0; k < record.d.n_flt; ++k) {
    const auto id = static_cast<std::size_t>(record.d.flt[k]);
    if (id >= known_.size()) {
      known_.resize(id + 1, false);
      passes_.resize(id + 1, false);
    }
    if (!known_[id]) {
      known_[id] = true;
      passes_[id] = passes(bcf_hdr_int2id(header, BCF_DT_ID, record.d.flt[k]));
    }
    if (passes_[id]) continue;
    all = false;
    ++rejected_[bcf_hdr_int2id(header, BCF_DT_ID, record.d.flt[k])];
  }
  return all;
}

Evidence GenotypeJudge::why_rejected(const bcf1_t& record, const bcf_hdr_t* header) const {
  for (int k = 0; k < record.d.n_flt; ++k) {
    const std::string_view name = bcf_hdr_int2id(header, BCF_DT_ID, record.d.flt[k]);
    if (!passes(name)) return reason_of(name);
  }
  return Evidence::failed_filter;
}

GenotypeJudge::Fields GenotypeJudge::find_fields(const bcf1_t& record, const bcf_hdr_t* header) const {
  Fields fields;
  const auto take = [&](bool wanted, const bcf_fmt_t*& field, const bcf_fmt_t& found) {
    if (!wanted || found.p == nullptr || found.n < 1) return;
    field = &found;
    fields.any = true;
  };
  for (int i = 0; i < static_cast<int>(record.n_fmt); ++i) {
    const bcf_fmt_t& format = record.d.fmt[i];
    const std::string_view name = bcf_hdr_int2id(header, BCF_DT_ID, format.id);
    const bool quality = thresholds_.min_genotype_quality > 0;
    take(!any_filter_ && name == "FT" && format.type == BCF_BT_CHAR, fields.filter, format);
    take(thresholds_.min_depth > 0 && name == "DP", fields.depth, format);
    take(thresholds_.min_depth > 0 && name == "MIN_DP", fields.block_depth, format);
    take(quality && name == "GQ", fields.quality, format);
    take(quality && name == "GQX", fields.variant_quality, format);
    take(quality && name == "RGQ", fields.reference_quality, format);
    const bool one_each = is_integer(format) && format.n == static_cast<int>(record.n_allele);
    const bool counts = thresholds_.min_allele_balance > 0 || thresholds_.min_depth > 0;
    take(counts && name == "AD" && one_each, fields.allele_depths, format);
  }
  return fields;
}

Evidence GenotypeJudge::verdict(const Fields& fields, int column, const RecordGenotype& genotype) const {
  if (!has_depth(fields, column, genotype)) return Evidence::low_depth;
  if (!has_quality(fields, column, genotype)) return Evidence::low_quality;
  if (fields.allele_depths != nullptr && !is_balanced(*fields.allele_depths, column, genotype)) {
    return Evidence::low_balance;
  }
  return Evidence::record;
}

// FT that is missing says nothing, whatever `.` in FILTER counts as.
std::string_view GenotypeJudge::first_rejected(const Fields& fields, int column) const {
  if (fields.filter == nullptr) return {};
  std::string_view filters = format_text(*fields.filter, column);
  if (filters.empty() || filters == "." || filters.front() == bcf_str_missing) return {};
  while (!filters.empty()) {
    const std::size_t end = std::min(filters.find_first_of(";,"), filters.size());
    if (end > 0 && !passes(filters.substr(0, end))) return filters.substr(0, end);
    filters.remove_prefix(std::min(end + 1, filters.size()));
  }
  return {};
}

// A block's DP is a median in GATK and an average elsewhere; its worst base may be the site.
bool GenotypeJudge::has_depth(const Fields& fields, int column, const RecordGenotype& genotype) const {
  std::optional<double> depth = number_of(fields.block_depth, column);
  if (!depth) depth = number_of(fields.depth, column);
  if (!depth && fields.allele_depths != nullptr) depth = format_sum(*fields.allele_depths, column);
  const bool one_copy = genotype.second == RecordGenotype::no_copy;
  return !depth || *depth >= (one_copy ? (thresholds_.min_depth + 1) / 2 : thresholds_.min_depth);
}

// Strelka's blocks have GQX alone, and GATK's non-variant sites in joint files RGQ alone.
bool GenotypeJudge::has_quality(const Fields& fields, int column, const RecordGenotype& genotype) const {
  std::optional<double> quality = number_of(fields.quality, column);
  if (!quality) quality = number_of(fields.variant_quality, column);
  if (!quality && is_reference(genotype)) quality = number_of(fields.reference_quality, column);
  return !quality || *quality >= thresholds_.min_genotype_quality;
}

// 0/0 or 1/1 of which hardly a read is seen contradicts its own record as much as such a heterozygote does.
bool GenotypeJudge::is_balanced(const bcf_fmt_t& allele_depths, int column, const RecordGenotype& genotype) const {
  const double total = format_sum(allele_depths, column).value_or(0);
  if (genotype.polyploid || total <= 0) return true;
  return std::ranges::all_of(std::array{genotype.first, genotype.second}, [&](std::int16_t allele) {
    if (allele < 0) return true;
    const FormatValue reads = format_value(allele_depths, column, allele);
    return reads.end || reads.missing || reads.value / total >= thresholds_.min_allele_balance;
  });
}

}  // namespace stardose::genomics
