// Scoring files: what is read, and what is refused in which words.
#include <doctest/doctest.h>

#include "genomics/input_error.h"
#include "pharmaco/polygenic/reference_scores.h"
#include "pharmaco/polygenic/scoring_file_reader.h"
#include "tests/program/temp_folder.h"

using namespace stardose::pharmaco;
using stardose::genomics::Assembly;
using stardose::genomics::InputError;
using stardose::tests::TempFolder;

namespace {

const std::string columns = "rsID\tchr_name\tchr_position\teffect_allele\tother_allele\teffect_weight";
const std::string harmonised = "\thm_chr\thm_pos\thm_inferOtherAllele";

struct Written {
  TempFolder folder;
  std::string path;

  explicit Written(const std::string& text, const std::string& name = "made_up.txt") : path{folder.write(name, text)} {}

  [[nodiscard]] ScoringFile read(std::optional<Assembly> wanted = std::nullopt) const {
    return read_scoring_file(path, wanted);
  }
  /// The message without the file, and its help.
  [[nodiscard]] std::string error(std::optional<Assembly> wanted = std::nullopt) const {
    try {
      (void)read(wanted);
    } catch (const InputError& error) {
      return std::string{error.what()}.substr(path.size() + 2) + " | " + error.parts().help;
    }
    return "none";
  }
};

std::string fates(const ScoringFile& file) {
  std::string text;
  for (const ScoreVariant& variant : file.variants) {
    text += std::string{text.empty() ? "" : " "} + std::string{to_string(variant.fate)};
  }
  return text;
}

std::string error_in_row(const std::string& row) { return Written{columns + "\n" + row + "\n"}.error(); }

}  // namespace

