// stardose annotate: what is added, that nothing else changes, and that bcftools reads and undoes it.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "tests/program/refusal.h"
#include "tests/program/shell.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string family_37 = source + "/data-samples/family_grch37.vcf.gz";
const std::string fields =
    "INFO/PGX_GENE,INFO/PGX_ALLELE,INFO/PGX_FUNCTION,FORMAT/PGX_STATUS,FORMAT/PGX_DIPLOTYPE,FORMAT/PGX_PHENOTYPE";

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> columns_of(const std::string& line, char separator = '\t') {
  std::vector<std::string> columns;
  std::istringstream stream{line};
  for (std::string column; std::getline(stream, column, separator);) columns.push_back(column);
  return columns;
}

std::string bcftools(const std::string& words) {
  const ProgramResult run = run_shell("bcftools " + words);
  CAPTURE(words);
  CAPTURE(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  return run.out;
}

void annotate(const std::string& input, const std::string& output, const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"annotate", input, "-o", output};
  words.insert(words.end(), more.begin(), more.end());
  const ProgramResult run = run_program(words);
  CAPTURE(run.err);
  REQUIRE_EQ(run.exit_code, 0);
  CHECK_EQ(run.out, "");
}

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

std::string decoded(const std::string& text) {
  std::string plain;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '%') {
      plain += static_cast<char>(std::stoi(text.substr(k + 1, 2), nullptr, 16));
      k += 2;
    } else {
      plain += text[k];
    }
  }
  return plain;
}

void check_round_trip(const std::string& input, const std::string& annotated) {
  CAPTURE(annotated);
  CHECK(bcftools("annotate --no-version -x " + fields + " -Ov " + annotated) ==
        bcftools("view --no-version -Ov " + input));
}

