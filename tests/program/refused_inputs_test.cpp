// Inputs that cannot be what they claim: each is refused in words, and nothing is left behind.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>

#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

/// Runs on a file and checks that no result was left.
ProgramResult refuse(const TempFolder& folder, const std::string& path, const std::vector<std::string>& more = {}) {
  std::vector<std::string> args{"run", "--input", path, "--output", folder / "out"};
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  CHECK(files_below(folder / "out").empty());
  return run;
}

const std::string tpmt_3c = vcf_record("chr6 18130687 T C", {"0/1"});
const std::string tpmt_3b = vcf_record("chr6 18138997 C T", {"0/1"});

}  // namespace

TEST_SUITE("program: refused inputs") {
  TEST_CASE("what is not there, a folder, and what is no variant file") {
    const TempFolder folder;
    check_refused(refuse(folder, "/nowhere/a.vcf"), 3, "/nowhere/a.vcf: cannot open: No such file or directory");
    check_refused(refuse(folder, folder.path()), 3, folder.path() + ": cannot open: Is a directory");
    const std::string text = folder.write("notes.txt", "hello\n");
    check_refused(refuse(folder, text), 3, text + ": not a VCF or BCF file");
    const std::string empty = folder.write("empty.vcf", "");
    check_refused(refuse(folder, empty), 3, empty + ": not a VCF or BCF file");
  }

  TEST_CASE("a file without samples, with one twice, or with one that has no name") {
    const TempFolder folder;
    std::string sites = vcf_header({});
    sites.erase(sites.rfind("\tFORMAT"), 7);
    const std::string path = folder.write("sites.vcf", sites + "chr6\t18130687\t.\tT\tC\t.\tPASS\t.\n");
    check_refused(refuse(folder, path), 3, path + ": the file has no sample, so there are no genotypes to call from");
    // HTSlib 1.16 takes the whole rest of the line for the name of the first sample.
    const std::string nameless = folder.write("nameless.vcf", vcf_header({"", "S2", "S3"}));
    CHECK_EQ(refuse(folder, nameless).exit_code, 3);
    const std::string twice = folder.write("twice.vcf", vcf_header({"A", "A"}));
    check_refused(refuse(folder, twice), 3, twice + ": header, line 16: sample A is there twice");
  }

  TEST_CASE("another assembly, by its header and by its bases") {
    const TempFolder folder;
    std::string header = vcf_header();
    header.replace(header.find("133797422"), 9, "135534748");
    const std::string neither = folder.write("odd.vcf", header);
    check_refused(refuse(folder, neither), 4,
                  neither + ": header: contig chr10 has 135534748 bases, which is neither GRCh38 nor GRCh37");
    const std::string shifted = folder.write("shifted.vcf", vcf_header() + vcf_record("chr6 18130687 G C", {"0/1"}) +
                                                                vcf_record("chr6 18138997 A T", {"0/1"}));
    check_refused(
        refuse(folder, shifted), 4,
        shifted +
            ": chr6:18130687: REF is not the base of GRCh38 here and at 1 further of 2 positions seen, though "
            "its header says GRCh38");
  }

  TEST_CASE("records out of order, and a contig that comes back") {
    const TempFolder folder;
    const std::string back = folder.write("back.vcf", vcf_header() + tpmt_3b + tpmt_3c);
    check_refused(refuse(folder, back), 3,
                  back + ": chr6:18130687: record comes after one further right: the file is not sorted");
    const std::string again =
        folder.write("again.vcf", vcf_header() + tpmt_3c + vcf_record("chr7 117559590 A G", {"0/0"}) + tpmt_3b);
    check_refused(refuse(folder, again), 3,
                  again + ": chr6: contig comes back after another one: the file is not sorted");
  }

  TEST_CASE("a truncated file, also through a pipe") {
    const TempFolder folder;
    const std::string path = folder / "cut.vcf.gz";
    write_bgzip(path, vcf_header() + tpmt_3c + tpmt_3b);
    const auto whole = std::filesystem::file_size(path);
    CHECK_EQ(run_program({"run", "--input", path, "--output", folder / "whole"}).exit_code, 0);
    std::filesystem::resize_file(path, whole - 28);  // the end-of-file block
    const std::string why = ": the file is truncated: its end-of-file marker is missing";
    check_refused(refuse(folder, path), 3, path + why);
    const ProgramResult piped = run_program({"run", "--input", "-", "--output", folder / "out"}, path);
    check_refused(piped, 3, "-" + why);
    CHECK(files_below(folder / "out").empty());
    std::filesystem::resize_file(path, whole - 60);
    CHECK_EQ(refuse(folder, path).exit_code, 3);
  }

  TEST_CASE("a record that is none, and a genotype of an allele that is not there") {
    const TempFolder folder;
    const std::string words =
        folder.write("words.vcf", vcf_header() + "chr6\tabout here\t.\tT\tC\t.\tPASS\t.\tGT\t0/1\n");
    check_refused(refuse(folder, words), 3,
                  words + ": record 1: not a variant record: no contig and position at its start");
    const std::string column = folder.write("column.vcf", vcf_header({"A", "B"}) + tpmt_3c);
    check_refused(refuse(folder, column), 3, column + ": chr6:18130687: the line has fewer columns than the header");
    const std::string allele = folder.write("allele.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/2"}));
    check_refused(refuse(folder, allele), 3,
                  allele + ": chr6:18130687: FORMAT/GT of the 1. sample names an allele that the record lacks");
  }

  TEST_CASE("an index that cannot be read, and an old one that is not used") {
    const TempFolder folder;
    const std::string path = folder / "in.vcf.gz";
    write_bgzip(path, vcf_header() + tpmt_3c + tpmt_3b);
    const std::string index = folder.write("in.vcf.gz.tbi", "no index\n");
    check_refused(refuse(folder, path), 3, index + ": the index cannot be read");
    CHECK_EQ(run_program({"run", "--input", path, "--no-index", "--output", folder / "streamed"}).exit_code, 0);
    std::filesystem::last_write_time(index, std::filesystem::last_write_time(path) - std::chrono::hours{1});
    const ProgramResult old = run_program({"run", "--input", path, "--output", folder / "old"});
    CHECK_EQ(old.exit_code, 0);
    CHECK(old.err.find("warning: " + index + " is older than the file") != std::string::npos);
  }

  TEST_CASE("files of other samples together") {
    const TempFolder folder;
    const std::string first = folder.write("a.vcf", vcf_header({"A"}) + tpmt_3c);
    const std::string second = folder.write("b.vcf", vcf_header({"B"}) + tpmt_3b);
    check_refused(refuse(folder, first, {"--input", second}), 4,
                  second + ": its samples are not those of the first input");
  }

  TEST_CASE("genes and samples that nobody has") {
    const TempFolder folder;
    const std::string path = folder.write("in.vcf", vcf_header() + tpmt_3c);
    check_refused(refuse(folder, path, {"--genes", "CYP9X9"}), 2, "genes: no such gene in the catalogue: CYP9X9");
    check_refused(refuse(folder, path, {"--from-small-variants", "CYP9X9"}), 2,
                  "from-small-variants: no such gene in the catalogue: CYP9X9");
    check_refused(refuse(folder, path, {"--samples", "nobody"}), 4,
                  path + ": sample nobody: no such sample in the file");
    check_refused(refuse(folder, path, {"--samples", "^S1"}), 2, path + ": no sample is left to call");
    check_refused(refuse(folder, path, {"--samples-file", "/nowhere/list"}), 3,
                  "/nowhere/list: cannot open the list of samples: No such file or directory");
    check_refused(refuse(folder, path, {"--reference", "/nowhere/ref.fa"}), 3,
                  "/nowhere/ref.fa: cannot open this file as an indexed FASTA");
  }
}

}  // namespace stardose::tests
