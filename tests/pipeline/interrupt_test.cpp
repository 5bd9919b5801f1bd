// Ctrl-C and SIGTERM, each in a process of its own.
#include "pipeline/interrupt.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <initializer_list>
#include <thread>

using stardose::pipeline::Interrupt;

namespace {

/// Runs `act` in a child and returns its wait status. What `act` returns is the exit code.
int status_of(const std::function<int()>& act) {
  const pid_t child = fork();
  if (child == 0) _exit(act());
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return status;
}

bool comes_true(const std::function<bool()>& condition) {
  for (int k = 0; k < 1000 && !condition(); ++k) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  return condition();
}

}  // namespace

TEST_CASE("once results are being written, the first signal asks for a stop and does not end the program") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const int status = status_of([signal] {
      Interrupt interrupt;
      interrupt.finish_what_is_begun();
      if (interrupt.token().stop_requested() || interrupt.signal() != 0) return 1;
      kill(getpid(), signal);
      if (!comes_true([&] { return interrupt.token().stop_requested(); })) return 2;
      return interrupt.signal() == signal ? 42 : 3;
    });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 42);
  }
}

TEST_CASE("before results are written, a signal ends the program as it would have without us") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const int status = status_of([signal] {
      const Interrupt interrupt;
      kill(getpid(), signal);
      std::this_thread::sleep_for(std::chrono::seconds{10});
      return 0;
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == signal);
  }
}

TEST_CASE("a second signal ends the program at once, and as what it is") {
  const int status = status_of([] {
    Interrupt interrupt;
    interrupt.finish_what_is_begun();
    kill(getpid(), SIGINT);
    if (!comes_true([&] { return interrupt.token().stop_requested(); })) return 2;
    kill(getpid(), SIGTERM);
    std::this_thread::sleep_for(std::chrono::seconds{10});
    return 0;
  });
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

TEST_CASE("dying is dying of the signal that came") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const int status = status_of([signal]() -> int {
      Interrupt interrupt;
      interrupt.finish_what_is_begun();
      kill(getpid(), signal);
      if (!comes_true([&] { return interrupt.token().stop_requested(); })) return 2;
      interrupt.die();
    });
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == signal);
  }
}

TEST_CASE("an interrupt that no one sends goes away quietly") {
  const int status = status_of([] {
    { const Interrupt interrupt; }
    return 7;
  });
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
}
