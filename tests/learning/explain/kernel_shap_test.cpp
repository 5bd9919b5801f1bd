// Shapley values of kernels, beside their definition.
#include "learning/explain/kernel_shap.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "learning/linear/kernel_scorer.h"

using namespace stardose::learning;

namespace {

/// The mean over all orders of the change that a feature makes.
std::vector<double> over_all_orders(const KernelModel& model, const std::vector<double>& row,
                                    const std::vector<double>& means) {
  const KernelScorer scorer{model};
  std::vector<std::size_t> order(row.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> sums(row.size(), 0.0);
  double orders = 0;
  do {
    std::vector<double> values = means;
    double before = 0;
    scorer.margins({values, values.size()}, {&before, 1});
    for (const std::size_t i : order) {
      values[i] = row[i];
      double after = 0;
      scorer.margins({values, values.size()}, {&after, 1});
      sums[i] += after - before;
      before = after;
    }
    ++orders;
  } while (std::ranges::next_permutation(order).found);
  for (double& sum : sums) sum /= orders;
  return sums;
}

}  // namespace

TEST_CASE("a kernel's contributions are those over all orders of features") {
  std::mt19937 random{4};
  const auto number = [&] { return static_cast<double>(random() % 4001) / 1000 - 2; };
  for (const Kernel kernel : {Kernel::rbf, Kernel::linear}) {
    for (const std::size_t width : {1, 2, 3, 6}) {
      KernelModel model{.kernel = kernel, .gamma = 0.4};
      for (std::size_t k = 0; k < 5 * width; ++k) model.vectors.push_back(number());
      for (std::size_t k = 0; k < 5; ++k) model.coefficients.push_back(number());
      model.offsets = {number()};
      std::vector<double> means(width);
      std::vector<double> row(width);
      for (std::size_t i = 0; i < width; ++i) means[i] = number();
      for (std::size_t i = 0; i < width; ++i) row[i] = i == 1 ? means[i] : number();
      const KernelShap shap{model, means};
      std::vector<double> out(width);
      shap.contributions({row, width}, out);
      const auto expected = over_all_orders(model, row, means);
      for (std::size_t i = 0; i < width; ++i) CHECK(std::abs(out[i] - expected[i]) < 1e-12);
      if (width > 1) CHECK_EQ(out[1], 0);
    }
  }
}

TEST_CASE("many features, far from every vector: contributions still add up to the margin") {
  std::mt19937 random{6};
  const auto number = [&] { return static_cast<double>(random() % 4001) / 1000 - 2; };
  const std::size_t width = 61;
  for (const double gamma : {0.01, 0.3, 40.0}) {
    KernelModel model{.kernel = Kernel::rbf, .gamma = gamma, .offsets = {0.5, -1}};
    for (std::size_t k = 0; k < 9 * width; ++k) model.vectors.push_back(number());
    for (std::size_t k = 0; k < 2 * 9; ++k) model.coefficients.push_back(number());
    std::vector<double> means(width, 0.1);
    std::vector<double> rows;
    for (std::size_t k = 0; k < 4 * width; ++k) rows.push_back(number());
    std::copy_n(model.vectors.begin(), width, rows.begin());
    const KernelShap shap{model, means};
    std::vector<double> out(4 * 2 * width);
    shap.contributions({rows, width}, out);
    std::vector<double> margins(8);
    KernelScorer{model}.margins({rows, width}, margins);
    for (std::size_t at = 0; at < 8; ++at) {
      const double sum =
          std::accumulate(out.begin() + static_cast<std::ptrdiff_t>(at * width),
                          out.begin() + static_cast<std::ptrdiff_t>((at + 1) * width), shap.expectations()[at % 2]);
      CHECK(std::abs(sum - margins[at]) < 1e-12);
    }
  }
}
