// Lists of inputs, and looking at first bytes.
#include "pipeline/input_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <istream>

#include "genomics/basics/control_characters.h"
#include "genomics/input_error.h"
#include "genomics/io/file_kind.h"
#include "genomics/pseudonyms.h"
#include "genomics/reads/alignment_file.h"
#include "genomics/trail.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::FileKind;
using genomics::InputError;

bool is_regular(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

// A file that a full disk has left without a byte is what its name says.
bool is_empty_alignment(const std::string& path) {
  std::error_code error;
  const std::string ending = std::filesystem::path{path}.extension().string();
  return (ending == ".bam" || ending == ".cram") && std::filesystem::file_size(path, error) == 0 && !error;
}

/// Someone who means --input-list.
void refuse_list(const std::string& path) {
  std::string first;
  std::getline(std::ifstream{path}, first);
  const bool is_text = !first.empty() && std::ranges::none_of(first, [](unsigned char c) { return c < 0x20; });
  std::error_code error;
  if (!is_text || !std::filesystem::exists(std::filesystem::path{path}.parent_path() / first, error)) return;
  throw InputError{Fault::input, {path, "", "is a list of paths, no input itself", "give it with --input-list"}};
}

void refuse_raw_reads(const std::string& path) {
  switch (genomics::file_kind(path)) {
    case FileKind::other: return refuse_list(path);
    case FileKind::index:
      throw InputError{Fault::input,
                       {path, "", "is an index", "give the file that it belongs to; its index is found beside it"}};
    case FileKind::sam_text:
      throw InputError{Fault::input,
                       {path, "", "is SAM text, which has no index to jump by",
                        "make it a BAM: `samtools sort -o reads.bam FILE && samtools index reads.bam`"}};
    case FileKind::fastq:
    case FileKind::fasta:
      throw InputError{Fault::input,
                       {path, "", "holds sequences that are not aligned to a genome",
                        "align the reads to GRCh38 or GRCh37, sort and index them, and give the BAM or CRAM"}};
  }
}

std::vector<std::string> paths_in(std::istream& lines, const std::string& list, const std::filesystem::path& folder) {
  std::vector<std::string> paths;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line.front() == '#') continue;
    if (genomics::has_control_character(line)) {
      throw InputError{Fault::usage,
                       {list, fmt::format("line {}", number), "is no path: it holds a control character",
                        "a list has one path a line; give a variant file or an alignment with --input"}};
    }
    const bool stays = line == "-" || line.find("://") != std::string::npos;
    paths.push_back(stays ? line : (folder / line).string());
  }
  if (lines.bad()) throw InputError{Fault::usage, {list, "", "the list of inputs cannot be read", "check the disk"}};
  return paths;
}

}  // namespace

std::vector<std::string> read_input_list(const std::string& path) {
  std::vector<std::string> paths;
  if (path == "-") {
    paths = paths_in(std::cin, path, {});
  } else {
    std::ifstream file{path};
    if (!file || std::filesystem::is_directory(path)) {
      throw InputError{Fault::usage, {path, "", "cannot open the list of inputs", "check --input-list"}};
    }
    paths = paths_in(file, path, std::filesystem::path{path}.parent_path());
  }
  if (paths.empty()) throw InputError{Fault::usage, {path, "", "the list of inputs is empty", "one path a line"}};
  return paths;
}

SortedInputs sort_inputs(const InputOptions& options) {
  std::vector<std::string> files = options.variants.files;
  if (!options.list.empty()) {
    const auto listed = read_input_list(options.list);
    std::ranges::for_each(listed, genomics::hide_path);
    std::ranges::for_each(listed, genomics::note_read);
    files.insert(files.end(), listed.begin(), listed.end());
  }
  if (files.empty()) {
    throw InputError{
        Fault::usage,
        {"", "", "no input given", "name a variant file (VCF, BCF) or an alignment (BAM, CRAM) with --input"}};
  }
  SortedInputs sorted{options.variants, options.alignments, parse_shard(options.shard)};
  sorted.variants.files.clear();
  sorted.alignments.files.clear();
  sorted.alignments.reference = options.variants.reference;
  for (std::string& path : files) {
    const bool is_alignment = is_regular(path) && (genomics::is_alignment_file(path) || is_empty_alignment(path));
    if (!is_alignment && is_regular(path)) refuse_raw_reads(path);
    (is_alignment ? sorted.alignments.files : sorted.variants.files).push_back(std::move(path));
  }
  return sorted;
}

}  // namespace stardose::pipeline
