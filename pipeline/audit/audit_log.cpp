// Appending under a lock, and reading through.
#include "pipeline/audit/audit_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "genomics/basics/sha256.h"
#include "genomics/untrusted.h"
#include "pipeline/sinks/private_files.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using genomics::Untrusted;
using Json = nlohmann::ordered_json;

constexpr std::size_t hash_size = 64;
const std::string no_hash(hash_size, '0');
constexpr std::string_view before_hash = ",\"hash\":\"";
constexpr std::string_view behind_hash = "\"}";
constexpr std::size_t tail_size = before_hash.size() + hash_size + behind_hash.size();

constexpr const char* help_for_damage =
    "keep the log as it is for whoever looks into it, and begin another with --audit-log";

std::string sha256(std::string_view text) {
  genomics::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

/// The hash at the end of a line, if it is that of the line.
std::optional<std::string> hash_of(std::string_view line) {
  if (line.size() < tail_size || !line.ends_with(behind_hash)) return std::nullopt;
  const std::size_t end = line.size() - tail_size;
  if (line.substr(end, before_hash.size()) != before_hash) return std::nullopt;
  const std::string hash{line.substr(end + before_hash.size(), hash_size)};
  return sha256(line.substr(0, end)) == hash ? std::optional{hash} : std::nullopt;
}

struct Entry {
  std::uint64_t number = 0;
  std::string event;
  std::string of;  // hash of the entry whose end it is
  std::string previous;
  std::string hash;
};

/// nullopt: the line is no entry, or another than was written.
std::optional<Entry> entry_of(std::string_view line) {
  const auto hash = hash_of(line);
  const Json json = hash ? Json::parse(line, nullptr, false) : Json{};
  if (!json.is_object()) return std::nullopt;
  const auto text = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string{};
  };
  const auto number = json.find("entry");
  if (number == json.end() || !number->is_number_unsigned()) return std::nullopt;
  return Entry{number->get<std::uint64_t>(), text("event"), text("of"), text("previous"), *hash};
}

