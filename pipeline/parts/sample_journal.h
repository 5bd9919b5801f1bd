// resume.journal: samples that are finished, one record each, written one after the other.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/parts/result_table.h"
#include "pipeline/parts/run_part.h"

namespace stardose::pipeline {

/// A record holds a sample's part of the run and its rows of the tables, and begins with the digest of both: what a
/// killed run has half-written is seen, and cut off. One process at a time may have the journal (see OutputFolder).
class SampleJournal {
 public:
  /// Reads what is whole in `path`, if it is there, and opens it to go on. Records whose reports are no longer in
  /// `report_folder` as they were written do not count. Throws InputError (output).
  SampleJournal(std::string path, const std::string& report_folder);
  ~SampleJournal();
  SampleJournal(const SampleJournal&) = delete;
  SampleJournal& operator=(const SampleJournal&) = delete;
  SampleJournal(SampleJournal&&) = delete;
  SampleJournal& operator=(SampleJournal&&) = delete;

  [[nodiscard]] bool has(const std::string& key) const { return records_.contains(key); }

  /// `part` is of one sample. Throws InputError (output), and (mismatch) for a name that is not UTF-8.
  void append(const std::string& key, const RunPart& part, const ByTable<std::string_view>& rows);

  /// Requires: has(key).
  [[nodiscard]] RunPart part(const std::string& key);
  [[nodiscard]] std::string rows(const std::string& key, std::size_t table);

  /// Writes the journal anew when it holds other records than these, or in another order.
  void keep_only(const std::vector<std::string>& keys);

 private:
  struct Record {
    std::uint64_t begin = 0;
    std::uint64_t json = 0;  ///< where the part is
    std::uint64_t rows = 0;  ///< where the first table's rows are
    std::uint64_t end = 0;
    ByTable<std::uint64_t> bytes{};
  };

  /// Sets where the record's parts end; false: a file of that size does not have them.
  [[nodiscard]] static bool ends_within(std::uint64_t size, std::uint64_t json, Record& record);
  void read_whole(const std::string& report_folder);
  void open_to_append();
  [[nodiscard]] std::string read(std::uint64_t begin, std::uint64_t end);
  [[noreturn]] void fail(const std::string& what) const;

  std::string path_;
  int descriptor_ = -1;  // to append
  std::ifstream file_;   // to read
  std::uint64_t end_ = 0;
  std::vector<std::string> order_;  // keys as they stand in the file, also those that do not count
  std::unordered_map<std::string, Record> records_;
};

}  // namespace stardose::pipeline
