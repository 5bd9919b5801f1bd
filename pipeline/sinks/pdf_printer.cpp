// Running chromium or weasyprint, without a shell.
#include "pipeline/sinks/pdf_printer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/trail.h"
#include "genomics/unfinished_files.h"

extern char** environ;  // NOLINT: POSIX says so

namespace stardose::pipeline {

namespace {

namespace fs = std::filesystem;
using genomics::Fault;
using genomics::InputError;

std::string find_program(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view folders = path == nullptr ? std::string_view{} : std::string_view{path};
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    const std::string program = fmt::format("{}/{}", folders.substr(0, end), name);
    if (end > 0 && access(program.c_str(), X_OK) == 0) return program;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return {};
}

/// Runs a program with nothing to read and nowhere to write; returns its exit code, or -1.
int run_program(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int stream : {0, 1, 2}) posix_spawn_file_actions_addopen(&files, stream, "/dev/null", O_RDWR, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);  // ours are blocked, see Interrupt
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int failed = posix_spawn(&child, arguments.front(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) return -1;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// A folder for chromium's profile, gone with its scope.
class ScratchFolder {
 public:
  ScratchFolder() : path_{(fs::temp_directory_path() / "stardose-pdf-XXXXXX").string()} {
    if (mkdtemp(path_.data()) == nullptr) {
      throw InputError{Fault::output, {path_, "", "cannot be made", "check TMPDIR"}};
    }
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// `%` is the only character of our file names that a URL reads otherwise; folders are the user's.
std::string file_url(const std::string& path) {
  static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-~/";
  std::string url = "file://";
  for (const char c : fs::absolute(path).string()) {
    if (plain.find(c) != std::string_view::npos) {
      url += c;
    } else {
      url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return url;
}

}  // namespace

PdfPrinter::PdfPrinter() {
  program_ = find_program("chromium");
  is_chromium_ = !program_.empty();
  if (!is_chromium_) program_ = find_program("weasyprint");
  if (program_.empty()) {
    throw InputError{Fault::usage,
                     {"", "write", "pdf is printed by chromium or weasyprint, and neither is in PATH",
                      "install one (apt-get install chromium), or leave pdf out of `write`"}};
  }
}

void PdfPrinter::print(const std::string& html, const std::string& pdf) const {
  const std::string partial = pdf + ".partial";
  std::vector<std::string> words = {program_};
  const ScratchFolder scratch;
  if (is_chromium_) {
    for (const char* flag : {"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                             "--disable-component-update", "--disable-sync", "--disable-extensions",
                             "--no-pdf-header-footer", "--disable-dev-shm-usage"}) {
      words.emplace_back(flag);
    }
    // Chromium's sandbox refuses root; what it opens is a page of ours, whose policy lets nothing in.
    if (geteuid() == 0) words.emplace_back("--no-sandbox");
    words.push_back("--user-data-dir=" + scratch.path());
    words.push_back("--print-to-pdf=" + fs::absolute(partial).string());
    words.push_back(file_url(html));
  } else {
    words.insert(words.end(), {"--quiet", fs::absolute(html).string(), fs::absolute(partial).string()});
  }
  genomics::begin_unfinished(partial, [] { return 0; });
  const int code = run_program(words);
  std::error_code error;
  if (code != 0 || !fs::exists(partial, error)) {
    genomics::end_unfinished(partial, [&] { return std::remove(partial.c_str()); });
    throw InputError{Fault::output,
                     {pdf, "", fmt::format("{} did not print it (exit code {})", program_, code),
                      "print the HTML page by hand, or leave pdf out of `write`"}};
  }
  genomics::end_unfinished(partial, [&] {
    fs::rename(partial, pdf, error);
    return 0;
  });
  if (error) throw InputError{Fault::output, {pdf, "", "cannot be renamed: " + error.message(), "check the folder"}};
  genomics::note_written(pdf);
}

}  // namespace stardose::pipeline
