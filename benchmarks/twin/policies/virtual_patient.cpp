// Covariates and genes as those of the IWPC cohort; a course by a kinetic model.
#include "benchmarks/twin/policies/virtual_patient.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "tests/builders/kinetics.h"

namespace stardose::bench {

namespace {

using learning::seed_of;
using learning::SeededRandom;

/// Of one seed, what is drawn for each purpose.
enum Purpose : std::uint64_t { of_covariates = 1, of_effects = 2, of_change = 3, of_noise = 1000, of_doses = 2000 };

/// Means, spreads and frequencies of alleles in 2,611 White and 1,383 Asian patients of the IWPC (N Engl J Med
/// 2009;360:753-764), two thirds of whom are White.
struct Group {
  const char* race;
  double age, age_spread;
  double height, height_spread;
  double weight, weight_spread, weight_on_height;
  double star2, star3;
  double vkorc1_a;
};
constexpr Group white{"White", 65.7, 15.2, 171.3, 10.3, 83.6, 20.1, 0.46, 0.131, 0.073, 0.389};
constexpr Group asian{"Asian", 62.2, 13.1, 160.9, 8.8, 61.2, 11.8, 0.63, 0.0, 0.034, 0.874};

/// By the model, logarithms of doses lie about the typical one with sqrt(0.089 + 0.34) = 0.66; of 3,573 such patients
/// of the IWPC about the equation's with 0.41.
constexpr double share_of_spread = 0.41 / 0.655;

constexpr double forgotten = 0.1;
constexpr double clearance_left = 0.67;

std::string allele_of(const Group& group, SeededRandom& random) {
  const double share = random.share();
  if (share < group.star2) return "*2";
  return share < group.star2 + group.star3 ? "*3" : "*1";
}

test::PatientBuilder draw_person(SeededRandom random) {
  const Group& group = random.share() < 2.0 / 3 ? white : asian;
  const double tall = random.normal();
  const double heavy =
      group.weight_on_height * tall + std::sqrt(1 - std::pow(group.weight_on_height, 2)) * random.normal();
  const double age = std::clamp(group.age + group.age_spread * random.normal(), 20.0, 92.0);
  std::array<std::string, 2> alleles = {allele_of(group, random), allele_of(group, random)};
  std::ranges::sort(alleles);
  const bool first_a = random.share() < group.vkorc1_a;
  const bool second_a = random.share() < group.vkorc1_a;
  const std::string vkorc1 = first_a && second_a ? "A/A" : first_a || second_a ? "A/G" : "G/G";
  return test::warfarin_patient(age, alleles[0] + "/" + alleles[1], vkorc1)
      .number("height", std::clamp(group.height + group.height_spread * tall, 140.0, 205.0))
      .number("weight", std::clamp(group.weight + group.weight_spread * heavy, 38.0, 170.0))
      .category("race", group.race)
      .number("target_inr", 2.5);
}

std::vector<double> draw_effects(const pharmaco::KineticModel& model, SeededRandom random) {
  const Eigen::MatrixXd factor = Eigen::LLT<Eigen::MatrixXd>{model.variances}.matrixL();
  Eigen::VectorXd point(factor.rows());
  for (double& each : point) each = random.normal();
  const Eigen::VectorXd effects = factor * point;
  return {effects.begin(), effects.end()};
}

std::size_t place_of(const pharmaco::KineticModel& model, const std::string& parameter) {
  return static_cast<std::size_t>(std::ranges::find(model.parameters, parameter, &pharmaco::KineticParameter::name) -
                                  model.parameters.begin());
}

}  // namespace

std::string_view name_of(Truth truth) {
  constexpr std::array<std::string_view, 5> names = {
      "Patients of the twin's own prior", "Doses spread about the regression's as in the IWPC",
      "The same, one dose in ten missed, untold", "The same, clearance falls by a third one day, untold",
      "Patients of another model (Hamberg 2007)"};
  return names.at(static_cast<std::size_t>(truth));
}

VirtualPatient::VirtualPatient(Truth truth, std::uint64_t seed) : truth_{truth}, seed_{seed} {
  const test::PatientBuilder person = draw_person(SeededRandom{seed_of(seed, of_covariates)});
  prior_ = test::prior_of("warfarin-hamberg-2010", person);
  if (prior_.is_refused() || !prior_.anchored) throw std::runtime_error{"a virtual patient without a prior"};
  const pharmaco::KineticPrior known = truth == Truth::other ? test::prior_of("warfarin-hamberg-2007", person) : prior_;
  model_ = known.model;
  inr_ = model_->find_observable("inr");
  const pharmaco::History nothing_yet;
  const pharmaco::PatientKinetics kinetics{known, nothing_yet};
  std::vector<double> effects = draw_effects(*model_, SeededRandom{seed_of(seed, of_effects)});
  if (truth != Truth::own && truth != Truth::other) {
    for (double& effect : effects) effect *= share_of_spread;
  }
  course_ = kinetics.course(effects);
  state_ = learning::initial_state(model_->system, 0);
  if (truth == Truth::changed) {
    SeededRandom random{seed_of(seed, of_change)};
    learning::KineticRegime later = course_.regimes.back();
    later.from = 25 + static_cast<double>(random.below(21));
    later.parameters[place_of(*model_, "cl")] *= clearance_left;
    course_.regimes.push_back(std::move(later));
  }
}

const std::string& VirtualPatient::category(std::string_view input) const {
  return prior_.values.find(input)->second.category;
}

double VirtualPatient::measure() const {
  SeededRandom random{seed_of(seed_, of_noise + static_cast<std::uint64_t>(today_))};
  const double measured = inr_->error.measurement(inr_today_, random.normal());
  // Laboratories say one digit.
  return std::clamp(std::round(measured * 10) / 10, 0.8, 15.0);
}

bool VirtualPatient::takes(const pharmaco::GivenDose& dose) const {
  if (truth_ != Truth::missed) return true;
  SeededRandom random{seed_of(seed_, of_doses + static_cast<std::uint64_t>(std::lround(dose.day)))};
  return random.share() >= forgotten;
}

std::vector<double> VirtualPatient::live(const std::vector<pharmaco::GivenDose>& prescribed, int until) {
  constexpr double mg = 1e-6;
  course_.doses.clear();
  for (const pharmaco::GivenDose& dose : prescribed) {
    const pharmaco::Route& route = *model_->find_route(dose.route);
    if (takes(dose)) course_.doses.push_back({dose.day, route.entry, dose.mg * mg, route.days});
  }
  std::vector<learning::KineticSampling> samplings;
  for (int day = today_ + 1; day <= until; ++day) samplings.push_back({static_cast<double>(day), inr_->output});
  std::vector<double> inrs = observe(model_->system, course_, state_, samplings);
  for (double& inr : inrs) inr /= inr_->unit.factor;
  state_ = advance(model_->system, course_, std::move(state_), until);
  today_ = until;
  inr_today_ = inrs.back();
  return inrs;
}

}  // namespace stardose::bench
