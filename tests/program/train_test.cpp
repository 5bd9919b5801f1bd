// stardose train, and model card, sign and verify: a recipe to a model that says what it is.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "learning/train/seeded_random.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

const std::string recipe_text = R"(recipe: made-up
title: Made-up doses
columns:
  age: {unit: years, required: yes, least: 18}
  gene: {levels: [AA, AB, BB]}
  count_*: {}
id: name
group: site
report_by: [site]
keep:
  - {column: dose, least: 1}
target: {column: dose, name: dose, unit: mg/week, power: 0.5}
ranges: {small: 25, large: .inf}
steps:
  all:
    - fill: {columns: [age], by: mean}
    - one_hot: {missing: level}
    - standardise: {}
contenders:
  - {name: linear, learner: ridge, grid: {penalty: [0.001, 100]}, steps: all}
folds:
  - {name: 5-fold, seed: 3}
  - {name: leave one site out, kind: leave_one_group_out}
intervals: {level: 0.8}
card:
  intended use: A test.
)";

std::string people() {
  learning::SeededRandom random{5};
  std::string text = "name\tsite\tage\tgene\tcount_1\tcount_2\tdose\n";
  for (int k = 0; k < 200; ++k) {
    const double age = 20 + static_cast<double>(random.below(60));
    const std::uint64_t alleles = random.below(3);
    const double root = 7 - 0.04 * age - 0.8 * static_cast<double>(alleles) + 0.1 * random.normal();
    const char* genes[] = {"AA", "AB", "BB"};
    text += fmt::format("p{}\ts{}\t{}\t{}\t{}\t{}\t{:.4f}\n", k, k % 4, k % 50 == 0 ? "NA" : fmt::format("{}", age),
                        genes[alleles], k % 3, k % 5, root * root);
  }
  return text + "without\ts1\t50\tAB\t1\t1\tNA\n";
}

