// Ctrl-C, SIGTERM and SIGUSR2 as a std::stop_token.
#pragma once

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stop_token>
#include <thread>

#include "genomics/unfinished_files.h"

namespace stardose::pipeline {

/// While it lives, SIGINT, SIGTERM and SIGUSR2 (with which a scheduler warns of the end) are its own, but for those
/// that the program was started to ignore. Before finish_what_is_begun() they end the program at once: it may be
/// waiting for input. From then on the first requests a stop; the second, or half a second, ends the program. However
/// it ends, no unfinished file stays. Build it first in main: threads started later inherit the blocked signals.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGUSR2}) {
      struct sigaction before {};
      const bool is_ignored = sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
      if (!is_ignored) sigaddset(&signals_, signal);
    }
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    watcher_ = std::jthread{[this](const std::stop_token& done) { watch(done); }};
  }

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  /// Call when results begin to be written.
  void finish_what_is_begun() { writing_ = true; }
  /// Returns the signal that came first; 0: none.
  [[nodiscard]] int signal() const { return signal_; }

  /// Ends the program as the signal would have, so that a shell or scheduler sees what happened.
  [[noreturn]] void die() const {
    genomics::remove_unfinished_for_good();
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    std::signal(signal_, SIG_DFL);
    std::raise(signal_);
    std::_Exit(128 + signal_);
  }

 private:
  void watch(const std::stop_token& done) {
    const timespec tick{.tv_sec = 0, .tv_nsec = 50'000'000};
    auto end = std::chrono::steady_clock::time_point::max();
    while (!done.stop_requested()) {
      const int received = sigtimedwait(&signals_, nullptr, &tick);
      if (received < 0 && std::chrono::steady_clock::now() >= end) die();
      if (received < 0) continue;
      const bool is_second = signal_ != 0;
      signal_ = received;
      if (is_second || !writing_) die();
      end = std::chrono::steady_clock::now() + std::chrono::milliseconds{500};
      stop_.request_stop();
    }
  }

  sigset_t signals_{};
  std::stop_source stop_;
  std::atomic<int> signal_ = 0;
  std::atomic<bool> writing_ = false;
  std::jthread watcher_;  // last: joined before what it uses goes
};

}  // namespace stardose::pipeline
