// What the operating system leaves to each program.
#include "pipeline/standard_streams.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio_ext.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace stardose::pipeline {

namespace {

/// A second name for stdout: htslib closes the first with what it wrote there.
int output_copy = -1;

/// A closed stream gets a file with which it cannot do what it is for, so that trying is an error.
void open_if_closed(int stream, int mode) {
  if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) return;
  const int file = open("/dev/null", mode);  // takes the lowest free number: this one
  if (file >= 0 && file != stream) close(file);
}

/// Writes what it can and says that it wrote all: nobody is left to be told otherwise.
ssize_t write_what_can_be(void* /*cookie*/, const char* text, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t written = ::write(STDERR_FILENO, text + done, size - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  return static_cast<ssize_t>(size);
}

}  // namespace

void prepare_standard_streams() {
  open_if_closed(STDIN_FILENO, O_WRONLY);
  open_if_closed(STDOUT_FILENO, O_RDONLY);
  open_if_closed(STDERR_FILENO, O_RDONLY);
  output_copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  struct sigaction nothing {};
  nothing.sa_handler = [](int /*signal*/) {};  // unlike SIG_IGN, programs that we start do not inherit it
  sigaction(SIGPIPE, &nothing, nullptr);
  sigaction(SIGXFSZ, &nothing, nullptr);  // a file grown to its limit (ulimit -f) is an error of writing
  std::FILE* forgiving = fopencookie(nullptr, "w", {.write = write_what_can_be});
  if (forgiving == nullptr) return;
  setvbuf(forgiving, nullptr, _IONBF, 0);  // as stderr is: nothing waits when the program ends in a bad way
  stderr = forgiving;
}

int flush_standard_output() {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0;
  if (flushed && std::ferror(stdout) == 0) return 0;
  return errno == 0 ? EIO : errno;
}

void forget_standard_output() {
  __fpurge(stdout);
  std::clearerr(stdout);
}

bool standard_output_has_no_reader() {
  pollfd output{.fd = output_copy, .events = POLLOUT, .revents = 0};
  return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

void die_of_broken_pipe() {
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
  std::_Exit(128 + SIGPIPE);
}

bool stderr_can_be_rewritten() {
  const char* terminal = std::getenv("TERM");
  const char* plain = std::getenv("NO_COLOR");  // https://no-color.org: present and not empty
  const bool is_plain = plain != nullptr && *plain != '\0';
  return isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view{terminal} != "dumb" && !is_plain;
}

}  // namespace stardose::pipeline
