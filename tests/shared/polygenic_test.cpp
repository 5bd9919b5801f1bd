// Real scoring files and 2,504 real genomes, with plink2's sums.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "pharmaco/polygenic/reference_scores.h"
#include "pharmaco/polygenic/scoring_file_reader.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/shared_folder.h"

namespace stardose::tests {

namespace {

using genomics::Assembly;

std::string calc(const std::string& path) { return shared_path("cases/models/pgs/pgsc_calc/" + path); }
std::string catalog(const std::string& path) { return shared_path("cases/models/pgs/pygscatalog/" + path); }

const std::string cohort = "target_genomes/cineca_synthetic_subset";

std::vector<std::vector<std::string>> table(const std::string& path) {
  genomics::TextLines lines{path, "table"};
  std::vector<std::vector<std::string>> rows;
  for (std::string_view line; lines.next(line);) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    rows.push_back(cells);
  }
  return rows;
}

/// Holds scores.tsv against plink2's .sscore: sums and averages to the digits that it prints, alleles exactly.
void check_scores(const std::string& scores, const std::string& golden, const std::string& sample_ending) {
  std::map<std::string, std::vector<std::string>> expected;
  for (const auto& row : table(golden)) expected[row[0]] = row;
  const auto rows = table(scores);
  REQUIRE(rows.size() == 2505);
  for (std::size_t k = 1; k < rows.size(); ++k) {
    const std::string name = rows[k][0] + (sample_ending.empty() ? "" : "_" + rows[k][0]);
    REQUIRE(expected.contains(name));
    const auto& golden_row = expected[name];
    const double sum = std::stod(golden_row[4]);
    const bool is_same = std::abs(std::stod(rows[k][2]) - sum) <= 6e-6 * std::max(1.0, std::abs(sum)) &&
                         std::abs(std::stod(rows[k][3]) - std::stod(golden_row[3])) <= 6e-10 &&
                         rows[k][4] == golden_row[1];
    CHECK_MESSAGE(is_same, rows[k][0], " ", rows[k][2], " ", golden_row[4]);
  }
}

std::string fate_counts(const pharmaco::ScoringFile& file) {
  std::map<std::string, int> counts;
  for (const auto& variant : file.variants) ++counts[std::string{to_string(variant.fate)}];
  std::string text;
  for (const auto& [fate, count] : counts) text += fate + " " + std::to_string(count) + " ";
  return text;
}

}  // namespace

