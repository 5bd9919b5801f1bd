// Tree ensembles beside XGBoost's own predictor: one thread, CPU time of the first call on fresh rows.
//
//   stardose_bench_trees make MODEL.json ROWS          trains 500 trees of depth 6, writes 100,000 rows of 23 floats
//   stardose_bench_trees ours|xgboost predict|explain MODEL.json ROWS
//
// The second prints what it took, `cpu_s SECONDS`, and the sum of the results. `make` also predicts all rows both ways
// and fails where a bit differs.
#include <xgboost/c_api.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "learning/explain/contributions.h"
#include "learning/import/import_model.h"
#include "learning/model/scorer.h"

namespace {

using namespace stardose::learning;

constexpr std::size_t features = 23;
constexpr std::size_t rows_made = 100'000;
constexpr std::size_t rows_trained = 20'000;
constexpr std::size_t rows_explained = 400;
constexpr int trees = 500;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void check(int code) {
  if (code != 0) throw std::runtime_error{XGBGetLastError()};
}

/// Rows of numbers, one in twenty missing.
std::vector<float> made_rows() {
  std::mt19937 random{1};
  std::normal_distribution<float> value;
  std::uniform_real_distribution<float> chance;
  std::vector<float> values(rows_made * features);
  for (float& x : values) x = chance(random) < 0.05F ? std::numeric_limits<float>::quiet_NaN() : value(random);
  return values;
}

std::vector<float> labels_of(const std::vector<float>& values, std::size_t rows) {
  std::mt19937 random{2};
  std::normal_distribution<float> noise;
  std::vector<float> labels;
  for (std::size_t row = 0; row < rows; ++row) {
    float sum = noise(random);
    for (std::size_t k = 0; k < features; ++k) {
      const float x = values[row * features + k];
      if (!std::isnan(x)) sum += std::sin(x * static_cast<float>(1 + k % 3)) * static_cast<float>(k * 7 % 5);
    }
    labels.push_back(sum);
  }
  return labels;
}

std::vector<float> read_rows(const std::string& path, std::size_t rows) {
  std::vector<float> values(rows * features);
  std::ifstream file{path, std::ios::binary};
  file.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  if (!file) throw std::runtime_error{"cannot read " + path};
  return values;
}

void train(const std::vector<float>& values, const std::string& model) {
  const std::vector<float> labels = labels_of(values, rows_trained);
  DMatrixHandle data = nullptr;
  check(XGDMatrixCreateFromMat(values.data(), rows_trained, features, NAN, &data));
  check(XGDMatrixSetFloatInfo(data, "label", labels.data(), rows_trained));
  BoosterHandle booster = nullptr;
  check(XGBoosterCreate(&data, 1, &booster));
  // One thread: OpenMP waits busily for the others, which on a busy machine takes a hundred times as long.
  for (const auto& [key, value] :
       {std::pair{"tree_method", "hist"}, {"max_depth", "6"}, {"eta", "0.1"}, {"nthread", "1"}}) {
    check(XGBoosterSetParam(booster, key, value));
  }
  for (int round = 0; round < trees; ++round) check(XGBoosterUpdateOneIter(booster, round, data));
  check(XGBoosterSaveModel(booster, model.c_str()));
}

/// Results and the CPU time that they took.
struct Timed {
  std::vector<double> results;
  double seconds = 0;
};

/// What XGBoost makes of rows that it has not seen, and how long that took.
Timed first_call(BoosterHandle booster, const std::vector<float>& values, const std::string& config,
                 std::size_t count) {
  DMatrixHandle data = nullptr;
  check(XGDMatrixCreateFromMat(values.data(), values.size() / features, features, NAN, &data));
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* results = nullptr;
  const double before = cpu_seconds();
  check(XGBoosterPredictFromDMatrix(booster, data, config.c_str(), &shape, &dimensions, &results));
  const double after = cpu_seconds();
  Timed timed{{results, results + count}, after - before};
  check(XGDMatrixFree(data));
  return timed;
}

/// XGBoost keeps the predictions of a matrix: a second call on the same one takes no time, and would make it look a
/// thousand times as fast. So rows that it has not seen are predicted once more, which must take as long.
Timed by_xgboost(const std::string& model, const std::vector<float>& values, bool explain) {
  BoosterHandle booster = nullptr;
  check(XGBoosterCreate(nullptr, 0, &booster));
  check(XGBoosterLoadModel(booster, model.c_str()));
  check(XGBoosterSetParam(booster, "nthread", "1"));
  const std::string config = std::string{R"({"training":false,"iteration_begin":0,"iteration_end":0,)"} +
                             R"("strict_shape":false,"type":)" + (explain ? "2}" : "0}");
  const std::size_t count = values.size() / features * (explain ? features + 1 : 1);
  Timed timed = first_call(booster, values, config, count);
  const double again = first_call(booster, values, config, count).seconds;
  if (timed.seconds < again / 4) throw std::runtime_error{"what was timed came out of XGBoost's cache"};
  return timed;
}

Timed by_us(const std::string& model_file, const std::vector<float>& values, bool explain) {
  const Model model = import_model(model_file);
  const std::vector<double> doubles{values.begin(), values.end()};
  const Rows rows{doubles, features};
  Timed timed;
  if (explain) {
    const Explainer explainer{model};
    timed.results.resize(rows.count() * features);
    const double before = cpu_seconds();
    explainer.contributions(rows, timed.results);
    timed.seconds = cpu_seconds() - before;
  } else {
    const Scorer scorer{model};
    timed.results.resize(rows.count());
    const double before = cpu_seconds();
    scorer.score(rows, timed.results);
    timed.seconds = cpu_seconds() - before;
  }
  return timed;
}

void make(const std::string& model, const std::string& path) {
  const std::vector<float> values = made_rows();
  train(values, model);
  if (by_us(model, values, false).results != by_xgboost(model, values, false).results) {
    throw std::runtime_error{"predictions differ from XGBoost's"};
  }
  std::ofstream file{path, std::ios::binary};
  file.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(float)));
  file.close();
  if (!file) throw std::runtime_error{"cannot write " + path};
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words{argv + 1, argv + argc};
  try {
    if (words.size() == 3 && words[0] == "make") {
      make(words[1], words[2]);
      return 0;
    }
    if (words.size() != 4) throw std::runtime_error{"usage: make MODEL ROWS | ours|xgboost predict|explain MODEL ROWS"};
    const bool explain = words[1] == "explain";
    const std::vector<float> values = read_rows(words[3], explain ? rows_explained : rows_made);
    const Timed timed = (words[0] == "ours" ? by_us : by_xgboost)(words[2], values, explain);
    std::printf("cpu_s %.6f\nsum %.9g\n", timed.seconds, std::reduce(timed.results.begin(), timed.results.end()));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
  return 0;
}
