// Every table, of people whose names a spreadsheet would work out.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "genomics/basics/table_cell.h"
#include "tests/builders/covered_sites.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using Words = std::vector<std::string>;

const Words people = {"=HYPERLINK(\"http://x/\"&A1)",
                      "+1+1",
                      "-2+3|cmd",
                      "@SUM(A1)",
                      "\"=1+1\"",
                      "#hash",
                      "'=1",
                      "'O'Neill",
                      "-7",
                      "\xEF\xBC\x9D"
                      "1",
                      "plain"};
const std::string of_reads = "=A1";

std::string cell_of(const std::string& name) { return genomics::table_cell(name); }

std::vector<Words> rows_of(const std::string& text) {
  std::vector<Words> rows;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    Words& cells = rows.emplace_back();
    std::istringstream cut{line};
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
  }
  return rows;
}

/// Said again here, as a spreadsheet would.
bool is_worked_out(const std::string& cell) {
  static const std::regex formula{"^\\s*([=@\"#]|\xEF\xBC\x9D|\xEF\xBC\x8B|\xEF\xBC\x8D|\xEF\xBC\xA0|[-+])"};
  static const std::regex number_or_word{"^[-+][0-9]+(\\.[0-9]*)?(e[-+]?[0-9]+)?( [A-Za-z]+)?$"};
  return std::regex_search(cell, formula) && !std::regex_match(cell, number_or_word);
}

void check_inert(const std::string& table, const std::string& text) {
  CAPTURE(table);
  const auto rows = rows_of(text);
  REQUIRE_FALSE(rows.empty());
  for (const Words& row : rows) {
    for (const std::string& cell : row) {
      if (!is_worked_out(cell)) continue;
      CAPTURE(cell);
      CHECK(false);
    }
  }
}

/// Names in the first column, as a pipeline has them once the apostrophe is off.
std::set<std::string> people_in(const std::string& text) {
  std::set<std::string> names;
  const auto rows = rows_of(text);
  for (std::size_t k = 1; k < rows.size(); ++k) names.emplace(genomics::text_of_cell(rows[k].front()));
  return names;
}

ProgramResult done(const Words& words) {
  CAPTURE(words.front());
  ProgramResult run = run_program(words);
  REQUIRE_MESSAGE(run.exit_code == 0, run.err);
  return run;
}

void check_all_tables(const std::string& folder, const std::set<std::string>& expected) {
  std::set<std::string> found;
  for (const std::string& file : files_below(folder)) {
    if (!file.ends_with(".tsv")) continue;
    found.insert(file);
    check_inert(file, file_text(folder + "/" + file));
  }
  CHECK(found == expected);
}

std::string vcf_of(const TempFolder& folder) {
  const std::size_t count = people.size();
  return folder.write("in.vcf", vcf_header(people) + vcf_record("chr6 18130687 T C", Words(count, "0/1")) +
                                    vcf_record("chr10 94761900 C T", Words(count, "1/1")) +
                                    vcf_record("chr16 31096368 C T", Words(count, "0/1")));
}

/// A table as a person would write it, but for what a reader takes for a comment or would undo.
std::string patients_of(const TempFolder& folder) {
  std::string text = "sample\tage_years\theight_cm\tweight_kg\trace\ttarget_inr\tamiodarone\tCYP2C9\trs9923231\n";
  for (const std::string& name : people) {
    const bool is_plain = name.front() != '#' && name.front() != '\'';
    text += (is_plain ? name : cell_of(name)) + "\t60\t170\t70\tWhite\t2.5\tno\t*1/*2\tC/T\n";
  }
  return folder.write("patients.tsv", text);
}

const std::string set_text =
    "set: warfarin\n"
    "inputs:\n"
    "  age: {}\n"
    "  race: {}\n"
    "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
    "features: {age: age in decades, race: {}, vkorc1: {}}\n";

}  // namespace

