// From rows to sums: matching, palindromes, missing genotypes.
#include "pharmaco/polygenic/score_sums.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

#include "genomics/matrix/bed_row.h"
#include "pharmaco/polygenic/row_scorer.h"
#include "pharmaco/polygenic/score_results.h"
#include "pharmaco/polygenic/scoring.h"
#include "tests/program/temp_folder.h"

using namespace stardose::pharmaco;
using stardose::genomics::MatrixRows;
using stardose::tests::TempFolder;

namespace {

const std::string columns =
    "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\tallelefrequency_effect\n";

/// One scoring file and rows of genotypes: copies of the counted allele, `.` for missing.
struct Case {
  TempFolder folder;
  PolygenicOptions options;
  std::unique_ptr<Scoring> scoring;

  explicit Case(const std::string& rows, PolygenicOptions chosen = {}) : options{std::move(chosen)} {
    options.scores = {folder.write("s.txt", "#genome_build=GRCh38\n" + columns + rows)};
  }
  void score(const std::vector<std::pair<std::string, std::string>>& rows) {
    const std::size_t samples = rows.front().second.size();
    scoring = std::make_unique<Scoring>(options, std::nullopt, samples);
    RowScorer scorer{scoring->matcher(), scoring->sums(), samples};
    for (const auto& [bim, copies] : rows) {
      MatrixRows one{.bim = bim + "\n", .bed = std::string(stardose::genomics::bed_row_size(samples), '\0')};
      for (std::size_t k = 0; k < samples; ++k) {
        const int code = copies[k] == '.' ? 1 : std::array{3, 2, 0}[static_cast<std::size_t>(copies[k] - '0')];
        one.bed[k / 4] = static_cast<char>(one.bed[k / 4] | code << k % 4 * 2);
      }
      scorer.take(one);
    }
    scorer.finish();
    scoring->finish();
  }
  [[nodiscard]] std::string fates() const {
    std::string text;
    for (const ScoreVariant& variant : scoring->files()[0].variants) {
      text += std::string{text.empty() ? "" : " "} + std::string{to_string(variant.fate)};
    }
    return text;
  }
  [[nodiscard]] std::vector<double> sums() const {
    std::vector<double> all;
    for (std::size_t k = 0; k < scoring->plan().samples; ++k) all.push_back(scoring->sums().sum(0, k));
    return all;
  }
};

std::string fate_of(const std::string& score, const std::string& row, PolygenicOptions options = {}) {
  Case one{score + "\n", std::move(options)};
  one.score({{row, "012"}});
  return one.fates();
}

using Sums = std::vector<double>;

}  // namespace

