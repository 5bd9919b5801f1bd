// Dosages side by side.
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string_view>

#include "genomics/input_error.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/matrix_rows.h"
#include "pipeline/parts/join_files.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

[[noreturn]] void refuse_other_rows(const std::string& path) {
  throw InputError{Fault::mismatch,
                   {path, "", "its positions are not those of the first shard's", "run the shards on the same inputs"}};
}

/// All shards' files are open at once.
void allow_open_files() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::vector<std::ifstream> open_all(const std::vector<ShardFolder>& shards, const std::string& name) {
  allow_open_files();
  std::vector<std::ifstream> files;
  for (const ShardFolder& shard : shards) {
    const std::string path = shard.path + "/" + name;
    files.emplace_back(path, std::ios::binary);
    if (!files.back()) {
      throw InputError{Fault::input, {path, "", "cannot be opened", "check the file; `ulimit -n` may be too low"}};
    }
  }
  return files;
}

/// Where the tab before cell `count` is, or the text's end.
std::size_t end_of_cells(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t k = 0; k < count && at < text.size(); ++k) at = std::min(text.find('\t', at + 1), text.size());
  return at;
}

/// One line of each shard as one: what describes the position, then the cells of samples, each behind its tab.
std::string join_lines(const std::vector<std::string>& lines, const std::vector<ShardFolder>& shards) {
  constexpr std::size_t describing = 5;  // chrom, pos, id, ref, alt
  std::string joined;
  std::string behind;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    const std::string_view line = lines[k];
    // The first cell has no tab before it.
    const std::size_t head = std::min(line.find('\t', end_of_cells(line, describing - 1) + 1), line.size());
    if (k == 0) joined = line.substr(0, head);
    if (line.substr(0, head) != std::string_view{joined}.substr(0, head)) {
      refuse_other_rows(shards[k].path + "/dosages.tsv");
    }
    const std::string_view cells = line.substr(head);
    const std::size_t of_variants = end_of_cells(cells, shards[k].document->part.of_variants);
    joined += cells.substr(0, of_variants);
    behind += cells.substr(of_variants);
  }
  return joined + behind + '\n';
}

void join_table(const std::vector<ShardFolder>& shards, const std::string& output) {
  std::vector<std::ifstream> files = open_all(shards, "dosages.tsv");
  OutputFile out{output + "/dosages.tsv"};
  std::vector<std::string> lines(files.size());
  for (;;) {
    std::size_t read = 0;
    for (std::size_t k = 0; k < files.size(); ++k) read += std::getline(files[k], lines[k]) ? 1 : 0;
    if (read == 0) break;
    if (read != files.size()) refuse_other_rows(shards.front().path + "/dosages.tsv");
    out.write(join_lines(lines, shards));
  }
  out.close(true);
}

std::string text_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Appends the codes of a row, two bits each, to those that `row` has.
void append_codes(std::string_view bytes, std::size_t samples, std::size_t& filled, std::string& row) {
  for (std::size_t k = 0; k < samples; ++k, ++filled) {
    const unsigned code = static_cast<unsigned char>(bytes[k / 4]) >> (2 * (k % 4)) & 3U;
    if (filled % 4 == 0) row += '\0';
    row.back() = static_cast<char>(static_cast<unsigned char>(row.back()) | code << (2 * (filled % 4)));
  }
}

void join_bed(const std::vector<ShardFolder>& shards, const std::string& output) {
  const std::string magic{genomics::bed_magic};
  std::vector<std::ifstream> files = open_all(shards, "dosages.bed");
  for (std::ifstream& file : files) file.seekg(static_cast<std::streamoff>(magic.size()));
  OutputFile out{output + "/dosages.bed"};
  out.write(magic);
  std::string bytes;
  for (bool is_end = false; !is_end;) {
    std::string row;
    std::size_t filled = 0;
    for (std::size_t k = 0; k < files.size(); ++k) {
      const std::size_t samples = shards[k].document->part.samples.size();
      bytes.resize(genomics::bed_row_size(samples));
      const bool is_read = !!files[k].read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      if (k == 0) is_end = !is_read;
      if (is_end == is_read) refuse_other_rows(shards[k].path + "/dosages.bed");
      if (is_read) append_codes(bytes, samples, filled, row);
    }
    out.write(row);
  }
  out.close(true);
}

void join_fileset(const std::vector<ShardFolder>& shards, const std::string& output) {
  const std::string positions = text_of(shards.front().path + "/dosages.bim");
  std::string samples;
  for (const ShardFolder& shard : shards) {
    if (text_of(shard.path + "/dosages.bim") != positions) refuse_other_rows(shard.path + "/dosages.bim");
    samples += text_of(shard.path + "/dosages.fam");
  }
  write_file(output + "/dosages.fam", samples, true);
  write_file(output + "/dosages.bim", positions, true);
  join_bed(shards, output);
}

}  // namespace

void join_dosages(const std::vector<ShardFolder>& shards, const std::string& output) {
  if (shards.empty()) return;
  const auto& files = shards.front().document->files;
  if (files.contains("dosages.tsv")) join_table(shards, output);
  if (files.contains("dosages.bed")) join_fileset(shards, output);
}

}  // namespace stardose::pipeline
