// Predictions, batch by batch.
#include "pipeline/score_people.h"

#include <optional>

#include "genomics/input_error.h"
#include "learning/predict/prediction_text.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/predict_people.h"

namespace stardose::pipeline {

namespace {

constexpr std::size_t people_at_once = 512;

/// Sink: three files, or a table on a stream.
class PredictionFiles {
 public:
  PredictionFiles(const learning::Predictor& predictor, const std::string& folder, std::FILE* out) : out_{out} {
    const std::string header = predictions_header(predictor.model());
    if (folder.empty()) {
      std::fputs(header.c_str(), out_);
      return;
    }
    make_folder(folder);
    table_.emplace(folder + "/predictions.tsv").write(header);
    json_.emplace(folder + "/predictions.json")
        .write("{\"model\": " + model_summary_json(predictor.model(), predictor.why_no_contributions().value_or("")) +
               ",\n\"people\": [\n");
    if (predictor.why_no_contributions()) return;
    contributions_.emplace(folder + "/contributions.tsv").write(learning::contributions_header());
  }

  void put(const RenderedPredictions& text) {
    refused_ += text.refused;
    if (!table_) {
      std::fputs(text.table.c_str(), out_);
      return;
    }
    table_->write(text.table);
    json_->write((is_first_ ? "" : ",\n") + text.json);
    is_first_ = false;
    if (contributions_) contributions_->write(text.contributions);
  }

  void close() {
    if (!table_) return;
    json_->write("\n]}\n");
    if (contributions_) contributions_->close(true);
    json_->close(true);
    table_->close(true);
  }

  [[nodiscard]] std::size_t refused() const { return refused_; }

 private:
  std::FILE* out_;
  std::optional<OutputFile> table_;
  std::optional<OutputFile> json_;
  std::optional<OutputFile> contributions_;
  bool is_first_ = true;
  std::size_t refused_ = 0;
};

}  // namespace

PredictionsSummary score_people(const learning::Predictor& predictor, const learning::Frame& people,
                                const std::set<std::string>& unsaid, const std::string& folder, std::FILE* out,
                                const Limits& limits, const std::stop_token& stop) {
  using genomics::Fault;
  for (const auto& fault : {fault_of(people), predictor.fault_of_people(people)}) {
    if (!fault) continue;
    throw genomics::InputError{
        Fault::mismatch,
        {"", "", "the people do not fit the model: " + *fault, "`stardose model show` says what the model takes"}};
  }
  PredictionFiles files{predictor, folder, out};
  BatchSource batches{people.rows.size(), people_at_once};
  const PredictPeople predict{predictor, people, unsaid, !folder.empty()};
  ProgressLine progress{"people, in batches", (people.rows.size() + people_at_once - 1) / people_at_once};
  const RunSummary summary = run(batches, predict, files, limits, stop, progress);
  return {people.rows.size(), files.refused(), summary.stopped};
}

}  // namespace stardose::pipeline