TEST_SUITE("matching") {
  TEST_CASE("the effect allele may be the counted one or the other") {
    Case one{"1\t10\tA\tG\t0.5\t\n1\t20\tC\tT\t2\t\n"};
    one.score({{"1 . 0 10 A G", "012"}, {"chr1 . 0 20 T C", "012"}});
    CHECK(one.fates() == "matched matched_swapped");
    CHECK(one.sums() == Sums{4, 2.5, 1});
  }

  TEST_CASE("alleles, position and strand decide") {
    CHECK(fate_of("1\t10\tA\tG\t1\t", "1 . 0 11 A G") == "not_in_input");
    CHECK(fate_of("1\t10\tA\tG\t1\t", "2 . 0 10 A G") == "not_in_input");
    CHECK(fate_of("1\t10\tA\tG\t1\t", "1 . 0 10 A C") == "other_alleles");
    CHECK(fate_of("1\t10\tA\tG\t1\t", "1 . 0 10 T C") == "matched_flipped");
    CHECK(fate_of("1\t10\tG\tA\t1\t", "1 . 0 10 T C") == "matched_flipped_swapped");
    CHECK(fate_of("1\t10\tA\tG\t1\t", "1 . 0 10 T C", {.strand_flips = "none"}) == "other_alleles");
    CHECK(fate_of("X\t10\tA\tG\t1\t", "23 . 0 10 A G") == "matched");
  }

  TEST_CASE("a lone effect allele fits where it is clear what else there is") {
    CHECK(fate_of("1\t10\tA\t\t1\t", "1 . 0 10 A G") == "matched");
    CHECK(fate_of("1\t10\tG\t\t1\t", "1 . 0 10 A G") == "matched_swapped");
    CHECK(fate_of("1\t10\tT\t\t1\t", "1 . 0 10 A G") == "other_alleles");
    Case split{"1\t10\tG\t\t1\t\n1\t20\tA\t\t1\t\n"};
    split.score({{"1 . 0 10 A G", "01"}, {"1 . 0 10 C G", "01"}, {"1 . 0 20 A G", "01"}, {"1 . 0 20 C G", "01"}});
    CHECK(split.fates() == "ambiguous matched");
  }

  TEST_CASE("of several alleles, only copies of the effect allele itself are counted") {
    Case one{"1\t10\tG\tC\t1\t\n1\t20\tC\tG\t1\t\n"};
    one.score({{"1 . 0 10 G A,C", "012"},
               {"1 . 0 10 A G,C", "110"},
               {"1 . 0 10 C G,A", "100"},
               {"1 . 0 20 A G,C", "110"},
               {"1 . 0 20 C G,A", "102"}});
    CHECK(one.fates() == "matched matched");
    CHECK(one.sums() == Sums{1, 1, 4});
  }

  TEST_CASE("indels fit however many bases around them are written") {
    CHECK(fate_of("1\t10\tAT\tA\t1\t", "1 . 0 10 A AT") == "matched_swapped");
    CHECK(fate_of("1\t10\tCAT\tCA\t1\t", "1 . 0 11 AT A") == "matched");
    CHECK(fate_of("1\t11\tA\tAT\t1\t", "1 . 0 10 CAT CA") == "matched_swapped");
    CHECK(fate_of("1\t10\tAT\tA\t1\t", "1 . 0 10 A AC") == "other_alleles");
    CHECK(fate_of("1\t10\tAT\t\t1\t", "1 . 0 10 AT A") == "matched");
  }

  TEST_CASE("a row that repeats a variant is left out and counted") {
    Case one{"1\t10\tA\tG\t1\t\n"};
    one.score({{"1 . 0 10 A G", "012"}, {"1 . 0 10 A G", "222"}});
    CHECK(one.sums() == Sums{0, 1, 2});
    REQUIRE(one.scoring->warnings().size() == 1);
    CHECK(one.scoring->warnings()[0] ==
          "1 row(s) of the input repeat a variant of a score; the first of each was scored");
  }

  TEST_CASE("one variant on both strands counts once, and what fits without turning round is believed") {
    Case same{"1\t10\tA\tG\t1\t\n1\t10\tT\tC\t1\t\n1\t20\tT\tC\t1\t\n1\t20\tA\tG\t1\t\n"};
    same.score({{"1 . 0 10 A G", "012"}, {"1 . 0 10 A G", "222"}, {"1 . 0 20 A G", "012"}});
    CHECK(same.fates() == "matched repeated repeated matched");
    CHECK(same.sums() == Sums{0, 2, 4});
    Case other{"1\t10\tA\tG\t1\t\n1\t10\tC\tT\t5\t\n"};
    other.score({{"1 . 0 10 A G", "012"}, {"1 . 0 10 A G", "222"}});
    CHECK(other.fates() == "matched other_alleles");
    CHECK(other.sums() == Sums{0, 1, 2});
    Case both_there{"1\t10\tA\tG\t1\t\n1\t10\tC\tT\t5\t\n"};
    both_there.score({{"1 . 0 10 C T", "100"}, {"1 . 0 10 A G", "012"}});
    CHECK(both_there.fates() == "matched matched");
    CHECK(both_there.sums() == Sums{5, 1, 2});
    Case none_direct{"1\t10\tA\tG\t1\t\n"};
    none_direct.score({{"1 . 0 10 T C", "222"}, {"1 . 0 10 A G", "012"}});
    CHECK(none_direct.fates() == "matched");
    CHECK(none_direct.sums() == Sums{0, 1, 2});
  }

  TEST_CASE("copies that a variant with both alleles counts, a lone effect allele does not count again") {
    Case same{"1\t10\tA\t\t1\t\n1\t10\tA\tG\t1\t\n"};
    same.score({{"1 . 0 10 A G", "012"}});
    CHECK(same.fates() == "repeated matched");
    CHECK(same.sums() == Sums{0, 1, 2});
    Case other{"1\t10\tA\t\t3\t\n1\t10\tA\tG\t1\t\n"};
    other.score({{"1 . 0 10 A G", "012"}});
    CHECK(other.fates() == "ambiguous matched");
    CHECK(other.sums() == Sums{0, 1, 2});
    Case each{"1\t10\tA\t\t3\t\n1\t10\tG\t\t1\t\n"};  // a weight for either allele: both count
    each.score({{"1 . 0 10 A G", "012"}});
    CHECK(each.fates() == "matched matched_swapped");
    CHECK(each.sums() == Sums{2, 4, 6});
  }
}

