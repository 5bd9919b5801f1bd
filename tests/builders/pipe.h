// A named pipe that someone writes bytes into, as `cat FILE |` would.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace stardose::test {

class Pipe {
 public:
  Pipe(std::string path, std::string bytes) : path_{std::move(path)}, old_{std::signal(SIGPIPE, SIG_IGN)} {
    if (mkfifo(path_.c_str(), 0600) != 0) throw std::runtime_error{"no pipe"};
    writer_ = std::jthread{[path = path_, bytes = std::move(bytes)] {
      const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
      std::size_t at = 0;
      while (file >= 0 && at < bytes.size()) {
        const ssize_t written = ::write(file, bytes.data() + at, bytes.size() - at);
        if (written <= 0) break;  // the reader has gone
        at += static_cast<std::size_t>(written);
      }
      if (file >= 0) close(file);
    }};
  }
  ~Pipe() {
    // Lets a writer go whose reader never came.
    const int file = open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    writer_.join();
    if (file >= 0) close(file);
    unlink(path_.c_str());
    std::signal(SIGPIPE, old_);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  Pipe(Pipe&&) = delete;
  Pipe& operator=(Pipe&&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
  void (*old_)(int);
  std::jthread writer_;
};

}  // namespace stardose::test
