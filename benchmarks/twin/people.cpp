// Each data set has columns of its own.
#include "benchmarks/twin/people.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "pharmaco/covariates/delimited_table.h"
#include "tests/builders/dosing.h"

namespace stardose::bench {

namespace {

using test::PatientBuilder;
using Row = std::map<std::string, std::string>;

constexpr double hours = 24;

double number(const std::string& cell) {
  double value = std::nan("");
  (void)pharmaco::read_decimal(cell, value);
  return value;
}

/// Rows by person, in the order in which people first appear.
std::vector<std::pair<std::string, std::vector<Row>>> people_of(const std::string& path, const std::string& by) {
  const auto table = pharmaco::read_delimited(path, "people", "--data");
  std::vector<std::pair<std::string, std::vector<Row>>> people;
  std::map<std::string, std::size_t> places;
  for (const auto& cells : table.rows) {
    Row row;
    for (std::size_t k = 0; k < table.header.size(); ++k) row[table.header[k]] = cells.cells[k];
    const auto [place, is_new] = places.emplace(row[by], people.size());
    if (is_new) people.emplace_back(row[by], std::vector<Row>{});
    people[place->second].second.push_back(std::move(row));
  }
  return people;
}

pharmaco::InputValue given(double value) {
  return {.state = pharmaco::InputValue::State::given, .number = value, .shown = "given"};
}
pharmaco::InputValue given(const std::string& category) {
  return {.state = pharmaco::InputValue::State::given, .category = category, .shown = category};
}

}  // namespace

std::vector<Person> read_example(const std::string& folder) {
  std::vector<Person> people;
  for (const auto& [id, rows] : people_of(folder + "/mapbayr/data_to_fit001.csv", "ID")) {
    Person person{id, PatientBuilder{}.build(), {}};
    for (const Row& row : rows) {
      const double day = number(row.at("time")) / hours;
      if (row.at("evid") == "1") {
        const double more = number(row.at("addl"));
        for (int k = 0; k <= more; ++k) {
          person.history.doses.push_back({day + k * number(row.at("ii")) / hours, "oral", number(row.at("amt")), 0});
        }
      } else if (row.at("mdv") == "0") {
        person.history.measurements.push_back({day, "level", number(row.at("DV"))});
      }
    }
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<Person> read_virtual_warfarin(const std::string& folder) {
  static const std::array<std::string, 6> diplotypes = {"*1/*1", "*1/*2", "*1/*3", "*2/*2", "*2/*3", "*3/*3"};
  static const std::array<std::pair<const char*, const char*>, 3> letters = {{{"C", "C"}, {"C", "T"}, {"T", "T"}}};
  std::vector<Person> people;
  for (const auto& [id, rows] : people_of(folder + "/mipd_warfarin/trial_phase_III.csv", "ID")) {
    PatientBuilder patient;
    Person person{id, {}, {}};
    for (const Row& row : rows) {
      const double value = number(row.at("Value"));
      const double day = number(row.at("Time")) / hours;
      const std::string& what = row.at("Observable");
      if (what == "INR") person.history.measurements.push_back({day, "inr", value});
      if (what == "Age") patient.number("age", value);
      if (what == "CYP2C9") patient.diplotype("CYP2C9", diplotypes.at(static_cast<std::size_t>(value)));
      if (what == "VKORC1") {
        const auto& [first, second] = letters.at(static_cast<std::size_t>(value));
        patient.genotype("rs9923231", first, second);
      }
      if (what.empty()) person.history.doses.push_back({day, "oral", number(row.at("Dose")), 0});
    }
    person.patient = patient.build();
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<Person> read_warfarin(const std::string& folder) {
  std::vector<Person> people;
  for (const auto& [id, rows] : people_of(folder + "/warfarin.csv", "id")) {
    Person person{id, PatientBuilder{}.number("weight", number(rows.front().at("wt"))).build(), {}};
    for (const Row& row : rows) {
      const double day = number(row.at("time")) / hours;
      if (row.at("evid") == "1") {
        person.history.doses.push_back({day, "oral", number(row.at("amt")), 0});
      } else {
        const bool is_level = row.at("dvid") == "cp";
        person.history.measurements.push_back({day, is_level ? "level" : "activity", number(row.at("dv"))});
      }
    }
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<Person> read_phenobarbital(const std::string& folder) {
  std::vector<Person> people;
  for (const auto& [id, rows] : people_of(folder + "/nlme_Phenobarb.csv", "Subject")) {
    Person person{id, {}, {}};
    person.patient = PatientBuilder{}
                         .number("weight", number(rows.front().at("Wt")))
                         .category("apgar_below_5", rows.front().at("ApgarInd") == "< 5" ? "yes" : "no")
                         .build();
    for (const Row& row : rows) {
      const double day = number(row.at("time")) / hours;
      const double dose = number(row.at("dose"));
      const double level = number(row.at("conc"));
      if (std::isfinite(dose)) person.history.doses.push_back({day, "infusion", dose, 0});
      if (std::isfinite(level)) person.history.measurements.push_back({day, "level", level});
    }
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<Person> read_quinidine(const std::string& folder) {
  // Where a row has an interval the dose was taken so often for long: as far back as three days, a tenth half-life.
  constexpr double long_enough = 3;
  std::vector<Person> people;
  for (const auto& [id, rows] : people_of(folder + "/nlme_Quinidine.csv", "Subject")) {
    const auto small = [](const Row& row) { return row.at("Creatinine") == "< 50" ? "yes" : "no"; };
    Person person{id, {}, {}};
    person.patient = PatientBuilder{}
                         .number("weight", number(rows.front().at("Weight")))
                         .number("glycoprotein", number(rows.front().at("glyco")))
                         .category("clearance_below_50", small(rows.front()))
                         .build();
    double before = -1e9;
    const Row* last = &rows.front();
    for (const Row& row : rows) {
      const double day = number(row.at("time")) / hours;
      const double dose = number(row.at("dose"));
      const double level = number(row.at("conc"));
      const double interval = number(row.at("interval")) / hours;
      if (std::isfinite(dose)) {
        person.history.doses.push_back({day, "oral", dose, 0});
        for (double back = interval; back < long_enough && day - back > before + interval / 2; back += interval) {
          person.history.doses.push_back({day - back, "oral", dose, 0});
        }
      }
      if (std::isfinite(level)) person.history.measurements.push_back({day, "level", level});
      if (row.at("Weight") != last->at("Weight")) {
        person.history.changes.push_back({day, "weight", given(number(row.at("Weight")))});
      }
      if (row.at("glyco") != last->at("glyco")) {
        person.history.changes.push_back({day, "glycoprotein", given(number(row.at("glyco")))});
      }
      if (std::string{small(row)} != small(*last)) {
        person.history.changes.push_back({day, "clearance_below_50", given(std::string{small(row)})});
      }
      last = &row;
      before = day;
    }
    people.push_back(std::move(person));
  }
  return people;
}

}  // namespace stardose::bench
