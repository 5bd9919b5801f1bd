// A PLINK 1 binary fileset that is read: NAME.bed, NAME.bim and NAME.fam.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "genomics/matrix/bim_row.h"

namespace stardose::genomics {

/// Returns whether a path names a .bed.
[[nodiscard]] bool is_plink_bed(const std::string& path);

/// Throws InputError (input) for a file that is missing, cut off, not a .bed of rows of variants, or does not fit its
/// fellows. read_row() is for any number of threads.
class PlinkFileset {
 public:
  /// `path` is that of the .bed; the others stand beside it.
  explicit PlinkFileset(const std::string& path);
  ~PlinkFileset();
  PlinkFileset(const PlinkFileset&) = delete;
  PlinkFileset& operator=(const PlinkFileset&) = delete;
  PlinkFileset(PlinkFileset&&) = delete;
  PlinkFileset& operator=(PlinkFileset&&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Individuals, as the .fam's second column has them.
  [[nodiscard]] const std::vector<std::string>& samples() const { return samples_; }

  /// Calls `use` with each line of the .bim and its number, from 0 on; at the end the size of the .bed must fit.
  void for_each_row(const std::function<void(const BimRow& row, std::size_t number)>& use) const;
  /// Reads the bytes of rows from `first` on, as many as `bytes` holds. Requires: a whole number of rows that are
  /// there.
  void read_rows(std::size_t first, std::span<std::uint8_t> bytes) const;

 private:
  void open_bed();
  void read_fam();
  [[nodiscard]] std::string beside(const char* ending) const;

  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
  std::vector<std::string> samples_;
};

}  // namespace stardose::genomics
