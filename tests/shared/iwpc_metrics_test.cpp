// Metrics on 4,214 people and the published equations, against figures worked out with Python from the same table.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "learning/evaluate/metrics.h"
#include "pharmaco/covariates/delimited_table.h"
#include "tests/shared/shared_folder.h"

using namespace stardose::learning;

namespace {

struct Cohort {
  std::vector<double> observed;
  std::map<std::string, std::vector<double>> predicted;
};

Cohort read_cohort() {
  const auto table = stardose::pharmaco::read_delimited(
      stardose::tests::shared_path("cases/models/iwpc/iwpc_derived.csv"), "cohort", "");
  Cohort cohort;
  for (const auto& row : table.rows) {
    const auto at = [&](const std::string& name) {
      return row.cells.at(static_cast<std::size_t>(std::ranges::find(table.header, name) - table.header.begin()));
    };
    if (at("in_iwpc_like_cohort") != "1") continue;
    cohort.observed.push_back(std::stod(at("therapeutic_dose_mg_wk")));
    for (const char* name : {"iwpc_pgx_pred_mg_wk", "iwpc_clin_pred_mg_wk"}) {
      cohort.predicted[name].push_back(std::stod(at(name)));
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
