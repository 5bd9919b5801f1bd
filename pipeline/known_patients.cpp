// The table of patients beside a run's samples.
#include "pipeline/known_patients.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "pharmaco/inputs/called_genes.h"

namespace stardose::pipeline {

using genomics::Fault;
using genomics::InputError;

KnownPatients::KnownPatients(const pharmaco::PatientOptions& options, const pharmaco::PatientColumns& columns,
                             const pharmaco::KnowledgeBase& knowledge)
    : scores_path_{options.polygenic} {
  if (!options.covariates.empty()) {
    table_ = read_patients(options.covariates, units_by_name(options), columns, knowledge);
    for (std::size_t row = 0; row < table_.patients.size(); ++row) row_of_[table_.patients[row].sample] = row;
  }
  if (!scores_path_.empty()) scores_ = pharmaco::read_polygenic_scores(scores_path_);
}

void KnownPatients::check(const std::vector<std::string>& samples,
                          const std::function<void(const std::string&)>& warn) const {
  if (!table_.path.empty()) check_rows(samples, warn);
  if (scores_path_.empty()) return;
  const auto without =
      std::ranges::count_if(samples, [this](const std::string& name) { return !scores_.contains(name); });
  if (without == 0) return;
  warn(scores_path_ + ": " + std::to_string(without) + " of " + std::to_string(samples.size()) +
       " sample(s) have no polygenic score there");
}

void KnownPatients::check_rows(const std::vector<std::string>& samples,
                               const std::function<void(const std::string&)>& warn) const {
  std::ranges::for_each(table_.warnings, warn);
  std::vector<std::string> without;
  std::ranges::copy_if(samples, std::back_inserter(without),
                       [this](const std::string& sample) { return !row_of_.contains(sample); });
  if (without.size() == samples.size() && !table_.patients.empty()) {
    const std::string& patient = table_.patients.front().sample;
    const std::string nearest = genomics::nearest_name(patient, samples);
    throw InputError{
        Fault::mismatch,
        {table_.path, std::to_string(table_.lines.front()),
         "no sample of the inputs has a row; the first is of " + genomics::printable(patient),
         nearest.empty() ? "names must be the same in both, letter by letter" : "did you mean `" + nearest + "`?"}};
  }
  for (std::size_t row = 0; row < table_.patients.size(); ++row) {
    const std::string& patient = table_.patients[row].sample;
    if (std::ranges::find(samples, patient) != samples.end()) continue;
    const std::string nearest = genomics::nearest_name(patient, without);
    if (nearest.empty()) continue;
    warn(table_.path + ":" + std::to_string(table_.lines[row]) + ": " + genomics::printable(patient) +
         " is no sample of the inputs; " + genomics::printable(nearest) + " is one, without a row");
  }
  if (without.empty()) return;
  warn(table_.path + ": no row for " + std::to_string(without.size()) + " sample(s), the first is " +
       genomics::printable(without.front()));
}

pharmaco::Patient KnownPatients::of(const std::string& sample, pharmaco::PatientGenetics genetics) const {
  pharmaco::Patient patient{.sample = sample};
  if (const auto row = row_of_.find(sample); row != row_of_.end()) patient = table_.patients[row->second];
  const pharmaco::PatientGenetics of_table = std::exchange(patient.genetics, std::move(genetics));
  put_over(patient.genetics, of_table);
  if (const auto scores = scores_.find(sample); scores != scores_.end()) patient.genetics.scores = scores->second;
  return patient;
}

}  // namespace stardose::pipeline
