// Keeping track of columns.
#include "learning/prepare/fitting.h"

#include <fmt/format.h>

#include <algorithm>

#include "genomics/expect.h"
#include "genomics/nearest_name.h"
#include "learning/frame/name_pattern.h"

namespace stardose::learning {

Fitting::Fitting(const Frame& people, bool is_rehearsal)
    : is_rehearsal_{is_rehearsal}, table_{people.rows.size(), {}}, is_feature_(people.columns.size(), true) {
  for (Place place = 0; place < people.columns.size(); ++place) {
    prepared_.columns.push_back(people.columns[place].kind);
    table_.columns.push_back(people.columns[place].values);
    origins_.push_back({place});
  }
}

std::optional<Place> Fitting::only_origin(Place place) const {
  if (origins_[place].size() != 1) return std::nullopt;
  return *origins_[place].begin();
}

bool Fitting::fits(Place place, Wanted wanted) const {
  if (!is_feature_[place]) return false;
  return wanted == Wanted::any || prepared_.is_category(place) == (wanted == Wanted::categories);
}

bool Fitting::pick_one(const std::string& name, Wanted wanted, std::set<Place>& picked) {
  bool found = false;
  for (Place place = 0; place < prepared_.places(); ++place) {
    // Of a star: those that can be taken; of a full name the column itself, so that a wrong kind is a fault.
    const bool is_star = name.find('*') != std::string::npos;
    if (!is_feature_[place] || !is_like(name, prepared_.name_of(place)) || (is_star && !fits(place, wanted))) continue;
    if (!fits(place, wanted)) {
      fault(fmt::format("{} is {}", name,
                        wanted == Wanted::numbers ? "a category where a number is wanted: encode it before (one hot)"
                                                  : "no category"));
      return true;
    }
    picked.insert(place);
    found = true;
  }
  if (found || wanted == Wanted::categories) return found;
  for (Place place = 0; place < prepared_.places(); ++place) {
    const auto origin = only_origin(place);
    if (place < prepared_.columns.size() || !origin || !is_feature_[place] || prepared_.name_of(*origin) != name)
      continue;
    picked.insert(place);
    found = true;
  }
  return found;
}

std::vector<Place> Fitting::pick(const ColumnNames& names, Wanted wanted) {
  std::set<Place> picked;
  for (const std::string& name : names) {
    if (!pick_one(name, wanted, picked) && is_rehearsal_) (void)find(name);
  }
  for (Place place = 0; names.empty() && place < prepared_.places(); ++place) {
    if (fits(place, wanted)) picked.insert(place);
  }
  return {picked.begin(), picked.end()};
}

std::optional<Place> Fitting::find(const std::string& name) {
  std::vector<std::string> names;
  for (Place place = 0; place < prepared_.places(); ++place) {
    if (is_like(name, prepared_.name_of(place))) return place;
    names.push_back(prepared_.name_of(place));
  }
  const std::string nearest = genomics::nearest_name(name, names);
  fault(fmt::format("there is no column {}{}", name, nearest.empty() ? "" : "; the nearest is " + nearest));
  return std::nullopt;
}

Place Fitting::make(const std::string& name, const std::vector<Place>& from, const std::string& input) {
  const auto place = static_cast<Place>(prepared_.places());
  for (Place other = 0; other < place; ++other) {
    if (prepared_.name_of(other) == name) fault("two columns are named " + name);
  }
  std::set<Place> origins;
  std::vector<std::string> inputs;
  for (const Place source : from) {
    origins.insert(origins_[source].begin(), origins_[source].end());
    for (const std::string& known : prepared_.inputs_of(source)) {
      if (std::ranges::find(inputs, known) == inputs.end()) inputs.push_back(known);
    }
  }
  if (!input.empty()) inputs = {input};
  prepared_.made.push_back({name, inputs});
  origins_.push_back(std::move(origins));
  is_feature_.push_back(true);
  return place;
}

void Fitting::add(FittedStep step) {
  apply_step(step, prepared_, table_);
  STARDOSE_EXPECT(table_.columns.size() == prepared_.places());
  prepared_.steps.push_back(std::move(step));
}

void Fitting::leave_out(std::vector<Place> places, const std::string& why) {
  for (const Place place : places) is_feature_[place] = false;
  const bool any = std::ranges::find(is_feature_, true) != is_feature_.end();
  if (!any && !places.empty() && !is_rehearsal_) {
    const auto number = std::ranges::find_if(places, [&](Place place) { return !prepared_.is_category(place); });
    if (number != places.end()) {
      is_feature_[*number] = true;
      places.erase(number);
    }
  }
  if (!places.empty()) add(LeaveOut{std::move(places), why});
}

void Fitting::fault(const std::string& why) {
  if (is_rehearsal_ && !fault_) fault_ = why;
}

Prepared Fitting::take() {
  for (Place place = 0; place < prepared_.places(); ++place) {
    if (!is_feature_[place]) continue;
    if (prepared_.is_category(place)) {
      fault(fmt::format("{} is a category still: encode it (one hot), or drop it", prepared_.name_of(place)));
    } else {
      prepared_.features.push_back(place);
    }
  }
  if (prepared_.features.empty()) fault("no column is left to learn from");
  return std::move(prepared_);
}

}  // namespace stardose::learning