TEST_SUITE("program: formulas in tables") {
  TEST_CASE("no table of a run has a cell that a spreadsheet works out, and every name comes back") {
    const TempFolder folder;
    const std::string bam =
        test::covering(of_reads, {{"chr1", 169549811, std::string(20, 'C')}, {"chr16", 31096368, std::string(20, 'C')}})
            .write_bam(folder / "in.bam");
    const std::string outside =
        folder.write("outside.tsv", "sample\tgene\tdiplotype\tphenotype\tactivity_score\nplain\tCYP2D6\t*1/*4\t\t\n");
    const std::string truth =
        folder.write("truth.tsv", "sample\tgene\tdiplotype\n'=1\tCYP2C19\t*17/*17\n''=1\tCYP2C19\t*1/*17\n");
    const std::string out = folder / "out";
    done({"run",
          "--input",
          vcf_of(folder),
          "--input",
          bam,
          "--covariates",
          patients_of(folder),
          "--dose",
          "warfarin",
          "--features",
          folder.write("set.yaml", set_text),
          "--outside-calls",
          outside,
          "--truth",
          truth,
          "--write",
          "calls,guidance,coverage,dosing,features,html,json,multiqc",
          "--all-matches",
          "--output",
          out});
    check_all_tables(out, {"calls.tsv", "coverage.tsv", "dosing.tsv", "features.columns.tsv", "features.tsv",
                           "guidance.tsv", "matches.tsv"});
    std::set<std::string> everybody(people.begin(), people.end());
    everybody.insert(of_reads);
    for (const char* table : {"calls.tsv", "guidance.tsv", "dosing.tsv", "matches.tsv", "features.tsv"}) {
      CAPTURE(table);
      CHECK(people_in(file_text(out + "/" + table)) == everybody);
    }
    CHECK(file_text(out + "/dosing.tsv").find("no covariates") ==
          file_text(out + "/dosing.tsv").rfind("no covariates"));
    CHECK(file_text(out + "/calls.tsv").find("\t-1639 AG\t") != std::string::npos);  // VKORC1: a word, and it stays
    CHECK(file_text(out + "/calls.tsv").find("\nplain\t") != std::string::npos);
  }

  TEST_CASE("what was written under such names is read again under them") {
    const TempFolder folder;
    const std::string vcf = vcf_of(folder);
    const std::string out = folder / "out";
    done({"run", "--input", vcf, "--write", "calls", "--output", out});
    const Words patients = {"--covariates", patients_of(folder)};
    const auto dose = [&](const Words& genes) {
      Words words = {"dose", "warfarin", "--format", "tsv"};
      words.insert(words.end(), patients.begin(), patients.end());
      words.insert(words.end(), genes.begin(), genes.end());
      return done(words).out;
    };
    const std::string by_calls = dose({"--calls", out + "/calls.tsv"});
    check_inert("dose", by_calls);
    CHECK(people_in(by_calls) == std::set<std::string>(people.begin(), people.end()));
    // Nobody's calls were left out as a comment or under another name.
    CHECK(by_calls.find("VKORC1 is not known") == std::string::npos);
    CHECK_EQ(rows_of(by_calls).size(), 1 + people.size());

    std::string truth = "sample\tgene\tdiplotype\n";
    for (const std::string& name : people) truth += cell_of(name) + "\tCYP2C19\t*17/*17\n";
    const std::string pairs = folder / "pairs.tsv";
    const ProgramResult compared = done(
        {"concordance", "--truth", folder.write("truth.tsv", truth), "--calls", out + "/calls.tsv", "--pairs", pairs});
    check_inert("concordance", compared.out);
    check_inert("pairs", file_text(pairs));
    std::set<std::string> among;
    for (const Words& row : rows_of(file_text(pairs))) among.emplace(genomics::text_of_cell(row.at(1)));
    among.erase("sample");
    CHECK(among == std::set<std::string>(people.begin(), people.end()));
  }

  TEST_CASE("so are features, predictions, polygenic scores, matrices, dosages and treatments") {
    const TempFolder folder;
    const std::string vcf = vcf_of(folder);
    const std::set<std::string> everybody(people.begin(), people.end());
    const std::string set = folder.write("set.yaml", set_text);
    const std::string features = done({"features", set, "--covariates", patients_of(folder), "--input", vcf}).out;
    check_inert("features", features);
    CHECK(people_in(features) == everybody);

    done({"features", "--genotypes", "all", "--matrix", "npy", "--input", vcf, "--output", folder / "g"});
    check_all_tables(folder / "g", {"genotypes.patients.tsv", "genotypes.variants.tsv"});

    done({"run", "--input", vcf, "--write", "dosages", "--output", folder / "d"});
    check_all_tables(folder / "d", {"dosages.tsv"});
    const Words heading = rows_of(file_text(folder / "d/dosages.tsv")).front();
    REQUIRE_EQ(heading.size(), 5 + people.size());
    for (std::size_t k = 0; k < people.size(); ++k) CHECK_EQ(heading[5 + k], cell_of(people[k]));

    const std::string score = folder.write("=score.txt",
                                           "#pgs_id==cmd|x\n#genome_build=GRCh38\n"
                                           "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
                                           "6\t18130687\tC\tT\t-1\n");
    const ProgramResult scored = run_program({"polygenic", "--score", score, "--input", vcf, "--output", folder / "p"});
    if (scored.exit_code == 0) {  // unless such a score is refused at once
      for (const std::string& file : files_below(folder / "p")) {
        if (file.ends_with(".tsv")) check_inert(file, file_text(folder / ("p/" + file)));
      }
      CHECK(people_in(file_text(folder / "p/scores.tsv")) == everybody);
    }

    const std::string model = folder.write("m.tsv",
                                           "feature\tcoefficient\tunit\tmean\n(Intercept)\t5.5\t\t\n"
                                           "=age\t-0.25\tyear\t6\n");
    done({"model", "import", model, "--output", folder / "m.json"});
    check_inert("model show", done({"model", "show", folder / "m.json"}).out);
    std::string rows = "sample\t'=age\n";
    for (const std::string& name : people) rows += cell_of(name) + "\t50\n";
    const std::string table = folder.write("t.tsv", rows);
    done({"score", folder / "m.json", "--table", table, "--output", folder / "s"});
    check_all_tables(folder / "s", {"contributions.tsv", "predictions.tsv"});
    CHECK(people_in(file_text(folder / "s/predictions.tsv")) == everybody);

    const std::string started =
        done({"twin", "start", "warfarin", "--covariates", patients_of(folder), "--output", folder / "records"}).out;
    check_inert("twin start", started);
    CHECK(people_in(started) == everybody);
    const std::string record = folder / ("records/" + files_below(folder / "records").front());
    done({"twin", "add", record, "--time", "day 1 18:00", "--dose", "5 mg", "--times", "5", "--every", "24h"});
    done({"twin", "add", record, "--time", "day 6 08:00", "--value", "inr=1.8"});
    done({"twin", "batch", "--patients", record, "--draws", "100", "--output", folder / "b"});
    check_all_tables(folder / "b", {"advice.tsv"});

    REQUIRE_EQ(run_program({"pseudonym", "make-key", folder / "key"}).exit_code, 0);
    check_inert("pseudonym show", done({"pseudonym", "show", "=1+1", "--pseudonymise", folder / "key"}).out);
  }
}

}  // namespace stardose::tests
