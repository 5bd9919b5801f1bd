// The warfarin model that is shipped: what it may know of a patient, and whom its intervals are of.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"

namespace stardose::tests {

namespace {

nlohmann::json shipped_model() {
  return nlohmann::json::parse(
      file_text(std::string{STARDOSE_SOURCE_DIR} + "/pharmaco/catalogue/dosing/models/warfarin-iwpc-trained.json"));
}

double figure(const nlohmann::json& group, const std::string& name) {
  const auto& figures = group.at("figures");
  const auto found = std::ranges::find_if(figures, [&](const auto& one) { return one.at("name") == name; });
  REQUIRE(found != figures.end());
  return found->at("value");
}

}  // namespace

TEST_SUITE("the shipped warfarin model") {
  // With the same distances for everybody 84.5 % of Black patients and 66 % of high doses were within 90 % intervals.
  TEST_CASE("intervals are by race and by the dose, and the card says how many of each they held") {
    const auto model = shipped_model();
    const auto& intervals = model.at("intervals");
    CHECK(intervals.at("group") == "race");
    CHECK(intervals.at("level") == 0.9);
    CHECK_FALSE(intervals.at("edges").empty());
    for (const char* race : {"White", "Asian", "Black", "Mixed or unknown"}) {
      CAPTURE(race);
      const auto& groups = intervals.at("groups");
      CHECK(std::ranges::find(groups, race) != groups.end());
    }
    std::map<std::string, double> covered;
    for (const auto& group : model.at("card").at("validations").at(0).at("groups")) {
      const std::string column = group.at("column");
      const std::string level = group.at("level");
      covered[column == "race" ? level : column] = figure(group, "covered");
      if (column == "race") CHECK(covered[level] > 88);
    }
    CHECK(covered.contains("Black"));
    CHECK(covered.contains("stable weekly dose"));  // by range, the high doses last
  }

  TEST_CASE("nothing is asked for that is known only after the dose") {
    const auto model = shipped_model();
    std::vector<std::string> asked;
    for (const auto& column : model.at("columns")) asked.push_back(column.at("name"));
    CHECK(std::ranges::find(asked, "target_inr") != asked.end());
    for (const std::string& name : asked) {
      CAPTURE(name);
      CHECK((name == "target_inr" || name.find("inr") == std::string::npos));
      CHECK(name.find("dose") == std::string::npos);
    }
  }
}

}  // namespace stardose::tests
