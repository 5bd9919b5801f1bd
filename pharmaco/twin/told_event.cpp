// From words to an event in the units of the catalogue.
#include "pharmaco/twin/told_event.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"
#include "pharmaco/covariates/covariate_cell.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

constexpr std::int64_t most_times = 10'000;
constexpr std::int64_t longest_infusion = 7 * 24 * 60;
constexpr double mg = 1e-6;                  // kilograms
constexpr double least_dose_of_any = 0.001;  // mg: of a drug whose file says nothing, units are all that is looked at
constexpr double greatest_dose_of_any = 100'000;
constexpr double tolerance = 1e-9;
constexpr double most_over_plan = 2;  // a dose beyond what would be advised is told, one beyond twice that is a mistake

/// Their names, with commas.
template <class Named>
std::string names(const std::vector<Named>& list) {
  std::string text;
  for (const Named& one : list) text += (text.empty() ? "" : ", ") + one.name;
  return text;
}

std::string printable(std::string_view text) { return genomics::printable(std::string{text}); }

/// Reads one event; the first fault is kept.
class Telling {
 public:
  Telling(const ToldEvent& told, const TwinSubject& subject, const Covariates& covariates)
      : told_{told}, subject_{subject}, covariates_{covariates} {
    std::tie(value_, unit_) = split_amount(told.value);
    if (!told.unit.empty() && !is_not_known(told.unit)) {
      if (!unit_.empty() && folded(unit_) != folded(told.unit)) {
        refuse("two units are given", "leave one of them out");
      }
      unit_ = trimmed(told.unit);
    }
  }

  std::optional<TwinEvent> read(std::optional<Refusal>& refusal) {
    TwinEvent event;
    std::optional<Refusal> of_time;
    if (const auto time = read_time(told_.time, of_time)) event.time = *time;
    if (of_time) refuse(of_time->why, of_time->help);
    const std::string name = folded(told_.what);
    if (name == "dose" || (name == folded(subject_.drug) && find_measured() == subject_.measured.end())) {
      read_dose(event);
    } else {
      refuse_what_is_of_doses();
      read_value(event);
    }
    refusal = refusal_;
    return refusal_ ? std::nullopt : std::optional{event};
  }

 private:
  void refuse(std::string why, std::string help) {
    if (!refusal_) refusal_ = Refusal{std::move(why), std::move(help)};
  }

  void read_dose(TwinEvent& event) {
    event.kind = TwinEvent::Kind::dose;
    event.what = "dose";
    event.unit = "mg";
    const std::string help = "write an amount and its unit, such as `5 mg`";
    double amount = 0;
    if (is_not_known(value_)) return refuse("the dose has no amount", help);
    if (!read_decimal(value_, amount)) return refuse("the dose is no number", help);
    if (unit_.empty()) return refuse("the dose does not say its unit", help);
    const Unit* unit = covariates_.units.find(unit_);
    if (unit == nullptr) return refuse("the dose is in an unknown unit", help);
    if (unit->quantity != "mass") return refuse("a dose cannot be in " + unit->name, help);
    event.number = unit->name == "mg" ? amount : amount * unit->factor / mg;
    if (unit->name != "mg") event.as_given = value_ + " " + unit->name;
    // A dose that was left out is no event; 0 would say that something was given.
    if (event.number < subject_.least_dose || event.number > subject_.greatest_dose) {
      return refuse("no dose of " + subject_.drug + " is so large or so small",
                    "a single dose is " + number_text(subject_.least_dose) + " to " +
                        number_text(subject_.greatest_dose) + " mg; a dose that was left out is not told");
    }
    read_course(event);
    read_route(event);
  }

  void read_course(TwinEvent& event) {
    const bool has_times = !is_not_known(told_.times);
    const bool has_every = !is_not_known(told_.every);
    if (has_times != has_every) {
      return refuse(has_times ? "a dose that is repeated does not say how often a day"
                              : "a dose that is repeated does not say how many times",
                    "give both, such as 14 times every 24h");
    }
    if (!has_times) return;
    std::int64_t times = 0;
    if (!read_number(told_.times, times) || times < 1 || times > most_times) {
      return refuse("times is no number of doses", "write a whole number from 1 to 10000");
    }
    const auto every = read_minutes(told_.every);
    if (!every) return refuse("every is no time between doses", "write it as 24h or 12 hours");
    event.times = static_cast<int>(times);
    event.every = times > 1 ? *every : 0;
  }

