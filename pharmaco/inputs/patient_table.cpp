// Columns, then rows.
#include "pharmaco/inputs/patient_table.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/covariates/covariate_cell.h"
#include "pharmaco/covariates/delimited_table.h"
#include "pharmaco/inputs/doubts.h"
#include "pharmaco/inputs/gene_columns.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;
using genomics::printable;

namespace {

/// A column in the wrong unit is wrong in every row; a few rows tell. So do a few columns of what a table has beside.
constexpr std::size_t shown_doubts = 5;
constexpr std::size_t shown_unused = 10;

/// For a log, which is to have no measurement; the doubt itself goes to the results.
std::string without_values(const Doubt& doubt) {
  std::string names;
  for (const std::string& name : doubt.covariates) names += (names.empty() ? "" : " and ") + name;
  return names + " are unusual together: check both";
}

bool is_sample_heading(std::string_view heading) {
  static const std::set<std::string> names = {"sample", "sample id", "patient", "patient id", "subject", "subject id"};
  return names.contains(folded(heading));
}

/// What a column holds; neither: it is left out.
struct Column {
  std::string heading;
  bool is_sample = false;
  std::optional<CovariateColumn> covariate;
  std::optional<GeneColumn> gene;
};

class PatientReader {
 public:
  PatientReader(DelimitedTable table, const std::map<std::string, std::string>& units, const PatientColumns& known,
                const KnowledgeBase& knowledge)
      : table_{std::move(table)}, units_{units}, known_{known}, knowledge_{knowledge} {
    result_.path = table_.path;
    headings_ = {"sample"};
    for (const Covariate& covariate : known_.covariates.list) {
      headings_.insert(headings_.end(), covariate.columns.begin(), covariate.columns.end());
    }
  }

  PatientTable read() {
    for (const std::string& heading : table_.header) columns_.push_back(read_column(heading));
    if (unused_ > shown_unused) {
      result_.warnings.push_back(table_.path + ": and " + std::to_string(unused_ - shown_unused) +
                                 " more columns are not used");
    }
    check_headings();
    for (const DelimitedTable::Row& row : table_.rows) read_row(row);
    if (doubts_ > shown_doubts) {
      result_.warnings.push_back(table_.path + ": and " + std::to_string(doubts_ - shown_doubts) + " more of the kind");
    }
    return std::move(result_);
  }

 private:
  [[noreturn]] void fail_header(const std::string& why, const std::string& help) const {
    table_.fail(table_.header_line, why, help);
  }

  Column read_column(const std::string& heading) {
    Column column{.heading = heading, .is_sample = is_sample_heading(heading)};
    if (column.is_sample) return column;
    column.covariate = read_heading(known_.covariates, heading);
    if (column.covariate) {
      settle_unit(*column.covariate);
      return column;
    }
    std::optional<Refusal> refusal;
    column.gene = read_gene_heading(known_, knowledge_, heading, refusal);
    if (refusal) fail_header(refusal->why, refusal->help);
    if (!column.gene) leave_out(heading);
    return column;
  }

  void settle_unit(CovariateColumn& column) {
    const Covariate& covariate = *column.covariate;
    const std::string ask = "name the column `" + covariate.name + "_UNIT`, or give `--unit " + covariate.name +
                            "=UNIT`" +
                            (covariate.kind == Covariate::Kind::number ? ", such as " + covariate.unit.name : "");
    if (!column.unknown_unit.empty()) {
      fail_header(covariate.name + " is in an unknown unit: " + printable(column.unknown_unit), ask);
    }
    if (const auto said = units_.find(covariate.name); said != units_.end()) {
      const Unit* unit = known_.covariates.units.find(said->second);
      if (unit == nullptr) {
        throw InputError{Fault::usage, {"", "unit", "no such unit: " + printable(said->second), ask}};
      }
      if (column.unit != nullptr && column.unit->name != unit->name) {
        fail_header(
            covariate.name + " is in " + column.unit->name + " by its heading and in " + unit->name + " by --unit",
            "leave one of them out");
      }
      column.unit = unit;
    }
    if (column.unit != nullptr && !fits(known_.covariates, covariate, *column.unit)) {
      fail_header(covariate.name + " cannot be in " + column.unit->name, ask);
    }
    if (column.unit == nullptr && needs_unit(known_.covariates, covariate)) {
      fail_header("the column of " + covariate.name + " does not say its unit", ask);
    }
  }

  void leave_out(const std::string& heading) {
    std::string nearest = genomics::nearest_name(folded(heading), headings_);
    if (nearest.empty()) nearest = genomics::nearest_name(without_unit(heading), headings_);
    if (!nearest.empty()) {
      fail_header("unknown column: " + printable(heading), "did you mean `" + nearest + "`? else rename or remove it");
    }
    if (++unused_ > shown_unused) return;
    result_.warnings.push_back(table_.path + ": the column " + printable(heading) + " is not used");
  }

