// S-warfarin at steady state by Hamberg 2007: half of the dose, cleared the more slowly the older the patient.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>

#include "tests/builders/dosing.h"

namespace stardose::test {

using Status = pharmaco::DoseEstimate::Status;

namespace {

constexpr const char* hamberg = "warfarin-hamberg-2007";

constexpr double mg_a_day = 10;
constexpr double bioavailability = 0.9;
constexpr double s_share = 0.5;
constexpr double hours_a_day = 24;

PatientBuilder taker(double age, const char* cyp2c9) {
  return PatientBuilder{}.number("age", age).number("warfarin_daily_dose", mg_a_day).diplotype("CYP2C9", cyp2c9);
}

/// L/h: at steady state as much is cleared as is taken.
double clearance(double age, const char* cyp2c9) {
  return bioavailability * s_share * mg_a_day / hours_a_day / taker(age, cyp2c9).dose(hamberg);
}

/// The rest of the publication's model, which makes an INR of a clearance: two compartments after absorption, an
/// inhibition by concentration, and two chains of clotting factors; INR = 1 + 20 (1 - product of both)^3.61.
class ClottingModel {
 public:
  ClottingModel(double clearance, double ec50) : clearance_{clearance}, ec50_{ec50} {
    state_.fill(0);
    for (std::size_t k = first_factor; k < size; ++k) state_[k] = 1;
  }

  double inr_on_day(int days) {
    constexpr double step = 0.1;
    for (int day = 0; day < days; ++day) {
      state_[gut] += bioavailability * s_share * mg_a_day;
      for (int k = 0; k < std::lround(hours_a_day / step); ++k) advance(step);
    }
    return 1 + 20 * std::pow(1 - state_[first_factor + 5] * state_[first_factor + 6], 3.61);
  }

 private:
  static constexpr std::size_t gut = 0;
  static constexpr std::size_t first_factor = 3;
  static constexpr std::size_t size = 10;
  using State = std::array<double, size>;

  [[nodiscard]] State slope(const State& at) const {
    constexpr double ka = 2;
    constexpr double v1 = 13.8;
    constexpr double v2 = 6.59;
    constexpr double q = 0.131;
    constexpr double fast = 6 / 11.6;
    constexpr double slow = 1 / 120.0;
    const double effect = std::pow(std::max(at[1] / v1, 0.0), 0.424);
    const double made = 1 - effect / (std::pow(ec50_, 0.424) + effect);
    State by{};
    by[0] = -ka * at[0];
    by[1] = ka * at[0] - (clearance_ + q) / v1 * at[1] + q / v2 * at[2];
    by[2] = q / v1 * at[1] - q / v2 * at[2];
    by[first_factor] = fast * (made - at[first_factor]);
    for (std::size_t k = 1; k < 6; ++k) by[first_factor + k] = fast * (at[first_factor + k - 1] - at[first_factor + k]);
    by[first_factor + 6] = slow * (made - at[first_factor + 6]);
    return by;
  }

  static State moved(const State& from, const State& by, double hours) {
    State to = from;
    for (std::size_t k = 0; k < size; ++k) to[k] += hours * by[k];
    return to;
  }

  /// Runge and Kutta's fourth order.
  void advance(double step) {
    const State a = slope(state_);
    const State b = slope(moved(state_, a, step / 2));
    const State c = slope(moved(state_, b, step / 2));
    const State d = slope(moved(state_, c, step));
    for (std::size_t k = 0; k < size; ++k) state_[k] += step / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
  }

