// Answers as rows of a table.
#include "pharmaco/covariates/covariate.h"
#include "pharmaco/report/table.h"
#include "pharmaco/twin/twin_formats.h"
#include "pharmaco/twin/twin_words.h"

namespace stardose::pharmaco {

namespace {

/// A cell behind those before.
class Cells {
 public:
  explicit Cells(const std::string& first) : text_{cell(first)} {}
  Cells& operator<<(std::string_view value) {
    text_ += '\t' + cell(value);
    return *this;
  }
  [[nodiscard]] std::string end() const { return text_ + "\n"; }

 private:
  std::string text_;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& one : texts) text += (text.empty() ? "" : "; ") + one;
  return text;
}

std::string share(double value) { return number_text(value, 3); }

void add_best(Cells& row, const TwinAnswer& answer) {
  if (!answer.is_advised()) {
    for (int k = 0; k < 7; ++k) row << "";
    return;
  }
  const RegimenOutlook& best = *answer.advice->best;
  row << regimen_text(best.regimen) << number_text(best.regimen.mg_per_day() * 7, 2)
      << to_text(time_of(answer.from, answer.origin)) << share(best.time_in_range) << share(best.time_below)
      << share(best.time_above) << share(best.unsafe);
}

}  // namespace

std::string_view advice_header() {
  return "patient\tdrug\tmodel\tstatus\tnext_dose\tmg_per_week\tfrom\ttime_in_range\ttime_below\ttime_above\t"
         "greatest_probability_unsafe\tcontinued\tcontinued_time_in_range\trule\trule_time_in_range\tdoses\t"
         "measurements\tsurprise\treasons\tcautions\n";
}

std::string advice_row(const TwinAnswer& answer) {
  Cells row{answer.state->patient};
  row << answer.state->drug << answer.model->id << status_of(answer);
  add_best(row, answer);
  for (const bool is_rule : {false, true}) {
    const std::optional<RegimenOutlook> none;
    const auto& other = !answer.advice ? none : is_rule ? answer.advice->guideline : answer.advice->continued;
    row << (other ? regimen_text(other->regimen) : "") << (other ? share(other->time_in_range) : "");
  }
  if (answer.individual) {
    const Individual& individual = *answer.individual;
    row << std::to_string(individual.history.doses.size()) << std::to_string(individual.history.measurements.size())
        << share(individual.surprise);
  } else {
    row << ""
        << ""
        << "";
  }
  row << joined(reasons_against(answer)) << joined(cautions_of(answer));
  return row.end();
}

}  // namespace stardose::pharmaco
