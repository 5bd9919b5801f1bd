// Runs, and comparisons of tables.
#include "pipeline/selftest/selftest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdlib.h>  // NOLINT: mkdtemp is POSIX

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "selftest_files.h"

namespace stardose::pipeline {

namespace {

namespace fs = std::filesystem;
using genomics::Fault;
using genomics::InputError;
using Cells = std::vector<std::string>;

constexpr std::size_t shown_faults = 5;

class Folder {
 public:
  Folder() {
    std::error_code error;
    std::string path = (fs::temp_directory_path(error) / "stardose-selftest-XXXXXX").string();
    if (error || mkdtemp(path.data()) == nullptr) {
      throw InputError{Fault::output,
                       {path, "", std::string{"no folder can be made: "} + std::strerror(errno),
                        "name another place with the variable TMPDIR"}};
    }
    path_ = path;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  [[nodiscard]] std::string write(const std::string& name, std::string_view text) const {
    const std::string path = *this / name;
    std::ofstream file{path, std::ios::binary};
    file << text;
    file.close();
    if (file) return path;
    throw InputError{Fault::output, {path, "", "cannot be written", "check the free space"}};
  }

 private:
  fs::path path_;
};

std::string text_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<Cells> table_of(std::string_view text) {
  std::vector<Cells> rows;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    Cells cells(1);
    for (const char c : text.substr(at, end - at)) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back(std::move(cells));
    at = end + 1;
  }
  return rows;
}

/// The rows of a table in the columns that another heads; nothing where one is missing.
std::vector<Cells> in_columns(const std::vector<Cells>& table, const Cells& header) {
  std::vector<std::size_t> places;
  for (const std::string& name : header) {
    const auto at = table.empty() ? Cells::const_iterator{} : std::ranges::find(table.front(), name);
    if (table.empty() || at == table.front().end()) return {};
    places.push_back(static_cast<std::size_t>(at - table.front().begin()));
  }
  std::vector<Cells> rows;
  for (std::size_t k = 1; k < table.size(); ++k) {
    Cells& row = rows.emplace_back();
    for (const std::size_t place : places) row.push_back(place < table[k].size() ? table[k][place] : "");
  }
  return rows;
}

std::string line_of(const Cells& cells) { return fmt::format("{}", fmt::join(cells, ", ")); }

SelftestResult compared(std::string what, std::string_view expected, const std::string& table, bool all) {
  const std::string found = text_of(table);
  const auto rows = std::ranges::count(expected, '\n') - 1;
  return {std::move(what), fmt::format("{} answers", rows), differences(expected, found, all)};
}

/// A file that was cut off must never be read as if it were whole.
SelftestResult refuses_cut_input(const std::function<void(const SelftestRun&)>& run, SelftestRun job,
                                 const Folder& folder) {
  const std::string_view whole{known_answers::people_grch38};
  SelftestResult result{"a damaged file is refused", "1 file", {}};
  job.input = folder.write("cut.vcf", whole.substr(0, whole.size() - 20));
  job.folder = folder / "cut";
  try {
    run(job);
    result.faults.emplace_back("a variant file that was cut off was read as if it were whole");
  } catch (const InputError& error) {
    if (error.fault() != Fault::input) result.faults.emplace_back(error.what());
  }
  return result;
}

}  // namespace

std::vector<std::string> differences(std::string_view expected, std::string_view found, bool all) {
  std::vector<Cells> wanted = table_of(expected);
  const Cells header = wanted.front();
  wanted.erase(wanted.begin());
  for (Cells& row : wanted) row.front() = genomics::known_as(row.front());
  const std::vector<Cells> rows = in_columns(table_of(found), header);
  const std::set<Cells> there(rows.begin(), rows.end());
  const std::set<Cells> known(wanted.begin(), wanted.end());
  std::vector<std::string> faults;
  for (const Cells& row : wanted) {
    if (!there.contains(row)) faults.push_back("missing: " + line_of(row));
  }
  for (const Cells& row : there) {
    if (all && !known.contains(row)) faults.push_back("instead: " + line_of(row));
  }
  if (faults.size() > shown_faults) {
    const std::size_t more = faults.size() - shown_faults;
    faults.resize(shown_faults);
    faults.push_back(fmt::format("and {} more", more));
  }
  return faults;
}

std::vector<SelftestResult> selftest(const std::function<void(const SelftestRun&)>& run) {
  const Folder folder;
  SelftestRun job{.input = folder.write("people_grch38.vcf", known_answers::people_grch38),
                  .patients = folder.write("patients.tsv", known_answers::patients),
                  .folder = folder / "grch38",
                  .genes = {"CYP2C19", "CYP2C9", "CYP4F2", "MT-RNR1", "NUDT15", "SLCO1B1", "TPMT", "VKORC1"},
                  .doses = {"warfarin", "warfarin-iwpc-2009"}};
  std::vector<SelftestResult> results;
  run(job);
  results.push_back(compared("calls on GRCh38", known_answers::expected_calls, job.folder + "/calls.tsv", true));
  results.push_back(
      compared("advice of CPIC and DPWG", known_answers::expected_advice, job.folder + "/guidance.tsv", false));
  results.push_back(compared("doses by an equation and a trained model", known_answers::expected_doses,
                             job.folder + "/dosing.tsv", true));
  const std::string calls = text_of(job.folder + "/calls.tsv");
  SelftestRun other = job;
  other.folder = folder / "threads";
  other.threads = 2;
  run(other);
  results.push_back({"the same bytes on two threads", "1 table", {}});
  if (text_of(other.folder + "/calls.tsv") != calls) results.back().faults.emplace_back("calls.tsv is another");
  other = job;
  other.input = folder.write("people_grch37.vcf", known_answers::people_grch37);
  other.folder = folder / "grch37";
  run(other);
  results.push_back(compared("calls on GRCh37", known_answers::expected_calls, other.folder + "/calls.tsv", true));
  results.push_back(refuses_cut_input(run, job, folder));
  return results;
}

}  // namespace stardose::pipeline
