// Events told in a table.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/twin/told_event.h"

namespace stardose::pharmaco {

struct EventTable {
  struct Row {
    std::string place;    ///< `FILE:LINE`
    std::string patient;  ///< empty: there is no such column
    ToldEvent told;
  };
  bool has_patients = false;
  std::vector<Row> rows;
};

/// Reads a TSV with the columns `time`, `what` and `value`, and perhaps `unit`, `times`, `every`, `over`, `route` and
/// `patient`. Throws InputError (input): it cannot be read, has no rows, another column, a row without a patient.
[[nodiscard]] EventTable read_event_table(const std::string& path);

}  // namespace stardose::pharmaco
