// The twin beside its goals: ./dev bench twin. Arguments: the folder of the data, then which parts (all of them); or,
// in simulation, `policies` or `gains` and how many virtual patients.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "benchmarks/twin/policies/compare.h"
#include "benchmarks/twin/population.h"
#include "pharmaco/kinetics/advise_dose.h"
#include "pharmaco/kinetics/patient_kinetics.h"
#include "tests/builders/kinetics.h"

namespace stardose::bench {

namespace {

using pharmaco::History;
using pharmaco::Individual;
using pharmaco::KineticPrior;

/// A row of the table. What decides nothing by itself is neither met nor not.
struct Goal {
  std::string what;
  std::string reference;
  std::string goal;
  std::string ours;
  std::optional<bool> met;
};

void say(const Goal& row) {
  const std::string met = !row.met ? "-" : *row.met ? "yes" : "**no**";
  fmt::print("| {} | {} | {} | {} | {} |\n", row.what, row.reference, row.goal, row.ours, met);
  std::fflush(stdout);
}

double root_mean_square(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double mean_absolute(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::abs(value);
  return sum / static_cast<double>(values.size());
}

void hamberg() {
  double worst = 0;
  for (const test::PublishedInr& each : test::hamberg_2007_inrs) {
    KineticPrior prior =
        test::prior_of("warfarin-hamberg-2007", test::warfarin_patient(each.age, each.cyp2c9, each.vkorc1));
    prior.anchored.reset();
    const History history = test::daily(10, 60);
    const pharmaco::PatientKinetics patient{prior, history};
    const std::vector<double> none(6, 0.0);
    const std::array<double, 1> day = {60};
    const double inr = patient.values(patient.course(none), *prior.model->find_observable("inr"), day)[0];
    worst = std::max(worst, std::abs(inr - each.inr));
  }
  say({"Hamberg 2007, 11 INRs: furthest off", "0.01", "0.005", fmt::format("{:.4f}", worst), worst <= 0.005});
}

void nonmem(const std::string& folder) {
  const FittedModel model{"one-compartment"};
  std::ifstream phi{folder + "/mapbayr/run001.phi"};
  std::string line;
  double worst = 0;
  const std::vector<Person> people = read_example(folder);
  for (std::size_t k = 0; std::getline(phi, line);) {
    std::istringstream cells{line};
    double subject = 0;
    double id = 0;
    if (!(cells >> subject >> id)) continue;
    const pharmaco::KineticPrior prior = model.prior(people.at(k));
    const Individual individual = learn(prior, people.at(k).history);
    // The file's order is of its control stream: clearance, volume, absorption.
    for (Eigen::Index eta = 0; eta < 3; ++eta) {
      double expected = 0;
      cells >> expected;
      worst = std::max(worst, std::abs(individual.map.unknowns[eta] - expected));
    }
    ++k;
  }
  say({"NONMEM's ETAs of 8 patients: furthest off", "1e-4", "1e-5", fmt::format("{:.1e}", worst), worst <= 1e-5});
}

/// The history until a measurement, that one included.
History until(const History& history, std::size_t measurements) {
  History known = history;
  known.measurements.resize(measurements);
  return known;
}

struct NextInr {
  std::vector<double> errors;
  std::vector<double> carried;  ///< errors of the last value carried forward
  int covered = 0;
};

NextInr next_inrs(const FittedModel& model, const std::vector<const Person*>& people, std::size_t known) {
  NextInr result;
  for (const Person* person : people) {
    const Individual individual = learn(model.prior(*person), until(person->history, known));
    const auto& next = person->history.measurements[known];
    const auto point = forecast(individual, {"inr", {}, {next.day}, {}, {}}).front();
    result.errors.push_back(point.median - next.value);
    result.carried.push_back(person->history.measurements[known - 1].value - next.value);
    if (next.value >= point.next_most.low && next.value <= point.next_most.high) ++result.covered;
  }
  return result;
}

/// The reference is of the last 400, of whom three or four decide whether a band is met; all whom nothing was fitted on
/// are more to go by.
void say_next_inrs(const FittedModel& model, const std::vector<const Person*>& people, bool decides) {
  for (const auto& [known, goal, reference] : {std::tuple{5U, 0.42, 0.432}, {9U, 0.31, 0.318}}) {
    const NextInr result = next_inrs(model, people, known);
    const double error = root_mean_square(result.errors);
    const double covered = 100.0 * result.covered / static_cast<double>(people.size());
    const auto judged = [&](bool met) { return decides ? std::optional{met} : std::nullopt; };
    say({fmt::format("next INR of {} virtual patients after {}: root mean square error", people.size(), known),
         fmt::format("{:.3f} last value carried forward{}", root_mean_square(result.carried),
                     decides ? "" : fmt::format(", {} grid Bayes", reference)),
         fmt::format("{}", goal), fmt::format("{:.3f}", error), judged(error <= goal)});
    say({"the same: next INRs within the 90 % band", "90 %", "88 to 92 %", fmt::format("{:.1f} %", covered),
         judged(covered >= 88 && covered <= 92)});
  }
}

/// The first 60 patients to fit on, all others to be predicted.
void virtual_warfarin(const std::string& folder, bool fit) {
  constexpr std::size_t fitted_on = 60;
  constexpr std::size_t of_reference = 400;
  FittedModel model{"warfarin-virtual"};
  const std::vector<Person> people = read_virtual_warfarin(folder);
  std::vector<const Person*> all;
  for (const Person& person : people) all.push_back(&person);
  if (fit) {
    model.fit({all.begin(), all.begin() + fitted_on}, 130);
    for (const auto& [name, value] : model.numbers()) fmt::print(stderr, "<{} {:.4g}>\n", name, value);
  }
  say_next_inrs(model, {all.begin() + fitted_on, all.end()}, true);
  say_next_inrs(model, {all.end() - of_reference, all.end()}, false);
}

/// Errors of what is learned from all measurements before one, and of the population's prediction.
struct LeaveFutureOut {
  std::vector<double> learned;
  std::vector<double> population;
};

void leave_future_out(const FittedModel& model, const Person& person, std::map<std::string, LeaveFutureOut>& result) {
  const KineticPrior prior = model.prior(person);
  const auto& all = person.history.measurements;
  for (std::size_t k = 1; k < all.size(); ++k) {
    if (all[k].day <= all.front().day) continue;
    // What was measured at the same time is not known yet.
    const auto before = std::ranges::lower_bound(all, all[k].day, {}, &pharmaco::MeasuredValue::day) - all.begin();
    const Individual individual = learn(prior, until(person.history, static_cast<std::size_t>(before)));
    const pharmaco::PatientKinetics kinetics{prior, person.history};
    const auto at = [&](std::span<const double> unknowns) {
      const std::array<double, 1> day = {all[k].day};
      return kinetics.values(kinetics.course(unknowns), *model.model().find_observable(all[k].observable), day)[0];
    };
    const std::vector<double> none(static_cast<std::size_t>(individual.map.unknowns.size()), 0.0);
    const double next = forecast(individual, {all[k].observable, {}, {all[k].day}, {}, {}}).front().median;
    auto& [learned, population] = result[all[k].observable];
    learned.push_back(next - all[k].value);
    population.push_back(at(none) - all[k].value);
  }
}

/// The mean absolute error decides: benchmarks/README.md says why.
void say_gain(const std::string& what, const LeaveFutureOut& result) {
  const auto row = [&](const std::string& error, double (*size)(const std::vector<double>&), bool decides) {
    const double ours = size(result.learned);
    const double reference = size(result.population);
    const double less = 100 * (1 - ours / reference);
    say({fmt::format("{}, {} measurements from the second on: {}", what, result.learned.size(), error),
         fmt::format("{:.2f} by the population", reference), decides ? "25 % lower" : "(25 % lower)",
         fmt::format("{:.2f}: {:.1f} % lower", ours, less), decides ? std::optional{less >= 25} : std::nullopt});
  };
  row("mean absolute error", &mean_absolute, true);
  row("root mean square error", &root_mean_square, false);
}

/// In five folds, each predicted by a model that was fitted on the others.
void in_folds(const std::string& what, const std::string& name, const std::vector<Person>& people, int evaluations) {
  constexpr std::size_t folds = 5;
  std::map<std::string, LeaveFutureOut> result;
  FittedModel model{name};
  const std::map<std::string, double> start = model.numbers();
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<const Person*> training;
    for (std::size_t k = 0; k < people.size(); ++k) {
      if (k % folds != fold) training.push_back(&people[k]);
    }
    model.set(start);
    if (!start.empty()) model.fit(training, evaluations);
    for (std::size_t k = fold; k < people.size(); k += folds) leave_future_out(model, people[k], result);
  }
  for (const auto& [observable, errors] : result) say_gain(what + ", " + observable, errors);
}

void speed() {
  const KineticPrior prior = test::prior_of("warfarin-hamberg-2010", test::warfarin_patient(65, "*1/*1", "A/G")
                                                                         .number("height", 172)
                                                                         .number("weight", 77)
                                                                         .category("race", "White")
                                                                         .number("target_inr", 2.5));
  History history = test::daily(5, 13);
  history.measurements = {{1, "inr", 1.1}, {3, "inr", 1.8}, {5, "inr", 2.4}, {8, "inr", 3.1}, {13, "inr", 3.3}};
  std::vector<double> wall;
  std::vector<double> processor;
  for (int run = 0; run < 21; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t used = std::clock();
    const Individual individual = learn(prior, history);
    const pharmaco::DoseAdvice advice = advise_dose(individual, {13, {}});
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
    if (advice.best) wall.push_back(taken.count());
    processor.push_back(1e3 * static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC);
  }
  const auto median = [](std::vector<double> values) {
    std::ranges::sort(values);
    return values.at(values.size() / 2);
  };
  say({"one update and advice (13 days, 5 INRs), median of 21", "seconds (NONMEM)", "50 ms",
       fmt::format("{:.0f} ms of the processor ({:.0f} ms on the clock)", median(processor), median(wall)),
       median(processor) <= 50});
}

}  // namespace

int run(const std::string& folder, const std::set<std::string>& parts) {
  const auto asked = [&](const std::string& part) { return parts.empty() || parts.contains(part); };
  const bool has_data = std::filesystem::is_directory(folder);
  if (!has_data) fmt::print(stderr, "{} is not there: only what needs no data is shown\n", folder);
  fmt::print("| what | reference | goal | ours | met |\n| --- | --- | --- | --- | --- |\n");
  if (asked("hamberg")) hamberg();
  if (has_data && asked("nonmem")) nonmem(folder);
  if (has_data && (asked("virtual") || parts.contains("fit"))) virtual_warfarin(folder, parts.contains("fit"));
  if (has_data && asked("warfarin")) in_folds("warfarin, 32 people", "warfarin-oreilly", read_warfarin(folder), 0);
  if (has_data && asked("phenobarbital")) {
    in_folds("phenobarbital, 59 newborns", "phenobarbital", read_phenobarbital(folder), 150);
  }
  if (has_data && asked("quinidine")) in_folds("quinidine, 136 patients", "quinidine", read_quinidine(folder), 150);
  if (asked("speed")) speed();
  return 0;
}

}  // namespace stardose::bench

int main(int count, char** words) {
  const std::string folder = count > 1 ? words[1] : "";
  const std::set<std::string> parts(words + std::min(count, 2), words + count);
  for (const auto& [part, compare] :
       {std::pair{"policies", &stardose::bench::compare_policies}, {"gains", &stardose::bench::compare_least_gains}}) {
    if (count < 3 || words[2] != std::string_view{part}) continue;
    constexpr std::size_t usual_patients = 100;
    compare(count > 3 ? std::stoul(words[3]) : usual_patients);
    return 0;
  }
  return stardose::bench::run(folder, parts);
}
