// Runs a program and makes one of its system calls go wrong: fail, do half its work, or be its last.
//
//   inject --call write --below FOLDER [--at N] [--fault ENOSPC] [--and-after] [--count FILE] -- PROGRAM ARGUMENTS...
//
// Calls are counted from 1, over all threads, those alone whose file lies below FOLDER (or is it). Without --at nothing
// goes wrong, and --count FILE says how many calls there were. Ends as the program does: with its exit code, or by its
// signal; with 125 where it cannot do its own work. Linux on x86-64.
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "inject: %s\n", what.c_str());
  std::exit(125);
}

/// How a call names its file.
enum class Names { descriptor, path_first, path_second, created_second, opened_second };

struct Call {
  const char* group;
  long number;
  Names names;
};

constexpr std::array calls = {
    Call{"write", SYS_write, Names::descriptor},      Call{"write", SYS_pwrite64, Names::descriptor},
    Call{"write", SYS_writev, Names::descriptor},     Call{"read", SYS_read, Names::descriptor},
    Call{"read", SYS_pread64, Names::descriptor},     Call{"sync", SYS_fsync, Names::descriptor},
    Call{"sync", SYS_fdatasync, Names::descriptor},   Call{"truncate", SYS_ftruncate, Names::descriptor},
    Call{"close", SYS_close, Names::descriptor},      Call{"seek", SYS_lseek, Names::descriptor},
    Call{"lock", SYS_flock, Names::descriptor},       Call{"rename", SYS_rename, Names::path_first},
    Call{"rename", SYS_renameat, Names::path_second}, Call{"rename", SYS_renameat2, Names::path_second},
    Call{"remove", SYS_unlink, Names::path_first},    Call{"remove", SYS_unlinkat, Names::path_second},
    Call{"remove", SYS_rmdir, Names::path_first},     Call{"folder", SYS_mkdir, Names::path_first},
    Call{"folder", SYS_mkdirat, Names::path_second},  Call{"create", SYS_openat, Names::created_second},
    Call{"open", SYS_openat, Names::opened_second},   Call{"map", SYS_mmap, Names::descriptor},
    Call{"stat", SYS_newfstatat, Names::path_second},
};

constexpr std::array<std::pair<const char*, int>, 7> errors = {{{"ENOSPC", ENOSPC},
                                                                {"EDQUOT", EDQUOT},
                                                                {"EIO", EIO},
                                                                {"EINTR", EINTR},
                                                                {"EACCES", EACCES},
                                                                {"EROFS", EROFS},
                                                                {"ENOENT", ENOENT}}};

struct Wish {
  std::string group;
  std::string folder;
  long at = 0;  // 0: nothing goes wrong
  std::string fault;
  int error = 0;
  bool and_after = false;
  std::string count_file;
  std::vector<char*> command;
};

Wish parse(int count, char** words) {
  Wish wish;
  int k = 1;
  const auto value = [&] { return k + 1 < count ? words[++k] : (give_up("a flag without its value"), nullptr); };
  for (; k < count && std::string_view{words[k]} != "--"; ++k) {
    const std::string_view flag = words[k];
    if (flag == "--call") {
      wish.group = value();
    } else if (flag == "--below") {
      char* const whole = realpath(value(), nullptr);
      if (whole == nullptr) give_up("the folder is not there");
      wish.folder = whole;
      std::free(whole);
    } else if (flag == "--at") {
      wish.at = std::atol(value());
    } else if (flag == "--fault") {
      wish.fault = value();
    } else if (flag == "--and-after") {
      wish.and_after = true;
    } else if (flag == "--count") {
      wish.count_file = value();
    } else {
      give_up("no such flag: " + std::string{flag});
    }
  }
  for (++k; k < count; ++k) wish.command.push_back(words[k]);
  wish.command.push_back(nullptr);
  const bool is_group = std::ranges::any_of(calls, [&](const Call& call) { return wish.group == call.group; });
  if (!is_group || wish.folder.empty() || wish.command.size() < 2) give_up("see the head of its source");
  for (const auto& [name, number] : errors) {
    if (wish.fault == name) wish.error = number;
  }
  const bool is_fault = wish.error != 0 || wish.fault == "half" || wish.fault == "KILL" || wish.fault == "TERM";
  if (wish.at > 0 && !is_fault) give_up("no such fault: " + wish.fault);
  return wish;
}

std::string text_at(pid_t thread, unsigned long address) {
  std::string text(4096, '\0');
  // A path may end short of a page that is not there.
  for (std::size_t size = text.size(); size > 0; size /= 2) {
    iovec here{text.data(), size};
    iovec there{reinterpret_cast<void*>(address), size};
    if (process_vm_readv(thread, &here, 1, &there, 1, 0) > 0) return text.c_str();
  }
  return "";
}

std::string link_of(const std::string& link) {
  std::string target(4096, '\0');
  const ssize_t size = readlink(link.c_str(), target.data(), target.size());
  target.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return target;
}