class LogFile {
 public:
  explicit LogFile(const std::string& path) : path_{path} {
    for (;;) {
      descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
      if (descriptor_ < 0) fail("the audit log cannot be opened");
      while (flock(descriptor_, LOCK_EX) != 0) {
        if (errno == EINTR) continue;
        const int reason = errno;
        close(descriptor_);
        errno = reason;
        fail("the audit log cannot be locked");
      }
      if (is_in_place()) {
        close_to_others();
        return;
      }
      close(descriptor_);  // put aside in between: the next one is in its place
    }
  }
  ~LogFile() { close(descriptor_); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;
  LogFile(LogFile&&) = delete;
  LogFile& operator=(LogFile&&) = delete;

  /// Without its newline; nullopt: the log is empty.
  [[nodiscard]] std::optional<std::string> last_line() {
    const off_t size = size_now();
    std::string tail;
    for (off_t piece = 1 << 16;; piece *= 4) {
      const off_t begin = std::max<off_t>(0, size - piece);
      tail.assign(static_cast<std::size_t>(size - begin), '\0');
      if (pread(descriptor_, tail.data(), tail.size(), begin) != size - begin) fail("the audit log cannot be read");
      if (tail.empty()) return std::nullopt;
      if (tail.back() != '\n') {
        throw Untrusted{{path_, "", "the audit log ends in half an entry", help_for_damage}};
      }
      tail.pop_back();
      const std::size_t newline = tail.rfind('\n');
      if (newline != std::string::npos) return tail.substr(newline + 1);
      if (begin == 0) return tail;
    }
  }

  /// All of it, or nothing.
  void append(const std::string& line) {
    const off_t size = size_now();
    std::size_t done = 0;
    while (done < line.size()) {
      const ssize_t count = write(descriptor_, line.data() + done, line.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) break;
      done += static_cast<std::size_t>(count);
    }
    if (done == line.size() && (fsync(descriptor_) == 0 || errno == EINVAL || errno == EROFS)) return;
    const int reason = errno;
    [[maybe_unused]] const int cut = ftruncate(descriptor_, size);
    errno = reason;
    fail("the audit log cannot be written");
  }

 private:
  /// A log of another's is open to whom they let read it.
  void close_to_others() {
    struct stat status {};
    const bool is_own = fstat(descriptor_, &status) == 0 && status.st_uid == geteuid();
    if (!is_own || make_private(descriptor_)) return;
    const int reason = errno;
    close(descriptor_);
    errno = reason;
    fail("the audit log cannot be closed to others");
  }

  [[nodiscard]] bool is_in_place() const {
    struct stat here {};
    struct stat there {};
    return fstat(descriptor_, &here) == 0 && stat(path_.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
           here.st_dev == there.st_dev;
  }

  [[nodiscard]] off_t size_now() const {
    struct stat status {};
    if (fstat(descriptor_, &status) != 0) fail("the audit log cannot be read");
    return status.st_size;
  }

  [[noreturn]] void fail(const std::string& what) const {
    throw InputError{Fault::output,
                     {path_, "", what + ": " + std::strerror(errno),
                      "nothing is done without its entry: check the file, its permissions and the free space"}};
  }

  const std::string& path_;
  int descriptor_ = -1;
};

[[noreturn]] void refuse(const std::string& path, std::size_t line, const std::string& why) {
  throw Untrusted{{path, "line " + std::to_string(line), why, help_for_damage}};
}

/// Which commands have begun and ended.
class Commands {
 public:
  void add(const Entry& entry, const std::string& hash) {
    if (entry.event == "begin") begun_.emplace(hash, entry.number);
    if (entry.event == "end") begun_.erase(entry.of);
  }

  [[nodiscard]] std::vector<std::size_t> unfinished() const {
    std::set<std::size_t> numbers;
    for (const auto& [hash, number] : begun_) numbers.insert(number);
    return {numbers.begin(), numbers.end()};
  }

 private:
  std::map<std::string, std::size_t> begun_;  // by hash
};

}  // namespace

std::string append_entry(const std::string& path, const Json& what) {
  LogFile log{path};
  const auto line_before = log.last_line();
  const auto before = line_before ? entry_of(*line_before) : std::optional{Entry{.hash = no_hash}};
  if (!before) throw Untrusted{{path, "", "the last entry of the audit log was changed", help_for_damage}};
  Json entry = {{"entry", before->number + 1}};
  entry.update(what);
  entry["previous"] = before->hash;
  std::string line = entry.dump(-1, ' ', true, Json::error_handler_t::replace);
  line.pop_back();
  const std::string hash = sha256(line);
  line += std::string{before_hash} + hash + std::string{behind_hash} + "\n";
  log.append(line);
  return hash;
}

AuditVerdict verify_log(const std::string& path, const std::optional<std::string>& head) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw InputError{Fault::input, {path, "", "the audit log cannot be opened", "check the path"}};
  AuditVerdict verdict;
  Commands commands;
  bool has_head = !head.has_value();
  std::string previous = no_hash;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    const bool is_whole = !file.eof();
    if (!is_whole) refuse(path, number, "is half an entry");
    const auto entry = entry_of(line);
    if (!entry) refuse(path, number, "the entry was changed");
    if (entry->previous != previous || entry->number != number) {
      refuse(path, number, "does not follow the entry before: entries were removed, added or put in another order");
    }
    commands.add(*entry, entry->hash);
    has_head = has_head || entry->hash == *head;
    previous = entry->hash;
  }
  if (file.bad()) throw InputError{Fault::input, {path, "", "the audit log cannot be read to its end", "try again"}};
  if (!has_head) {
    throw Untrusted{{path, "", "no entry has the hash that was noted down: the end is missing, or it is another log",
                     help_for_damage}};
  }
  verdict.entries = number;
  if (number > 0) verdict.head = previous;
  verdict.unfinished = commands.unfinished();
  return verdict;
}

}  // namespace stardose::pipeline
