// stardose annotate: nothing but what is added changes, whatever the formats, and nothing half written stays.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "tests/program/annotated_file.h"
#include "tests/program/refusal.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string family_37 = source + "/data-samples/family_grch37.vcf.gz";
const std::string fields =
    "INFO/PGX_GENE,INFO/PGX_ALLELE,INFO/PGX_FUNCTION,FORMAT/PGX_STATUS,FORMAT/PGX_DIPLOTYPE,FORMAT/PGX_PHENOTYPE";

/// A file with much that a writer could lose: odd header lines, FILTERs, IDs, a QUAL with a zero at its end, a flag,
/// dropped trailing fields, phase, blocks, deletions without bases, several alternatives, one position twice.
std::string odd_file() {
  std::string text = vcf_header(
      {"A B", "S2"},
      "##source=somebody's caller \"x\"\n##FILTER=<ID=q10,Description=\"Quality, below 10\">\n"
      "##FILTER=<ID=s50,Description=\"Less than half\">\n##INFO=<ID=DB,Number=0,Type=Flag,Description=\"dbSNP\">\n"
      "##INFO=<ID=AF,Number=A,Type=Float,Description=\"AF\">\n##INFO=<ID=NOTE,Number=.,Type=String,Description=\"n\">\n"
      "##FORMAT=<ID=DP,Number=1,Type=Integer,Description=\"d\">\n##FORMAT=<ID=AD,Number=R,Type=Integer,Description="
      "\"d\">\n"
      "##FORMAT=<ID=PS,Number=1,Type=Integer,Description=\"p\">\n##ALT=<ID=DEL,Description=\"Deletion\">\n");
  text +=
      "chr1\t1000\trs1;x2\tA\tC,G\t29.50\tq10;s50\tDB;AF=0.250,0.001;NOTE=a%3Bb,c\tGT:DP:AD\t0/1:30:10,20,0\t./.\n"
      "chr1\t97450058\trs3918290\tC\tT\t50\tPASS\tDB\tGT:DP:PS\t0|1:40:97450058\t0/0\n"
      "chr1\t97450058\t.\tC\t<DEL>\t.\t.\tEND=97450100\tGT\t0/0\t0/1\n"
      "chr6\t18130687\trs1142345\tT\tA,C\t1e+03\tPASS\t.\tGT:DP\t0/2:33\t0/1\n"
      "chr6\t18138997\trs1800460\tCAA\tTAA\t3\tPASS\tAF=0.5\tGT\t0/1\t0/0\n"
      "chr10\t94781859\trs4244285\tG\tA,*\t99\tPASS\tAF=0.1,0\tGT:AD\t1/1:0,30,0\t0/2:15,0,15\n"
      "chr10\t94842866\t.\tA\t.\t.\tPASS\tEND=94842870\tGT:DP\t0/0:20\t0/0:0\n";
  return text;
}

void check_round_trip(const std::string& input, const std::string& annotated) {
  CAPTURE(annotated);
  CHECK(bcftools("annotate --no-version -x " + fields + " -Ov " + annotated) ==
        bcftools("view --no-version -Ov " + input));
}

}  // namespace

