// What newcomers do with alignments: each is refused in a line of words, before anything is written.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "tests/builders/covered_sites.h"
#include "tests/program/bgzip.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using test::AlignmentBuilder;
using test::covering;

/// Runs on the inputs and checks that no result was left.
ProgramResult refuse(const TempFolder& folder, const std::vector<std::string>& inputs,
                     const std::vector<std::string>& more = {}) {
  std::vector<std::string> args{"run", "--output", folder / "out"};
  for (const std::string& input : inputs) args.insert(args.end(), {"--input", input});
  args.insert(args.end(), more.begin(), more.end());
  const ProgramResult run = run_program(args);
  CHECK(files_below(folder / "out").empty());
  return run;
}

AlignmentBuilder reads_of(const std::string& sample) { return covering(sample, {{"chr1", 169549811, "CCCC"}}); }

}  // namespace

TEST_SUITE("program: refused alignments") {
  TEST_CASE("no index, no file, no reads in the file") {
    const TempFolder folder;
    const std::string bare = reads_of("R1").write_bam(folder / "bare.bam", false);
    check_refused(refuse(folder, {bare}), 3, bare + ": it has no index");
    check_refused(refuse(folder, {folder / "nowhere.bam"}), 3,
                  folder / "nowhere.bam" + ": cannot open: No such file or directory");
    const std::string empty = folder.write("empty.bam", "");
    check_refused(refuse(folder, {empty}), 3, empty + ": the file is empty");
    check_refused(refuse(folder, {reads_of("R2").write_bam(folder / "b.bam") + ".bai"}), 3,
                  folder / "b.bam.bai" + ": is an index");
    const std::string list = folder.write("list.txt", "b.bam\n");
    check_refused(refuse(folder, {list}), 3, list + ": is a list of paths, no input itself");
    const std::string text = folder.write("text.bam", "this is no BAM\n");
    check_refused(refuse(folder, {text}), 3, text + ": not a VCF or BCF file");
    CHECK(refuse(folder, {text}).err.find("BAM or CRAM") != std::string::npos);
  }

  TEST_CASE("a truncated file") {
    const TempFolder folder;
    const std::string cut = reads_of("R1").write_bam(folder / "cut.bam");
    std::filesystem::resize_file(cut, std::filesystem::file_size(cut) - 28);
    check_refused(refuse(folder, {cut}), 3, cut + ": the file is truncated: its end-of-file marker is missing");
  }

  TEST_CASE("reads that are not aligned, or are text") {
    const TempFolder folder;
    const std::string sam = reads_of("R1").write_sam(folder / "reads.sam");
    check_refused(refuse(folder, {sam}), 3, sam + ": is SAM text, which has no index to jump by");
    const std::string fastq = folder.write("reads.fastq", "@r1\nACGT\n+\nIIII\n");
    const std::string why = ": holds sequences that are not aligned to a genome";
    check_refused(refuse(folder, {fastq}), 3, fastq + why);
    write_bgzip(folder / "reads.fastq.gz", "@r1\nACGT\n+\nIIII\n");
    check_refused(refuse(folder, {folder / "reads.fastq.gz"}), 3, folder / "reads.fastq.gz" + why);
    const std::string fasta = folder.write("genome.fa", ">chr1\nACGT\n");
    check_refused(refuse(folder, {fasta}), 3, fasta + why);
    const std::string unaligned = AlignmentBuilder{}.no_contigs().write_bam(folder / "unaligned.bam", false);
    check_refused(refuse(folder, {unaligned}), 3,
                  unaligned + ": header: it names no contigs, so its reads are not aligned");
  }

  TEST_CASE("reads that are not sorted, or are of several samples") {
    const TempFolder folder;
    const std::string unsorted = reads_of("R1").order("queryname").write_bam(folder / "unsorted.bam", false);
    check_refused(refuse(folder, {unsorted}), 3,
                  unsorted + ": header: the reads are not sorted by position (SO:queryname)");
    const std::string two = reads_of("R1").samples({"R1", "R2"}).write_bam(folder / "two.bam");
    check_refused(refuse(folder, {two}), 3, two + ": header: its read groups are of several samples: R1, R2");
  }

  TEST_CASE("the same sample or file twice") {
    const TempFolder folder;
    const std::string first = reads_of("S1").write_bam(folder / "a.bam");
    const std::string second = reads_of("S1").write_bam(folder / "b.bam");
    check_refused(refuse(folder, {first, second}), 4,
                  second + ": sample S1: " + first + " holds a sample of the same name");
    const std::string list = folder.write("list.txt", "a.bam\na.bam\n");
    check_refused(refuse(folder, {}, {"--input-list", list}), 4, first + ": the file is given twice");
    const std::string vcf = folder.write("v.vcf", vcf_header({"S1"}));
    check_refused(refuse(folder, {vcf, first}), 4, first + ": sample S1: " + vcf + " holds a sample of the same name");
    const ProgramResult piped = run_program({"run", "--input", "-", "--input", first, "--output", folder / "out"}, vcf);
    check_refused(piped, 4, first + ": sample S1: - holds a sample of the same name");
  }

  TEST_CASE("another assembly than the other inputs', or one that nothing tells") {
    const TempFolder folder;
    const std::string on_38 = reads_of("R1").write_bam(folder / "38.bam");
    const std::string on_37 =
        AlignmentBuilder{}.no_contigs().contig("1", 249250621).samples({"R2"}).write_bam(folder / "37.bam");
    check_refused(refuse(folder, {on_38, on_37}), 4,
                  on_37 + ": header: contig lengths: the file is on GRCh37, and " + on_38 + " on GRCh38");
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}) + vcf_record("chr6 18130687 T C", {"0/1"}));
    check_refused(refuse(folder, {on_37, vcf}), 4,
                  on_37 + ": header: contig lengths: the file is on GRCh37, and " + vcf + " on GRCh38");
    // A VCF without contig lengths tells by its bases, once it has been read.
    const std::string silent = folder.write(
        "silent.vcf",
        "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n##contig=<ID=chr6>\n"
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tV1\n" +
            vcf_record("chr6 18130687 T C", {"0/1"}) + vcf_record("chr6 18138997 C T", {"0/1"}));
    check_refused(refuse(folder, {on_37, silent}), 4,
                  silent + ": REF alleles are the bases of GRCh38: the file is on GRCh38, and " + on_37 + " on GRCh37");
    const std::string cut_out = AlignmentBuilder{}.no_contigs().contig("chr1", 170000000).write_bam(folder / "c.bam");
    check_refused(refuse(folder, {cut_out}), 4, cut_out + ": header: its contig lengths do not tell the assembly");
    CHECK_EQ(run_program({"run", "--input", cut_out, "--assembly", "GRCh38", "-o", folder / "told"}).exit_code, 0);
    check_refused(refuse(folder, {on_38}, {"--assembly", "GRCh37"}), 4,
                  on_38 + ": header: contig lengths: the file is on GRCh38, and assembly says GRCh37");
  }

  TEST_CASE("samples that no input has") {
    const TempFolder folder;
    const std::string bam = reads_of("R1").write_bam(folder / "a.bam");
    check_refused(refuse(folder, {bam}, {"--samples", "R9"}), 4, "sample R9: no input has this sample");
    CHECK(refuse(folder, {bam}, {"--samples", "R9"}).err.find("did you mean `R1`?") != std::string::npos);
    check_refused(refuse(folder, {bam}, {"--samples", "^R1"}), 2, "no sample is left to call");
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}));
    check_refused(refuse(folder, {bam, vcf}, {"--samples", "R9"}), 4, vcf + ": sample R9: no such sample in the file");
  }

  TEST_CASE("lists that are none") {
    const TempFolder folder;
    const std::string bam = reads_of("R1").write_bam(folder / "a.bam");
    check_refused(refuse(folder, {}, {"--input-list", folder / "none"}), 2,
                  folder / "none" + ": cannot open the list of inputs");
    check_refused(refuse(folder, {}, {"--input-list", folder.path()}), 2,
                  folder.path() + ": cannot open the list of inputs");
    const std::string empty = folder.write("empty.txt", "# nothing\n\n");
    check_refused(refuse(folder, {}, {"--input-list", empty}), 2, empty + ": the list of inputs is empty");
    check_refused(refuse(folder, {}, {"--input-list", bam}), 2,
                  bam + ": line 1: is no path: it holds a control character");
  }

  TEST_CASE("outputs that an alignment, or only an alignment, can give") {
    const TempFolder folder;
    const std::string bam = reads_of("R1").write_bam(folder / "a.bam");
    check_refused(refuse(folder, {bam}, {"--write", "dosages", "--dosage-sites", "all"}), 2,
                  "dosage-sites: all is for the records of variant files; an alignment has none");
    const std::string vcf = folder.write("v.vcf", vcf_header({"V1"}));
    check_refused(refuse(folder, {vcf}, {"--write", "coverage"}), 2,
                  "write: coverage is of alignments, and no input is one");
  }

  TEST_CASE("a CRAM's reference is never fetched, whatever REF_PATH and the header name") {
    // A server that nobody may speak to.
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    REQUIRE_EQ(bind(server, reinterpret_cast<sockaddr*>(&place), size), 0);
    REQUIRE_EQ(listen(server, 8), 0);
    REQUIRE_EQ(getsockname(server, reinterpret_cast<sockaddr*>(&place), &size), 0);
    const std::string address = "http://127.0.0.1:" + std::to_string(ntohs(place.sin_port)) + "/";
    const TempFolder folder;
    const std::string genome = folder.write("genome.fa", ">chrM\n" + std::string(16569, 'A') + "\n");
    AlignmentBuilder reads;
    reads.no_contigs().contig("chrM", 16569, "UR:" + address + "genome.fa").samples({"R1"});
    reads.read("r 0 chrM 1551 60 10M", "ACGTTGCAAC");
    const std::string cram = reads.write_cram(folder / "a.cram", genome);
    std::filesystem::remove(genome);
    setenv("REF_PATH", (address + "%s").c_str(), 1);
    const auto begin = std::chrono::steady_clock::now();
    check_refused_saying(refuse(folder, {cram}, {"--assembly", "GRCh38", "--genes", "MT-RNR1"}), 3,
                         {cram + ": chrM: the reference sequence of chrM (M5 ", "give --reference"});
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{10});  // a loaded machine; alone a tenth
    unsetenv("REF_PATH");
    CHECK_EQ(accept(server, nullptr, nullptr), -1);
    CHECK_EQ(errno, EAGAIN);
    close(server);
  }

  TEST_CASE("a CRAM whose reference is not to be had, in a run and in a dry one") {
    const TempFolder folder;
    std::string fasta = ">chrM\n";
    for (int base = 0; base < 16569; ++base) fasta += "ACGTTGCAAC"[base % 10];
    const std::string genome = folder.write("genome.fa", fasta + "\n");
    AlignmentBuilder reads;
    reads.no_contigs().contig("chrM", 16569).samples({"R1"});
    // Over a position of MT-RNR1.
    for (int k = 0; k < 20; ++k) reads.read("r" + std::to_string(k) + " 0 chrM 1551 60 10M", "ACGTTGCAAC");
    const std::string cram = reads.write_cram(folder / "a.cram", genome);
    setenv("REF_PATH", folder.path().c_str(), 1);
    setenv("REF_CACHE", folder.path().c_str(), 1);
    std::filesystem::rename(genome, folder / "moved.fa");
    std::filesystem::remove(genome + ".fai");
    const std::vector<std::string> said{cram, "the reference sequence of chrM (M5 ", "is missing; sought in "};
    check_refused_saying(refuse(folder, {cram}, {"--assembly", "GRCh38"}), 3, said);
    check_refused_saying(refuse(folder, {cram}, {"--assembly", "GRCh38", "--dry-run"}), 3, said);
    const ProgramResult found = run_program({"run", "--input", cram, "--assembly", "GRCh38", "--reference",
                                             folder / "moved.fa", "--output", folder / "found"});
    INFO(found.err);
    CHECK_EQ(found.exit_code, 0);
    unsetenv("REF_PATH");
    unsetenv("REF_CACHE");
  }
}

}  // namespace stardose::tests
