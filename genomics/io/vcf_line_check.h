// Every field of a VCF's line, against its header and the specification.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "genomics/io/vcf_sample_check.h"

namespace stardose::genomics {

/// Checks the lines of one file. One thread at a time.
class VcfLineCheck {
 public:
  /// All arguments must outlive it.
  VcfLineCheck(const std::string& path, const VcfDeclarations& declared, int samples);

  /// Throws InputError, naming position, field and sample, for a line with which something is wrong: characters that
  /// a column must not have, alleles that are none, numbers that are none or of which there are too many or too few
  /// for the record's alleles, genotypes that name an allele that the record lacks, a position beyond its contig.
  /// `number` counts records from 1. Requires: the line is not empty and no header line.
  void check(std::string_view line, std::uint64_t number);

 private:
  struct Field {
    FieldRule rule;
    std::uint64_t on_line = 0;   // the number of the last line that had it
    std::string_view part = {};  // and what that says, of the line at hand
    std::size_t at = 0;          // and where that has it in its INFO
  };

  void check_front(std::string_view line);
  void check_contig(std::string_view contig);
  void check_position(std::string_view text);
  void check_id(std::string_view text) const;
  void check_alleles(std::string_view ref, std::string_view alts);
  void check_distinct(std::string_view alts);
  void check_filter(std::string_view text);
  void check_info(std::string_view text);
  void check_end(std::string_view text) const;
  void check_info_field(const FieldRule& field, std::string_view value, bool has_value) const;
  [[nodiscard]] Field& info_field(std::string_view name);
  [[noreturn]] void fail(const std::string& why, const std::string& help = {}) const;

  const std::string& path_;
  const VcfDeclarations& declared_;

  // of the line at hand
  std::uint64_t number_ = 0;
  std::string_view position_text_;
  std::size_t alleles_ = 0;
  bool ends_elsewhere_ = false;
  std::vector<std::string_view> distinct_;  // alternatives that are bases
  std::optional<std::size_t> repeats_;      // of tandem repeats, by INFO/RN

  // what lines repeat
  std::string contig_;
  std::int64_t contig_length_ = 0;
  std::string filter_;
  std::unordered_set<std::string, TextHash, std::equal_to<>> filters_;  // all that were named
  std::vector<Field*> fields_before_;                                   // of INFO on the line before, in order
  std::size_t next_info_ = 0;
  TextMap<std::unique_ptr<Field>> info_;
  std::vector<Field*> fields_;             // of INFO on the line at hand, each once
  std::optional<VcfSampleCheck> samples_;  // nullopt: there are none
};

}  // namespace stardose::genomics
