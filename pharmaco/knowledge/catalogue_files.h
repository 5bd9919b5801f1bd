// The catalogue's tables as texts, from the program itself or from a folder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

/// A file that is read when it is asked for, since most runs never do.
class LargeFile {
 public:
  LargeFile() = default;
  /// Of the program itself; `text` lives as long as the program.
  static LargeFile embedded(std::string name, std::string_view text);
  static LargeFile on_disk(std::string path);

  /// What messages call it.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Throws InputError (catalogue): it cannot be read.
  [[nodiscard]] std::string text() const;

 private:
  std::string name_;
  std::string_view embedded_;
  bool is_on_disk_ = false;
};

/// Path relative to the catalogue's folder -> content, for every .tsv and .yaml outside convert/.
struct CatalogueFiles {
  std::string origin;  ///< `embedded`, or the folder as the user named it; heads messages
  std::map<std::string, std::string> texts;
  std::map<std::string, LargeFile> models;  ///< every .json

  /// SHA-256 over all paths and contents, in hexadecimal: two catalogues with one digest are the same. Models count by
  /// the SHA-256 that the texts which name them say.
  [[nodiscard]] std::string digest() const;
};

[[nodiscard]] CatalogueFiles embedded_files();

/// Throws InputError (catalogue): no such folder, unreadable, no release.yaml. Untrusted: see catalogue_signature.h.
[[nodiscard]] CatalogueFiles folder_files(const std::string& folder);

/// Collects what is wrong with a catalogue, so that a person sees all of it at once.
class CatalogueFaults {
 public:
  explicit CatalogueFaults(std::string origin) : origin_{std::move(origin)} {}

  /// `line` 0: the whole file.
  void add(const std::string& file, std::size_t line, const std::string& why);
  [[nodiscard]] bool none() const { return lines_.empty(); }
  /// One line a fault: `genes/TPMT/alleles.tsv:12: why`.
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  /// Throws InputError (catalogue) naming up to 20 faults, unless there are none.
  void raise() const;

 private:
  std::string origin_;
  std::vector<std::string> lines_;
};

}  // namespace stardose::pharmaco
