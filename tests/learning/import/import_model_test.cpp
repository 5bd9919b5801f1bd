// Models of other programs (models/make.py) predict here what they predict there, and survive our own file.
#include "learning/import/import_model.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "genomics/input_error.h"
#include "learning/explain/contributions.h"
#include "learning/model/model_file.h"
#include "learning/model/scorer.h"
#include "tests/builders/numbers_file.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::learning;
using stardose::genomics::InputError;
using stardose::test::NumbersFile;
using stardose::test::read_numbers;

namespace {

const std::string folder = std::string{STARDOSE_SOURCE_DIR} + "/tests/learning/import/models/";

std::vector<std::string> models_of(const std::string& library) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    const std::string extension = entry.path().extension().string();
    const bool is_model = extension == ".json" || extension == ".ubj" || extension == ".txt";
    if (is_model && entry.path().filename().string().starts_with(library)) paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  return paths;
}

std::string beside(const std::string& path, const std::string& extension) {
  return path.substr(0, path.rfind('.')) + extension;
}

std::vector<double> margins_of(const Model& model, const NumbersFile& rows) {
  const Scorer scorer{model};
  std::vector<double> margins(rows.values.size() / rows.width * scorer.margins());
  scorer.score_margins({rows.values, rows.width}, margins);
  return margins;
}

std::vector<double> predictions_of(const Model& model, const NumbersFile& rows) {
  const Scorer scorer{model};
  std::vector<double> predictions(rows.values.size() / rows.width * scorer.predictions());
  scorer.score({rows.values, rows.width}, predictions);
  return predictions;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE_EQ(a.size(), b.size());
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    largest = std::max(largest, std::abs(a[k] - b[k]) / std::max(1.0, std::abs(b[k])));
  }
  return largest;
}

Model read_back(const Model& model) { return import_model_from("again.json", model_json(model)); }

std::string refusal(const std::string& bytes) {
  try {
    (void)import_model_from("m", bytes);
  } catch (const InputError& error) {
    CHECK_FALSE(error.parts().help.empty());
    return error.what();
  }
  return "read";
}

}  // namespace

TEST_CASE("XGBoost 1.7, 2.1 and 3.2: margins and predictions to the bit") {
  const NumbersFile rows = read_numbers(folder + "probes.rows");
  const auto models = models_of("xgboost_");
  REQUIRE_EQ(models.size(), 18);
  for (const std::string& path : models) {
    CAPTURE(path);
    const Model model = import_model(path);
    CHECK(margins_of(model, rows) == read_numbers(beside(path, ".margins")).values);
    CHECK(predictions_of(model, rows) == read_numbers(beside(path, ".predictions")).values);
    CHECK(read_back(model) == model);
    CHECK_FALSE(Explainer::why_not(model));
  }
}

TEST_CASE("LightGBM 4: raw scores to the bit, predictions and contributions to rounding") {
  const NumbersFile rows = read_numbers(folder + "probes.rows");
  const auto models = models_of("lightgbm_");
  REQUIRE_EQ(models.size(), 10);
  for (const std::string& path : models) {
    CAPTURE(path);
    const Model model = import_model(path);
    const std::vector<double> margins = margins_of(model, rows);
    // A forest's raw scores and contributions are of the sum in LightGBM, of the average here.
    const double trees = std::get<TreeEnsemble>(model.method).average ? 5 : 1;
    std::vector<double> raw = read_numbers(beside(path, ".margins")).values;
    for (double& score : raw) score /= trees;
    CHECK(margins == raw);
    CHECK(largest_difference(predictions_of(model, rows), read_numbers(beside(path, ".predictions")).values) < 3e-16);
    CHECK(read_back(model) == model);
    const Explainer explainer{model};
    std::vector<double> contributions(margins.size() * rows.width);
    explainer.contributions({rows.values, rows.width}, contributions);
    const NumbersFile expected = read_numbers(beside(path, ".contributions"));
    for (std::size_t k = 0; k < margins.size(); ++k) {
      double sum = explainer.expectations()[k % explainer.expectations().size()];
      for (std::size_t i = 0; i < rows.width; ++i) {
        const double theirs = expected.values[k * (rows.width + 1) + i];
        const double ours = contributions[k * rows.width + i];
        sum += ours;
        CHECK(std::abs(ours * trees - theirs) < 1e-9);
      }
      CHECK(std::abs(sum - margins[k]) < 1e-12);
    }
  }
}