TEST_SUITE("palindromes") {
  TEST_CASE("are left out unless asked for, or frequencies tell the strand") {
    const std::string row = "1 . 0 10 A T";
    CHECK(fate_of("1\t10\tA\tT\t1\t", row) == "palindromic");
    CHECK(fate_of("1\t10\tA\t\t1\t", row) == "palindromic");
    CHECK(fate_of("1\t10\tA\tT\t1\t0.1", row) == "palindromic");  // too few people here
    CHECK(fate_of("1\t10\tA\tT\t1\t", row, {.palindromes = "keep"}) == "matched");
    CHECK(fate_of("1\t10\tT\tA\t1\t0.1", row, {.palindromes = "keep"}) == "matched_swapped");
    CHECK(fate_of("1\t10\tA\tT\t1\t0.1", row, {.palindromes = "exclude"}) == "palindromic");
  }

  TEST_CASE("a frequency on the same side is the same strand, one on the other side the other") {
    const std::string rare = std::string(80, '0') + std::string(20, '1');  // 0.1
    const auto score = [&](const std::string& said, const std::string& copies) {
      Case one{"1\t10\tA\tT\t1\t" + said + "\n"};
      one.score({{"1 . 0 10 A T", copies}});
      return one.fates() + " " + std::to_string(std::lround(one.sums()[0])) +
             std::to_string(std::lround(one.sums()[99]));
    };
    CHECK(score("0.12", rare) == "matched 01");
    CHECK(score("0.88", rare) == "matched_flipped_swapped 21");
    CHECK(score("0.45", rare).starts_with("palindromic"));
    CHECK(score("0.1", std::string(100, '1')).starts_with("palindromic"));
  }
}

TEST_SUITE("missing genotypes") {
  TEST_CASE("are worth the cohort's mean, the reference's, or nothing") {
    const std::vector<std::pair<std::string, std::string>> rows{{"1 . 0 10 A G", "012.1"}};
    const std::string score = "1\t10\tA\tG\t2\t0.25\n";
    Case cohort{score};
    cohort.score(rows);
    CHECK(cohort.sums() == Sums{0, 2, 4, 2, 2});
    CHECK(cohort.scoring->sums().missing(0, 3) == 1);
    CHECK(cohort.scoring->sums().missing(0, 2) == 0);
    Case reference{score, {.impute_missing = "reference"}};
    reference.score(rows);
    CHECK(reference.sums() == Sums{0, 2, 4, 1, 2});
    Case none{score, {.impute_missing = "none"}};
    none.score(rows);
    CHECK(none.sums() == Sums{0, 2, 4, 0, 2});
  }

  TEST_CASE("a variant that nobody has a genotype for counts only where a reference says what to expect") {
    Case nobody{"1\t10\tA\tG\t2\t0.25\n"};
    nobody.score({{"1 . 0 10 A G", "..."}});
    CHECK(nobody.fates() == "never_called");
    CHECK(nobody.sums() == Sums{0, 0, 0});
    Case expected{"1\t10\tA\tG\t2\t0.25\n", {.impute_missing = "reference"}};
    expected.score({{"1 . 0 10 A G", "..."}});
    CHECK(expected.sums() == Sums{1, 1, 1});
  }

  TEST_CASE("without a reference frequency the cohort's mean stands in, and is told of") {
    Case one{"1\t10\tA\tG\t2\t\n", {.impute_missing = "reference"}};
    one.score({{"1 . 0 10 A G", "02."}});
    CHECK(one.sums() == Sums{0, 4, 2});
    REQUIRE(one.scoring->warnings().size() == 1);
    CHECK(one.scoring->warnings()[0].starts_with("1 variant(s) with missing genotypes have no reference frequency"));
  }
}

