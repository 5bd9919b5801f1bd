// The progress line.
#include "pipeline/progress.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "pipeline/standard_streams.h"

namespace stardose::pipeline {

namespace {
constexpr std::chrono::seconds interval{1};
}

ProgressLine::ProgressLine(std::string what, std::size_t total)
    : what_{std::move(what)},
      total_{total},
      on_terminal_{stderr_can_be_rewritten()},
      next_{std::chrono::steady_clock::now() + interval} {}

ProgressLine::~ProgressLine() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::advance(const RunSummary& so_far) {
  if (!on_terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + interval;
  shown_ = true;
  fmt::print(stderr, "\r{}: {} of {}\033[K", what_, so_far.items, total_);
  std::fflush(stderr);
}

}  // namespace stardose::pipeline
