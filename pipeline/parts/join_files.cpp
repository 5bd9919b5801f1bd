// Rows by the number of their bytes, reports one by one.
#include "pipeline/parts/join_files.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "pipeline/sinks/file_digest.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/table_file.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

[[noreturn]] void refuse_changed(const std::string& path) {
  throw InputError{Fault::input, {path, "", "is not as its shard has written it", "run that shard again"}};
}

/// How many bytes the table must have.
std::uint64_t size_of(const RunPart& part, std::size_t table) {
  const TableFrame frame = frame_of(table, guided_genes(part));
  std::uint64_t bytes = frame.start.size() + frame.end.size() + frame.separator.size() * (part.samples.size() - 1);
  for (const PartSample& sample : part.samples) bytes += sample.bytes[table];
  return bytes;
}

/// Copies the rows of some of the shard's samples.
void copy_rows(const ShardFolder& shard, std::size_t table, Batch samples, TableFile& out) {
  const RunPart& part = shard.document->part;
  const std::string path = shard.path + "/" + table_file(table);
  const TableFrame frame = frame_of(table, guided_genes(part));
  std::ifstream file{path, std::ios::binary};
  std::uint64_t at = frame.start.size();
  std::string rows;
  for (std::size_t k = 0; k < samples.end; at += part.samples[k].bytes[table] + frame.separator.size(), ++k) {
    if (k < samples.begin) continue;
    rows.resize(part.samples[k].bytes[table]);
    file.seekg(static_cast<std::streamoff>(at));
    if (!file.read(rows.data(), static_cast<std::streamsize>(rows.size()))) refuse_changed(path);
    out.put(rows);
  }
}

bool has_file(const std::vector<ShardFolder>& shards, const std::string& name) {
  return !shards.empty() && shards.front().document->files.contains(name);
}

}  // namespace

void check_files(const ShardFolder& shard) {
  for (const auto& [name, sha256] : shard.document->files) {
    const std::string path = shard.path + "/" + name;
    if (file_sha256(path) != sha256) refuse_changed(path);
  }
  for (std::size_t table = 0; table < result_tables; ++table) {
    const std::string path = shard.path + "/" + table_file(table);
    if (!shard.document->files.contains(table_file(table))) continue;
    if (std::filesystem::file_size(path) != size_of(shard.document->part, table)) refuse_changed(path);
  }
  for (const PartSample& sample : shard.document->part.samples) {
    for (const WrittenFile& report : sample.reports) {
      const std::string path = shard.path + "/report/" + report.name;
      if (file_sha256(path) != report.sha256) refuse_changed(path);
    }
  }
}

void join_tables(const std::vector<ShardFolder>& shards, const std::string& output) {
  for (std::size_t table = 0; table < result_tables; ++table) {
    if (!has_file(shards, table_file(table))) continue;
    TableFile out{output + "/" + table_file(table), frame_of(table, guided_genes(shards.front().document->part))};
    for (const ShardFolder& shard : shards) copy_rows(shard, table, {0, shard.document->part.of_variants}, out);
    for (const ShardFolder& shard : shards) {
      const RunPart& part = shard.document->part;
      copy_rows(shard, table, {part.of_variants, part.samples.size()}, out);
    }
    out.close();
  }
}

void copy_reports(const std::vector<ShardFolder>& shards, const std::string& output) {
  for (const ShardFolder& shard : shards) {
    for (const PartSample& sample : shard.document->part.samples) {
      for (const WrittenFile& report : sample.reports) {
        const std::string path = shard.path + "/report/" + report.name;
        std::ifstream file{path, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{file}, {}};
        genomics::Sha256 sha;
        sha.update(text);
        if (sha.hex() != report.sha256) refuse_changed(path);
        make_folder(output + "/report");
        write_file(output + "/report/" + report.name, text, false);
      }
    }
  }
}

}  // namespace stardose::pipeline