/// `chr6:18130687` -> the values of a field of INFO, or of FORMAT by sample.
std::map<std::string, std::string> values(const std::string& path, const std::string& field) {
  std::map<std::string, std::string> found;
  const bool of_samples = field.ends_with("E") && (field == "PGX_DIPLOTYPE" || field == "PGX_PHENOTYPE");
  const std::string what = of_samples || field == "PGX_STATUS" ? "[ %" + field + "]" : " %INFO/" + field;
  for (const std::string& line : lines_in(bcftools("query -f '%CHROM:%POS" + what + "\\n' " + path))) {
    found[line.substr(0, line.find(' '))] = line.substr(std::min(line.find(' ') + 1, line.size()));
  }
  return found;
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

  TEST_CASE(
      "annotate: alleles and functions of each alternative, however it is written, and the calls of each sample") {
    const TempFolder folder;
    const std::string input =
        folder.write("in.vcf", vcf_header({"S1", "S2"}) + vcf_record("chr1 1000 A C", {"0/1", "0/0"}) +
                                   vcf_record("chr6 18130687 T A,C,G", {"0/2", "0/0"}) +
                                   vcf_record("chr6 18138997 CAA TAA", {"0/1", "0/0"}));
    annotate(input, folder / "out.bcf", {"--assume-reference"});
    CHECK_EQ(
        values(folder / "out.bcf", "PGX_GENE"),
        std::map<std::string, std::string>{{"chr1:1000", "."}, {"chr6:18130687", "TPMT"}, {"chr6:18138997", "TPMT"}});
    CHECK_EQ(values(folder / "out.bcf", "PGX_ALLELE"),
             std::map<std::string, std::string>{{"chr1:1000", "."},
                                                {"chr6:18130687", ".,TPMT:*3A|TPMT:*3C,TPMT:*41"},
                                                {"chr6:18138997", "TPMT:*3A|TPMT:*3B"}});
    CHECK_EQ(values(folder / "out.bcf", "PGX_FUNCTION")["chr6:18138997"], "No%20function|No%20function");
    CHECK_EQ(values(folder / "out.bcf", "PGX_STATUS")["chr6:18138997"], "called called");
    CHECK_EQ(values(folder / "out.bcf", "PGX_DIPLOTYPE")["chr6:18138997"], "*1/*3A *1/*1");
    CHECK_EQ(values(folder / "out.bcf", "PGX_PHENOTYPE")["chr6:18138997"],
             "Intermediate%20Metabolizer Normal%20Metabolizer");
    CHECK_EQ(values(folder / "out.bcf", "PGX_DIPLOTYPE")["chr1:1000"], ". .");
    // bcftools knows what Number=A means.
    const std::string split =
        bcftools("norm -m -any " + folder / "out.bcf" + " 2> /dev/null | bcftools query -f '%POS %ALT %PGX_ALLELE\\n'");
    CHECK(split.find("18130687 A .\n18130687 C TPMT:*3A|TPMT:*3C\n18130687 G TPMT:*41\n") != std::string::npos);
    const std::string tags = bcftools("+fill-tags " + folder / "out.bcf" +
                                      " -- -t AC | bcftools query -i 'PGX_GENE=\"TPMT\"' -f '%POS %AC\\n'");
    CHECK_EQ(tags, "18130687 0,1,0\n18138997 1\n");
  }

  TEST_CASE("annotate: an indel spelled further right is the catalogue's where a reference settles it") {
    const TempFolder folder;
    // A hole but for the repeat in front of UGT1A1, (AT)7 behind the C of chr2:233760233.
    const std::string repeat = "CATATATATATATATAAGTAGG";
    const std::int64_t length = 242'193'529;
    const std::string fasta = folder.write("genome.fa", ">chr2\n");
    std::filesystem::resize_file(fasta, static_cast<std::uintmax_t>(length) + 7);
    {
      std::fstream file{fasta, std::ios::in | std::ios::out | std::ios::binary};
      const std::int64_t around = 100'000;
      file.seekp(6 + 233'760'233 - 1 - around);
      file << std::string(around, 'N') << repeat << std::string(around, 'N');
      file.seekp(6 + length);
      file << "\n";
    }
    folder.write("genome.fa.fai", "chr2\t242193529\t6\t242193529\t242193530\n");
    const std::string input = folder.write("in.vcf", vcf_header() + vcf_record("chr2 233760247 T TAT", {"1/1"}));
    annotate(input, folder / "without.bcf");
    annotate(input, folder / "with.bcf", {"--reference", fasta});
    CHECK_EQ(values(folder / "without.bcf", "PGX_ALLELE")["chr2:233760247"], ".");
    const std::string alleles = values(folder / "with.bcf", "PGX_ALLELE")["chr2:233760247"];
    CHECK(alleles.starts_with("UGT1A1:*28"));
    CHECK_EQ(bcftools("query -f '%POS %REF %ALT\n' " + folder / "with.bcf"), "233760247 T TAT\n");
  }

  TEST_CASE("annotate: the calls are those of a run, whichever assembly, with all readings of an ambiguous gene") {
    const TempFolder folder;
    std::map<std::string, std::set<std::string>> seen;  // by assembly
    for (const std::string& input : {family, family_37}) {
      const std::string name = input == family ? "38" : "37";
      REQUIRE_EQ(run_program({"run", "--input", input, "--write", "calls", "--output", folder / name}).exit_code, 0);
      std::map<std::string, std::string> calls;  // sample and gene -> status, diplotype, phenotype
      std::string sample_order;
      for (const std::string& line : lines_in(file_text(folder / name + "/calls.tsv"))) {
        const std::vector<std::string> columns = columns_of(line);
        std::string text = columns[2] + " " + columns[3] + " " + columns[4];
        calls[columns[0] + " " + columns[1]] = text;
      }
      annotate(input, folder / (name + ".bcf"));
      int ambiguous = 0;
      std::size_t records = 0;
      for (const std::string& line : lines_in(bcftools(
               "query -i 'PGX_GENE!=\".\"' -f '%PGX_GENE[\\t%SAMPLE %PGX_STATUS %PGX_DIPLOTYPE %PGX_PHENOTYPE]\\n' " +
               folder / (name + ".bcf")))) {
        ++records;
        const std::vector<std::string> columns = columns_of(line);
        if (columns[0].find(',') != std::string::npos) continue;
        for (std::size_t k = 1; k < columns.size(); ++k) {
          const std::vector<std::string> words = columns_of(columns[k], ' ');
          REQUIRE_EQ(words.size(), 4);
          std::string text = words[1] + " " + words[2] + " " + words[3];
          for (char& c : text) c = c == '|' ? ';' : c;  // as tables separate readings
          text = decoded(text);
          CHECK_EQ(text, calls.at(words[0] + " " + columns[0]));
          ambiguous += words[1] == "ambiguous" ? 1 : 0;
          seen[name].insert(words[0] + " " + columns[0] + " " + text);
        }
      }
      CHECK(records > 50);
      CHECK(ambiguous > 0);
    }
    CHECK(seen["38"].size() > 100);
    std::set<std::string> only_38;
    for (const std::string& text : seen["38"]) {
      if (!seen["37"].contains(text) && text.find(" SULT1A1 ") == std::string::npos) only_38.insert(text);
    }
    CHECK(only_38.empty());
    for (const char* field : {"PGX_ALLELE", "PGX_FUNCTION"}) {
      std::multiset<std::string> of_38;
      std::multiset<std::string> of_37;
      for (const auto& [place, text] : values(folder / "38.bcf", field)) of_38.insert(text);
      for (const auto& [place, text] : values(folder / "37.bcf", field)) of_37.insert(text);
      of_38.erase(".");
      of_37.erase(".");
      CHECK(of_38.size() > 20);
      CHECK(of_37.size() > 20);
    }
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