// Rows that were drawn at random hardly ever are a threshold; genotypes and ages are.
TEST_CASE("a value that is a threshold: to the right by XGBoost's <, to the left by LightGBM's <=") {
  const auto check = [](const std::string& name, auto next, bool goes_left) {
    CAPTURE(name);
    const Model model = import_model(folder + name);
    NumbersFile rows{{}, model.features.size()};  // below each threshold, the threshold itself, above it
    for (const Tree& tree : std::get<TreeEnsemble>(model.method).trees) {
      for (const TreeNode& node : tree.nodes) {
        if (node.is_leaf() || node.categories >= 0) continue;
        for (const double value : {next(node.value, -INFINITY), node.value, next(node.value, INFINITY)}) {
          std::vector<double> row(rows.width, 0.3);
          row[static_cast<std::size_t>(node.feature)] = value;
          rows.values.insert(rows.values.end(), row.begin(), row.end());
        }
      }
    }
    const std::vector<double> margins = margins_of(model, rows);
    std::size_t steps = 0;
    for (std::size_t k = 0; k + 2 < margins.size(); k += 3) {
      CHECK_EQ(margins[k + 1], margins[goes_left ? k : k + 2]);
      steps += margins[k] != margins[k + 2] ? 1 : 0;
    }
    CHECK(steps > 5);
  };
  const auto next_float = [](double value, double to) {
    return static_cast<double>(std::nextafter(static_cast<float>(value), static_cast<float>(to)));
  };
  const auto next_double = [](double value, double to) { return std::nextafter(value, to); };
  check("xgboost_1.7.4_regression.json", next_float, false);
  check("lightgbm_4.7.0_regression.txt", next_double, true);
}

TEST_CASE("liblinear and libsvm: what their programs print") {
  const NumbersFile rows = read_numbers(folder + "svm.rows");
  const auto check = [&](const std::string& name, double tolerance) {
    CAPTURE(name);
    const Model model = import_model(folder + name + ".txt");
    CHECK(read_back(model) == model);
    std::vector<double> predictions = predictions_of(model, rows);
    if (names_a_class(model.link)) {
      for (double& x : predictions) x = std::stod(model.outputs.at(static_cast<std::size_t>(x)));
    }
    CHECK(largest_difference(predictions, read_numbers(folder + name + ".predictions").values) < tolerance);
    return model;
  };
  for (const char* name : {"liblinear_2_two", "liblinear_4_three", "liblinear_1_three", "libsvm_0_2_two",
                           "libsvm_0_1_three", "libsvm_2_3_two"}) {
    check(name, 1e-300);
  }
  for (const char* name : {"liblinear_11_numbers", "libsvm_3_0_numbers", "libsvm_3_2_numbers"}) check(name, 1e-14);

  // With -b 1 the lines are the label, then a probability for each label of the first line; six digits.
  for (const std::string name : {"liblinear_0_two", "liblinear_0_three"}) {
    const Model model = import_model(folder + name + ".txt");
    const NumbersFile expected = read_numbers(folder + name + ".predictions", 1);
    const std::vector<double> predictions = predictions_of(model, rows);
    for (std::size_t row = 0; row < 40; ++row) {
      for (std::size_t k = 0; k < model.outputs.size(); ++k) {
        const double ours = predictions[row * model.outputs.size() + k];
        CHECK(std::abs(ours - expected.values[row * expected.width + 1 + k]) < 1e-5);
      }
    }
  }
}

