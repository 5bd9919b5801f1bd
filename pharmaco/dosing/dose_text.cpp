// Dose reports as text and TSV.
#include <fmt/format.h>

#include <algorithm>

#include "genomics/input_error.h"
#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/dosing/dose_words.h"
#include "pharmaco/report/table.h"

namespace stardose::pharmaco {

namespace {

using State = InputValue::State;

void add_line(std::string& text, std::string_view label, const std::string& value) {
  if (!value.empty()) text += fmt::format("  {:<12} {}\n", label, value);
}

void add_lines(std::string& text, std::string_view label, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    add_line(text, label, value);
    label = "";
  }
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : "; ") + item;
  return text;
}

std::vector<std::string> contributions_of(const DoseEstimate& estimate) {
  std::vector<std::string> texts;
  for (const GeneContribution& contribution : estimate.contributions) {
    texts.push_back(contribution_text(*estimate.algorithm, contribution));
  }
  return texts;
}

std::vector<std::string> comparators_of(const DoseReport& report) {
  std::vector<std::string> texts;
  for (const Comparator& comparator : report.comparators) {
    texts.push_back(comparator_text(*report.own.algorithm, comparator));
  }
  return texts;
}

/// The flags and cautions of both estimates, each once.
std::vector<std::string> both(const DoseReport& report, std::vector<std::string> DoseEstimate::*list) {
  std::vector<std::string> all = report.own.*list;
  if (!report.instead) return all;
  for (const std::string& item : (*report.instead).*list) {
    if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(item);
  }
  return all;
}

std::vector<std::string> reasons_of(const DoseReport& report) { return both(report, &DoseEstimate::reasons); }

void add_advice(std::string& text, const DoseEstimate& estimate) {
  for (const Advice& advice : estimate.advice) {
    const std::string whom = advice.population.empty() ? "" : " (" + advice.population + ")";
    add_line(text, advice.drug + whom, advice.sentence);
    std::string basis;
    for (const AdviceBasis& gene : advice.basis) {
      basis += (basis.empty() ? "" : ", ") + gene.gene + " " + (gene.diplotype.empty() ? "" : gene.diplotype + " ") +
               gene.phenotype;
    }
    add_line(text, "", basis);
    const std::string share = share_of_usual_dose(estimate, advice);
    add_line(text, "", share.empty() ? "" : advice.dose_percent + " % of the usual dose: " + share);
  }
}

class Row {
 public:
  explicit Row(const std::string& sample) : text_{cell(sample)} {}
  Row& operator<<(std::string_view value) {
    text_ += '\t';
    text_ += cell(value);
    return *this;
  }
  [[nodiscard]] std::string end() const { return text_ + "\n"; }

 private:
  std::string text_;
};

std::string daily_text(const DosingAlgorithm& algorithm, double value, double days) {
  const auto daily = mg_per_day(algorithm, value);
  return daily ? fmt::format("{:.3f}", *daily * days) : std::string{};
}

void add_empty(Row& row, int cells) {
  for (int k = 0; k < cells; ++k) row << "";
}

void add_interval(Row& row, const DoseEstimate& estimate) {
  if (!estimate.interval) return add_empty(row, 3);
  row << fmt::format("{:.3f}", estimate.interval->low) << fmt::format("{:.3f}", estimate.interval->high)
      << number_text(estimate.interval->level);
}

/// The cells of what was computed: dose to tablets.
void add_dose(Row& row, const DoseEstimate& estimate) {
  const DosingAlgorithm& algorithm = *estimate.algorithm;
  if (estimate.status != DoseEstimate::Status::dosed) return add_empty(row, 9);
  const auto tablets = tablets_of(algorithm, estimate.value);
  row << fmt::format("{:.3f}", estimate.value) << algorithm.unit.name;
  add_interval(row, estimate);
  row << daily_text(algorithm, estimate.value, 7) << daily_text(algorithm, estimate.value, 1)
      << (tablets ? number_text(tablets->mg * algorithm.doses_a_day) : std::string{})
      << (tablets ? to_text(*tablets) : std::string{});
}

