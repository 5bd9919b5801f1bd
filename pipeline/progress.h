// One line on a terminal that says how far a job is.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
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

/// The same for a job of which all threads tell: `fitted 3 of 20 methods`.
class CountLine {
 public:
  CountLine(std::string done, std::string what, std::size_t total);
  ~CountLine();
  CountLine(const CountLine&) = delete;
  CountLine& operator=(const CountLine&) = delete;
  CountLine(CountLine&&) = delete;
  CountLine& operator=(CountLine&&) = delete;

  void add();

 private:
  std::string done_;
  std::string what_;
  std::size_t total_;
  std::atomic<std::size_t> count_ = 0;
  std::mutex turn_;
  bool on_terminal_;
  bool shown_ = false;
};

}  // namespace stardose::pipeline
