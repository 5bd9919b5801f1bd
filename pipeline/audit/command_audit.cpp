// Digests of what went in and came out.
#include "pipeline/audit/command_audit.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "genomics/trail.h"
#include "pipeline/audit/audit_log.h"
#include "pipeline/provenance.h"
#include "pipeline/sinks/file_digest.h"

namespace stardose::pipeline {

namespace {

using Json = nlohmann::ordered_json;

/// Whole genomes are known by their ends, as in run.json.
constexpr std::uintmax_t largest_whole = 64 << 20;

Json entry_of(const char* event, const AuditedCommand& command) {
  return {{"event", event},
          {"time", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
          {"program", "stardose " + command.program_version},
          {"uid", getuid()},
          {"command", command.command},
          {"flags", command.flags}};
}

/// `sha256:...`, of a large file `sha256-ends:...`; nothing of what is no file, or is gone.
Json digest_of(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::is_regular_file(path, error) ? std::filesystem::file_size(path, error) : 0;
  if (error || size == 0) return nullptr;
  try {
    return size <= largest_whole ? "sha256:" + file_sha256(path) : fingerprint(path);
  } catch (const genomics::InputError&) {
    return nullptr;
  }
}

/// The digests of the files, sorted, a line each, have one digest, whatever the files are called:
/// sha256sum FILES | cut -c 1-64 | sort | sha256sum
Json digest_of_all(const std::vector<std::string>& paths) {
  std::vector<std::string> digests;
  for (const std::string& path : paths) {
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error)) digests.push_back(file_sha256(path));
  }
  std::ranges::sort(digests);
  genomics::Sha256 sha;
  for (const std::string& digest : digests) sha.update(digest + "\n");
  return {{"files", digests.size()}, {"sha256", sha.hex()}};
}

}  // namespace

CommandAudit::CommandAudit(std::string path, AuditedCommand command)
    : path_{std::move(path)}, command_{std::move(command)} {
  if (path_.empty()) return;
  begun_ = append_entry(path_, entry_of("begin", command_));
  genomics::note_log(path_);
}

void CommandAudit::end(int exit_code, int signal) {
  if (begun_.empty()) return;
  const genomics::Trail trail = genomics::trail();
  Json inputs = Json::array();
  for (const std::string& path : trail.read) {
    Json digest = digest_of(path);
    if (!digest.is_null()) inputs.push_back(std::move(digest));
  }
  Json entry = entry_of("end", command_);
  entry["of"] = begun_;
  entry["inputs"] = std::move(inputs);
  entry["catalogue"] = trail.catalogue.empty() ? Json(nullptr) : Json("sha256:" + trail.catalogue);
  entry["outputs"] = digest_of_all(trail.written);
  if (signal != 0) {
    entry["signal"] = signal;
  } else {
    entry["exit_code"] = exit_code;
  }
  begun_.clear();
  (void)append_entry(path_, entry);
}

}  // namespace stardose::pipeline