void add_rest(Row& row, const DoseReport& report) {
  const DoseEstimate& meant = report.meant();
  std::vector<std::string> cautions = both(report, &DoseEstimate::cautions);
  if (!meant.meaning.empty()) cautions.insert(cautions.begin(), meant.meaning);
  row << joined(contributions_of(meant)) << (meant.shares ? shares_text(*meant.shares) : std::string{})
      << joined(comparators_of(report)) << joined(inputs_in_state(meant, State::imputed))
      << joined(inputs_in_state(meant, State::assumed)) << joined(inputs_in_state(meant, State::missing))
      << joined(both(report, &DoseEstimate::flags)) << joined(reasons_of(report)) << joined(cautions)
      << joined(inputs_in_state(meant, State::given)) << citation_text(meant.algorithm->citation);
}

}  // namespace

std::string dose_paragraph(const DoseReport& report) {
  const DoseEstimate& meant = report.meant();
  const DosingAlgorithm& algorithm = *meant.algorithm;
  std::string text = fmt::format("{}: {} ({})\n", genomics::printable(report.sample), report.own.algorithm->title,
                                 report.own.algorithm->id);
  if (report.instead) add_lines(text, "not used", report.own.reasons);
  if (report.instead) add_line(text, "instead", algorithm.title + " (" + algorithm.id + ")");
  if (meant.status == DoseEstimate::Status::refused) add_lines(text, "no dose", meant.reasons);
  if (meant.status == DoseEstimate::Status::dosed) {
    add_line(text, mg_per_day(algorithm, meant.value) ? "dose" : "result", dose_text(algorithm, meant.value));
    const std::string interval = interval_text(meant);
    if (!interval.empty()) add_line(text, "interval", interval + ": " + interval_basis(meant));
    add_line(text, "tablets", tablets_text(algorithm, meant.value));
    add_line(text, "meaning", meant.meaning);
    add_lines(text, "genes", contributions_of(meant));
    if (meant.shares) add_line(text, "adds up", shares_text(*meant.shares));
  }
  add_advice(text, meant);
  add_lines(text, "compared", comparators_of(report));
  add_lines(text, "imputed", inputs_in_state(meant, State::imputed));
  add_lines(text, "assumed", inputs_in_state(meant, State::assumed));
  add_lines(text, "missing", inputs_in_state(meant, State::missing));
  add_lines(text, "outside", both(report, &DoseEstimate::flags));
  add_lines(text, "caution", both(report, &DoseEstimate::cautions));
  add_line(text, "from", joined(inputs_in_state(meant, State::given)));
  add_line(text, "source", citation_text(algorithm.citation));
  return text;
}

std::string_view dose_header() {
  return "sample\tdrug\talgorithm\tstatus\tdose\tunit\tlow\thigh\tlevel\tmg_per_week\tmg_per_day\ttablets_mg_per_"
         "day\ttablets\t"
         "dose_percent\tdose_limit\tadvice\tgene_contributions\tmodel_"
         "contributions\tcompared\timputed\tassumed\tmissing\toutside_limits\t"
         "reasons\tcautions\tinputs\tcitation\n";
}

std::string dose_rows(const DoseReport& report) {
  const DoseEstimate& meant = report.meant();
  std::string rows;
  for (const Advice& advice : meant.advice) {
    Row row{report.sample};
    row << advice.drug << meant.algorithm->id << status_of(report) << share_of_usual_dose(meant, advice);
    add_empty(row, 8);
    row << advice.dose_percent << advice.dose_limit
        << advice.sentence + (advice.population.empty() ? "" : " (" + advice.population + ")");
    add_rest(row, report);
    rows += row.end();
  }
  if (!meant.advice.empty()) return rows;
  std::string drugs;
  for (const std::string& drug : meant.algorithm->drugs) drugs += (drugs.empty() ? "" : ", ") + drug;
  Row row{report.sample};
  row << drugs << meant.algorithm->id << status_of(report);
  add_dose(row, meant);
  add_empty(row, 3);
  add_rest(row, report);
  return row.end();
}

}  // namespace stardose::pharmaco
