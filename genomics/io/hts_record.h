// A VariantRecord on top of HTSlib's bcf1_t.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/hts_handle.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// Decodes what is asked for and nothing else. Reused from record to record.
class HtsRecord final : public VariantRecord {
 public:
  HtsRecord(const std::string& path, bcf_hdr_t* header);

  /// For filling; accept() afterwards.
  [[nodiscard]] bcf1_t* raw() { return record_.get(); }
  /// Call after the raw record was filled: checks it and unpacks its alleles.
  /// Throws InputError for what HTSlib flags as broken.
  void accept();
  /// Takes a line of a VCF, which must stay in place while the record is used; `number` is for the message.
  /// Throws InputError for a line that is not a record of the header's samples.
  void parse(std::string_view line, std::uint64_t number);
  /// Canonical contig name of the raw record.
  [[nodiscard]] std::string_view contig() const { return contig(record_->rid); }
  /// Canonical name of the header's contig `number`.
  [[nodiscard]] std::string_view contig(int number) const;
  /// `chr10:94761900`, 1-based, for messages.
  [[nodiscard]] std::string place() const;

  /// One past the last base that the record speaks about, or that an allele without bases changes.
  [[nodiscard]] std::int64_t end() const;
  [[nodiscard]] RecordAlleles alleles() const override;
  [[nodiscard]] bool is_on_rcrs(Assembly assembly) const override;
  [[nodiscard]] bool read_genotypes(std::span<const int> columns, std::vector<RecordGenotype>& into) override;
  void judge_genotypes(GenotypeJudge& judge, std::span<const int> columns,
                       std::vector<RecordGenotype>& genotypes) override;
  [[nodiscard]] bool fill_plain_row(GenotypeJudge& judge, CountedAllele allele, std::span<std::uint8_t> row) override;
  [[nodiscard]] bool read_dosages(std::span<const int> columns, std::size_t alternatives,
                                  std::vector<float>& into) override;
  [[nodiscard]] std::string_view id() const override { return record_->d.id; }
  void read_phase_sets(std::span<const int> columns, std::vector<PhaseSet>& into) override;

 private:
  /// false: the genotypes are of no plain shape, or name an allele that the record lacks.
  [[nodiscard]] bool read_plain(std::span<const int> columns, std::vector<RecordGenotype>& into) const;
  void copy_alleles();
  void check_alleles() const;
  void parse_with_htslib(std::string_view line, std::uint64_t number);
  [[noreturn]] void fail(const std::string& why, const std::string& help) const;
  void drop_unread(std::span<const int> columns, std::vector<RecordGenotype>& genotypes);
  [[nodiscard]] RecordGenotype read_one(const bcf_fmt_t& format, int column) const;

  const std::string& path_;
  bcf_hdr_t* header_;
  HtsHandle<bcf1_t> record_;
  int gt_id_;
  std::array<int, 3> set_ids_;  // of PS, PID and PSL
  int svlen_id_;
  mutable std::vector<std::string> contigs_;  // canonical names by the header's number; empty: not asked for yet
  std::string bases_;                         // the record's alleles in upper case, one after the other
  std::vector<std::string_view> alleles_;
  HtsText text_;
  std::string_view line_;       // of a VCF
  bool is_plain_line_ = false;  // its genotypes were left out when it was parsed
};

}  // namespace stardose::genomics
