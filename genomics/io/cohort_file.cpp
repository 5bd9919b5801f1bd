// Handles for readers.
#include "genomics/io/cohort_file.h"

#include <utility>

namespace stardose::genomics {

CohortFile::CohortFile(VariantFile&& opened, std::vector<int> columns)
    : opened_{std::make_shared<VariantFile>(std::move(opened))}, columns_{std::move(columns)}, idle_{opened_} {}

std::shared_ptr<VariantFile> CohortFile::take() {
  {
    const std::lock_guard guard{lock_};
    if (!idle_.empty()) {
      std::shared_ptr<VariantFile> handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  return std::make_shared<VariantFile>(opened_->path(), false);
}

void CohortFile::give_back(std::shared_ptr<VariantFile> handle) {
  const std::lock_guard guard{lock_};
  idle_.push_back(std::move(handle));
}

}  // namespace stardose::genomics
