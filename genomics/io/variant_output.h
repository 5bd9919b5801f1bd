// A VCF or BCF under way: it has its name only when it is whole.
#pragma once

#include <htslib/vcf.h>

#include <optional>
#include <string>
#include <string_view>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// As bcftools names them: `v` VCF, `z` VCF in blocks (BGZF), `b` BCF, `u` BCF without compression.
struct VariantFormat {
  char type = 'v';
  int level = -1;  ///< of compression, 0 to 9; -1: the usual

  [[nodiscard]] bool is_text() const { return type == 'v' || type == 'z'; }
  [[nodiscard]] bool can_have_index() const { return type == 'z' || type == 'b'; }
};

/// By the ending of the name: .vcf, .vcf.gz, .vcf.bgz or .bcf; nullopt: another.
[[nodiscard]] std::optional<VariantFormat> format_of_name(std::string_view path);

/// What to write, and where.
struct VariantOutput {
  std::string path;  ///< `-`: standard output
  VariantFormat format;
  bool with_index = false;  ///< .tbi beside a VCF.gz, .csi beside a BCF; requires: format.can_have_index(), no `-`
  int threads = 1;          ///< in all; more than one compress beside the caller's; the bytes are the same
};

/// Writes to `PATH.partial`; close() names it. Without close() nothing remains, also when a signal ends the program.
/// Every failing step throws InputError (output).
class VariantOutputFile {
 public:
  explicit VariantOutputFile(VariantOutput output);
  ~VariantOutputFile();
  VariantOutputFile(VariantOutputFile&&) = delete;
  VariantOutputFile& operator=(VariantOutputFile&&) = delete;
  VariantOutputFile(const VariantOutputFile&) = delete;
  VariantOutputFile& operator=(const VariantOutputFile&) = delete;

  void put(const bcf_hdr_t& header);
  void put(const bcf_hdr_t& header, bcf1_t& record);
  /// A line with its end. Requires: the format is text.
  void put_line(std::string_view line);
  void close();

 private:
  [[noreturn]] void fail(const std::string& what) const;
  /// Once there is no file_ that the destructor would see to.
  [[noreturn]] void fail_without_file(const std::string& what) const;
  void check(bool good, const std::string& what) const {
    if (!good) fail(what);
  }
  [[nodiscard]] bool is_stream() const { return output_.path == "-"; }
  [[nodiscard]] std::string partial_index() const { return index_ + ".partial"; }
  void make_index();
  void name_files();

  VariantOutput output_;
  std::string partial_;
  std::string index_;  // its final name; empty: none
  HtsHandle<htsFile> file_;
};

}  // namespace stardose::genomics