TEST_SUITE("tools: bcftools") {
  TEST_CASE("annotate: a round trip through bcftools loses nothing, from every format to every format") {
    const TempFolder folder;
    const std::string odd = folder.write("odd.vcf", odd_file());
    bcftools("view -Oz -o " + folder / "odd.vcf.gz" + " " + odd);
    bcftools("view -Ob -o " + folder / "odd.bcf" + " " + odd);
    for (const std::string& input : {family, family_37, odd, folder / "odd.vcf.gz", folder / "odd.bcf"}) {
      CAPTURE(input);
      std::string first;
      for (const std::string ending : {".vcf", ".vcf.gz", ".bcf"}) {
        const std::string output = folder / ("out" + ending);
        annotate(input, output);
        check_round_trip(input, output);
        const std::string same = bcftools("view --no-version -Ov " + output);
        CHECK(same.find("PGX_DIPLOTYPE") != std::string::npos);
        if (first.empty()) first = same;
        CHECK(same == first);
      }
    }
    for (const std::string& name : files_below(folder.path())) CHECK_FALSE(name.ends_with(".partial"));
  }

  TEST_CASE("annotate: from VCF to VCF every byte of a line stays but the values added") {
    const TempFolder folder;
    const std::string text = odd_file();
    annotate(folder.write("odd.vcf", text), folder / "out.vcf");
    const std::vector<std::string> before = lines_in(text);
    std::vector<std::string> after = lines_in(file_text(folder / "out.vcf"));
    std::erase_if(after, [](const std::string& line) {
      return line.find("Source=\"StarDose\"") != std::string::npos && line.starts_with("##");
    });
    REQUIRE_EQ(after.size(), before.size());
    int annotated = 0;
    for (std::size_t k = 0; k < before.size(); ++k) {
      if (after[k] == before[k]) continue;
      ++annotated;
      const std::vector<std::string> was = columns_of(before[k]);
      const std::vector<std::string> is = columns_of(after[k]);
      REQUIRE_EQ(is.size(), was.size());
      for (std::size_t column = 0; column < 7; ++column) CHECK_EQ(is[column], was[column]);
      for (std::size_t column = 7; column < was.size(); ++column) {
        CHECK((is[column].starts_with(was[column] == "." ? "PGX_" : was[column])));
      }
    }
    CHECK_EQ(annotated, 6);
  }

  TEST_CASE("annotate: the name's ending beats the type, streams have the type, an index is made when asked for") {
    const TempFolder folder;
    annotate(family, folder / "a.bcf", {"-O", "v", "-W"});
    annotate(family, folder / "a.vcf.gz", {"-Ob", "--write-index", "-@", "3"});
    annotate(family, folder / "b.vcf.gz", {"-Oz1"});
    annotate(family, folder / "plain.out", {"-O", "v"});
    CHECK(std::filesystem::exists(folder / "a.bcf.csi"));
    CHECK(std::filesystem::exists(folder / "a.vcf.gz.tbi"));
    CHECK(bcftools("view --no-version " + folder / "a.bcf") == bcftools("view --no-version " + folder / "b.vcf.gz"));
    for (const char* name : {"a.bcf", "a.vcf.gz"}) {
      CHECK(bcftools("query -r chr6:18130687 -f '%PGX_GENE\\n' " + folder / name) == "TPMT\n");
    }
    const std::string text = file_text(folder / "plain.out");
    CHECK(text.starts_with("##fileformat=VCF"));
    CHECK(run_program({"annotate", family}).out == text);
    CHECK(run_program({"annotate", "-"}, family).out == text);
    CHECK(run_shell("\"$stardose\" annotate <(cat " + family + ") -o -").out == text);
    CHECK(run_shell("\"$stardose\" annotate - -Ou < " + family +
                    " | bcftools view --no-version | sed '/^##FILTER=<ID=PASS/d'")
              .out ==
          run_shell("bcftools view --no-version " + folder / "plain.out" + " | sed '/^##FILTER=<ID=PASS/d'").out);
    annotate(family, folder / "c.vcf.gz", {"-W"});
    CHECK(file_text(folder / "c.vcf.gz") == file_text(folder / "a.vcf.gz"));
  }

  TEST_CASE("annotate: an input stream is put aside in TMPDIR, and nothing of it is left there") {
    const TempFolder folder;
    std::filesystem::create_directory(folder / "tmp");
    const std::string run = "cat " + family + " | TMPDIR=" + folder.path();
    CHECK_EQ(run_shell(run + "/tmp \"$stardose\" annotate - -o " + folder / "out.bcf").exit_code, 0);
    CHECK(files_below(folder / "tmp").empty());
    const ProgramResult none = run_shell(run + "/none \"$stardose\" annotate - -o " + folder / "out.bcf");
    check_refused_saying(none, 5, {folder / "none", "TMPDIR"});
    check_refused_saying(run_shell("echo nothing | \"$stardose\" annotate -"), 3, {"error: -: not a VCF or BCF file"});
  }
}

TEST_SUITE("program: annotate") {
  TEST_CASE("what cannot be annotated, or written, is refused, and nothing is left") {
    const TempFolder folder;
    const std::string out = folder / "out/x.bcf";
    std::filesystem::create_directory(folder / "out");
    check_refused(run_program({"annotate"}), 2, "FILE is required");
    check_refused(run_program({"annotate", family, "-o", folder / "out/x.txt"}), 2,
                  "--output: the name does not say in which format to write: " + folder / "out/x.txt");
    check_refused(run_program({"annotate", family, "-O", "x"}), 2, "--output-type: no such type: x");
    check_refused(run_program({"annotate", family, "-W"}), 2,
                  "--write-index: only a .vcf.gz or .bcf file can have an index");
    check_refused_saying(run_program({"annotate", source + "/data-samples/reads.bam", "-o", out}), 2,
                         {"is an alignment", "stardose genotype"});
    check_refused_saying(run_program({"annotate", folder / "none.vcf", "-o", out}), 3, {"none.vcf: cannot open"});
    check_refused_saying(run_program({"annotate", family, "-o", folder / "no/x.bcf"}), 5, {"cannot be opened"});
    annotate(family, folder / "once.vcf.gz");
    check_refused_saying(run_program({"annotate", folder / "once.vcf.gz", "-o", out}), 3,
                         {"has FORMAT/PGX_PHENOTYPE already", "bcftools annotate -x INFO/PGX_GENE,"});
    const std::string undeclared =
        folder.write("undeclared.vcf", vcf_header() + vcf_record("chr6 18130687 T C", {"0/1"}, "NEW=1"));
    check_refused_saying(run_program({"annotate", undeclared, "-o", out}), 3,
                         {"undeclared.vcf: chr6:18130687: the header does not declare", ".vcf.gz"});
    CHECK(files_below(folder / "out").empty());
    annotate(undeclared, folder / "fine.vcf");
    CHECK(file_text(folder / "fine.vcf").find("\tNEW=1;PGX_GENE=TPMT;") != std::string::npos);
  }

  TEST_CASE("a stop while records are written leaves nothing") {
    const TempFolder folder;
    std::string text = vcf_header();
    for (int k = 1; k <= 400'000; ++k) text += vcf_record("chr1 " + std::to_string(k) + " A C", {"0/1"});
    const std::string input = folder.write("in/many.vcf", text);
    std::filesystem::create_directory(folder / "out");
    for (const int signal : {SIGTERM, SIGINT}) {
      StartedProgram program{{"annotate", input, "-o", folder / "out/x.vcf.gz", "-W"}};
      for (int tick = 0; tick < 3000 && files_below(folder / "out").empty(); ++tick) {
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
      }
      kill(program.pid(), signal);
      CHECK_EQ(program.wait().signal, signal);
      CHECK(files_below(folder / "out").empty());
    }
  }
}

}  // namespace stardose::tests
