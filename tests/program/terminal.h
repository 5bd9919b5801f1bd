// Running a program on a terminal of its own, as a person does.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

namespace stardose::tests {

class Terminal {
 public:
  explicit Terminal(const std::vector<std::string>& words) {
    std::vector<std::string> copies = words;
    std::vector<char*> argv;
    for (std::string& word : copies) argv.push_back(word.data());
    argv.push_back(nullptr);
    const winsize size{.ws_row = 50, .ws_col = 200, .ws_xpixel = 0, .ws_ypixel = 0};
    pid_ = forkpty(&screen_, nullptr, nullptr, &size);
    if (pid_ < 0) throw std::runtime_error{"no terminal can be had"};
    if (pid_ == 0) {
      execvp(argv[0], argv.data());
      _exit(127);
    }
  }
  ~Terminal() {
    close(screen_);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void type(const std::string& keys) const {
    if (write(screen_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
      throw std::runtime_error{"the terminal takes no keys"};
    }
  }

  /// Returns what was shown since the last call, up to `text` or the end; after 30 seconds, without it.
  std::string shown_until(const std::string& text) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    std::string shown;
    while (shown.find(text) == std::string::npos && std::chrono::steady_clock::now() < end) {
      pollfd screen{.fd = screen_, .events = POLLIN, .revents = 0};
      if (poll(&screen, 1, 100) <= 0) continue;
      char piece[4096];
      const ssize_t size = read(screen_, piece, sizeof piece);
      if (size <= 0) break;  // EIO: the program has ended
      shown.append(piece, static_cast<std::size_t>(size));
    }
    return shown;
  }

  /// Returns all that is shown until the program ends.
  std::string shown_to_end() { return shown_until(std::string(1, '\0')); }

 private:
  int screen_ = -1;
  pid_t pid_ = -1;
};

}  // namespace stardose::tests