  void read_route(TwinEvent& event) {
    const auto route = is_not_known(told_.route)
                           ? subject_.routes.begin()
                           : std::ranges::find(subject_.routes, folded(told_.route), &TwinSubject::Route::name);
    if (route == subject_.routes.end()) {
      return refuse("route is none of " + subject_.drug, "it is " + names(subject_.routes));
    }
    event.route = route->name;
    const bool has_length = !is_not_known(told_.over);
    if (!route->is_infusion) {
      if (has_length) refuse("nothing is infused by the route " + route->name, "leave the length of the infusion out");
      return;
    }
    const auto over = read_minutes(told_.over);
    const std::string help = "write it as 1h or 30 min";
    if (!has_length && route->has_usual_length) return;
    if (!has_length) return refuse("an infusion does not say how long it took", help);
    if (!over || *over > longest_infusion) return refuse("over is no length of an infusion", help);
    event.over = *over;
  }

  void refuse_what_is_of_doses() {
    for (const std::string* cell : {&told_.times, &told_.every, &told_.over, &told_.route}) {
      if (is_not_known(*cell)) continue;
      refuse("only a dose has times, a route or a length", "leave it out");
    }
  }

  [[nodiscard]] std::vector<TwinSubject::Measured>::const_iterator find_measured() const {
    return std::ranges::find_if(subject_.measured,
                                [&](const auto& measured) { return folded(measured.name) == folded(told_.what); });
  }

  void read_value(TwinEvent& event) {
    if (const auto measured = find_measured(); measured != subject_.measured.end()) {
      return read_measurement(*measured, event);
    }
    const auto column = read_heading(covariates_, told_.what);
    if (!column) return refuse_name();
    const Covariate& covariate = *column->covariate;
    if (covariate.kind == Covariate::Kind::dose) {
      return refuse(covariate.name + " is no event", "tell doses as `dose`");
    }
    const Unit* unit = unit_of(*column);
    if (refusal_) return;
    // Words of categories may have blanks, which split_amount takes for a unit's.
    const std::string& value = covariate.kind == Covariate::Kind::category ? told_.value : value_;
    const CovariateCell cell = read_cell(covariates_, covariate, unit, value);
    if (!cell.refusal.empty()) return refuse(cell.refusal, cell.help);
    if (!cell.is_known) return refuse(covariate.name + " has no value", "leave out what is not known");
    event.kind = TwinEvent::Kind::covariate;
    event.what = covariate.name;
    event.number = cell.number;
    event.category = cell.category;
    if (covariate.kind == Covariate::Kind::category) return;
    event.unit = covariate.unit.name;
    if (unit != nullptr && unit->name != covariate.unit.name) event.as_given = value_ + " " + unit->name;
  }

  void read_measurement(const TwinSubject::Measured& measured, TwinEvent& event) {
    const std::string help = "write a number and its unit, such as `" +
                             number_text((measured.least + measured.greatest) / 2, 1) + " " + measured.unit.name + "`";
    const Unit* unit = unit_.empty() ? nullptr : covariates_.units.find(unit_);
    if (is_not_known(value_)) return refuse(measured.name + " has no value", "leave out what is not known");
    double number = 0;
    if (!read_decimal(value_, number)) return refuse(measured.name + " is no number", help);
    if (!unit_.empty() && unit == nullptr) {
      return refuse(measured.name + " is in an unknown unit", help);
    }
    if (unit == nullptr && std::ranges::count(covariates_.units.units(), measured.unit.quantity, &Unit::quantity) > 1) {
      return refuse(measured.name + " does not say its unit", help);
    }
    if (unit != nullptr && !converts(*unit, measured.unit, nullptr)) {
      return refuse(measured.name + " cannot be in " + unit->name, help);
    }
    event.kind = TwinEvent::Kind::measurement;
    event.what = measured.name;
    event.unit = measured.unit.name;
    event.number = unit == nullptr ? number : converted(number, *unit, measured.unit, nullptr);
    if (unit != nullptr && unit->name != measured.unit.name) event.as_given = value_ + " " + unit->name;
    if (event.number < measured.least || event.number > measured.greatest) {
      refuse(measured.name + " is never so high or so low",
             "it is from " + number_text(measured.least) + " to " + number_text(measured.greatest) + " " +
                 measured.unit.name + ": look at the unit and the decimal point");
    }
  }

