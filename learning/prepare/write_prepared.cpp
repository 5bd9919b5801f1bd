// Fitted steps to JSON.
#include <cmath>

#include "learning/prepare/prepared_file.h"
#include "learning/prepare/step_names.h"

namespace stardose::learning {

namespace {

struct Writer {
  JsonText& json;
  const Prepared& prepared;

  void column(std::string_view key, Place place) const { json.name(key).text(prepared.name_of(place)); }
  void columns(std::string_view key, const std::vector<Place>& places) const {
    json.name(key).open('[');
    for (const Place place : places) json.text(prepared.name_of(place));
    json.close(']');
  }
  void numbers(std::string_view key, const std::vector<double>& values) const {
    json.name(key).open('[');
    for (const double value : values) std::isnan(value) ? json.null() : json.number(value);
    json.close(']');
  }

  void operator()(const FillByValue& rule) const { json.name("value").number(rule.value); }
  void operator()(const FillByGroup& rule) const {
    column("group", rule.group);
    numbers("values", rule.values);
    json.name("otherwise").number(rule.otherwise);
  }
  void operator()(const FillByRegression& rule) const {
    json.name("intercept").number(rule.intercept).name("terms").open('[');
    for (const RegressionTerm& term : rule.terms) {
      json.open('{');
      column("column", term.column);
      numbers("effects", term.effects);
      json.name("missing").number(term.missing).close('}');
    }
    json.close(']');
  }
  void operator()(const FillByNeighbours& rule) const {
    columns("on", rule.on);
    numbers("scales", rule.scales);
    json.name("neighbours").number(static_cast<std::int32_t>(rule.neighbours));
    json.new_line();
    numbers("points", rule.points);
    json.new_line();
    numbers("values", rule.values);
    json.name("otherwise").number(rule.otherwise);
  }

  void operator()(const FillAll& step) const {
    json.name("fills").open('[');
    for (const Fill& fill : step.fills) {
      json.new_line().open('{');
      column("column", fill.column);
      json.name("by").text(fill_rule_names.at(fill.rule.index()));
      std::visit(*this, fill.rule);
      json.close('}');
    }
    json.close(']');
  }
  void operator()(const Indicate& step) const {
    column("column", step.column);
    column("made", step.made);
  }
  void operator()(const OneHot& step) const {
    column("column", step.column);
    json.name("first").number(static_cast<std::int32_t>(step.first));
    json.name("level").numbers(std::span<const std::int32_t>{step.level}).name("missing").number(step.missing);
  }
  void operator()(const Product& step) const {
    column("left", step.left);
    column("right", step.right);
    column("made", step.made);
  }
  void operator()(const Transformed& step) const {
    column("column", step.column);
    column("made", step.made);
    json.name("by").text(transform_names.at(static_cast<std::size_t>(step.by)));
  }
  void operator()(const Standardise& step) const {
    columns("columns", step.columns);
    numbers("centres", step.centres);
    numbers("scales", step.scales);
    if (step.clip > 0) json.name("clip").number(step.clip);
  }
  void operator()(const LeaveOut& step) const {
    columns("columns", step.columns);
    json.name("why").text(step.why);
  }
  void operator()(const Components& step) const {
    columns("columns", step.columns);
    numbers("means", step.means);
    numbers("centres", step.centres);
    json.new_line();
    numbers("loadings", step.loadings);
    json.name("first").number(static_cast<std::int32_t>(step.first));
  }
};

}  // namespace

void write_prepared(JsonText& json, const Prepared& prepared) {
  const Writer writer{json, prepared};
  json.open('{').new_line().name("made").open('[');
  for (const MadeColumn& made : prepared.made) {
    json.new_line().open('{').name("name").text(made.name).name("inputs").texts(made.inputs).close('}');
  }
  json.close(']').new_line().name("steps").open('[');
  for (const FittedStep& step : prepared.steps) {
    json.new_line().open('{').name("step").text(fitted_step_names.at(step.index()));
    std::visit(writer, step);
    json.close('}');
  }
  json.close(']').new_line();
  writer.columns("features", prepared.features);
  json.close('}');
}

}  // namespace stardose::learning
