// Intervals to JSON and back.
#include "learning/intervals/intervals_file.h"

namespace stardose::learning {

void write_intervals(JsonText& json, const Intervals& intervals) {
  json.open('{').name("level").number(intervals.level).name("group").text(intervals.group);
  json.name("groups").texts(intervals.groups);
  json.name("bands_of").text(intervals.bands_of == BandsOf::outcome ? "outcome" : "prediction");
  json.name("edges").numbers(std::span<const double>{intervals.edges}).new_line().name("cells").open('[');
  for (const IntervalCell& cell : intervals.cells) {
    json.new_line().open('{').name("rows").number(cell.rows);
    if (cell.below) json.name("below").number(*cell.below);
    if (cell.above) json.name("above").number(*cell.above);
    json.close('}');
  }
  json.close(']').close('}');
}

Intervals read_intervals(const Field& field) {
  field.only({"level", "group", "groups", "bands_of", "edges", "cells"});
  const std::string bands = field.at("bands_of").text();
  if (bands != "outcome" && bands != "prediction") {
    field.at("bands_of").fail("a word that is not known: " + bands, "the file is of a later version of stardose");
  }
  Intervals intervals{field.at("level").number(),  field.at("group").text(),
                      field.at("groups").texts(),  bands == "outcome" ? BandsOf::outcome : BandsOf::prediction,
                      field.at("edges").numbers(), {}};
  for (const Field& cell : field.at("cells").items()) {
    cell.only({"rows", "below", "above"});
    intervals.cells.push_back({static_cast<std::uint64_t>(cell.at("rows").integer({0, INT64_MAX})), {}, {}});
    if (const auto below = cell.find("below")) intervals.cells.back().below = below->number();
    if (const auto above = cell.find("above")) intervals.cells.back().above = above->number();
  }
  return intervals;
}

}  // namespace stardose::learning
