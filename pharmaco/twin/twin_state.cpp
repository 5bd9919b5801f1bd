// Which events stand.
#include "pharmaco/twin/twin_state.h"

#include <algorithm>

namespace stardose::pharmaco {

std::string to_text(TwinEvent::Kind kind) {
  switch (kind) {
    case TwinEvent::Kind::dose: return "dose";
    case TwinEvent::Kind::measurement: return "measurement";
    case TwinEvent::Kind::covariate: return "covariate";
    case TwinEvent::Kind::withdrawal: return "withdrawal";
  }
  return {};
}

std::int64_t doses_of(const std::vector<TwinEvent>& events) {
  std::int64_t doses = 0;
  for (const TwinEvent& event : events) doses += event.kind == TwinEvent::Kind::dose ? event.times : 0;
  return doses;
}

std::vector<TwinEvent> TwinState::standing() const {
  std::vector<TwinEvent> list;
  for (const TwinEvent& event : events) {
    if (event.kind != TwinEvent::Kind::withdrawal) {
      list.push_back(event);
      continue;
    }
    const auto same = [&](const TwinEvent& other) { return other.time == event.time && other.what == event.what; };
    std::erase_if(list, same);
  }
  return list;
}

}  // namespace stardose::pharmaco
