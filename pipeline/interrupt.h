// Ctrl-C and SIGTERM as a std::stop_token.
#pragma once

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <stop_token>
#include <thread>

namespace stardose::pipeline {

/// While it lives, the first SIGINT or SIGTERM requests a stop, and a second one ends the program at once. Build it
/// first in main: threads started later inherit the blocked signals.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    watcher_ = std::jthread{[this](const std::stop_token& done) { watch(done); }};
  }

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  /// Returns the signal that came first; 0: none.
  [[nodiscard]] int signal() const { return signal_; }

  /// Ends the program as the signal would have, so that a shell or scheduler sees what happened.
  [[noreturn]] void die() const {
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
    std::signal(signal_, SIG_DFL);
    std::raise(signal_);
    std::_Exit(128 + signal_);
  }

 private:
  void watch(const std::stop_token& done) {
    const timespec tick{.tv_sec = 0, .tv_nsec = 50'000'000};
    while (!done.stop_requested()) {
      const int received = sigtimedwait(&signals_, nullptr, &tick);
      if (received < 0) continue;
      if (stop_.stop_requested()) std::_Exit(128 + received);
      signal_ = received;
      stop_.request_stop();
    }
  }

  sigset_t signals_{};
  std::stop_source stop_;
  std::atomic<int> signal_ = 0;
  std::jthread watcher_;  // last: joined before what it uses goes
};

}  // namespace stardose::pipeline
