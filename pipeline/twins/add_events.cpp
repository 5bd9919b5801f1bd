// In the order of time, whatever the order of rows.
#include "pipeline/twins/add_events.h"

#include <algorithm>
#include <chrono>

#include "genomics/input_error.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

struct Read {
  pharmaco::TwinEvent event;
  const PlacedEvent* placed = nullptr;
};

[[noreturn]] void refuse(const PlacedEvent& placed, const pharmaco::Refusal& refusal) {
  throw InputError{placed.file.empty() ? Fault::usage : Fault::input,
                   {placed.file, placed.place, refusal.why, refusal.help}};
}

}  // namespace

std::vector<PlacedEvent> events_of(const pharmaco::EventTable& table, const std::string& patient) {
  std::vector<PlacedEvent> events;
  for (const pharmaco::EventTable::Row& row : table.rows) {
    if (!table.has_patients || row.patient == patient) events.push_back({row.place, "", row.told});
  }
  return events;
}

AddedEvents add_all(pharmaco::TwinState& state, const std::vector<PlacedEvent>& events,
                    const pharmaco::TwinSubject& subject, const pharmaco::Covariates& covariates,
                    const pharmaco::AddOptions& options) {
  std::vector<Read> read;
  for (const PlacedEvent& placed : events) {
    std::optional<pharmaco::Refusal> refusal;
    const auto event = read_event(placed.told, subject, covariates, refusal);
    if (!event) refuse(placed, *refusal);
    read.push_back({*event, &placed});
  }
  // Of rows of one time the first stays first.
  std::ranges::stable_sort(read, {}, [](const Read& one) { return one.event.time; });
  AddedEvents result;
  for (const auto& [event, placed] : read) {
    const pharmaco::Addition addition = add_event(state, event, options);
    if (addition.refusal) refuse(*placed, *addition.refusal);
    (addition.added ? result.added : result.known) += 1;
    for (const std::string& warning : addition.warnings) {
      result.warnings.push_back((placed->file.empty() ? placed->place : placed->file) + ": " + warning);
    }
  }
  return result;
}

pharmaco::TwinTime latest_possible() {
  namespace chrono = std::chrono;
  const auto now = chrono::floor<chrono::minutes>(chrono::system_clock::now()) + chrono::days{1};
  return {pharmaco::TwinTime::Clock::calendar, now.time_since_epoch().count()};
}

}  // namespace stardose::pipeline
