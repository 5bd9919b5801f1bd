// Reads aligned by bwa or minimap2.
#include "read_aligner.h"

#include <htslib/sam.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

namespace stardose::tests {
namespace {

struct SamDeleter {
  void operator()(samFile* file) const { sam_close(file); }
  void operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }
  void operator()(bam1_t* record) const { bam_destroy1(record); }
};
template <class T>
using SamHandle = std::unique_ptr<T, SamDeleter>;

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error{"failed: " + command};  // NOLINT: a test's own command
}

void write_text(const std::string& path, const std::string& text) {
  std::ofstream stream{path, std::ios::binary};
  stream << text;
  stream.close();
  if (!stream) throw std::runtime_error{"cannot write " + path};
}

bool by_place(const SamHandle<bam1_t>& a, const SamHandle<bam1_t>& b) {
  const auto place = [](const bam1_t& record) {
    return record.core.tid < 0 ? INT64_MAX : static_cast<std::int64_t>(record.core.pos);
  };
  return place(*a) < place(*b);
}

}  // namespace

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;  // NOLINT: a test's own command
}

ReadAligner::ReadAligner(const Window& window, std::string folder, ReferenceContig contig)
    : start_{window.start}, folder_{std::move(folder)}, contig_{std::move(contig)} {
  std::filesystem::create_directories(folder_);
  const std::string fasta = folder_ + "/reference.fa";
  if (std::filesystem::exists(fasta + ".sa")) return;
  // Tests of one build may come here at once: each makes its own, and the last to be ready puts it in place.
  std::string own = folder_ + "/making-XXXXXX";
  if (mkdtemp(own.data()) == nullptr) throw std::runtime_error{"no folder for the reference"};
  write_text(own + "/reference.fa", ">" + contig_.name + "\n" + window.bases + "\n");
  run("bwa index '" + own + "/reference.fa' 2> /dev/null");
  for (const std::string ending : {"", ".amb", ".ann", ".bwt", ".pac", ".sa"}) {  // .sa last: it is asked for
    std::filesystem::rename(own + "/reference.fa" + ending, fasta + ending);
  }
  std::filesystem::remove_all(own);
}

std::string ReadAligner::align(const std::string& fastq, ReadKind kind, const std::string& name) const {
  const std::string stem = folder_ + "/" + name;
  write_text(stem + ".fq", fastq);
  const std::string reference = " '" + folder_ + "/reference.fa' '" + stem + ".fq' > '" + stem + ".sam' 2> /dev/null";
  if (kind == ReadKind::long_reads) {
    run("minimap2 -t 1 -ax map-hifi" + reference);
  } else {
    run(std::string{"bwa mem -t 1 "} + (kind == ReadKind::paired ? "-p" : "") + reference);
  }
  write_sorted(stem + ".sam", stem + ".bam");
  std::filesystem::remove(stem + ".fq");
  std::filesystem::remove(stem + ".sam");
  return stem + ".bam";
}

void ReadAligner::write_sorted(const std::string& sam, const std::string& bam) const {
  const SamHandle<samFile> in{sam_open(sam.c_str(), "r")};
  if (!in) throw std::runtime_error{"cannot read " + sam};
  const SamHandle<sam_hdr_t> read{sam_hdr_read(in.get())};
  if (!read) throw std::runtime_error{"no header: " + sam};
  std::vector<SamHandle<bam1_t>> records;
  for (;;) {
    SamHandle<bam1_t> record{bam_init1()};
    const int status = sam_read1(in.get(), read.get(), record.get());
    if (status < -1) throw std::runtime_error{"damaged: " + sam};
    if (status < 0) break;
    if (record->core.tid >= 0) record->core.pos += start_;
    if (record->core.mtid >= 0) record->core.mpos += start_;
    // Tags that name places would name wrong ones.
    for (const char* tag : {"SA", "XA", "MC"}) {
      if (std::uint8_t* found = bam_aux_get(record.get(), tag)) bam_aux_del(record.get(), found);
    }
    records.push_back(std::move(record));
  }
  std::stable_sort(records.begin(), records.end(), by_place);
  const std::string text =
      "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:" + contig_.name + "\tLN:" + std::to_string(contig_.length) + "\n";
  const SamHandle<sam_hdr_t> header{sam_hdr_parse(text.size(), text.c_str())};
  {
    const SamHandle<samFile> out{sam_open(bam.c_str(), "wb1")};
    if (!out || sam_hdr_write(out.get(), header.get()) < 0) throw std::runtime_error{"cannot write " + bam};
    for (const auto& record : records) {
      if (sam_write1(out.get(), header.get(), record.get()) < 0) throw std::runtime_error{"cannot write " + bam};
    }
  }
  if (sam_index_build(bam.c_str(), 0) < 0) throw std::runtime_error{"cannot index " + bam};
}

}  // namespace stardose::tests