TEST_SUITE("scoring files") {
  TEST_CASE("lines that carriage returns alone end are refused, not taken for one") {
    CHECK(Written{"#pgs_id=PGS9\r" + columns + "\r\t1\t1\tA\tG\t2\r"}.error().starts_with(
        "1: a carriage return (CR) stands without a line feed"));
  }

  TEST_CASE("keys, columns and numbers of the Catalog") {
    const ScoringFile file =
        Written{
            "###PGS CATALOG SCORING FILE\t\t\n#format_version=2.0\t\n#pgs_id=PGS999\t\n"
            "#genome_build=GRCh37\n#weight_type=beta\n#variants_number=3\n" +
            columns + "\nrs1\t1\t10\ta\tG\t1.5e-02\nrs2\tX\t20\tT\t\t-3\r\nrs3\tMT\t5\tAT\tA\t+0.25\n"}
            .read();
    CHECK(file.header.name == "PGS999");
    CHECK(file.scores == std::vector<std::string>{"PGS999"});
    CHECK(file.assembly == Assembly::grch37);
    CHECK(file.warnings.empty());
    CHECK(file.contigs == std::vector<std::string>{"chr1", "chrX", "chrM"});
    CHECK(file.place(file.variants[0]) == "chr1:10");
    CHECK(file.alleles[file.variants[0].effect] == "A");
    CHECK(file.alleles[file.variants[1].other].empty());
    CHECK(file.variants[2].line == 10);
    CHECK(file.weights == std::vector<double>{0.015, -3, 0.25});
    CHECK(file.worth(0, 0) == std::array<double, 3>{0, 0.015, 0.03});
  }

  TEST_CASE("dominant, recessive and by dosage") {
    const std::string table = columns + "\tis_dominant\tis_recessive\n";
    const ScoringFile file =
        Written{table + "\t1\t1\tA\tG\t2\tTrue\tFalse\n\t1\t2\tA\tG\t2\tFALSE\tTRUE\n\t1\t3\tA\tG\t2\t\t\n"}.read();
    CHECK(file.worth(0, 0) == std::array<double, 3>{0, 2, 2});
    CHECK(file.worth(1, 0) == std::array<double, 3>{0, 0, 2});
    CHECK(file.worth(2, 0) == std::array<double, 3>{0, 2, 4});
    const ScoringFile dosage =
        Written{
            "chr_name\tchr_position\teffect_allele\tdosage_0_weight\tdosage_1_weight\t"
            "dosage_2_weight\n1\t1\tA\t-0.5\t0.1\t0.3\n"}
            .read();
    CHECK(dosage.worth(0, 0) == std::array<double, 3>{-0.5, 0.1, 0.3});
    CHECK(dosage.effect_size(0, 0) == doctest::Approx(0.8));
    CHECK(Written{table + "\t1\t1\tA\tG\t2\tTrue\tTrue\n"}.error() ==
          "2: the variant is dominant and recessive at once | leave one of the two");
  }

  TEST_CASE("harmonised positions are used on their assembly, the author's on theirs, and no others") {
    const Written both{"#genome_build=hg19\n#HmPOS_build=GRCh38\n" + columns + harmonised +
                       "\n\t1\t10\tA\tG\t1\t1\t30\t\n"};
    CHECK(both.read().variants[0].position == 29);
    CHECK(both.read(Assembly::grch38).variants[0].position == 29);
    CHECK(both.read(Assembly::grch37).variants[0].position == 9);
    CHECK(both.read(Assembly::grch37).assembly == Assembly::grch37);
    const Written one{"#genome_build=GRCh37\n" + columns + "\n\t1\t10\tA\tG\t1\n"};
    CHECK(one.error(Assembly::grch38) ==
          "header: its positions are on GRCh37, and the input is on GRCh38 | fetch the file that the PGS Catalog has "
          "harmonised to the input's assembly");
    const Written old{"#genome_build=NCBI36\n" + columns + "\n\t1\t10\tA\tG\t1\n"};
    CHECK(old.error(Assembly::grch37).starts_with("header: its positions are on NCBI36, and the input is on GRCh37"));
  }

  TEST_CASE("genome_build=NR is no reason to fail, and none to guess where harmonised positions say better") {
    const Written unknown{"#genome_build=NR\n" + columns + "\n\t1\t10\tA\tG\t1\n"};
    const ScoringFile file = unknown.read(Assembly::grch38);
    CHECK(!file.assembly);
    REQUIRE(file.warnings.size() == 1);
    CHECK(file.warnings[0] == unknown.path +
                                  ": it does not say what assembly its positions are on (genome_build NR), so "
                                  "they are taken for the input's");
    const Written known{"#genome_build=NR\n#HmPOS_build=GRCh37\n" + columns + harmonised +
                        "\n\t1\t10\tA\tG\t1\t1\t30\t\n"};
    CHECK(known.read(Assembly::grch37).variants[0].position == 29);
    CHECK(known.error(Assembly::grch38).starts_with("header: its positions are on GRCh37"));
  }

  TEST_CASE("rows that no genotype can match keep their reason") {
    const std::string table = columns + "\tis_haplotype\tis_diplotype\tis_interaction\n";
    const ScoringFile file =
        Written{table +
                "\t6\t\tHLA-DQB1*02:01\t\t1.2\tTRUE\t\t\n\t6\t\tHLA-B_116_S\t\t0.9\tFALSE\t\t\n"
                "\t\t\tHLA-DR3/X\t\t1\t\tTRUE\t\nrs1\tNA\tNA\tA\tG\t1\t\t\t\n\t1\t7\tA\tG\t1\t\t\tTrue\n"
                "\t1\t8\tI\tD\t1\t\t\t\n\t1\t9\tA\tG\t1\t\t\t\n"}
            .read();
    CHECK(fates(file) == "haplotype not_bases diplotype no_position interaction not_bases not_in_input");
  }

  TEST_CASE("a variant that is there twice counts once, and with another weight is refused") {
    CHECK(fates(Written{columns + "\n\t1\t9\tA\tG\t1\n\t1\t8\tA\tG\t1\n\t1\t9\tA\tG\t1\n"}.read()) ==
          "not_in_input not_in_input repeated");
    const std::string again =
        "3: the variant at chr1:9 is in line 2 already, with another weight or effect allele | "
        "leave the line that is meant";
    CHECK(Written{columns + "\n\t1\t9\tA\tG\t1\n\t1\t9\tA\tG\t2\n"}.error() == again);
    CHECK(Written{columns + "\n\t1\t9\tA\tG\t1\n\t1\t9\tG\tA\t1\n"}.error() == again);
    CHECK(fates(Written{columns + "\n\t1\t9\tCAT\tCA\t1\n\t1\t10\tAT\tA\t1\n\t1\t10\tATG\tAG\t1\n"}.read()) ==
          "not_in_input repeated repeated");
    CHECK(Written{columns + "\n\t1\t9\tCAT\tCA\t1\n\t1\t10\tA\tAT\t1\n"}.error() ==
          "3: the variant at chr1:10 is in line 2 already, with another weight or effect allele | "
          "leave the line that is meant");
  }

  TEST_CASE("a table of several scores") {
    const ScoringFile file =
        Written{"ID\teffect_allele\tfirst\tsecond\n22:10:G:A\tG\t0.5\t-1\nchr22:20:G:a\tA\t1\t2\n7:30\tT\t0\t3\n"}
            .read();
    CHECK(file.scores == std::vector<std::string>{"first", "second"});
    CHECK(file.alleles[file.variants[0].other] == "A");
    CHECK(file.alleles[file.variants[1].other] == "G");
    CHECK(file.alleles[file.variants[2].other].empty());
    CHECK(file.worth(0, 1) == std::array<double, 3>{0, -1, -2});
    CHECK(Written{"ID\teffect_allele\tfirst\n22:10:G:A\tC\t0.5\n"}.error() ==
          "2: the effect allele C is none of 22:10:G:A | correct one of the two");
    CHECK(Written{"ID\teffect_allele\tfirst\nrs5\tC\t0.5\n"}.error() ==
          "2: the ID is not chrom:pos:ref:alt: rs5 | write 22:17080378:G:A");
  }

  TEST_CASE("newcomers' mistakes") {
    CHECK(error_in_row("rs1\t1\t10\tA\tG\t0,12") ==
          "2: effect_weight is not a number: 0,12 | write it with a point, as 0.12 or 1.2e-01");
    CHECK(error_in_row("rs1\t1\t10\tA\tG\tnan") ==
          "2: effect_weight is not a number: nan | write it with a point, as 0.12 or 1.2e-01");
    CHECK(error_in_row("rs1\t1\t10\tA\tG\t1e200").starts_with("2: effect_weight is not a number: 1e200"));
    CHECK(error_in_row("rs1\t1\t10\tA\tG") ==
          "2: effect_weight is not a number: nothing | write it with a point, as 0.12 or 1.2e-01");
    CHECK(error_in_row("rs1\t1\t1.2E+07\tA\tG\t1") ==
          "2: the position is not a whole number: 1.2E+07 | a spreadsheet may have changed it; fetch the file again");
    CHECK(error_in_row("rs1\t1\t10\t\tG\t1") ==
          "2: there is no effect allele | every variant needs one; fetch the file again");
    CHECK(error_in_row("rs1\t1\t10\tA\tA\t1") ==
          "2: the effect allele and the other allele are the same: A | fetch the file again");
    CHECK(error_in_row("rs1\t1\t10\tA\tG\t1\t1") ==
          "2: the line has 7 columns, and the table 6 | columns are separated by tabs; fetch the file again");
    CHECK(Written{"rsID\teffect_allele\tother_allele\teffect_weight\nrs1\tA\tG\t1\n"}.error() ==
          "says of no variant where it is: there are neither columns hm_chr and hm_pos nor chr_name and chr_position | "
          "fetch the file that the PGS Catalog has harmonised to the input's assembly");
    CHECK(Written{"chr_name\tchr_position\teffect_allele\tOR\n1\t1\tA\t2\n"}.error() ==
          "1: the table has no column effect_weight | give a scoring file of the PGS Catalog; columns are separated by "
          "tabs");
    CHECK(Written{"#format_version=1.0\n" + columns + "\n"}.error() ==
          "its format_version is 1.0, and 2.0 is read | fetch the file again from the PGS Catalog");
    CHECK(Written{"#pgs_id=PGS1\n"}.error() == "holds no table of variants | give a scoring file of the PGS Catalog");
    CHECK(Written{columns + harmonised + "\n\t\t\tA\tG\t1\t\t\t\n"}.error() ==
          "no variant has a position: harmonising it has failed | fetch the file again, or another one of the same "
          "score");
    CHECK(Written{columns + "\teffect_weight\n"}.error() ==
          "1: the column is there twice: effect_weight | remove one of them");
  }

  TEST_CASE("what may be meant otherwise is said") {
    const Written file{"#weight_type=OR\n#variants_number=77\n#genome_build=GRCh38\n" + columns +
                       "\n\t1\t10\tA\tG\t1\n"};
    const std::vector<std::string> warnings = file.read().warnings;
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0] == file.path + ": its header says 77 variants, and it has 1");
    CHECK(warnings[1] == file.path +
                             ": its header says that weights are ratios (OR), which are summed as they stand; a "
                             "sum wants their logarithms");
  }
}

