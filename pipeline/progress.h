// One line on a terminal that says how far a run is.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "pipeline/run.h"

namespace stardose::pipeline {

/// Writes at most one line a second to stderr, over itself; nothing at all when stderr is no terminal that
/// can (stderr_can_be_rewritten). Its line is wiped when it goes. One thread at a time.
class ProgressLine {
 public:
  /// `what` names the items: `samples`.
  ProgressLine(std::string what, std::size_t total);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;

  void advance(const RunSummary& so_far);

 private:
  std::string what_;
  std::size_t total_;
  bool on_terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace stardose::pipeline
