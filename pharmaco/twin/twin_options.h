// What the user says about records of patients.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stardose::pharmaco {

struct TwinOptions {
  /// Records, or folders whose records are meant (`*.twin.json`).
  std::vector<std::string> patients;
  /// Table of events that are added first (read_event_table, with `patient`); empty: none.
  std::string events;
  /// Days of the forecast.
  std::size_t horizon = 14;
  /// Of the posterior.
  std::size_t draws = 600;
  std::size_t seed = 1;
};

}  // namespace stardose::pharmaco
