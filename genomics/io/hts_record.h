// A VariantRecord on top of HTSlib's bcf1_t.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// Decodes what is asked for and nothing else. Reused from record to record.
class HtsRecord final : public VariantRecord {
 public:
  HtsRecord(const std::string& path, bcf_hdr_t* header);

  [[nodiscard]] bcf1_t* raw() { return record_.get(); }
  /// Call after the raw record was filled: checks it and unpacks its alleles.
  /// Throws InputError for what HTSlib flags as broken.
  void accept();
  /// Canonical contig name of the raw record.
  [[nodiscard]] std::string_view contig() const;
  /// `chr10:94761900`, 1-based, for messages.
  [[nodiscard]] std::string place() const;

  [[nodiscard]] RecordAlleles alleles() const override;
  [[nodiscard]] bool read_genotypes(std::span<const int> columns, std::vector<RecordGenotype>& into) override;
  void judge_genotypes(GenotypeJudge& judge, std::span<const int> columns,
                       std::vector<RecordGenotype>& genotypes) override;
  void read_phase_sets(std::span<const int> columns, std::vector<std::int32_t>& into) override;

 private:
  [[noreturn]] void fail(const std::string& why, const std::string& help) const;
  void drop_unread(std::span<const int> columns, std::vector<RecordGenotype>& genotypes);
  [[nodiscard]] RecordGenotype read_one(const bcf_fmt_t& format, int column) const;

  const std::string& path_;
  bcf_hdr_t* header_;
  HtsHandle<bcf1_t> record_;
  int gt_id_;
  int ps_id_;
  mutable std::map<int, std::string> contigs_;
  std::deque<std::string> upper_;  // upper-case alleles of the record
  std::vector<std::string_view> alleles_;
};

}  // namespace stardose::genomics