  const Unit* unit_of(const CovariateColumn& column) {
    const Covariate& covariate = *column.covariate;
    const std::string help = "write it behind the value, such as `" + std::string{covariate.unit.name} + "`";
    const Unit* unit = column.unit;
    if (covariate.kind == Covariate::Kind::category) return nullptr;
    if (!unit_.empty()) {
      unit = covariates_.units.find(unit_);
      if (unit == nullptr) refuse(covariate.name + " is in an unknown unit", help);
    }
    if (!column.unknown_unit.empty()) {
      refuse(covariate.name + " is in an unknown unit: " + printable(column.unknown_unit), help);
    }
    if (unit != nullptr && column.unit != nullptr && unit->name != column.unit->name) {
      refuse(covariate.name + " is in " + column.unit->name + " and in " + unit->name, "leave one of them out");
    }
    if (unit != nullptr && !fits(covariates_, covariate, *unit)) {
      refuse(covariate.name + " cannot be in " + unit->name, help);
    }
    if (unit == nullptr && needs_unit(covariates_, covariate)) {
      refuse(covariate.name + " does not say its unit", help);
    }
    return unit;
  }

  void refuse_name() {
    std::vector<std::string> known = {"dose"};
    for (const auto& measured : subject_.measured) known.push_back(measured.name);
    for (const Covariate& covariate : covariates_.list) {
      known.insert(known.end(), covariate.columns.begin(), covariate.columns.end());
    }
    const std::string nearest = genomics::nearest_name(folded(told_.what), known);
    refuse(told_.what.empty() ? "nobody says what happened" : "what happened has a name that is not known",
           nearest.empty()
               ? "it is dose, a measurement (" + names(subject_.measured) + "), or what a table of patients may tell"
               : "did you mean `" + nearest + "`?");
  }

  const ToldEvent& told_;
  const TwinSubject& subject_;
  const Covariates& covariates_;
  std::string value_;
  std::string unit_;
  std::optional<Refusal> refusal_;
};

}  // namespace

TwinSubject subject_of(const KineticModel& model, const std::string& drug) {
  TwinSubject subject{.drug = drug, .least_dose = least_dose_of_any, .greatest_dose = greatest_dose_of_any};
  for (const Observable& one : model.observables) {
    subject.measured.push_back({one.name, one.unit, one.least, one.greatest});
  }
  for (const Route& route : model.routes) subject.routes.push_back({route.name, route.is_infusion, route.days > 0});
  if (model.advice) {
    subject.least_dose = model.advice->least_mg * (1 - tolerance);
    subject.greatest_dose = model.advice->most_mg * most_over_plan;
  }
  return subject;
}

std::pair<std::string, std::string> split_amount(std::string_view text) {
  text = trimmed(text);
  const bool is_number = !text.empty() && text.find_first_of("0123456789") <= 1;
  // The e of `1e3` belongs to the number, that of an unknown unit does not.
  std::size_t end = is_number ? text.find_first_not_of("0123456789.,+-") : std::string_view::npos;
  const bool has_exponent = end != std::string_view::npos && (text[end] == 'e' || text[end] == 'E') &&
                            end + 1 < text.size() && text.find_first_of("0123456789", end) <= end + 2;
  if (has_exponent) end = text.find_first_not_of("0123456789", end + 2);
  end = std::min(end, text.size());
  return {std::string{trimmed(text.substr(0, end))}, std::string{trimmed(text.substr(end))}};
}

std::optional<TwinEvent> read_event(const ToldEvent& told, const TwinSubject& subject, const Covariates& covariates,
                                    std::optional<Refusal>& refusal) {
  return Telling{told, subject, covariates}.read(refusal);
}

}  // namespace stardose::pharmaco