/// One program being watched.
class Watched {
 public:
  explicit Watched(Wish wish) : wish_{std::move(wish)} {}

  /// Returns how the program ended, as waitpid says it.
  int run() {
    main_ = fork();
    if (main_ < 0) give_up("cannot fork");
    if (main_ == 0) {
      ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
      std::raise(SIGSTOP);
      execvp(wish_.command.front(), wish_.command.data());
      _exit(125);
    }
    int status = 0;
    if (waitpid(main_, &status, 0) != main_ || !WIFSTOPPED(status)) give_up("the program does not start");
    const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                         PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, main_, nullptr, options) != 0) give_up("cannot trace");
    seen_[main_] = 0;
    ptrace(PTRACE_SYSCALL, main_, nullptr, nullptr);
    return follow();
  }

  [[nodiscard]] long count() const { return count_; }

 private:
  int follow() {
    int ended = 0;
    for (;;) {
      int status = 0;
      const pid_t thread = waitpid(-1, &status, __WALL);
      if (thread < 0) return ended;
      if (WIFEXITED(status) || WIFSIGNALED(status)) {
        seen_.erase(thread);
        if (thread == main_) ended = status;
        continue;
      }
      const bool is_new = seen_.try_emplace(thread, 0).second;
      const int signal = WSTOPSIG(status);
      long pass_on = 0;
      if (signal == (SIGTRAP | 0x80)) {
        at_call(thread);
      } else if (signal != SIGTRAP && !(is_new && signal == SIGSTOP)) {
        pass_on = signal;
      }
      ptrace(PTRACE_SYSCALL, thread, nullptr, pass_on);
    }
  }

  void at_call(pid_t thread) {
    __ptrace_syscall_info info{};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return;
    if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
      int& error = seen_[thread];
      if (error == 0) return;
      user_regs_struct registers{};
      ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
      registers.rax = static_cast<unsigned long long>(-static_cast<long long>(error));
      ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
      error = 0;
      return;
    }
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY || !is_wanted(thread, info)) return;
    ++count_;
    if (wish_.at == 0 || count_ < wish_.at || (count_ > wish_.at && !wish_.and_after)) return;
    go_wrong(thread);
  }

  [[nodiscard]] bool is_wanted(pid_t thread, const __ptrace_syscall_info& info) const {
    for (const Call& call : calls) {
      if (wish_.group != call.group || static_cast<unsigned long>(call.number) != info.entry.nr) continue;
      const auto* const args = info.entry.args;
      const bool creates = call.number == SYS_openat && (args[2] & O_CREAT) != 0;
      switch (call.names) {
        case Names::descriptor: {
          const auto descriptor = static_cast<int>(call.number == SYS_mmap ? args[4] : args[0]);
          if (descriptor < 0) return false;
          return is_below(link_of("/proc/" + std::to_string(thread) + "/fd/" + std::to_string(descriptor)));
        }
        case Names::path_first: return is_path_below(thread, args[0]);
        case Names::path_second: return is_path_below(thread, args[1]);
        case Names::created_second: return creates && is_path_below(thread, args[1]);
        case Names::opened_second: return !creates && is_path_below(thread, args[1]);
      }
    }
    return false;
  }

  [[nodiscard]] bool is_path_below(pid_t thread, unsigned long address) const {
    const std::string path = text_at(thread, address);
    if (path.starts_with('/')) return is_below(path);
    return is_below(link_of("/proc/" + std::to_string(thread) + "/cwd") + "/" + path);
  }

  [[nodiscard]] bool is_below(const std::string& path) const {
    return path == wish_.folder || path.starts_with(wish_.folder + "/");
  }

  void go_wrong(pid_t thread) {
    if (wish_.fault == "KILL" || wish_.fault == "TERM") {
      kill(main_, wish_.fault == "KILL" ? SIGKILL : SIGTERM);
      return;
    }
    user_regs_struct registers{};
    ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
    if (wish_.error != 0) {
      registers.orig_rax = static_cast<unsigned long long>(-1);  // no such call: nothing is done
      seen_[thread] = wish_.error;
    } else {
      registers.rdx = std::max(1ULL, registers.rdx / 2);  // the third argument of read, write and their like
    }
    ptrace(PTRACE_SETREGS, thread, nullptr, &registers);
  }

  Wish wish_;
  pid_t main_ = 0;
  long count_ = 0;
  std::map<pid_t, int> seen_;  // threads, and the error that each one's call at hand is to return; 0: none
};

}  // namespace

int main(int count, char** words) {
  Wish wish = parse(count, words);
  const std::string count_file = wish.count_file;
  Watched program{std::move(wish)};
  const int status = program.run();
  if (!count_file.empty()) std::ofstream{count_file} << program.count() << '\n';
  if (WIFSIGNALED(status)) {
    std::signal(WTERMSIG(status), SIG_DFL);
    kill(getpid(), WTERMSIG(status));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