  double clearance_;
  double ec50_;
  State state_{};
};

}  // namespace

TEST_SUITE("warfarin kinetics") {
  TEST_CASE("clearance of S-warfarin falls with age and with every allele of less function") {
    CHECK(clearance(71, "*1/*1") == doctest::Approx(0.314).epsilon(1e-9));
    CHECK(clearance(50, "*1/*1") == doctest::Approx(0.314 * (1 + 0.0091 * 21)).epsilon(1e-9));
    CHECK(clearance(90, "*1/*1") == doctest::Approx(0.314 * (1 - 0.0091 * 19)).epsilon(1e-9));
    CHECK(clearance(30, "*1/*1") > clearance(80, "*1/*1"));
    CHECK(clearance(71, "*1/*2") == doctest::Approx(0.314 * (1 - 0.315)).epsilon(1e-9));
    CHECK(clearance(71, "*1/*3") == doctest::Approx(0.314 * (1 - 0.453)).epsilon(1e-9));
    CHECK(clearance(71, "*2/*2") == doctest::Approx(0.314 * (1 - 0.722)).epsilon(1e-9));
    CHECK(clearance(71, "*2/*3") == doctest::Approx(0.314 * (1 - 0.690)).epsilon(1e-9));
    CHECK(clearance(71, "*3/*3") == doctest::Approx(0.314 * (1 - 0.852)).epsilon(1e-9));
  }

  TEST_CASE("a racemic dose is half S-warfarin") {
    // 4.5 of 10 mg a day reach the blood as S-warfarin: 0.1875 mg/h over 0.374 L/h.
    CHECK(taker(50, "*1/*1").dose(hamberg) == doctest::Approx(0.5013).epsilon(0.0002));
    CHECK(taker(50, "*1/*1").number("warfarin_daily_dose", 5).dose(hamberg) ==
          doctest::Approx(0.5013 / 2).epsilon(0.0002));
  }

  TEST_CASE("with the rest of the model it gives the published INRs of day 60, by age, CYP2C9 and VKORC1") {
    struct Published {
      double age;
      const char* cyp2c9;
      double ec50;  ///< mg/L, by VKORC1: G/G 4.61, A/G 3.02, A/A 2.20
      double inr;   ///< on 10 mg of warfarin a day
    };
    constexpr std::array<Published, 11> published = {{{50, "*1/*1", 4.61, 2.409},
                                                      {50, "*1/*2", 4.61, 2.993},
                                                      {50, "*1/*3", 4.61, 3.413},
                                                      {50, "*2/*2", 4.61, 5.025},
                                                      {50, "*2/*3", 4.61, 4.731},
                                                      {50, "*3/*3", 4.61, 6.896},
                                                      {50, "*1/*1", 3.02, 3.051},
                                                      {50, "*1/*1", 2.20, 3.660},
                                                      {70, "*1/*1", 4.61, 2.647},
                                                      {90, "*1/*1", 4.61, 2.969},
                                                      {50, "*1/*3", 3.02, 4.350}}};
    for (const Published& each : published) {
      CAPTURE(each.age);
      CAPTURE(each.cyp2c9);
      ClottingModel model{clearance(each.age, each.cyp2c9), each.ec50};
      CHECK(std::abs(model.inr_on_day(60) - each.inr) < 0.005);
    }
  }

  TEST_CASE("it is a concentration in mg/L and no dose, and says so") {
    const auto estimate = taker(50, "*1/*3").estimate(hamberg);
    REQUIRE(estimate.status == Status::dosed);
    CHECK(estimate.algorithm->unit.name == "mg/L");
    CHECK(!mg_per_day(*estimate.algorithm, estimate.value));
    CHECK(!tablets_of(*estimate.algorithm, estimate.value));
    CHECK(estimate.cautions.front().starts_with("a concentration and no dose"));
    REQUIRE(estimate.contributions.size() == 1);
    CHECK(estimate.contributions.front().difference == doctest::Approx(estimate.value * (1 - 0.547)));
  }

  TEST_CASE("children, unknown CYP2C9 and alleles without a term have no concentration") {
    CHECK(taker(17, "*1/*1").estimate(hamberg).status == Status::refused);
    CHECK(taker(50, "*1/*8").estimate(hamberg).status == Status::refused);
    CHECK(PatientBuilder{}.number("age", 50).number("warfarin_daily_dose", 5).estimate(hamberg).status ==
          Status::refused);
  }

  TEST_CASE("Black patients whose African alleles were not all tested: the concentration may be too low") {
    auto patient = taker(50, "*1/*1").category("race", "Black");
    const auto warned = [&] { return patient.estimate(hamberg).cautions.front().starts_with("CYP2C9*5"); };
    CHECK(warned());
    patient.tested("CYP2C9", {"*1", "*2", "*3", "*5", "*6", "*8", "*11"}).genotype("rs12777823", "G", "G");
    CHECK(!warned());
  }
}

}  // namespace stardose::test
