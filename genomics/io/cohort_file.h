// A file that several readers read, part by part.
#pragma once

#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "genomics/io/file_state.h"
#include "genomics/io/shard.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// A file of the cohort that is being read, and its open handles.
class CohortFile {
 public:
  /// Throws InputError as VariantFile does.
  CohortFile(const std::string& path, bool use_index, bool check_format);

  [[nodiscard]] const VariantFile& opened() const { return *opened_; }
  /// Only while no reader has a handle.
  [[nodiscard]] VariantFile& opened() { return *opened_; }

  /// Call before anything is read.
  void choose(std::vector<int> columns) { columns_ = std::move(columns); }
  /// The file's columns of the cohort's samples, in their order.
  [[nodiscard]] const std::vector<int>& columns() const { return columns_; }

  /// A handle for one reader: an idle one, or another. Throws InputError.
  [[nodiscard]] std::shared_ptr<VariantFile> take();
  void give_back(std::shared_ptr<VariantFile> handle);

  /// Throws InputError where the file is no longer as it was before it was opened.
  void refuse_change() const { state_.refuse_change(); }

 private:
  FileState state_;
  std::shared_ptr<VariantFile> opened_;
  bool check_format_;
  std::vector<int> columns_;
  std::mutex lock_;
  std::vector<std::shared_ptr<VariantFile>> idle_;
};

/// A part of a cohort's files, to be read by itself.
struct CohortShard {
  std::shared_ptr<CohortFile> file;  ///< null: it cannot be opened
  Shard shard;
  bool is_first = false;  ///< of its file: nothing comes before
  bool is_last = false;
  std::exception_ptr fault;  ///< why there is nothing to read
};

}  // namespace stardose::genomics
