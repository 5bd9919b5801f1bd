// stardose annotate: what is added to records.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "tests/program/annotated_file.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string family = source + "/data-samples/family.vcf.gz";
const std::string family_37 = source + "/data-samples/family_grch37.vcf.gz";
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

}  // namespace

TEST_SUITE("tools: bcftools") {
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
    // Where GRCh37 has another base, an alternative may be the catalogue's reference; else the same allele has the same
    // names.
    std::map<std::string, std::string> names;  // by assembly and rsid
    for (const char* assembly : {"38", "37"}) {
      for (const std::string& line :
           lines_in(bcftools("query -f '%ID %PGX_ALLELE %PGX_FUNCTION\\n' " + folder / assembly + ".bcf"))) {
        names[assembly + (" " + line.substr(0, line.find(' ')))] = line.substr(line.find(' ') + 1);
      }
    }
    int same = 0;
    int other = 0;
    for (const auto& [key, text] : names) {
      if (!key.starts_with("38 rs") || !names.contains("37" + key.substr(2))) continue;
      ++(names["37" + key.substr(2)] == text ? same : other);
    }
    CHECK(same > 1000);
    CHECK(other < 12);
    CHECK(names["38 rs1056836"].starts_with("CYP1B1:*3|CYP1B1:*5|"));
    CHECK(names["37 rs1056836"].starts_with("CYP1B1:*1|CYP1B1:*2 "));
  }
}

}  // namespace stardose::tests
