// An alignment's header: enough to know whose reads these are, and on which assembly.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "genomics/reads/alignment_file.h"
#include "pipeline/failed_alignment.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// An alignment that can be read, or cannot.
struct AlignmentHead {
  std::string path;
  std::string sample;
  std::optional<genomics::Assembly> assembly;  ///< nullopt: the header does not tell
  /// Kept while there are few files, as opening reads an index of some megabytes; null: to be opened again.
  std::shared_ptr<genomics::AlignmentFile> opened;
  std::vector<std::string> warnings;
  std::optional<genomics::InputError> failure;  ///< then only the path means something

  /// Gives the file away, opened. Throws InputError.
  [[nodiscard]] std::shared_ptr<genomics::AlignmentFile> take(const genomics::AlignmentInputOptions& options) {
    return opened ? std::move(opened) : std::make_shared<genomics::AlignmentFile>(path, options);
  }
};

/// Holds its arguments, which must outlive it; safe to call from many threads.
class OpenAlignment {
 public:
  static constexpr std::string_view name = "open alignment";

  /// `keep_open`: of so many files. `probe`: read to see whether the file can be; the answer is thrown away.
  OpenAlignment(const genomics::AlignmentInputOptions& options, std::size_t keep_open, const genomics::ReadPlan& probe)
      : options_{options}, keeps_open_{options.files.size() <= keep_open}, probe_{probe} {}

  /// Takes a batch of one: the file's number. Throws InputError for what is wrong with all files together.
  AlignmentHead operator()(Batch file) const {
    const std::string& path = options_.files[file.begin];
    AlignmentHead head;
    auto failure = failure_of_one([&] { head = open(path); }, options_);
    if (failure) return {.path = path, .failure = std::move(failure)};
    return head;
  }

 private:
  [[nodiscard]] AlignmentHead open(const std::string& path) const {
    auto opened = std::make_shared<genomics::AlignmentFile>(path, options_);
    if (!probe_.sites.empty()) static_cast<void>(opened->read(probe_));
    AlignmentHead head{path, opened->sample(), opened->assembly(), nullptr, opened->warnings(), std::nullopt};
    if (keeps_open_) head.opened = std::move(opened);
    return head;
  }

  const genomics::AlignmentInputOptions& options_;
  bool keeps_open_;
  const genomics::ReadPlan& probe_;
};

}  // namespace stardose::pipeline