TEST_SUITE("shared: polygenic") {
  TEST_CASE("829 of 835 variants, and the sums of plink2 with and without imputing") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    // PLINK writes the last position for a contig's length, which is that of no assembly.
    std::string vcf;
    genomics::TextLines lines{calc(cohort + ".vcf.gz"), "VCF"};
    for (std::string_view line; lines.next(line);) {
      if (!line.starts_with("##contig")) (vcf += line) += '\n';
    }
    const std::string text = folder.write("cohort.vcf", vcf);
    for (const std::string& input : {calc(cohort + ".bed"), text}) {
      for (const std::string missing : {"cohort", "none"}) {
        CAPTURE(input + " " + missing);
        const ProgramResult run =
            run_program({"polygenic", "--score", calc("scorefiles/PGS001229_22.txt"), "--input", input, "--assembly",
                         "GRCh37", "--palindromes", "keep", "--impute-missing", missing, "--output", folder / "out"});
        REQUIRE_MESSAGE(run.exit_code == 0, run.err);
        CHECK(run.err.find("its header says 51209 variants, and it has 835") != std::string::npos);
        const auto summary = table(folder / "out/summary.tsv");
        CHECK(summary[1][2] == "835");
        CHECK(summary[1][3] == "829");
        check_scores(folder / "out/scores.tsv",
                     calc("golden_PGS001229_22.plink2_" +
                          std::string{missing == "none" ? "no_mean_imputation" : "mean_imputed"} + ".sscore"),
                     input == text ? "" : "_");
      }
    }
  }

  TEST_CASE("palindromes are left out unless asked for, and then too little may be left") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    const auto run = [&](const std::string& least) {
      return run_program({"polygenic", "--score", calc("scorefiles/PGS001229_22.txt"), "--input", calc(cohort + ".bed"),
                          "--min-overlap", least, "--output", folder / "out"});
    };
    CHECK(run("0.9").exit_code == 0);
    const auto summary = table(folder / "out/summary.tsv");
    CHECK(std::stoi(summary[1][3]) == 829 - std::stoi(summary[1][12]));
    CHECK(summary[0][12] == "palindromic");
    CHECK(std::stoi(summary[1][12]) > 40);
    CHECK(run("0.99").exit_code == 4);
  }

  TEST_CASE("several scores, dominant and recessive ones, swapped duplicates: all fixtures score") {
    if (!shared_is_there()) return;
    const TempFolder folder;
    for (const std::string file : {"multiscore.txt", "test.scorefile", "scorefile.txt",
                                   "scorefile_dominant_and_recessive.txt", "PGS001229_22_duplicate.txt"}) {
      CAPTURE(file);
      const ProgramResult run =
          run_program({"polygenic", "--score", calc("scorefiles/" + file), "--input", calc(cohort + ".bed"),
                       "--palindromes", "keep", "--output", folder / file});
      CHECK_MESSAGE(run.exit_code == 0, run.err);
    }
    const auto summary = table(folder / "multiscore.txt/summary.tsv");
    REQUIRE(summary.size() == 3);
    CHECK(summary[2][0] == "second_score");
  }

  TEST_CASE("files of the Catalog: NR, harmonised on either assembly, HLA, broken ones") {
    if (!shared_is_there()) return;
    using pharmaco::read_scoring_file;
    CHECK(read_scoring_file(catalog("PGS000001_hmPOS_GRCh37.txt"), Assembly::grch37).variants.size() == 77);
    const auto on38 = read_scoring_file(catalog("PGS000001_hmPOS_GRCh38.txt"), Assembly::grch38);
    CHECK(on38.place(on38.variants.front()) == "chr11:69516650");
    CHECK_THROWS_AS((void)read_scoring_file(catalog("PGS000001_hmPOS_GRCh38.txt"), Assembly::grch37),
                    genomics::InputError);
    CHECK_THROWS_AS((void)read_scoring_file(catalog("PGS000001.txt.gz"), std::nullopt), genomics::InputError);
    const auto models = read_scoring_file(catalog("PGS000802_hmPOS_GRCh37.txt"), Assembly::grch37);
    CHECK(models.variants.front().model == pharmaco::WeightModel::dominant);
    CHECK(models.variants[1].model == pharmaco::WeightModel::recessive);
    const auto dosage = read_scoring_file(catalog("PGS004255_hmPOS_GRCh38.txt.gz"), Assembly::grch38);
    CHECK(dosage.variants.size() == 30);
    CHECK(dosage.worth(0, 0)[2] == 0.4437184);
    CHECK(dosage.place(dosage.variants.front()) == "chr6:32609603");
    const auto by_author = read_scoring_file(catalog("PGS004255_hmPOS_GRCh38.txt.gz"), Assembly::grch37);
    CHECK(by_author.place(by_author.variants.front()) == "chr6:32577380");
    const auto hla = read_scoring_file(catalog("complex_variants_PGS004239.txt"), std::nullopt);
    CHECK(hla.header.name == "complex_variants_PGS004239");
    CHECK(fate_counts(hla) == "haplotype 3 not_bases 6 not_in_input 5 ");
    CHECK_THROWS_AS((void)read_scoring_file(catalog("complex_variants_PGS000021.txt"), std::nullopt),
                    genomics::InputError);
    CHECK_THROWS_AS((void)read_scoring_file(catalog("bad_harmonised.txt"), Assembly::grch38), genomics::InputError);
    CHECK_THROWS_AS((void)read_scoring_file(catalog("invalid_scorefile.txt"), std::nullopt), genomics::InputError);
    CHECK(read_scoring_file(catalog("custom_no_oa.txt"), Assembly::grch37).weights.front() == -0.0276);
  }

  TEST_CASE("sums of the 1000 Genomes are a reference distribution") {
    if (!shared_is_there()) return;
    const auto references = pharmaco::read_reference_scores(calc("PGS_SUM.txt.gz"));
    std::map<std::string, std::vector<double>> sums;
    const auto rows = table(calc("PGS_SUM.txt.gz"));
    for (std::size_t k = 1; k < rows.size(); ++k) sums[rows[k][2]].push_back(std::stod(rows[k][3]));
    REQUIRE(references.size() == sums.size());
    for (const auto& [score, values] : sums) {
      long double mean = 0;
      for (const double value : values) mean += value;
      mean /= static_cast<long double>(values.size());
      long double squares = 0;
      for (const double value : values) squares += (value - mean) * (value - mean);
      CHECK(references.at(score).mean == doctest::Approx(static_cast<double>(mean)).epsilon(1e-12));
      CHECK(references.at(score).deviation ==
            doctest::Approx(std::sqrt(static_cast<double>(squares) / (static_cast<double>(values.size()) - 1)))
                .epsilon(1e-10));
    }
  }
}

}  // namespace stardose::tests
