// Any bytes for a model: refused, or a model that comes back from our own file, scores alike both ways and adds up.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "genomics/input_error.h"
#include "learning/explain/contributions.h"
#include "learning/import/import_model.h"
#include "learning/model/model_file.h"
#include "learning/model/scorer.h"

using namespace stardose::learning;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Rows of numbers between the thresholds that there are, zeros, and missing values.
std::vector<double> rows_for(std::size_t features, std::size_t count) {
  std::vector<double> values;
  for (std::size_t k = 0; k < count * features; ++k) {
    values.push_back(k % 7 == 0 ? std::nan("") : k % 5 == 0 ? 0 : static_cast<double>(k * 37 % 101) / 25 - 2);
  }
  return values;
}

void use(const Model& model) {
  check(!fault_of(model));
  check(import_model_from("again", model_json(model)) == model);
  const std::size_t features = model.features.size();
  if (features > 1000 || margin_count(model) > 100) return;
  const std::vector<double> values = rows_for(features, 20);
  const Rows rows{values, features};
  const Scorer scorer{model};
  std::vector<double> together(20 * scorer.margins());
  std::vector<double> alone(scorer.margins());
  scorer.score_margins(rows, together);
  for (std::size_t row = 0; row < 20; ++row) {
    scorer.score_margins(rows.block(row, 1), alone);
    for (std::size_t k = 0; k < alone.size(); ++k) check(same(alone[k], together[row * alone.size() + k]));
  }
  std::vector<double> predictions(20 * scorer.predictions());
  scorer.score(rows, predictions);
  if (Explainer::why_not(model)) return;
  std::vector<double> contributions(20 * scorer.margins() * features);
  Explainer{model}.contributions(rows, contributions);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    use(import_model_from("fuzz", std::string{reinterpret_cast<const char*>(data), size}));
  } catch (const stardose::genomics::InputError&) {
    return 0;
  }
  return 0;
}
