// DIGEST KEY LENGTHS, then the part as JSON, then rows.
#include "pipeline/parts/sample_journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <optional>
#include <sstream>
#include <utility>

#include "genomics/basics/json_nesting.h"
#include "genomics/basics/sha256.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "pipeline/parts/part_json.h"
#include "pipeline/sinks/file_digest.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/private_files.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using Json = nlohmann::ordered_json;

constexpr std::size_t longest_line = 512;

std::string sha256_of(std::string_view text) {
  genomics::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

/// The line's words behind the digest: `KEY JSON-BYTES ROW-BYTES...`.
std::string words_of(const std::string& key, std::size_t json, const ByTable<std::uint64_t>& rows) {
  std::string words = fmt::format("{} {}", key, json);
  for (const std::uint64_t bytes : rows) words += fmt::format(" {}", bytes);
  return words;
}

struct Line {
  std::string digest;
  std::string key;
  std::uint64_t json = 0;
  ByTable<std::uint64_t> rows{};
};

std::optional<Line> read_line(const std::string& text) {
  Line line;
  std::istringstream words{text};
  words >> line.digest >> line.key >> line.json;
  for (std::uint64_t& bytes : line.rows) words >> bytes;
  if (!words) return std::nullopt;
  return line;
}

bool are_there(const std::vector<WrittenFile>& reports, const std::string& folder) {
  return std::ranges::all_of(reports, [&](const WrittenFile& report) {
    const std::string path = folder + "/" + report.name;
    std::error_code error;
    return std::filesystem::is_regular_file(path, error) && file_sha256(path) == report.sha256;
  });
}

}  // namespace

SampleJournal::SampleJournal(std::string path, const std::string& report_folder) : path_{std::move(path)} {
  read_whole(report_folder);
  open_to_append();
}

SampleJournal::~SampleJournal() {
  if (descriptor_ >= 0) close(descriptor_);
}

void SampleJournal::fail(const std::string& what) const {
  const std::string reason = std::strerror(errno);
  throw InputError{Fault::output,
                   {path_, "", what + ": " + reason, "check the folder, its permissions and the free space"}};
}

void SampleJournal::open_to_append() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  const auto end = static_cast<off_t>(end_);
  if (descriptor_ < 0 || !make_private(descriptor_) || ftruncate(descriptor_, end) != 0 ||
      lseek(descriptor_, end, SEEK_SET) != end) {
    fail("cannot be opened for writing");
  }
  file_ = std::ifstream{path_, std::ios::binary};
  if (!file_) fail("cannot be read");
}

bool SampleJournal::ends_within(std::uint64_t size, std::uint64_t json, Record& record) {
  if (record.json > size || json > size - record.json) return false;
  record.rows = record.json + json;
  record.end = record.rows;
  return std::ranges::all_of(record.bytes, [&](std::uint64_t bytes) {
    if (bytes > size - record.end) return false;
    record.end += bytes;
    return true;
  });
}

void SampleJournal::read_whole(const std::string& report_folder) {
  std::ifstream file{path_, std::ios::binary};
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path_, error);
  std::string text;
  while (file && std::getline(file, text) && text.size() < longest_line) {
    const auto line = read_line(text);
    if (!line) break;
    Record record{.begin = end_, .json = end_ + text.size() + 1, .bytes = line->rows};
    if (!ends_within(size, line->json, record)) break;
    std::string body(record.end - record.json, '\0');
    if (!file.read(body.data(), static_cast<std::streamsize>(body.size()))) break;
    if (sha256_of(words_of(line->key, line->json, line->rows) + body) != line->digest) break;
    end_ = record.end;
    order_.push_back(line->key);
    try {
      const std::string json = body.substr(0, line->json);
      if (genomics::is_nested_too_deeply(json)) continue;
      const RunPart part = part_of_json(Json::parse(json));
      if (part.samples.size() == 1 && are_there(part.samples.front().reports, report_folder)) {
        records_.insert_or_assign(line->key, record);
      }
    } catch (const std::exception&) {
      // Its digest is right, so another version has written it; its key will not be asked for.
    }
  }
}

void SampleJournal::append(const std::string& key, const RunPart& part, const ByTable<std::string_view>& rows) {
  STARDOSE_EXPECT(part.samples.size() == 1);
  std::string json;
  try {
    json = part_json(part).dump();
  } catch (const Json::type_error&) {
    throw InputError{
        Fault::mismatch,
        {path_, "", "the name of an input, or one in its header, is not UTF-8, and a journal must write it down",
         "rename it"}};
  }
  Record record{.begin = end_};
  std::string body = json;
  for (std::size_t k = 0; k < result_tables; ++k) {
    record.bytes[k] = rows[k].size();
    body += rows[k];
  }
  const std::string words = words_of(key, json.size(), record.bytes);
  const std::string line = sha256_of(words + body) + " " + words + "\n";
  const std::string all = line + body;
  for (std::size_t at = 0; at < all.size();) {
    const ssize_t written = write(descriptor_, all.data() + at, all.size() - at);
    if (written < 0 && errno != EINTR) fail("cannot be written");
    if (written > 0) at += static_cast<std::size_t>(written);
  }
  record.json = end_ + line.size();
  record.rows = record.json + json.size();
  record.end = end_ + all.size();
  end_ = record.end;
  order_.push_back(key);
  records_.insert_or_assign(key, record);
}

std::string SampleJournal::read(std::uint64_t begin, std::uint64_t end) {
  std::string bytes(end - begin, '\0');
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(begin));
  if (!file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) fail("cannot be read again");
  return bytes;
}

RunPart SampleJournal::part(const std::string& key) {
  const Record& record = records_.at(key);
  return part_of_json(Json::parse(read(record.json, record.rows)));
}

std::string SampleJournal::rows(const std::string& key, std::size_t table) {
  const Record& record = records_.at(key);
  std::uint64_t begin = record.rows;
  for (std::size_t k = 0; k < table; ++k) begin += record.bytes[k];
  return read(begin, begin + record.bytes[table]);
}

void SampleJournal::keep_only(const std::vector<std::string>& keys) {
  if (keys == order_) return;
  OutputFile file{path_};
  std::uint64_t end = 0;
  std::unordered_map<std::string, Record> records;
  for (const std::string& key : keys) {
    Record record = records_.at(key);
    file.write(read(record.begin, record.end));
    const std::uint64_t moved = end - record.begin;  // modulo 2^64: may be backwards
    for (std::uint64_t* place : {&record.json, &record.rows, &record.end}) *place += moved;
    record.begin = end;
    end = record.end;
    records.emplace(key, record);
  }
  file.close(true);
  end_ = end;
  order_ = keys;
  records_ = std::move(records);
  open_to_append();
}

}  // namespace stardose::pipeline
