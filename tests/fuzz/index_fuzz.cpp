// Any bytes for an index: what it lets be read is what is there.
#include "genomics/reads/alignment_file.h"
#include "tests/builders/islands.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/unpacked.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

namespace {

/// Whole files, made once; each index lies beside its own.
struct Files {
  test::TempFolder folder;
  std::string bai = test::islands::reads().write_bam(folder / "bai.bam", false);
  std::string csi = test::islands::reads().write_bam(folder / "csi.bam", false);
  std::string cram = test::islands::reads().slices(20, 2).write_cram(folder / "a.cram", "", false);
  std::string vcf = test::islands::variants().write_gz(folder / "a.vcf.gz", false, 1000);
};

void read_alignments(const std::string& path) {
  const auto regions = genomics::AlignmentFile{path, {}}.read(test::islands::plan()).regions;
  for (const genomics::RegionDepth& region : regions) fuzz::check(region.bases <= test::islands::bases);
}

void read_variants(const std::string& path) {
  static const genomics::SiteIndex sites = test::islands::sites();
  fuzz::check(test::read(sites, path).inputs.front().counts.matched <= sites.size());
}

}  // namespace

/// The first byte says which kind of index the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const Files files;
  const std::string bytes = fuzz::text_of(data + 1, size - 1);
  fuzz::tolerate_mistakes([&] {
    switch (data[0] % 4) {
      case 0: (void)files.folder.file("bai.bam.bai", bytes); return read_alignments(files.bai);
      case 1: test::write_packed(files.csi + ".csi", bytes); return read_alignments(files.csi);
      case 2: (void)files.folder.file("a.cram.crai", bytes); return read_alignments(files.cram);
      default: test::write_packed(files.vcf + ".tbi", bytes); return read_variants(files.vcf);
    }
  });
  return 0;
}
