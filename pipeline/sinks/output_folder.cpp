// Locking a folder.
#include "pipeline/sinks/output_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/unfinished_files.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

namespace fs = std::filesystem;
using genomics::Fault;
using genomics::InputError;

/// What of a run's results may be left half-written.
constexpr std::array<const char*, 2> subfolders = {"/report", "/multiqc"};
constexpr std::array<std::string_view, 4> endings = {".html.partial", ".json.partial", ".pdf.partial", ".yml.partial"};
constexpr std::array<std::string_view, 17> names = {"calls.tsv.partial",
                                                    "guidance.tsv.partial",
                                                    "matches.tsv.partial",
                                                    "coverage.tsv.partial",
                                                    "dosing.tsv.partial",
                                                    "dosages.tsv.partial",
                                                    "dosages.bed.partial",
                                                    "dosages.bim.partial",
                                                    "dosages.fam.partial",
                                                    "features.tsv.partial",
                                                    "features.npy.partial",
                                                    "features.mtx.partial",
                                                    "run.json.partial",
                                                    "shard.json.partial",
                                                    "features.columns.tsv.partial",
                                                    "resume.journal.partial",
                                                    "ro-crate-metadata.json.partial"};

bool is_of_path(int descriptor, const std::string& path) {
  struct stat here {};
  struct stat there {};
  return fstat(descriptor, &here) == 0 && stat(path.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
         here.st_dev == there.st_dev;
}

/// `process 4711 on node3, SLURM job 12`.
std::string own_name() {
  std::array<char, 256> host{};
  const bool has_name = gethostname(host.data(), host.size() - 1) == 0;
  std::string name = fmt::format("process {} on {}", getpid(), has_name ? host.data() : "this machine");
  if (const char* job = std::getenv("SLURM_JOB_ID")) name += fmt::format(", SLURM job {}", job);
  return name;
}

void remove_listed(const std::string& path) {
  genomics::end_unfinished(path, [&] { return std::remove(path.c_str()); });
}

/// If it is empty.
void remove_folder(const std::string& path) {
  genomics::end_unfinished(path, [&] { return rmdir(path.c_str()); });
}

}  // namespace

OutputFolder::OutputFolder(const std::string& path) : path_{path}, lock_file_{path + "/.stardose.lock"} {
  make_missing();
  for (;;) {
    descriptor_ = genomics::begin_unfinished(
        lock_file_, [this] { return open(lock_file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644); });
    if (descriptor_ < 0) {
      const std::string reason = std::strerror(errno);
      remove_listed(lock_file_);
      throw InputError{Fault::output,
                       {path_, "", "nothing can be written there: " + reason, "check the folder and its permissions"}};
    }
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) refuse_taken();
    if (is_of_path(descriptor_, lock_file_)) break;
    close(descriptor_);  // who had it has just removed it
  }
  const std::string name = own_name() + "\n";
  if (ftruncate(descriptor_, 0) == 0) {
    // A name that cannot be written is only missing from the message that another process gets.
    [[maybe_unused]] const auto written = pwrite(descriptor_, name.data(), name.size(), 0);
  }
  for (const char* folder : subfolders) {  // which go if they are empty
    genomics::begin_unfinished(path_ + folder, [] { return 0; });
  }
}

void OutputFolder::make_missing() {
  fs::path missing{path_};
  std::vector<std::string> list;
  std::error_code error;
  for (; !missing.empty() && !fs::exists(missing, error); missing = missing.parent_path()) {
    list.push_back(missing.string());
    if (missing == missing.parent_path()) break;
  }
  if (!list.empty()) made_ = list.back();
  make_folder(path_);
  for (auto folder = list.rbegin(); folder != list.rend(); ++folder) {
    genomics::begin_unfinished(*folder, [] { return 0; });
  }
}

void OutputFolder::refuse_taken() const {
  std::string owner;
  std::getline(std::ifstream{lock_file_}, owner);
  genomics::end_unfinished(lock_file_, [] { return 0; });
  close(descriptor_);
  throw InputError{
      Fault::output,
      {path_, "", genomics::printable("is being written by " + (owner.empty() ? "another process" : owner)),
       "wait for it, or name another folder with --output"}};
}

OutputFolder::~OutputFolder() {
  for (const char* folder : subfolders) remove_folder(path_ + folder);
  remove_listed(lock_file_);
  close(descriptor_);
  if (made_.empty()) return;
  // Only folders that are empty go.
  for (fs::path folder{path_};; folder = folder.parent_path()) {
    remove_folder(folder.string());
    if (folder.string() == made_ || folder.empty() || folder == folder.parent_path()) break;
  }
}

void OutputFolder::remove_stale() const {
  std::error_code error;
  for (const std::string_view name : names) fs::remove(fs::path{path_} / name, error);
  for (const char* folder : subfolders) {
    for (const auto& entry : fs::directory_iterator{path_ + folder, error}) {
      const std::string file = entry.path().filename().string();
      for (const std::string_view ending : endings) {
        if (file.ends_with(ending)) fs::remove(entry.path(), error);
      }
    }
  }
}

}  // namespace stardose::pipeline