ProgramResult train(const std::string& recipe, const std::string& data, std::vector<std::string> more) {
  more.insert(more.begin(), {"train", recipe, "--data", data});
  return run_program(more);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string text_of(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_SUITE("program: train") {
  TEST_CASE("figures by scheme and group, and the same model file from any number of runs") {
    const TempFolder files;
    const std::string recipe = files.write("r.yaml", recipe_text);
    const std::string data = files.write("p.tsv", people());
    const std::string model = files.path() + "/m.json";
    const ProgramResult run = train(recipe, data, {"--output", model});
    CHECK_EQ(run.err, "");
    REQUIRE_EQ(run.exit_code, 0);
    for (const char* part : {"made-up 5-fold: MAE ", " mg/week, within 20 %: ", "made-up leave one site out: MAE ",
                             "made-up 5-fold site s0 (n = 50): MAE ", "made-up 5-fold dose large ", "covered ",
                             "made-up 5-fold chose: linear in 5 of 5 folds: penalty 0.001 in "}) {
      CHECK(has(run.out, part));
    }
    const std::string again = files.path() + "/again.json";
    CHECK_EQ(train(recipe, data, {"--output", again}).out, run.out);
    CHECK_EQ(text_of(model), text_of(again));
    for (const char* part : {"\"schema\":2", "\"intended use\"", "\"unit\":\"years\"", "\"training_data\":\"",
                             "\"choices\":[\"linear in 5 of 5 folds: penalty 0.001 in "}) {
      CHECK(has(text_of(model), part));
    }
  }

  TEST_CASE("--evaluate-only writes nothing and says the same") {
    const TempFolder files;
    const std::string recipe = files.write("r.yaml", recipe_text);
    const std::string data = files.write("p.tsv", people());
    const ProgramResult only = train(recipe, data, {"--evaluate-only"});
    CHECK_EQ(only.exit_code, 0);
    CHECK_EQ(only.out, train(recipe, data, {"--output", files.path() + "/m.json"}).out);
  }

  TEST_CASE("what is said of columns changes what is learned") {
    const TempFolder files;
    const std::string data = files.write("p.tsv", people());
    const std::string plain = replaced(recipe_text, "learner: ridge, grid: {penalty: [0.001, 100]}",
                                       "learner: ridge, settings: {penalty: 1}");
    const std::string said =
        replaced(plain, "settings: {penalty: 1}", "settings: {penalty: 1}, columns: {gene: {penalty_factor: 0}}");
    const ProgramResult without = train(files.write("a.yaml", plain), data, {"--evaluate-only"});
    const ProgramResult with = train(files.write("b.yaml", said), data, {"--evaluate-only"});
    CHECK_EQ(with.err, "");
    REQUIRE_EQ(with.exit_code, 0);
    CHECK_NE(with.out, without.out);
  }

  TEST_CASE("a target with a star makes a model for each column, and means over them") {
    const TempFolder files;
    const std::string text =
        replaced(replaced(recipe_text, "column: dose, name: dose, unit: mg/week, power: 0.5", "column: count_*"),
                 "  count_*: {}\n", "");
    const std::string recipe = files.write("r.yaml", replaced(text, "ranges: {small: 25, large: .inf}\n", ""));
    const std::string data = files.write("p.tsv", people());
    const ProgramResult run = train(recipe, data, {"--output", files.path() + "/models"});
    CHECK_EQ(run.err, "");
    REQUIRE_EQ(run.exit_code, 0);
    CHECK(has(run.out, "made-up 5-fold over 2 targets: MAE mean "));
    CHECK(std::filesystem::exists(files.path() + "/models/count_1.json"));
    CHECK(std::filesystem::exists(files.path() + "/models/count_2.json"));
  }

  TEST_CASE("a card as a page, a signature, and a file that was changed after it") {
    const TempFolder files;
    const std::string recipe = files.write("r.yaml", recipe_text);
    const std::string data = files.write("p.tsv", people());
    // Keys of RFC 8032, section 7.1: tests 1 and 2.
    const auto key = [&](const std::string& name, const std::string& base64) {
      return files.write(name, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    };
    const std::string ours = key("1.pem", "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g");
    const std::string theirs = key("2.pem", "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7");
    const std::string model = files.path() + "/m.json";
    REQUIRE_EQ(train(recipe, data, {"--output", model, "--sign", ours}).exit_code, 0);
    CHECK(has(run_program({"model", "verify", model, "--key", ours}).out, "signed by d75a980182b10ab7"));
    const ProgramResult other = run_program({"model", "verify", model, "--key", theirs});
    CHECK_NE(other.exit_code, 0);
    CHECK(has(other.err, "signed by another key"));
    const std::string changed = files.write("c.json", replaced(text_of(model), "\"least\":18", "\"least\":8"));
    const ProgramResult refused = run_program({"model", "show", changed});
    CHECK_NE(refused.exit_code, 0);
    CHECK(has(refused.err, "changed after it was signed"));
    const std::string page = files.path() + "/card.html";
    REQUIRE_EQ(run_program({"model", "card", model, "--output", page}).exit_code, 0);
    for (const char* part : {"<h1>Made-up doses</h1>", "A test.", "<svg", "What matters most", "5-fold", "years"}) {
      CHECK(has(text_of(page), part));
    }
  }

  TEST_CASE("a table of features and one of outcomes, in any order, are one table of people") {
    const TempFolder files;
    const std::string recipe = files.write("r.yaml", recipe_text);
    std::string features;
    std::string outcomes;
    std::istringstream lines{people()};
    for (std::string line; std::getline(lines, line);) {
      std::vector<std::string> cells;
      std::istringstream row{line};
      for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
      features += fmt::format("{}\t{}\t{}\t{}\t{}\n", cells[0], cells[2], cells[3], cells[4], cells[5]);
      const std::string outcome = fmt::format("{},{},{}\n", cells[6], cells[0], cells[1]);
      outcomes = outcomes.empty() || line.starts_with("p0\t") ? outcomes + outcome
                                                              : outcomes.insert(outcomes.find('\n') + 1, outcome);
    }
    const std::string beside = files.write("o.csv", outcomes);
    const std::string apart = files.path() + "/apart.json";
    const ProgramResult run = train(recipe, files.write("f.tsv", features), {"--data", beside, "--output", apart});
    CHECK_EQ(run.err, "");
    REQUIRE_EQ(run.exit_code, 0);
    const std::string whole = files.path() + "/whole.json";
    CHECK_EQ(run.out, train(recipe, files.write("p.tsv", people()), {"--output", whole}).out);
    const auto without_hash = [](const std::string& path) {
      const std::string text = text_of(path);
      const std::size_t at = text.find("\"training_data\":\"");
      return text.substr(0, at) + text.substr(text.find('"', at + 20));
    };
    CHECK_EQ(without_hash(apart), without_hash(whole));
    const std::string clash = files.write("c.csv", replaced(outcomes, ",p7,", ",p8,"));
    check_refused_saying(train(recipe, files.path() + "/f.tsv", {"--data", clash, "--evaluate-only"}), 3,
                         {"c.csv: ", "p8 is there twice, first in line "});
    const std::string other = files.write("d.csv", replaced(outcomes, ",p7,", ",P7,"));
    check_refused_saying(train(recipe, files.path() + "/f.tsv", {"--data", other, "--evaluate-only"}), 3,
                         {"f.tsv: 9: p7 is not in ", "d.csv"});
  }

  TEST_CASE("--list has the learners with their settings and the steps with their keys") {
    const ProgramResult run = run_program({"train", "--list"});
    CHECK_EQ(run.exit_code, 0);
    for (const char* part : {"\nridge  ", "\n  l1_ratio  ", "\nvariance_filter  ", "\n  lowest  ", "\nselect  "}) {
      CHECK(has(run.out, part));
    }
  }

  TEST_CASE("mistakes in a recipe and in a table are named by line") {
    const TempFolder files;
    const std::string data = files.write("p.tsv", people());
    const auto err = [&](const std::string& from, const std::string& to) {
      const ProgramResult run =
          train(files.write("r.yaml", replaced(recipe_text, from, to)), data, {"--evaluate-only"});
      CHECK_NE(run.exit_code, 0);
      return run.err;
    };
    CHECK(has(err("- fill:", "- fil:"), "no such step: fil; did you mean `fill`? There are components, "));
    CHECK(has(err("learner: ridge", "learner: rigde"), "ridge"));
    CHECK(has(err("seed: 3", "sed: 3"), "sed: unknown key"));
    CHECK(has(err("levels: [AA, AB, BB]", "levels: [AA, AB]"), "gene is none of the recipe's levels"));
    CHECK(has(err("column: dose, name", "column: dosis, name"), "there is no column dosis"));
    CHECK(has(err("- fill: {columns: [age], by: mean}", "- drop: {columns: [count_1]}"),
              "ridge takes no missing values, and age has some"));
    CHECK(has(err("id: name", "id: site"), data + ": 6: s0 is there twice, first in line 2"));
    const std::string unnamed = files.write("u.tsv", people() + "\ts1\t50\tAB\t1\t1\t9\n");
    CHECK(has(train(files.write("r.yaml", recipe_text), unnamed, {"--evaluate-only"}).err,
              unnamed + ": 203: the row names nobody"));
    CHECK(has(err("intervals: {level: 0.8}", "intervals: {level: 0.8, group: gen}"), "gen"));
    CHECK(has(err("learner: ridge", "learner: ridge, columns: {agee: {penalty_factor: 2}}"),
              "linear: `ridge`: `agee` is no feature, and no feature comes from it alone; did you mean `age`?"));
    CHECK(has(err("learner: ridge", "learner: ridge, columns: {age: {direction: falls}}"),
              "`ridge` keeps to no direction, as of `age`"));
  }
}

}  // namespace stardose::tests
