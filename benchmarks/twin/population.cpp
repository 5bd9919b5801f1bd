// From a text with gaps to a model.
#include "benchmarks/twin/population.h"

#include <fmt/format.h>
#include <nlopt.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "pharmaco/kinetics/patient_kinetics.h"
#include "tests/builders/dosing.h"

namespace stardose::bench {

namespace {

const std::string folder = STARDOSE_SOURCE_DIR "/benchmarks/twin/models/";

std::string text_of(const std::string& path) {
  std::ifstream stream{path};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw std::runtime_error{"cannot be read: " + path};
  return text.str();
}

const std::regex& gap() {
  static const std::regex pattern{"<([a-z0-9_]+) ([0-9.]+)>"};
  return pattern;
}

double log_determinant(const Eigen::MatrixXd& matrix) {
  const Eigen::MatrixXd factor = Eigen::LLT<Eigen::MatrixXd>{matrix}.matrixL();
  return 2 * factor.diagonal().array().log().sum();
}

}  // namespace

const pharmaco::DosingLibrary& bench_dosing() {
  static const pharmaco::DosingLibrary library = [] {
    pharmaco::CatalogueFiles files = pharmaco::embedded_files();
    files.texts["covariates/covariates.yaml"] += text_of(folder + "covariates.yaml");
    pharmaco::CatalogueFaults faults{"benchmarks/twin"};
    pharmaco::DosingLibrary read = load_dosing(files, test::catalogue(), faults);
    faults.raise();
    return read;
  }();
  return library;
}

FittedModel::FittedModel(const std::string& name) : name_{name}, text_{text_of(folder + name + ".yaml")} {
  for (std::sregex_iterator at{text_.begin(), text_.end(), gap()}, end; at != end; ++at) {
    numbers_[(*at)[1]] = std::stod((*at)[2]);
  }
  read();
}

void FittedModel::set(const std::map<std::string, double>& numbers) {
  numbers_ = numbers;
  read();
}

void FittedModel::read() {
  std::string text = text_;
  std::smatch found;
  while (std::regex_search(text, found, gap())) {
    text = found.prefix().str() + fmt::format("{:.12g}", numbers_.at(found[1])) + found.suffix().str();
  }
  pharmaco::CatalogueFiles files{"benchmarks/twin", {{"kinetics/" + name_ + ".yaml", text}}, {}};
  pharmaco::CatalogueFaults faults{"benchmarks/twin"};
  library_ =
      std::make_unique<pharmaco::KineticLibrary>(load_kinetics(files, bench_dosing(), test::catalogue(), faults));
  faults.raise();
}

pharmaco::KineticPrior FittedModel::prior(const Person& person) const {
  pharmaco::KineticPrior prior = kinetic_prior(model(), bench_dosing(), test::catalogue(), person.patient);
  if (prior.is_refused()) throw std::runtime_error{name_ + ": " + person.id + ": " + prior.reasons.front()};
  return prior;
}

double FittedModel::misfit(const std::vector<const Person*>& people) const {
  double sum = 0;
  for (const Person* person : people) {
    const pharmaco::KineticPrior known = prior(*person);
    const pharmaco::PatientKinetics kinetics{known, person->history};
    const learning::InferenceProblem problem = kinetics.problem();
    const learning::MapEstimate map = find_map(problem);
    sum += map.objective + log_determinant(problem.covariance) - log_determinant(map.covariance);
  }
  return sum;
}

double FittedModel::fit(const std::vector<const Person*>& people, int evaluations) {
  std::vector<std::string> names;
  std::vector<double> at;
  for (const auto& [name, value] : numbers_) {
    names.push_back(name);
    at.push_back(std::log(value));
  }
  struct Search {
    FittedModel* model;
    const std::vector<const Person*>* people;
    const std::vector<std::string>* names;
  } search{this, &people, &names};
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> optimiser{
      nlopt_create(NLOPT_LN_BOBYQA, static_cast<unsigned>(at.size())), &nlopt_destroy};
  const auto objective = [](unsigned size, const double* point, double*, void* data) {
    const auto& asked = *static_cast<Search*>(data);
    std::map<std::string, double> numbers;
    for (unsigned k = 0; k < size; ++k) numbers[(*asked.names)[k]] = std::exp(point[k]);
    asked.model->set(numbers);
    const double misfit = asked.model->misfit(*asked.people);
    return std::isfinite(misfit) ? misfit : 1e12;
  };
  nlopt_set_min_objective(optimiser.get(), objective, &search);
  std::vector<double> low;
  std::vector<double> high;
  for (const double value : at) {
    low.push_back(value - 3);
    high.push_back(value + 3);
  }
  nlopt_set_lower_bounds(optimiser.get(), low.data());
  nlopt_set_upper_bounds(optimiser.get(), high.data());
  nlopt_set_initial_step1(optimiser.get(), 0.2);
  nlopt_set_xtol_abs1(optimiser.get(), 2e-3);
  nlopt_set_maxeval(optimiser.get(), evaluations);
  double least = 0;
  nlopt_optimize(optimiser.get(), at.data(), &least);
  std::map<std::string, double> numbers;
  for (std::size_t k = 0; k < names.size(); ++k) numbers[names[k]] = std::exp(at[k]);
  set(numbers);
  return least;
}

}  // namespace stardose::bench