TEST_CASE("a table of coefficients: units, ranges, means, a link") {
  const std::string table =
      "# a made-up equation\n# link: signed_square\nfeature\tcoefficient\tunit\tmean\tlowest\thighest\n"
      "(Intercept)\t5.5\t\t\t\t\nage\t-0.25\tdecade\t6\t1\t9\nweight\t0.5\tkg\t2\t\t\n";
  const Model model = import_model_from("t.tsv", table);
  CHECK_EQ(model.features[0], Feature{"age", "decade", 1, 9, 6});
  CHECK_EQ(model.features[1], Feature{"weight", "kg", std::nullopt, std::nullopt, 2});
  CHECK_EQ(predictions_of(model, {{6, 4}, 2}), std::vector<double>{36});
  CHECK(read_back(model) == model);
  const Explainer explainer{model};
  std::vector<double> contributions(2);
  const std::vector<double> row = {8, 4};
  explainer.contributions({row, 2}, contributions);
  CHECK_EQ(explainer.expectations(), std::vector<double>{5});
  CHECK_EQ(contributions, std::vector<double>{-0.5, 1});
  // Commas, quotes, Windows line ends, a mark before UTF-8; no intercept, no mean.
  const Model plain = import_model_from("t.csv", "\xef\xbb\xbf\"feature\",\"coefficient\"\r\n\"a\",2\r\nb,-1e0\r\n");
  CHECK_EQ(predictions_of(plain, {{3, 1}, 2}), std::vector<double>{5});
  CHECK_EQ(Explainer::why_not(plain).value_or(""), "the model does not say the mean of a in its training data");
  CHECK(std::isnan(predictions_of(plain, {{3, std::nan("")}, 2})[0]));

  CHECK_EQ(refusal("feature,coefficient\na,1,2\n"), "m: line 2: has more or fewer cells than the header");
  CHECK_EQ(refusal("feature,coefficient\na,x\n"), "m: line 2: not a number: x");
  CHECK_EQ(refusal("feature,coefficient\na,inf\n"), "m: line 2: not a number: inf");
  CHECK_EQ(refusal("feature,coefficient\na,1\na,2\n"), "m: line 3: two features of one name: a");
  CHECK_EQ(refusal("feature,coefficient,p\na,1,2\n"), "m: line 1: a column that is not known: p");
  CHECK_EQ(refusal("feature,coefficient\n(Intercept),1\n(Intercept),2\n"), "m: line 3: a second intercept");
  CHECK_EQ(
      refusal("# link: probit\nfeature,coefficient\na,1\n"),
      "m: line 1: a link that a table cannot have: probit (identity, logistic, exponential and signed_square can)");
}

TEST_CASE("names that are not UTF-8 are refused: they would go to results") {
  const std::string why = ": is not UTF-8: it holds a byte that begins no character";
  CHECK_EQ(refusal("feature,coefficient\nGr\xf6\xdf\x65,1\n"), "m: line 2" + why);
  CHECK_EQ(refusal("{\"format\": \"stardose model\",\n\"outputs\": [\"\xff\"]}"), "m: line 2" + why);
  CHECK_EQ(import_model_from("m", "feature,coefficient\nGr\xc3\xb6\xc3\x9f\x65,1\n").features[0].name,
           "Gr\xc3\xb6\xc3\x9f\x65");
}

TEST_CASE("what is no model is refused, and code is never loaded") {
  CHECK_EQ(refusal(""), "m: is empty");
  CHECK_EQ(refusal("hello\n"), "m: is no model of a known kind");
  CHECK_EQ(refusal("\x80\x04\x95"), "m: is a pickle, which can run code: such a file is never loaded");
  CHECK_EQ(refusal("\x1f\x8b\x08"), "m: is compressed");
  CHECK_EQ(refusal("PK\x03\x04"), "m: is compressed");
  CHECK_EQ(refusal("binf\x01"), "m: is a model of XGBoost in its old binary format");
  CHECK_EQ(refusal("{}"), "m: is JSON, but neither a model of stardose nor of XGBoost");
  CHECK_EQ(refusal("{\"learner\": "), "m: 1:13: the file ends within a value");
  CHECK_THROWS_AS((void)import_model("/nowhere/m.json"), InputError);
  CHECK_THROWS_AS((void)import_model("/"), InputError);
}

TEST_CASE("a model cut short or with a byte changed is refused or still a model, and never a crash") {
  for (const std::string library : {"xgboost_", "lightgbm_", "liblinear_", "libsvm_"}) {
    for (const std::string& path : models_of(library)) {
      const std::string whole = stardose::test::read_bytes(path);
      const std::size_t step = whole.size() / 60 + 1;
      for (std::size_t at = 0; at < whole.size(); at += step) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x11);
        for (const std::string& bytes : {whole.substr(0, at), changed}) {
          try {
            const Model model = import_model_from("m", bytes);
            CHECK_FALSE(fault_of(model));
          } catch (const InputError& error) {
            CHECK_FALSE(error.parts().help.empty());
          }
        }
      }
    }
  }
}
