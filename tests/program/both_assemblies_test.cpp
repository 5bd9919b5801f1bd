// GRCh37 through the program: the sample family's twin, and the mistakes that two assemblies invite.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <regex>

#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

const std::string source = STARDOSE_SOURCE_DIR;
const std::string tpmt_38 = vcf_record("chr6 18130687 T C", {"0/1"}) + vcf_record("chr6 18138997 C T", {"0/1"});
const std::string tpmt_37 = vcf_record("chr6 18130918 T C", {"0/1"}) + vcf_record("chr6 18139228 C T", {"0/1"});

std::string header_37(const std::string& contigs = "##contig=<ID=chr6,length=171115067>\n") {
  return "##fileformat=VCFv4.3\n##FORMAT=<ID=GT,Number=1,Type=String,Description=\"\">\n" + contigs +
         "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n";
}

ProgramResult run_on(const TempFolder& folder, const std::vector<std::string>& inputs,
                     const std::vector<std::string>& more = {}) {
  std::vector<std::string> args{"run", "--output", folder / "out", "--write", "calls,json"};
  for (const std::string& input : inputs) args.insert(args.end(), {"--input", input});
  args.insert(args.end(), more.begin(), more.end());
  return run_program(args);
}

std::string line_of(const TempFolder& folder, const std::string& gene) {
  for (const std::string& line : lines_of(folder / "out/calls.tsv")) {
    if (line.find("\t" + gene + "\t") != std::string::npos) return line;
  }
  return {};
}

/// A site that has no proved place on GRCh37: the gene differs there, as it must.
bool is_unplaced(const std::string& line) { return line.find("\tSULT1A1\t") != std::string::npos; }

/// The text with every place of GRCh37 as that of GRCh38.
std::string with_places_of_38(const std::string& text) {
  std::map<std::string, std::string> places;
  for (const auto& gene : std::filesystem::directory_iterator{source + "/pharmaco/catalogue/genes"}) {
    const std::string table = gene.path().string() + "/sites.tsv";
    if (!std::filesystem::exists(table)) continue;
    const std::string settings = file_text(gene.path().string() + "/gene.yaml");
    const std::size_t at = settings.find("contig: ") + 8;
    const std::string contig = settings.substr(at, settings.find('\n', at) - at);
    for (const TableRow& row : read_table(table)) {
      places[contig + ":" + row.at("position37")] = contig + ":" + row.at("position");
    }
  }
  const std::regex place{"chr[0-9XM]+:[0-9]+"};
  std::string replaced;
  std::size_t last = 0;
  for (std::sregex_iterator match{text.begin(), text.end(), place}, end; match != end; ++match) {
    const auto at = static_cast<std::size_t>(match->position());
    replaced += text.substr(last, at - last);
    const bool stays = text.compare(at + static_cast<std::size_t>(match->length()), 10, " of GRCh38") == 0;
    replaced += stays ? match->str() : places.at(match->str());
    last = at + static_cast<std::size_t>(match->length());
  }
  return replaced + text.substr(last);
}

}  // namespace

