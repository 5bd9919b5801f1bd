// Reads aligned by bwa or minimap2.
#include "read_aligner.h"

#include <cstdlib>
#include <filesystem>

#include "sam_tools.h"

namespace stardose::tests {

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null 2>&1").c_str()) == 0;  // NOLINT: a test's own command
}

ReadAligner::ReadAligner(const Window& window, std::string folder, ReferenceContig contig)
    : start_{window.start}, folder_{std::move(folder)}, contig_{std::move(contig)} {
  make_bwa_reference(folder_, ">" + contig_.name + "\n" + window.bases + "\n");
}

std::string ReadAligner::align(const std::string& fastq, ReadKind kind, const std::string& name) const {
  const std::string stem = folder_ + "/" + name;
  write_text(stem + ".fq", fastq);
  const std::string reference = " '" + folder_ + "/reference.fa' '" + stem + ".fq' > '" + stem + ".sam' 2> /dev/null";
  if (kind == ReadKind::long_reads) {
    run_command("minimap2 -t 1 -ax map-hifi" + reference);
  } else {
    run_command(std::string{"bwa mem -t 1 "} + (kind == ReadKind::paired ? "-p" : "") + reference);
  }
  write_sorted(stem + ".sam", stem + ".bam");
  std::filesystem::remove(stem + ".fq");
  std::filesystem::remove(stem + ".sam");
  return stem + ".bam";
}

void ReadAligner::write_sorted(const std::string& sam, const std::string& bam) const {
  const std::string header =
      "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:" + contig_.name + "\tLN:" + std::to_string(contig_.length) + "\n";
  write_moved(sam, bam, header, [&](SamPlace place) { return SamPlace{place.contig, place.position + start_}; });
}

}  // namespace stardose::tests
