// Which assembly a cohort's files are on: one for all, or the run ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "genomics/basics/assembly.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// Hears what is found out file by file.
class AssemblyChoice {
 public:
  /// `asserted`: what the user says all files are on.
  explicit AssemblyChoice(std::optional<Assembly> asserted) : known_{asserted}, is_asserted_{asserted.has_value()} {}

  /// Hears the file's header, if it says anything.
  /// Throws InputError (mismatch) when it contradicts the user or a file before.
  void hear_header(const VariantFile& file);
  /// Hears what the header of an alignment says. Throws as hear_header(), and when it says nothing and the user has not
  /// said it either: reads have no REF that could tell.
  void hear_alignment(const std::string& path, std::optional<Assembly> header);
  /// Hears what the file's REF alleles are. Throws as hear_header().
  void hear_bases(const std::string& path, Assembly assembly);

  [[nodiscard]] std::optional<Assembly> known() const { return known_; }
  /// Who said so without looking at bases: the user, or a header; empty: nobody.
  [[nodiscard]] std::string_view told_by() const;

 private:
  void hear(const std::string& path, Assembly assembly, const std::string& place, const std::string& evidence);

  std::optional<Assembly> known_;
  bool is_asserted_;
  bool headers_told_ = false;
  std::string from_;  // the file that settled it
};

}  // namespace stardose::genomics
