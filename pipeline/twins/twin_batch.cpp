// A record an item, in the order of their names.
#include "pipeline/twins/twin_batch.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "pharmaco/twin/event_table.h"
#include "pharmaco/twin/html_twin.h"
#include "pharmaco/twin/twin_formats.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/sinks/file_name.h"
#include "pipeline/sinks/output_file.h"
#include "pipeline/sinks/output_folder.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/twins/add_events.h"
#include "pipeline/twins/record_file.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;
using pharmaco::TwinState;

/// What one record came to, as text.
struct RenderedTwin {
  std::string path;
  std::string failure;  ///< empty: it did not fail
  std::string patient;
  std::string row;
  std::string json;
  std::string page;
  bool advised = false;
  std::size_t added = 0;
  std::vector<std::string> warnings;
};

/// Stage: reads a record, adds events, answers. Safe to use from many threads; records are distinct.
class AnswerRecord {
 public:
  static constexpr std::string_view name = "answer records";

  AnswerRecord(const TwinBatch& batch, const std::vector<std::string>& records, const pharmaco::EventTable& events)
      : batch_{batch}, records_{records}, events_{events}, question_{question_of(batch.options)} {}

  RenderedTwin operator()(Batch item) const {
    RenderedTwin result{.path = records_[item.begin]};
    try {
      answer(result);
    } catch (const InputError& error) {
      if (error.fault() == Fault::output || error.fault() == Fault::catalogue) throw;
      result = {.path = records_[item.begin], .failure = error.what()};
    }
    return result;
  }

 private:
  void answer(RenderedTwin& result) const {
    const TwinParts& parts = batch_.parts;
    TwinState state = pharmaco::read_twin(result.path, parts.knowledge());
    const pharmaco::KineticModel& model = model_of(state, parts.kinetics(), result.path);
    const std::vector<PlacedEvent> events = events_of(events_, state.patient);
    if (!events.empty()) {
      change_record(result.path, parts.knowledge(), [&](TwinState& changing) {
        const AddedEvents added = add_all(changing, events, subject_of(model, changing.drug), parts.dosing().covariates,
                                          {.late = false, .only_new = true, .now = latest_possible()});
        result.added = added.added;
        result.warnings = added.warnings;
        state = changing;
        return added.added > 0;
      });
    }
    const pharmaco::TwinAnswer answer = answer_twin(state, model, parts.catalogue(), question_);
    result.patient = state.patient;
    result.advised = answer.is_advised();
    result.row = advice_row(answer);
    result.json = twin_answer_json(answer, batch_.program_version);
    result.page = html_twin(answer, batch_.program_version);
  }

  const TwinBatch& batch_;
  const std::vector<std::string>& records_;
  const pharmaco::EventTable& events_;
  pharmaco::TwinQuestion question_;
};

/// Sink: the table, and two files a patient.
class TwinFiles {
 public:
  TwinFiles(const TwinBatch& batch, TwinBatchSummary& summary)
      : batch_{batch}, summary_{summary}, table_{batch.folder + "/advice.tsv"} {
    make_folder(batch.folder + "/twins");
    table_.write(pharmaco::advice_header());
  }

  void put(const RenderedTwin& twin) {
    for (const std::string& warning : twin.warnings) batch_.warn(warning);
    if (twin.failure.empty() && !patients_.insert(twin.patient).second) {
      summary_.failed.push_back(twin.path + ": patient " + genomics::printable(twin.patient) + " has another record");
      return;
    }
    if (!twin.failure.empty()) {
      summary_.failed.push_back(twin.failure);
      return;
    }
    ++summary_.patients;
    summary_.advised += twin.advised ? 1 : 0;
    summary_.added += twin.added;
    table_.write(twin.row);
    const std::string name = batch_.folder + "/twins/" + file_name_of(twin.patient);
    write_file(name + ".json", twin.json, false);
    write_file(name + ".html", twin.page, false);
  }

  void close() { table_.close(true); }

 private:
  const TwinBatch& batch_;
  TwinBatchSummary& summary_;
  OutputFile table_;
  std::set<std::string> patients_;
};

/// Who has events and no record was meant to be looked at.
void check_patients(const pharmaco::EventTable& events, const std::vector<std::string>& records,
                    const TwinParts& parts) {
  if (events.rows.empty()) return;
  std::set<std::string> patients;
  for (const std::string& record : records) {
    try {
      const std::string patient = pharmaco::read_twin(record, parts.knowledge()).patient;
      if (!patients.insert(patient).second) {
        throw InputError{Fault::usage,
                         {record, "patient", "another record is of the same patient: " + genomics::printable(patient),
                          "name one of them; events must not go into both"}};
      }
    } catch (const InputError& error) {
      if (error.fault() == Fault::usage) throw;
      continue;  // told of when its turn comes
    }
  }
  for (const pharmaco::EventTable::Row& row : events.rows) {
    if (patients.contains(row.patient)) continue;
    throw InputError{
        Fault::mismatch,
        {row.place, "", "no record is of patient " + genomics::shown_word(genomics::printable(row.patient)),
         "write the id as it is in the record, or start one with `stardose twin start`"}};
  }
}

}  // namespace

pharmaco::TwinQuestion question_of(const pharmaco::TwinOptions& options) {
  pharmaco::TwinQuestion question{.horizon = static_cast<double>(options.horizon)};
  question.learning.sampling.draws = static_cast<int>(options.draws);
  question.learning.sampling.seed = options.seed;
  return question;
}

std::vector<std::string> records_of(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> records;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      throw InputError{Fault::input, {path, "", "there is no such file or folder", "check the path of the records"}};
    }
    if (!fs::is_directory(path, error)) {
      records.push_back(path);
      continue;
    }
    for (const auto& entry : fs::directory_iterator{path, error}) {
      if (entry.path().filename().string().ends_with(record_suffix)) records.push_back(entry.path().string());
    }
    if (error) throw InputError{Fault::input, {path, "", "the folder cannot be read", "check its permissions"}};
  }
  std::ranges::sort(records);
  records.erase(std::ranges::unique(records).begin(), records.end());
  if (records.empty()) {
    throw InputError{Fault::usage,
                     {"", "patients", "no record is given",
                      "name records or their folder with `--patients`; `stardose twin start` makes them"}};
  }
  return records;
}

TwinBatchSummary run_twins(const TwinBatch& batch, const std::stop_token& stop) {
  const std::vector<std::string> records = records_of(batch.options.patients);
  const pharmaco::EventTable events = batch.options.events.empty() ? pharmaco::EventTable{.has_patients = true}
                                                                   : pharmaco::read_event_table(batch.options.events);
  if (!events.has_patients) {
    throw InputError{Fault::input,
                     {batch.options.events, "", "no column named patient",
                      "events of many patients say of each row whose it is, by the id in the record"}};
  }
  check_patients(events, records, batch.parts);
  for (const pharmaco::KineticModel& model : batch.parts.kinetics().models) batch.parts.make_ready(model);
  const OutputFolder folder{batch.folder};
  TwinBatchSummary summary;
  TwinFiles files{batch, summary};
  BatchSource numbers{records.size(), 1};
  const AnswerRecord answer{batch, records, events};
  ProgressLine progress{"patients", records.size()};
  summary.stopped = run(numbers, answer, files, batch.limits, stop, progress).stopped;
  return summary;
}

}  // namespace stardose::pipeline
