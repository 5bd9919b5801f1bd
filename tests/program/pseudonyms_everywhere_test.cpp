// --pseudonymise of the commands that work on what others wrote: features, models, scores, treatments, PDFs, the log.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>

#include "tests/program/planted_names.h"
#include "tests/program/refusal.h"
#include "tests/program/shell.h"

namespace stardose::tests {

namespace {

const std::string set_text =
    "set: warfarin\n"
    "inputs:\n"
    "  age: {}\n"
    "  race: {}\n"
    "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
    "features: {age: age in decades, race: {}, vkorc1: {}}\n";

/// Two people in variants, each with what doses, features and treatments ask for.
class Site {
 public:
  Site()
      : key_{key_in(folder_)},
        vcf_{folder_.write("Quirina-Ostfriesland.vcf", vcf_header(people) +
                                                           vcf_record("chr6 18130687 T C", {"0/1", "0/0"}) +
                                                           vcf_record("chr16 31096368 C T", {"0/1", "1/1"}))} {
    std::string patients = "sample\tage_years\theight_cm\tweight_kg\trace\ttarget_inr\tamiodarone\tCYP2C9\trs9923231\n";
    for (const std::string& name : people) patients += name + "\t60\t170\t70\tWhite\t2.5\tno\t*1/*2\tC/T\n";
    patients_ = folder_.write("patients.tsv", patients);
    set_ = folder_.write("set.yaml", set_text);
  }

  [[nodiscard]] const TempFolder& folder() const { return folder_; }
  [[nodiscard]] const std::string& vcf() const { return vcf_; }
  [[nodiscard]] const std::string& patients() const { return patients_; }
  [[nodiscard]] const std::string& set() const { return set_; }
  [[nodiscard]] std::string known(const std::string& name) const { return pseudonym(name, key_); }
  [[nodiscard]] Words rule() const { return {"--pseudonymise", key_}; }

  /// Neither what is said nor what is written below `out` has a piece of a name.
  ProgramResult check(const Words& words, const std::string& out = {}, int exit_code = 0) const {
    CAPTURE(words.front() + " " + words.at(1));
    ProgramResult run = run_program(words + rule());
    REQUIRE_MESSAGE(run.exit_code == exit_code, run.err);
    check_unnamed(run.out);
    INFO(run.err);
    check_unnamed(run.err);
    if (!out.empty()) check_unnamed(out, run);
    return run;
  }