TEST_SUITE("reference population") {
  TEST_CASE("a distribution is given, or worked out from people") {
    const TempFolder folder;
    const ReferenceScores given =
        read_reference_scores(folder.write("a.tsv", "score\tmean\tsd\nPGS1\t0.5\t2\nPGS2\t-1\t1e-3\n"));
    CHECK(given.at("PGS1").mean == 0.5);
    CHECK(given.at("PGS2").deviation == 0.001);
    const ReferenceScores people =
        read_reference_scores(folder.write("b.tsv", "sampleset\tIID\tPGS\tSUM\nx\t1\tP\t1\nx\t2\tP\t2\nx\t3\tP\t6\n"));
    CHECK(people.at("P").mean == doctest::Approx(3));
    CHECK(people.at("P").deviation == doctest::Approx(2.6457513110645907));
    CHECK_THROWS_WITH_AS(read_reference_scores(folder.write("c.tsv", "PGS\tSUM\nP\t1\n")),
                         (folder / "c.tsv: P: the reference population's scores have no spread").c_str(), InputError);
    CHECK_THROWS_WITH_AS(
        read_reference_scores(folder.write("d.tsv", "PGS\tmean\nP\t1\n")),
        (folder / "d.tsv: 1: the table has neither columns score, mean and sd nor PGS and SUM").c_str(), InputError);
    CHECK_THROWS_WITH_AS(read_reference_scores(folder.write("e.tsv", "score\tmean\tsd\tMean\nP\t1\t1\t2\n")),
                         (folder / "e.tsv: 1: the column is there twice: mean").c_str(), InputError);
  }

  TEST_CASE("frequencies find their variants by alleles, in either order") {
    const Written score{columns + "\n\t1\t10\tA\tG\t1\n\t1\t20\tC\tT\t1\n\t1\t30\tC\t\t1\n"};
    std::vector<ScoringFile> files;
    files.push_back(score.read());
    const std::string table = score.folder.write(
        "f.tsv",
        "chr_name\tchr_position\teffect_allele\tother_allele\tallelefrequency_effect\nchr1\t10\tG\tA\t0.25\n"
        "1\t20\tC\tG\t0.9\n1\t30\tC\tA\t0.5\n2\t10\tA\tG\t0.1\n");
    CHECK(read_frequencies(table, files) == 2);
    CHECK(files[0].variants[0].frequency == doctest::Approx(0.75));
    CHECK(files[0].variants[1].frequency < 0);
    CHECK(files[0].variants[2].frequency == doctest::Approx(0.5));
  }
}
