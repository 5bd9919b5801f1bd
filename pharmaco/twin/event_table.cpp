// Rows of events.
#include "pharmaco/twin/event_table.h"

#include <array>
#include <span>
#include <string_view>

#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

EventTable read_event_table(const std::string& path) {
  static constexpr std::array<std::string_view, 3> needed = {"time", "what", "value"};
  static constexpr std::array<std::string_view, 6> more = {"patient", "unit", "times", "every", "over", "route"};
  const UserTable table{path, "events", "--events"};
  if (table.rows().size() < 2) {
    throw genomics::InputError{
        genomics::Fault::input,
        {path, "", "the table of events has no rows", "give a header (time, what, value, unit) and a row an event"}};
  }
  const auto at = find_columns(table, table.rows().front(), {needed, more});
  EventTable events{.has_patients = at[3] != absent};
  for (const UserTable::Row& row : std::span{table.rows()}.subspan(1)) {
    const auto cell = [&](std::size_t k) { return at[k] == absent ? std::string{} : std::string{row.cell(at[k])}; };
    if (events.has_patients && cell(3).empty()) table.fail(row, "the row names no patient", "write the patient's id");
    if (row.cells.size() > table.rows().front().cells.size()) {
      table.fail(row, "the row has more cells than the header", "remove what is too much");
    }
    events.rows.push_back({table.place(row),
                           cell(3),
                           {.time = cell(0),
                            .what = cell(1),
                            .value = cell(2),
                            .unit = cell(4),
                            .times = cell(5),
                            .every = cell(6),
                            .over = cell(7),
                            .route = cell(8)}});
  }
  return events;
}

}  // namespace stardose::pharmaco
