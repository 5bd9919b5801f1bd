// Naive Bayes: features of a normal distribution in each class, or such as are there or not.
#include "learning/methods/naive_bayes.h"

#include <algorithm>
#include <cmath>

#include "learning/solve/design.h"
#include "learning/train/entry.h"

namespace stardose::learning {

namespace {

/// Weighted sums of a feature's known values in one class.
struct Moments {
  double weight = 0;
  double sum = 0;
  double squares = 0;  ///< of distances from the centre asked for
};

class Counted {
 public:
  explicit Counted(const Task& task) : task_{task}, weights_{mean_one_weights(task.data)} {}

  [[nodiscard]] double weight(std::size_t row) const { return weights_[static_cast<Eigen::Index>(row)]; }
  [[nodiscard]] double class_weight(std::size_t of) const { return moments(of, nullptr, 0).weight; }

  /// Of a feature, or where there is none, of the rows.
  [[nodiscard]] Moments moments(std::size_t of, const std::size_t* feature, double centre) const {
    Moments moments;
    for (std::size_t row = 0; row < task_.data.targets.size(); ++row) {
      if (task_.data.targets[row] != static_cast<double>(of)) continue;
      add(moments, row, feature, centre);
    }
    return moments;
  }

  [[nodiscard]] Moments all(std::size_t feature, double centre) const {
    Moments moments;
    for (std::size_t row = 0; row < task_.data.targets.size(); ++row) add(moments, row, &feature, centre);
    return moments;
  }

 private:
  void add(Moments& moments, std::size_t row, const std::size_t* feature, double centre) const {
    const double value = feature == nullptr ? 1 : task_.data.rows.row(row)[*feature];
    if (std::isnan(value)) return;
    const double weight = weights_[static_cast<Eigen::Index>(row)];
    moments.weight += weight;
    moments.sum += weight * value;
    moments.squares += weight * (value - centre) * (value - centre);
  }

  const Task& task_;
  Eigen::VectorXd weights_;
};

/// A share of the largest variance is added to all, as is usual, so that none is 0.
double added_variance(const Task& task, const Counted& counted) {
  double largest = 0;
  for (std::size_t i = 0; i < task.data.rows.width; ++i) {
    const Moments all = counted.all(i, 0);
    if (all.weight <= 0) continue;
    largest = std::max(largest, counted.all(i, all.sum / all.weight).squares / all.weight);
  }
  return task.settings.number("smoothing") * (largest > 0 ? largest : 1);
}

void add_gaussian(NaiveBayes& model, const Task& task, const Counted& counted, std::size_t of, double added) {
  for (std::size_t i = 0; i < task.data.rows.width; ++i) {
    const Moments own = counted.moments(of, &i, 0);
    const Moments all = counted.all(i, 0);
    // A feature that is never known in a class is as it is in all.
    const Moments& used = own.weight > 0 ? own : all;
    const double mean = used.weight > 0 ? used.sum / used.weight : 0;
    const Moments spread = own.weight > 0 ? counted.moments(of, &i, mean) : counted.all(i, mean);
    model.first.push_back(mean);
    model.second.push_back((spread.weight > 0 ? spread.squares / spread.weight : 0) + added);
  }
}

void add_bernoulli(NaiveBayes& model, const Task& task, const Counted& counted, std::size_t of) {
  const double alpha = task.settings.number("alpha");
  for (std::size_t i = 0; i < task.data.rows.width; ++i) {
    double above = alpha;
    double others = alpha;
    for (std::size_t row = 0; row < task.data.targets.size(); ++row) {
      const double value = task.data.rows.row(row)[i];
      if (task.data.targets[row] != static_cast<double>(of) || std::isnan(value)) continue;
      (value > 0 ? above : others) += counted.weight(row);
    }
    model.first.push_back(std::log(above / (above + others)));
    model.second.push_back(std::log(others / (above + others)));
  }
}

Fitted learn(const Task& task) {
  const Counted counted{task};
  NaiveBayes model;
  if (task.settings.word("law") == "bernoulli") model.law = FeatureLaw::bernoulli;
  const double added = model.law == FeatureLaw::gaussian ? added_variance(task, counted) : 0;
  for (std::size_t of = 0; of < task.data.classes; ++of) {
    model.log_shares.push_back(std::log(counted.class_weight(of) / static_cast<double>(task.data.targets.size())));
    if (model.law == FeatureLaw::gaussian) add_gaussian(model, task, counted, of, added);
    if (model.law == FeatureLaw::bernoulli) add_bernoulli(model, task, counted, of);
  }
  const LinkFunction link = task.data.classes == 2 ? LinkFunction::logistic : LinkFunction::softmax;
  return {std::move(model), {link, 1}};
}

}  // namespace

Entry naive_bayes_entry() {
  return {{.name = "naive_bayes",
           .title = "Naive Bayes",
           .classes = true,
           .takes_missing = true,
           .settings = {{.name = "law",
                         .meaning = "features are numbers of a normal distribution, or there (above 0) or not",
                         .usual = "gaussian",
                         .words = {"gaussian", "bernoulli"}},
                        {"smoothing", "share of the largest variance that is added to all (gaussian)", 1e-9, 1e-12, 1},
                        {"alpha", "rows that are added on each side (bernoulli)", 1.0, 1e-6, 1e6}}},
          learn};
}

}  // namespace stardose::learning