TEST_SUITE("program: both assemblies") {
  TEST_CASE("the sample family on GRCh37 has the expected calls and advice") {
    const TempFolder folder;
    const ProgramResult run = run_program({"run", source + "/workflows/pgx-report.yaml", "--input",
                                           source + "/data-samples/family_grch37.vcf.gz", "--outside-calls",
                                           source + "/data-samples/outside_calls.tsv", "--output", folder / "out"});
    INFO(run.err);
    REQUIRE(run.exit_code == 0);
    const std::string expected = source + "/data-samples/expected/";
    CHECK(file_text(folder / "out/guidance.tsv") == file_text(expected + "guidance.tsv"));
    const auto made = split_text(with_places_of_38(file_text(folder / "out/calls.tsv")), "\n");
    const auto due = split_text(file_text(expected + "calls.tsv"), "\n");
    REQUIRE(made.size() == due.size());
    for (std::size_t line = 0; line < made.size(); ++line) {
      if (is_unplaced(made[line])) {
        CHECK(made[line].find("no_call") != std::string::npos);
      } else {
        CHECK(made[line] == due[line]);
      }
    }
    CHECK(file_text(folder / "out/run.json").find("\"assembly\": \"GRCh37\"") != std::string::npos);
    CHECK(file_text(folder / "out/report/mother.json").find("\"assembly\": \"GRCh37\"") != std::string::npos);
    CHECK(file_text(folder / "out/report/mother.html").find("<bdi>GRCh37</bdi>") != std::string::npos);
  }

  TEST_CASE("a position that is absent is GRCh37's base with --assume-reference") {
    const TempFolder folder;
    const std::string contigs = "##contig=<ID=7,length=159138663>\n";
    const auto path = folder.write("a.vcf", header_37(contigs) + vcf_record("7 99250393 T TA", {"0/0"}));
    CHECK(run_on(folder, {path}, {"--assume-reference", "--genes", "CYP3A5"}).exit_code == 0);
    CHECK(line_of(folder, "CYP3A5").starts_with("S1\tCYP3A5\tcalled\t*3/*3\t"));
    CHECK(run_on(folder, {path}, {"--genes", "CYP3A5"}).exit_code == 0);
    CHECK_FALSE(line_of(folder, "CYP3A5").starts_with("S1\tCYP3A5\tcalled\t*3/*3\t"));
    const auto gvcf =
        folder.write("g.vcf", header_37("##INFO=<ID=END,Number=1,Type=Integer,Description=\"\">\n" + contigs) +
                                  vcf_record("7 99245000 A <NON_REF>", {"0/0"}, "END=99280000"));
    CHECK(run_on(folder, {gvcf}, {"--genes", "CYP3A5"}).exit_code == 0);
    CHECK(line_of(folder, "CYP3A5").starts_with("S1\tCYP3A5\tcalled\t*3/*3\t"));
  }

  TEST_CASE("a file without contig lengths is read by its bases, from a pipe too") {
    const TempFolder folder;
    const auto path = folder.write("a.vcf", header_37("##contig=<ID=chr6>\n") + tpmt_37);
    CHECK(run_on(folder, {path}, {"--genes", "TPMT"}).exit_code == 0);
    const std::string line = line_of(folder, "TPMT");
    CHECK(line.starts_with("S1\tTPMT\t"));
    CHECK(line.find("*3A") != std::string::npos);
    CHECK(run_program({"run", "--input", "-", "--output", folder / "out", "--write", "calls", "--genes", "TPMT"}, path)
              .exit_code == 0);
    CHECK(line_of(folder, "TPMT") == line);
  }

  TEST_CASE("inputs of two assemblies are refused, in either order and when only checked") {
    const TempFolder folder;
    const auto on37 = folder.write("37.vcf", header_37() + tpmt_37);
    const auto on38 = folder.write("38.vcf", vcf_header() + tpmt_38);
    check_refused(
        run_on(folder, {on38, on37}), 4,
        on37 + ": header: contig chr6 has 171115067 bases: the file is on GRCh37, and " + on38 + " on GRCh38");
    check_refused(
        run_on(folder, {on37, on38}), 4,
        on38 + ": header: contig chr1 has 248956422 bases: the file is on GRCh38, and " + on37 + " on GRCh37");
    check_refused(
        run_on(folder, {on37, on38}, {"--dry-run"}), 4,
        on38 + ": header: contig chr1 has 248956422 bases: the file is on GRCh38, and " + on37 + " on GRCh37");
    CHECK(files_below(folder / "out").empty());
  }

  TEST_CASE("a wrong --assembly is refused, and a name that is none") {
    const TempFolder folder;
    const auto on37 = folder.write("37.vcf", header_37() + tpmt_37);
    check_refused(run_on(folder, {on37}, {"--assembly", "GRCh38"}), 4,
                  on37 + ": header: contig chr6 has 171115067 bases: the file is on GRCh37, and assembly says GRCh38");
    CHECK_EQ(run_on(folder, {on37}, {"--assembly", "GRCh37"}).exit_code, 0);
    const auto silent =
        folder.write("silent.vcf", header_37("##contig=<ID=chr6>\n") + vcf_record("chr6 18130918 G C", {"0/1"}));
    check_refused(run_on(folder, {silent}, {"--assembly", "GRCh37"}), 4,
                  silent +
                      ": chr6:18130918: REF is not the base of GRCh37 here and at 0 further of 1 positions seen, "
                      "though `assembly` says GRCh37");
    check_refused_saying(run_on(folder, {on37}, {"--assembly", "hg19"}), 2,
                         {"expected one of auto, GRCh37, GRCh38; found: hg19"});
  }

  TEST_CASE("records that were lifted over under the old header are refused") {
    const TempFolder folder;
    const auto lifted = folder.write("lifted.vcf", header_37() + vcf_record("chr6 18130918 G C", {"0/1"}) +
                                                       vcf_record("chr6 18139228 G T", {"0/1"}));
    check_refused(run_on(folder, {lifted}), 4,
                  lifted +
                      ": chr6:18130918: REF is not the base of GRCh37 here and at 1 further of 2 positions seen, "
                      "though its header says GRCh37");
    const auto mixed = folder.write(
        "mixed.vcf", header_37("##contig=<ID=chr6,length=171115067>\n##contig=<ID=chr7,length=159345973>\n") + tpmt_37);
    check_refused(run_on(folder, {mixed}), 4,
                  mixed +
                      ": header: contig chr6 has 171115067 bases, which is GRCh37, but contig chr7 has 159345973 "
                      "bases, which is GRCh38");
  }

  TEST_CASE("hg19's chrM gives no call of MT-RNR1 and says why, and rCRS does") {
    const TempFolder folder;
    const auto write = [&](const std::string& name, const std::string& length) {
      return folder.write(
          "m.vcf",
          header_37("##contig=<ID=chr6,length=171115067>\n##contig=<ID=" + name + ",length=" + length + ">\n") +
              tpmt_37 + vcf_record(name + " 1555 A G", {"1"}) + vcf_record(name + " 1556 C T", {"0"}));
    };
    CHECK_EQ(run_on(folder, {write("chrM", "16571")}).exit_code, 0);
    CHECK(line_of(folder, "MT-RNR1").starts_with("S1\tMT-RNR1\tno_call\t.\t"));
    CHECK(line_of(folder, "MT-RNR1").find("the input's chrM is not the revised Cambridge sequence") !=
          std::string::npos);
    CHECK(line_of(folder, "TPMT").find("*3A") != std::string::npos);
    for (const char* name : {"chrM", "MT"}) {
      CHECK_EQ(run_on(folder, {write(name, "16569")}).exit_code, 0);
      CHECK(line_of(folder, "MT-RNR1").starts_with("S1\tMT-RNR1\tcalled\tm.1555A>G\t"));
    }
  }
}

}  // namespace stardose::tests