 private:
  TempFolder folder_;
  std::string key_;
  std::string vcf_;
  std::string patients_;
  std::string set_;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string recipe = R"(recipe: made-up
title: Made-up doses
columns:
  age: {unit: years}
id: name
target: {column: dose, name: dose, unit: mg/week}
steps: {all: [{fill: {by: mean}}]}
contenders:
  - {name: near, learner: nearest_neighbours, settings: {neighbours: 3}, steps: all}
folds: [{name: 5-fold, seed: 3}]
intervals: {level: 0.8}
card: {intended use: A test.}
)";

/// A cohort in which the first two are those whose names must not be seen.
std::string training_table() {
  std::string text = "name\tage\tdose\n";
  for (int k = 0; k < 60; ++k) {
    const std::string name = k < 2 ? people[static_cast<std::size_t>(k)] : fmt::format("p{}", k);
    text += fmt::format("{}\t{}\t{}\n", name, 20 + k, 60 - k / 2);
  }
  return text;
}

}  // namespace

TEST_SUITE("program: pseudonyms everywhere") {
  TEST_CASE("features and matrices, from `features` and from `run`") {
    const Site site;
    const std::string out = site.folder() / "out";
    const std::string quirina = site.known(people[0]);
    CHECK(
        has(site.check({"features", site.set(), "--covariates", site.patients(), "--input", site.vcf()}).out, quirina));
    site.check({"features", site.set(), "--covariates", site.patients(), "--input", site.vcf(), "-o", out + "/f"},
               out + "/f");
    CHECK(has(file_text(out + "/f/features.tsv"), quirina + "\t6\tWhite\t"));  // tables were matched
    site.check({"features", "--genotypes", "all", "--matrix", "npy,mtx", "--input", site.vcf(), "-o", out + "/g"},
               out + "/g");
    CHECK(has(file_text(out + "/g/genotypes.patients.tsv"), quirina));
    site.check({"run", "--input", site.vcf(), "--covariates", site.patients(), "--features", site.set(), "--dose",
                "warfarin", "--fhir-system", "https://lab.example/samples", "--write",
                "calls,guidance,dosing,features,html,json,fhir,multiqc", "--all-matches", "--timestamps", "--ro-crate",
                "-o", out + "/r"},
               out + "/r");
    CHECK(has(file_text(out + "/r/features.tsv"), quirina + "\t6\tWhite\t"));
  }

  TEST_CASE("a PDF, what it says and what it says of itself") {
    const bool is_printed = has_program("chromium") || has_program("chromium-browser") || has_program("weasyprint");
    if (!is_printed || !has_program("python3")) {
      MESSAGE("skipped: neither chromium nor weasyprint is there");
      return;
    }
    const Site site;
    const std::string out = site.folder() / "out";
    site.check({"run", "--input", site.vcf(), "--write", "pdf", "-o", out}, out);
    // Streams are packed, and text is in their strings or, of embedded fonts, in glyphs with a map to letters.
    const ProgramResult text = run_shell(
        "cd '" + out +
        "' && python3 - <<'E'\nimport glob,re,zlib\nfor f in glob.glob('**/*.pdf', recursive=True):\n"
        "  b=open(f,'rb').read()\n  print(b.decode('latin1'))\n"
        "  for s in re.findall(rb'stream\\r?\\n(.*?)endstream', b, re.S):\n"
        "    try: print(zlib.decompress(s.strip(b'\\r\\n')).decode('latin1'))\n    except zlib.error: pass\nE");
    REQUIRE_EQ(text.exit_code, 0);
    CHECK(text.out.size() > 10'000);
    check_unnamed(text.out);
    if (!has_program("pdftotext")) return;
    const ProgramResult read = run_shell("cd '" + out + "' && find . -name '*.pdf' -exec pdftotext '{}' - ';'");
    CHECK(has(read.out, site.known(people[0])));
    check_unnamed(read.out);
  }

  TEST_CASE("polygenic scores") {
    const Site site;
    const std::string score = site.folder().write("score.txt",
                                                  "#pgs_id=PGS1\n#genome_build=GRCh38\n"
                                                  "chr_name\tchr_position\teffect_allele\tother_allele\teffect_weight\n"
                                                  "6\t18130687\tC\tT\t1\n16\t31096368\tT\tC\t0.5\n");
    const std::string out = site.folder() / "out";
    site.check({"polygenic", "--score", score, "--input", site.vcf(), "-o", out}, out);
    CHECK(has(file_text(out + "/scores.tsv"), site.known(people[0]) + "\tPGS1\t"));
    // Given back beside tables with names.
    const std::string set = site.folder().write(
        "af.yaml", "set: a\ninputs:\n  af: {polygenic: PGS1, scale: sum}\n  age: {}\nfeatures: {af: {}, age: {}}\n");
    const ProgramResult features = site.check(
        {"features", set, "--covariates", site.patients(), "--polygenic", out + "/scores.tsv", "--input", site.vcf()});
    CHECK(has(features.out, site.known(people[0]) + "\t1.5\t60\n"));
  }

  TEST_CASE("models: training, scoring, and what they refuse") {
    const Site site;
    const std::string out = site.folder() / "out";
    fs::create_directory(out);
    const std::string model = out + "/m.json";
    const std::string data = site.folder().write("people.tsv", training_table());
    const std::string file = site.folder().write("recipe.yaml", recipe);
    const ProgramResult trained = site.check({"train", file, "--data", data, "--output", model}, out);
    CHECK(has(trained.out, "made-up 5-fold: MAE "));
    site.check({"model", "card", model, "--output", out + "/card.html"}, out);
    const std::string table =
        site.folder().write("t.tsv", "sample\tage\n" + people[0] + "\t50\n" + people[1] + "\t900\n");
    site.check({"score", model, "--table", table, "-o", out + "/s"}, out + "/s");
    CHECK(has(file_text(out + "/s/predictions.tsv"), site.known(people[0]) + "\tpredicted\t"));
    // Somebody is there twice; two tables that do not have the same people; one that says it otherwise.
    const std::string twice = site.folder().write("twice.tsv", training_table() + people[0] + "\t20\t1\n");
    site.check({"train", file, "--data", twice, "--evaluate-only"}, {}, 3);
    std::string others = training_table();
    others.replace(others.find(people[0]), people[0].size(), "another");
    site.check({"train", file, "--data", data, "--data", site.folder().write("others.tsv", others), "--evaluate-only"},
               {}, 3);
    site.check({"score", model, "--table", site.folder().write("s2.tsv", file_text(table) + people[0] + "\t1\n")}, {},
               3);
  }

  TEST_CASE("treatments: from tables and from a report under the true name, and what is known of them later") {
    const Site site;
    const std::string out = site.folder() / "out";
    const Words start = {"twin", "start", "warfarin"};
    const ProgramResult started = site.check(start + Words{"--covariates", site.patients(), "-o", out}, out);
    CHECK(has(started.out, site.known(people[0]) + "\t"));
    // A run that nobody asked to hide names left a report; the record is begun under a rule that does.
    const std::string named = site.folder() / "named";
    std::string calls = "sample\tgene\tdiplotype\n";
    for (const std::string& name : people) calls += name + "\tCYP2C9\t*1/*2\n";
    const std::string outside = site.folder().write("calls.tsv", calls);
    const ProgramResult run = run_program({"run", "--input", site.vcf(), "--outside-calls", outside, "--covariates",
                                           site.patients(), "--dose", "warfarin", "--write", "json", "-o", named});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    const std::string report = named + "/report/" + people[0] + ".json";
    const std::string of_report = site.folder() / "of_report";
    const ProgramResult again = site.check(start + Words{"--report", report, "-o", of_report}, of_report);
    CHECK(has(again.out, site.known(people[0]) + "\t"));
    REQUIRE_FALSE(files_below(of_report).empty());
    CHECK(fs::exists(out + "/" + files_below(of_report).front()));  // the same patient
    site.check(start + Words{"--report", named + "/report/Zebedee.Emsland-gone.json", "-o", of_report}, {}, 3);
    const std::string broken = site.folder().write("Quirina-Ostfriesland.json", "{}");
    site.check(start + Words{"--report", broken, "-o", of_report}, {}, 3);

    const std::string record = out + "/" + files_below(out).front();
    site.check({"twin", "add", record, "--time", "day 1 18:00", "--dose", "5 mg", "--times", "5", "--every", "24h"},
               out);
    site.check({"twin", "add", record, "--time", "day 6 08:00", "--value", "inr=1.8"}, out);
    for (const char* look : {"update", "forecast", "advise"}) {
      site.check({"twin", look, record, "--draws", "100"});
      site.check({"twin", look, record, "--draws", "100", "--json"});
    }
    site.check({"twin", "batch", "--patients", record, "--draws", "100", "-o", site.folder() / "b"},
               site.folder() / "b");
  }

  TEST_CASE("the audit log, of commands that end well and badly") {
    const Site site;
    const std::string log = site.folder() / "log.jsonl";
    const Words logged = {"--audit-log", log};
    site.check(Words{"run", "--input", site.vcf(), "-o", site.folder() / "out"} + logged);
    site.check(Words{"run", "--input", site.folder() / "Zebedee.Emsland.vcf", "-o", site.folder() / "out"} + logged, {},
               3);
    site.check(Words{"explain", people[0], "TPMT", "--input", site.vcf()} + logged);
    site.check(Words{"run", "--input", site.vcf(), "--samples", "Ammerland", "-o", site.folder() / "out"} + logged, {},
               4);
    const std::string text = file_text(log);
    CHECK_EQ(std::ranges::count(text, '\n'), 8);
    check_unnamed(text);
    CHECK(text.find(site.known(people[0])) == std::string::npos);  // not even that
  }
}

}  // namespace stardose::tests