TEST_SUITE("sums of scores") {
  TEST_CASE("random rows are what the definition says, and no order of rows changes a bit") {
    std::mt19937 random{6};
    std::normal_distribution<double> weight{0, 0.01};
    std::string score;
    std::vector<std::pair<std::string, std::string>> rows;
    std::vector<double> weights;
    constexpr std::size_t samples = 37;
    for (int k = 0; k < 300; ++k) {
      const double w = weight(random);
      weights.push_back(w);
      char text[64];
      std::snprintf(text, sizeof text, "1\t%d\tA\tG\t%.17g\t\n", 10 * k + 10, w);
      score += text;
      std::string copies(samples, '0');
      for (char& c : copies) c = "012."[random() % 4];
      rows.emplace_back("1 . 0 " + std::to_string(10 * k + 10) + " A G", copies);
    }
    Case one{score};
    one.score(rows);
    for (std::size_t sample = 0; sample < samples; ++sample) {
      long double sum = 0;
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const std::string& copies = rows[k].second;
        double mean = 0;
        double known = 0;
        for (const char c : copies) {
          if (c == '.') continue;
          mean += c - '0';
          ++known;
        }
        sum += weights[k] * (copies[sample] == '.' ? mean / known : copies[sample] - '0');
      }
      CHECK(one.sums()[sample] == doctest::Approx(static_cast<double>(sum)).epsilon(1e-13));
    }
    std::ranges::shuffle(rows, random);
    Case shuffled{score};
    shuffled.score(rows);
    CHECK(shuffled.sums() == one.sums());
  }

  TEST_CASE("weights of any size are summed, the tiniest and the largest too") {
    for (const std::string weight : {"1e-310", "3e-200", "1e100", "0"}) {
      Case one{"1\t10\tA\tG\t" + weight + "\t\n1\t20\tA\tG\t-" + weight + "\t\n"};
      one.score({{"1 . 0 10 A G", "012"}, {"1 . 0 20 A G", "001"}});
      const double w = std::strtod(weight.c_str(), nullptr);
      const double tolerance = std::max(1e-15 * w, 1e-300);
      CHECK(std::abs(one.sums()[1] - w) <= tolerance);
      CHECK(std::abs(one.sums()[2] - w) <= tolerance);
    }
  }

  TEST_CASE("dosages lie on the straight line between whole copies, and whole ones are genotypes") {
    TempFolder folder;
    const std::string path = folder.write(
        "d.txt",
        "chr_name\tchr_position\teffect_allele\tother_allele\tdosage_0_weight\tdosage_1_weight\tdosage_2_weight\n"
        "1\t10\tA\tG\t1\t2\t4\n1\t20\tA\tG\t0\t1\t2\n");
    Scoring scoring{{.scores = {path}}, std::nullopt, 5};
    RowScorer scorer{scoring.matcher(), scoring.sums(), 5};
    const float none = std::nanf("");
    scorer.take({.bim = "1 . 0 10 A G\n1 . 0 20 G A\n", .dosages = {0, 1, 2, 0.5F, none, 2, 2, 2, 0.5F, 2}});
    scorer.finish();
    const auto sum = [&](std::size_t k) { return scoring.sums().sum(0, k); };
    CHECK(sum(0) == 1);
    CHECK(sum(1) == 2);
    CHECK(sum(2) == 4);
    CHECK(sum(3) == doctest::Approx(3));
    CHECK(sum(4) == doctest::Approx((1 + 2 + 4 + 1.5) / 4));
  }

  TEST_CASE("a score falls short by number or by weight") {
    Case one{"1\t10\tA\tG\t1\t\n1\t20\tA\tG\t1\t\n1\t30\tA\tG\t1\t\n1\t40\tA\tG\t9\t\n"};
    one.score({{"1 . 0 10 A G", "0"}, {"1 . 0 20 A G", "0"}, {"1 . 0 30 A G", "0"}});
    const ScoreOverlap overlap = overlaps(one.scoring->files(), one.scoring->units()).front();
    CHECK(overlap.share() == 0.75);
    CHECK(overlap.weight_share() == 0.25);
    CHECK(!overlap.is_enough(0.75));
    CHECK(overlap.is_enough(0.25));
    CHECK(refusal(overlap, 0.75) ==
          "s: 3 of 4 variants can be scored (75.0 %), with 25.0 % of the weight; min-overlap asks for 75 %");
  }
}
