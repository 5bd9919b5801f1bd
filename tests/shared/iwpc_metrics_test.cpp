// Metrics on 4,214 people and the published equations, against figures worked out with Python from the same table.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "learning/evaluate/metrics.h"
#include "tests/shared/shared_folder.h"

using namespace stardose::learning;

namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream stream{line};
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

struct Cohort {
  std::vector<double> observed;
  std::map<std::string, std::vector<double>> predicted;
};

Cohort read_cohort() {
  std::ifstream file{stardose::tests::shared_path("cases/models/iwpc/iwpc_derived.csv")};
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> header = cells_of(line);
  const auto at = [&](const std::vector<std::string>& cells, const std::string& name) {
    return cells.at(static_cast<std::size_t>(std::ranges::find(header, name) - header.begin()));
  };
  Cohort cohort;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    if (at(cells, "in_iwpc_like_cohort") != "1") continue;
    cohort.observed.push_back(std::stod(at(cells, "therapeutic_dose_mg_wk")));
    for (const char* name : {"iwpc_pgx_pred_mg_wk", "iwpc_clin_pred_mg_wk"}) {
      cohort.predicted[name].push_back(std::stod(at(cells, name)));
    }
  }
  return cohort;
}

}  // namespace

TEST_SUITE_BEGIN("shared: iwpc metrics");

TEST_CASE("errors and shares of the published warfarin equations") {
  if (!stardose::tests::shared_is_there()) return;
  const Cohort cohort = read_cohort();
  REQUIRE_EQ(cohort.observed.size(), 4214);
  const QuantityMetrics genetic = quantity_metrics(cohort.observed, cohort.predicted.at("iwpc_pgx_pred_mg_wk"));
  CHECK(genetic.mean_absolute_error == doctest::Approx(8.530972391219255).epsilon(1e-12));
  CHECK(genetic.within_20_percent * 4214 == doctest::Approx(1888));
  CHECK(genetic.over_20_percent * 4214 == doctest::Approx(1282));
  CHECK(genetic.under_20_percent * 4214 == doctest::Approx(1044));
  CHECK(genetic.r2 == doctest::Approx(0.42086334301271466).epsilon(1e-12));
  const QuantityMetrics clinical = quantity_metrics(cohort.observed, cohort.predicted.at("iwpc_clin_pred_mg_wk"));
  CHECK(clinical.mean_absolute_error == doctest::Approx(10.152268784647674).epsilon(1e-12));
  CHECK(clinical.within_20_percent * 4214 == doctest::Approx(1587));
}

TEST_SUITE_END();
