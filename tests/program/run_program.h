// Running the built program as a user does, without a shell.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/builders/sanitizer.h"

namespace stardose::tests {

struct ProgramResult {
  int exit_code = -1;  ///< -1: ended by a signal
  int signal = 0;
  std::string out;
  std::string err;
};

/// 0: none.
struct Limits {
  std::size_t memory = 0;  ///< bytes of addresses; not under AddressSanitizer, which needs more than any machine has
  unsigned seconds = 0;    ///< after which the program is ended by SIGALRM
};

namespace program_detail {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

inline std::string text_of(std::FILE* file) {
  std::string text;
  std::rewind(file);
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  return text;
}

/// Only what is safe between fork and exec.
inline void limit_this_process(const Limits& limits) {
#if !defined(STARDOSE_ADDRESS_SANITIZER)
  const rlimit memory{limits.memory, limits.memory};
  if (limits.memory > 0) setrlimit(RLIMIT_AS, &memory);
#endif
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  alarm(limits.seconds);
}

}  // namespace program_detail

/// A program that was started and not yet waited for.
class StartedProgram {
 public:
  /// `stdin_file` empty: standard input is empty. `program` empty: stardose.
  explicit StartedProgram(const std::vector<std::string>& args, const std::string& stdin_file = {},
                          const std::string& program = STARDOSE_PROGRAM, const Limits& limits = {}) {
    std::vector<std::string> words{program};
    words.insert(words.end(), args.begin(), args.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int in = open(stdin_file.empty() ? "/dev/null" : stdin_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (in < 0 || !out_ || !err_) throw std::runtime_error{"cannot prepare a run of the program"};
    pid_ = fork();
    if (pid_ == 0) {
      program_detail::limit_this_process(limits);
      dup2(in, STDIN_FILENO);
      dup2(fileno(out_.get()), STDOUT_FILENO);
      dup2(fileno(err_.get()), STDERR_FILENO);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(in);
    if (pid_ < 0) throw std::runtime_error{"cannot start the program"};
  }

  [[nodiscard]] pid_t pid() const { return pid_; }

  ProgramResult wait() {
    int status = 0;
    if (waitpid(pid_, &status, 0) != pid_) throw std::runtime_error{"cannot wait for the program"};
    ProgramResult result;
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
    result.out = program_detail::text_of(out_.get());
    result.err = program_detail::text_of(err_.get());
    return result;
  }

 private:
  program_detail::File out_{std::tmpfile(), &std::fclose};
  program_detail::File err_{std::tmpfile(), &std::fclose};
  pid_t pid_ = -1;
};

/// Runs stardose to its end.
inline ProgramResult run_program(const std::vector<std::string>& args, const std::string& stdin_file = {}) {
  return StartedProgram{args, stdin_file}.wait();
}

}  // namespace stardose::tests
