// Events of flags and tables into records.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pharmaco/twin/add_event.h"
#include "pharmaco/twin/event_table.h"

namespace stardose::pipeline {

/// An event and where it was told.
struct PlacedEvent {
  std::string file;   ///< `FILE:LINE`; empty: by a flag
  std::string place;  ///< the flag
  pharmaco::ToldEvent told;
};

struct AddedEvents {
  std::size_t added = 0;
  std::size_t known = 0;  ///< left out
  std::vector<std::string> warnings;
};

/// Returns the rows of a patient; all of them where the table has no such column.
[[nodiscard]] std::vector<PlacedEvent> events_of(const pharmaco::EventTable& table, const std::string& patient);

/// Reads all, then adds all in the order of time, so that only what the record had before can make one late. Throws
/// InputError for the first that is refused: (input) at a row, (usage) at a flag. The state is then not to be used.
[[nodiscard]] AddedEvents add_all(pharmaco::TwinState& state, const std::vector<PlacedEvent>& events,
                                  const pharmaco::TwinSubject& subject, const pharmaco::Covariates& covariates,
                                  const pharmaco::AddOptions& options);

/// Returns the time, by this machine's clock, after which nothing can have happened to anybody: a day from now, as
/// clocks and zones differ.
[[nodiscard]] pharmaco::TwinTime latest_possible();

}  // namespace stardose::pipeline
