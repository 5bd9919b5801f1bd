// Crypt4GH: read where HTSlib has its plug-in, and else refused for what it is.
#include <doctest/doctest.h>
#include <htslib/hfile.h>
#include <htslib/sam.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <fstream>

#include "tests/program/bgzip.h"
#include "tests/program/converted_reads.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

/// The start of such a file: magic, version 1, one packet of a header.
const std::string header{"crypt4gh\1\0\0\0\1\0\0\0\x6c\0\0\0\0\0\0\0", 24};

/// What follows is noise to whoever has no key.
std::string encrypted() {
  std::string bytes = header;
  for (int k = 0; k < 5000; ++k) bytes += static_cast<char>(k * 167 % 251);
  return bytes;
}

/// What the plug-in of the tests reads as the file.
void scramble(const std::string& from, const std::string& to) {
  std::string bytes = file_text(from);
  for (char& byte : bytes) byte = static_cast<char>(~byte);
  std::ofstream{to, std::ios::binary} << header << bytes;
}

/// The calls of a run with the plug-in.
std::string calls_of(const std::string& input, const std::string& out) {
  const ProgramResult run =
      run_shell("HTS_PATH='" STARDOSE_PLUGINS "' " STARDOSE_PROGRAM " run --write calls --input '" + input + "' -o '" +
                out + "'");
  CHECK_EQ(run.exit_code, 0);
  return file_text(out + "/calls.tsv");
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

  TEST_CASE("where HTSlib has a plug-in, an encrypted file is read like the one that it was, with its index") {
    const TempFolder folder;
    const std::string samples = STARDOSE_SOURCE_DIR "/data-samples";
    const std::string family = samples + "/family.vcf.gz";
    convert_vcf(family, folder / "plain.vcf", "w");
    convert_vcf(family, folder / "indexed.vcf.gz", "wz");
    convert_vcf(family, folder / "indexed.bcf", "wb");
    convert_reads(samples + "/reads.bam", folder / "reads.bam", "wb");
    convert_reads(samples + "/reads.bam", folder / "reads.cram", "wc,no_ref=1");
    REQUIRE_EQ(tbx_index_build((folder / "indexed.vcf.gz").c_str(), 0, &tbx_conf_vcf), 0);
    REQUIRE_EQ(bcf_index_build((folder / "indexed.bcf").c_str(), 14), 0);
    for (const char* reads : {"reads.bam", "reads.cram"}) REQUIRE_EQ(sam_index_build((folder / reads).c_str(), 0), 0);
    std::filesystem::create_directory(folder / "encrypted");
    for (const std::string name : {"plain.vcf", "indexed.vcf.gz", "indexed.bcf", "reads.bam", "reads.cram"}) {
      CAPTURE(name);
      const std::string encrypted = folder / "encrypted/" + name;
      scramble(folder / name, encrypted);
      for (const std::string ending : {".tbi", ".csi", ".bai", ".crai"}) {
        const std::string index = folder / name + ending;
        if (std::filesystem::exists(index)) std::filesystem::copy_file(index, encrypted + ending);
      }
      const std::string calls = calls_of(encrypted, folder / "of_encrypted");
      CHECK_EQ(calls, calls_of(folder / name, folder / "of_plain"));
      CHECK(calls.find("CYP2C19") != std::string::npos);
    }
  }
}

}  // namespace stardose::tests
