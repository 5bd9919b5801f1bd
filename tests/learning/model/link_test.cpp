// Link functions.
#include "learning/model/link.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace stardose::learning;

namespace {

std::vector<double> linked(LinkFunction function, std::vector<double> margins, double scale = 1) {
  const Link link{function, scale};
  std::vector<double> predictions(prediction_count(link, margins.size()));
  apply_link(link, Precision::float64, margins, predictions);
  return predictions;
}

}  // namespace

TEST_CASE("links of one margin") {
  CHECK_EQ(linked(LinkFunction::identity, {3}), std::vector<double>{3});
  CHECK_EQ(linked(LinkFunction::logistic, {0}), std::vector<double>{0.5});
  CHECK_EQ(linked(LinkFunction::logistic, {1}, 2)[0], doctest::Approx(1 / (1 + std::exp(-2))));
  CHECK_EQ(linked(LinkFunction::exponential, {1})[0], doctest::Approx(std::exp(1)));
  CHECK_EQ(linked(LinkFunction::softplus, {0})[0], doctest::Approx(std::log(2)));
  CHECK_EQ(linked(LinkFunction::signed_square, {-3}), std::vector<double>{-9});
  CHECK_EQ(linked(LinkFunction::step, {0}), std::vector<double>{0});
  CHECK_EQ(linked(LinkFunction::step, {1e-9}), std::vector<double>{1});
  CHECK_EQ(linked(LinkFunction::nonnegative, {0}), std::vector<double>{1});
}

TEST_CASE("links of several margins") {
  const std::vector<double> shares = linked(LinkFunction::softmax, {1000, 1000 + std::log(3), -1e308});
  CHECK_EQ(shares[0], doctest::Approx(0.25));
  CHECK_EQ(shares[1], doctest::Approx(0.75));
  CHECK_EQ(shares[2], 0);
  CHECK_EQ(linked(LinkFunction::normalized_logistic, {0, 0, 0, 0}), std::vector<double>(4, 0.25));
  CHECK_EQ(linked(LinkFunction::logistic, {0, 0}), std::vector<double>(2, 0.5));
  CHECK_EQ(linked(LinkFunction::largest, {1, 7, 7}), std::vector<double>{1});
  // Pairs (0,1) (0,2) (1,2): class 2 wins both of its pairs.
  CHECK_EQ(linked(LinkFunction::pairwise_votes, {1, -1, -1}), std::vector<double>{2});
  // Each class has one vote: the first.
  CHECK_EQ(linked(LinkFunction::pairwise_votes, {1, -1, 1}), std::vector<double>{0});
}

TEST_CASE("a missing margin has no prediction and no class") {
  for (const LinkFunction function : {LinkFunction::step, LinkFunction::largest, LinkFunction::softmax,
                                      LinkFunction::pairwise_votes, LinkFunction::nonnegative}) {
    for (const double x : linked(function, {1, std::nan(""), 2})) CHECK(std::isnan(x));
  }
}

TEST_CASE("names are distinct") {
  CHECK_EQ(to_string(LinkFunction::identity), "identity");
  CHECK_EQ(to_string(LinkFunction::pairwise_votes), "pairwise_votes");
  CHECK(names_a_class({LinkFunction::step, 1}));
  CHECK_FALSE(names_a_class({LinkFunction::softmax, 1}));
}
