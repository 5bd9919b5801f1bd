// References for bwa, and moving what it has aligned.
#include "sam_tools.h"

#include <htslib/sam.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::tests {
namespace {

template <class T>
using SamHandle = genomics::HtsHandle<T>;

bool by_place(const SamHandle<bam1_t>& a, const SamHandle<bam1_t>& b) {
  const auto place = [](const bam1_t& record) {
    return std::pair{record.core.tid < 0 ? INT_MAX : record.core.tid, record.core.pos};
  };
  return place(*a) < place(*b);
}

std::vector<SamHandle<bam1_t>> moved_records(const std::string& sam, const std::function<SamPlace(SamPlace)>& move) {
  const SamHandle<samFile> in{sam_open(sam.c_str(), "r")};
  if (!in) throw std::runtime_error{"cannot read " + sam};
  const SamHandle<sam_hdr_t> header{sam_hdr_read(in.get())};
  if (!header) throw std::runtime_error{"no header: " + sam};
  const auto put = [&](std::int32_t& contig, hts_pos_t& position) {
    if (contig < 0) return;
    const SamPlace place = move({contig, position});
    contig = place.contig;
    position = place.position;
  };
  std::vector<SamHandle<bam1_t>> records;
  for (;;) {
    SamHandle<bam1_t> record{bam_init1()};
    const int status = sam_read1(in.get(), header.get(), record.get());
    if (status < -1) throw std::runtime_error{"damaged: " + sam};
    if (status < 0) return records;
    put(record->core.tid, record->core.pos);
    put(record->core.mtid, record->core.mpos);
    // Tags that name places would name wrong ones.
    for (const char* tag : {"SA", "XA", "MC"}) {
      if (std::uint8_t* found = bam_aux_get(record.get(), tag)) bam_aux_del(record.get(), found);
    }
    records.push_back(std::move(record));
  }
}

}  // namespace

void run_command(const std::string& command) {
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error{"failed: " + command};  // NOLINT: a test's own command
}

void write_text(const std::string& path, const std::string& text) {
  std::ofstream stream{path, std::ios::binary};
  stream << text;
  stream.close();
  if (!stream) throw std::runtime_error{"cannot write " + path};
}

void make_bwa_reference(const std::string& folder, const std::string& fasta) {
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/reference.fa";
  if (std::filesystem::exists(path + ".sa")) return;
  // Tests of one build may come here at once: each makes its own, and the last to be ready puts it in place.
  std::string own = folder + "/making-XXXXXX";
  if (mkdtemp(own.data()) == nullptr) throw std::runtime_error{"no folder for the reference"};
  write_text(own + "/reference.fa", fasta);
  run_command("bwa index '" + own + "/reference.fa' 2> /dev/null");
  for (const std::string ending : {"", ".amb", ".ann", ".bwt", ".pac", ".sa"}) {  // .sa last: it is asked for
    std::filesystem::rename(own + "/reference.fa" + ending, path + ending);
  }
  std::filesystem::remove_all(own);
}

void write_moved(const std::string& sam, const std::string& bam, const std::string& header,
                 const std::function<SamPlace(SamPlace)>& move) {
  std::vector<SamHandle<bam1_t>> records = moved_records(sam, move);
  std::stable_sort(records.begin(), records.end(), by_place);
  const SamHandle<sam_hdr_t> parsed{sam_hdr_parse(header.size(), header.c_str())};
  {
    const SamHandle<samFile> out{sam_open(bam.c_str(), "wb1")};
    if (!parsed || !out || sam_hdr_write(out.get(), parsed.get()) < 0) {
      throw std::runtime_error{"cannot write " + bam};
    }
    for (const auto& record : records) {
      if (sam_write1(out.get(), parsed.get(), record.get()) < 0) throw std::runtime_error{"cannot write " + bam};
    }
  }
  if (sam_index_build(bam.c_str(), 0) < 0) throw std::runtime_error{"cannot index " + bam};
}

}  // namespace stardose::tests
