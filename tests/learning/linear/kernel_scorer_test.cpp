// Kernels on vectors, beside the formula.
#include "learning/linear/kernel_scorer.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace stardose::learning;

namespace {

struct Made {
  KernelModel model;
  std::vector<double> rows;
  std::size_t width = 0;
};

Made make(unsigned seed, Kernel kernel, std::size_t vectors, std::size_t width, std::size_t outputs) {
  std::mt19937 random{seed};
  const auto number = [&] { return static_cast<double>(random() % 4001) / 1000 - 2; };
  Made made{.model = {.kernel = kernel, .gamma = 0.3, .coef0 = 0.5, .degree = 3}, .width = width};
  for (std::size_t k = 0; k < vectors * width; ++k) made.model.vectors.push_back(number());
  for (std::size_t k = 0; k < vectors * outputs; ++k) made.model.coefficients.push_back(number());
  for (std::size_t k = 0; k < outputs; ++k) made.model.offsets.push_back(number());
  for (std::size_t k = 0; k < 7 * width; ++k) made.rows.push_back(number());
  return made;
}

double by_formula(const KernelModel& model, std::span<const double> row, std::size_t output) {
  const std::size_t vectors = model.coefficients.size() / model.offsets.size();
  double sum = -model.offsets[output];
  for (std::size_t j = 0; j < vectors; ++j) {
    double product = 0;
    double square = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const double v = model.vectors[j * row.size() + i];
      product += row[i] * v;
      square += (row[i] - v) * (row[i] - v);
    }
    double kernel = product;
    if (model.kernel == Kernel::polynomial) kernel = std::pow(model.gamma * product + model.coef0, model.degree);
    if (model.kernel == Kernel::sigmoid) kernel = std::tanh(model.gamma * product + model.coef0);
    if (model.kernel == Kernel::rbf) kernel = std::exp(-model.gamma * square);
    sum += model.coefficients[output * vectors + j] * kernel;
  }
  return sum;
}

std::vector<double> scored(const KernelModel& model, const Rows& rows, KernelWay way = KernelWay::fastest) {
  std::vector<double> out(rows.count() * model.offsets.size());
  KernelScorer{model, way}.margins(rows, out);
  return out;
}

}  // namespace

TEST_CASE("every kernel, any number of vectors, features and outputs: what the formula says") {
  for (const Kernel kernel : {Kernel::linear, Kernel::polynomial, Kernel::rbf, Kernel::sigmoid}) {
    for (const std::size_t vectors : {0, 1, 7, 8, 9, 30}) {
      for (const std::size_t outputs : {1, 3}) {
        const Made made = make(3, kernel, vectors, 5, outputs);
        REQUIRE_FALSE(fault_of(made.model, 5));
        const Rows rows{made.rows, 5};
        const auto out = scored(made.model, rows);
        for (std::size_t at = 0; at < out.size(); ++at) {
          CHECK(std::abs(out[at] - by_formula(made.model, rows.row(at / outputs), at % outputs)) < 1e-11);
        }
      }
    }
  }
}

TEST_CASE("kernels from 1 down to nothing are exact to the last places") {
  for (double distance = 0; distance < 27; distance += 0.0137) {
    const KernelModel model{.gamma = 1, .vectors = {0}, .coefficients = {1}, .offsets = {0}};
    const std::vector<double> row{distance};
    const double kernel = scored(model, {row, 1})[0];
    const double exact = std::exp(-distance * distance);
    if (exact > 1e-306) CHECK(std::abs(kernel - exact) <= 4e-16 * exact);
    if (exact < 1e-308) CHECK_EQ(kernel, 0);
  }
  const KernelModel model{.gamma = 1, .vectors = {0}, .coefficients = {1}, .offsets = {0.25}};
  CHECK_EQ(scored(model, {std::vector<double>{1e300}, 1})[0], -0.25);
  CHECK_EQ(scored(model, {std::vector<double>{INFINITY}, 1})[0], -0.25);
}

TEST_CASE("a row's margins are the same bits alone, in any block and by any way; of a missing value NaN") {
  for (const Kernel kernel : {Kernel::polynomial, Kernel::rbf}) {
    Made made = make(5, kernel, 43, 11, 2);
    made.rows[3 * made.width + 4] = std::nan("");
    const Rows rows{made.rows, made.width};
    const auto all = scored(made.model, rows);
    const auto plain = scored(made.model, rows, KernelWay::plain);
    for (std::size_t row = 0; row < rows.count(); ++row) {
      const auto alone = scored(made.model, rows.block(row, 1));
      const auto later = scored(made.model, rows.block(row, rows.count() - row));
      for (std::size_t k = 0; k < 2; ++k) {
        if (row == 3) {
          CHECK(std::isnan(all[row * 2 + k]));
          continue;
        }
        CHECK_EQ(all[row * 2 + k], alone[k]);
        CHECK_EQ(all[row * 2 + k], later[k]);
        CHECK_EQ(all[row * 2 + k], plain[row * 2 + k]);
      }
    }
  }
}

TEST_CASE("machines that are none") {
  const KernelModel good{.gamma = 1, .vectors = {0, 1}, .coefficients = {1}, .offsets = {0}};
  CHECK_EQ(fault_of(good, 2).value_or(""), "");
  CHECK(fault_of(good, 3));
  KernelModel bad = good;
  bad.gamma = -1;
  CHECK_EQ(fault_of(bad, 2).value_or(""), "a gamma below 0");
}
