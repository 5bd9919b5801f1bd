// From rows to lines.
#include "pipeline/stages/predict_people.h"

#include <numeric>
#include <vector>

#include "learning/predict/prediction_text.h"

namespace stardose::pipeline {

RenderedPredictions PredictPeople::operator()(Batch rows) const {
  std::vector<std::size_t> places(rows.end - rows.begin);
  std::iota(places.begin(), places.end(), rows.begin);
  const learning::Frame people = rows_of(people_, places);
  std::vector<learning::Prediction> predictions = predictor_.predict(people, with_contributions_);
  RenderedPredictions text;
  for (std::size_t k = 0; k < predictions.size(); ++k) {
    learning::Prediction& prediction = predictions[k];
    std::erase_if(prediction.flags, [this](const learning::Flag& flag) {
      return flag.kind == learning::FlagKind::filled && unsaid_.contains(flag.column);
    });
    text.table += prediction_row(predictor_.model(), people.rows[k], prediction);
    text.contributions += contribution_rows(people.rows[k], prediction);
    text.json += (k == 0 ? "" : ",\n") + prediction_json(predictor_.model(), people.rows[k], prediction);
    text.refused += prediction.refused.empty() ? 0 : 1;
  }
  return text;
}

}  // namespace stardose::pipeline
