// Crypt4GH: read where HTSlib has its plug-in, and else refused for what it is.
#include <doctest/doctest.h>
#include <htslib/hfile.h>

#include <filesystem>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

/// The start of such a file: magic, version 1, one packet of a header. What follows is noise to whoever has no key.
std::string encrypted() {
  std::string bytes{"crypt4gh\1\0\0\0\1\0\0\0\x6c\0\0\0\0\0\0\0", 24};
  for (int k = 0; k < 5000; ++k) bytes += static_cast<char>(k * 167 % 251);
  return bytes;
}

}  // namespace

TEST_SUITE("program: encrypted inputs") {
  TEST_CASE("an encrypted file is told for what it is by every command that reads variants or reads") {
    if (hfile_has_plugin("crypt4gh") == 1) {
      MESSAGE("skipped: HTSlib has its plug-in, and would ask for a key");
      return;
    }
    const TempFolder folder;
    const std::string score = folder.write("score.txt",
                                           "#pgs_id=PGS1\n#genome_build=GRCh38\n"
                                           "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
                                           "6\t18130687\tC\tT\t1\n");
    for (const char* name : {"in.vcf.c4gh", "in.vcf.gz", "in.bam.c4gh", "in.bam", "in.cram"}) {
      const std::string file = folder.write(name, encrypted());
      const std::string why = file + ": is encrypted (Crypt4GH), and HTSlib has no plug-in here that reads such files";
      CAPTURE(name);
      check_refused(run_program({"run", "--input", file, "-o", folder / "out"}), 3, why);
      check_refused(run_program({"run", "--input", file, "--dry-run"}), 3, why);
      check_refused(run_program({"explain", "S1", "TPMT", "--input", file}), 3, why);
      check_refused(run_program({"annotate", file}), 3, why);
      check_refused(run_program({"genotype", "--input", file}), 3, why);
      check_refused(run_program({"polygenic", "--score", score, "--input", file, "-o", folder / "p"}), 3, why);
      CHECK_FALSE(std::filesystem::exists(folder / "out"));
    }
  }
}

}  // namespace stardose::tests
