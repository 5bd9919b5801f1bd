// Handing out handles.
#include "genomics/io/cohort_file.h"

namespace stardose::genomics {

CohortFile::CohortFile(const std::string& path, bool use_index, bool check_format)
    : state_{path},
      opened_{std::make_shared<VariantFile>(path, use_index, check_format)},
      check_format_{check_format},
      idle_{opened_} {}

std::shared_ptr<VariantFile> CohortFile::take() {
  {
    const std::lock_guard guard{lock_};
    if (!idle_.empty()) {
      std::shared_ptr<VariantFile> handle = std::move(idle_.back());
      idle_.pop_back();
      return handle;
    }
  }
  return std::make_shared<VariantFile>(opened_->path(), false, check_format_);
}

void CohortFile::give_back(std::shared_ptr<VariantFile> handle) {
  const std::lock_guard guard{lock_};
  idle_.push_back(std::move(handle));
}

}  // namespace stardose::genomics