  /// `hieght_cm`: `hieght`; of a heading that ends in no unit nothing.
  [[nodiscard]] std::string without_unit(const std::string& heading) const {
    const std::string words = folded(heading);
    const std::size_t end = words.find_last_of(" ([,");
    if (end == std::string::npos) return {};
    std::string_view unit = std::string_view{words}.substr(end + 1);
    if (unit.ends_with(')') || unit.ends_with(']')) unit.remove_suffix(1);
    return known_.covariates.units.find(unit) == nullptr ? std::string{} : std::string{trimmed(words.substr(0, end))};
  }

  void check_headings() const {
    std::set<std::string> seen;
    const auto once = [&](const std::string& what) {
      if (!seen.insert(what).second) fail_header("two columns of " + what, "remove one of them");
    };
    for (const Column& column : columns_) {
      if (column.is_sample) once("sample");
      if (column.covariate) once(column.covariate->covariate->name);
      if (column.gene) once(folded(column.heading));
    }
    if (!seen.contains("sample")) {
      fail_header("no column named sample", "the table needs a column `sample` with the names of the patients");
    }
    for (const auto& [name, unit] : units_) {
      if (seen.contains(name)) continue;
      throw InputError{Fault::usage,
                       {"", "unit", "no column of " + printable(name) + " in " + table_.path,
                        "write `--unit NAME=UNIT` with the name of a covariate that the table has"}};
    }
  }

  void read_row(const DelimitedTable::Row& row) {
    Patient patient;
    GeneCells genes{knowledge_};
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      const Column& column = columns_[k];
      const std::string& cell = row.cells[k];
      if (column.is_sample) patient.sample = genomics::known_as(cell);
      if (column.covariate) read_covariate(row, *column.covariate, cell, patient);
      if (!column.gene) continue;
      if (const auto refusal = genes.add(*column.gene, cell)) table_.fail(row.line, refusal->why, refusal->help);
    }
    std::optional<Refusal> refusal;
    patient.genetics = genes.result(refusal);
    if (refusal) table_.fail(row.line, refusal->why, refusal->help);
    if (patient.sample.empty()) table_.fail(row.line, "the row names no sample", "write the patient's name");
    if (!samples_.insert(patient.sample).second) {
      table_.fail(row.line, "sample " + printable(patient.sample) + " is there twice", "give one row a patient");
    }
    patient.doubts = doubts_of(known_.covariates, patient.covariates);
    for (const Doubt& doubt : patient.doubts) {
      if (++doubts_ > shown_doubts) continue;
      result_.warnings.push_back(table_.path + ":" + std::to_string(row.line) + ": " + printable(patient.sample) +
                                 ": " + without_values(doubt));
    }
    result_.patients.push_back(std::move(patient));
    result_.lines.push_back(row.line);
  }

  void read_covariate(const DelimitedTable::Row& row, const CovariateColumn& column, const std::string& cell,
                      Patient& patient) const {
    CovariateCell value = read_cell(known_.covariates, *column.covariate, column.unit, cell);
    if (!value.refusal.empty()) table_.fail(row.line, value.refusal, value.help);
    InputValue& into = patient.covariates[column.covariate->name];
    if (!value.is_known) return;
    into = {.state = InputValue::State::given,
            .number = value.number,
            .category = std::move(value.category),
            .shown = std::move(value.shown),
            .unit = column.covariate->kind == Covariate::Kind::dose ? column.unit->name : std::string{}};
  }

  DelimitedTable table_;
  const std::map<std::string, std::string>& units_;
  const PatientColumns& known_;
  const KnowledgeBase& knowledge_;
  std::vector<Column> columns_;
  std::set<std::string> samples_;
  std::size_t doubts_ = 0;
  std::size_t unused_ = 0;
  std::vector<std::string> headings_;  // all that are known, to say which was meant
  PatientTable result_;
};

}  // namespace

PatientTable read_patients(const std::string& path, const std::map<std::string, std::string>& units,
                           const PatientColumns& known, const KnowledgeBase& knowledge) {
  return PatientReader{read_delimited(path, "covariates", "--covariates"), units, known, knowledge}.read();
}

std::vector<std::string> check_samples(const PatientTable& table, const std::vector<std::string>& samples,
                                       const std::string& source) {
  std::set<std::string> with_row;
  for (std::size_t k = 0; k < table.patients.size(); ++k) {
    const std::string& sample = table.patients[k].sample;
    with_row.insert(sample);
    if (std::ranges::find(samples, sample) != samples.end()) continue;
    const std::string nearest = genomics::nearest_name(sample, samples);
    throw InputError{
        Fault::mismatch,
        {table.path, std::to_string(table.lines[k]), "sample " + printable(sample) + " is not in " + source,
         nearest.empty() ? "names must be the same in both, letter by letter; remove rows of others"
                         : "did you mean `" + nearest + "`?"}};
  }
  std::size_t without = 0;
  std::string first;
  for (const std::string& sample : samples) {
    if (with_row.contains(sample)) continue;
    if (without++ == 0) first = sample;
  }
  if (without == 0) return {};
  return {table.path + ": no row for " + std::to_string(without) + " sample(s) of " + source + ", the first is " +
          printable(first) + ": they are left out"};
}

}  // namespace stardose::pharmaco
