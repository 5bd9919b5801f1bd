// One file of a cohort, open for several readers.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// A file of the cohort that is being read, and its open handles.
class CohortFile {
 public:
  CohortFile(VariantFile&& opened, std::vector<int> columns);

  [[nodiscard]] const VariantFile& opened() const { return *opened_; }
  /// Only while no reader has a handle.
  [[nodiscard]] VariantFile& opened() { return *opened_; }
  /// The file's columns of the cohort's samples, in their order.
  [[nodiscard]] const std::vector<int>& columns() const { return columns_; }
  /// A handle for one reader: an idle one, or another. Throws InputError.
  [[nodiscard]] std::shared_ptr<VariantFile> take();
  void give_back(std::shared_ptr<VariantFile> handle);

 private:
  std::shared_ptr<VariantFile> opened_;
  std::vector<int> columns_;
  std::mutex lock_;
  std::vector<std::shared_ptr<VariantFile>> idle_;
};

}  // namespace stardose::genomics
