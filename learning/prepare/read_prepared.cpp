// JSON to fitted steps.
#include <algorithm>
#include <map>
#include <span>

#include "learning/prepare/prepared_file.h"
#include "learning/prepare/step_names.h"

namespace stardose::learning {

namespace {

class Reader {
 public:
  explicit Reader(const Prepared& prepared) {
    for (Place place = 0; place < prepared.places(); ++place) places_.emplace(prepared.name_of(place), place);
  }

  [[nodiscard]] std::vector<Place> columns(const Field& field) const {
    std::vector<Place> places;
    for (const Field& item : field.items()) places.push_back(column(item));
    return places;
  }

  [[nodiscard]] FittedStep step(const Field& field) const {
    switch (word(field.at("step"), fitted_step_names)) {
      case 0: return fills(field);
      case 1:
        field.only({"step", "column", "made"});
        return Indicate{column(field.at("column")), column(field.at("made"))};
      case 2: return one_hot(field);
      case 3:
        field.only({"step", "left", "right", "made"});
        return Product{column(field.at("left")), column(field.at("right")), column(field.at("made"))};
      case 4:
        field.only({"step", "column", "made", "by"});
        return Transformed{column(field.at("column")), column(field.at("made")),
                           static_cast<Transform>(word(field.at("by"), transform_names))};
      case 5:
        field.only({"step", "columns", "centres", "scales", "clip"});
        return Standardise{columns(field.at("columns")), field.at("centres").numbers(), field.at("scales").numbers(),
                           field.find("clip") ? field.at("clip").number() : 0};
      case 6:
        field.only({"step", "columns", "why"});
        return LeaveOut{columns(field.at("columns")), field.at("why").text()};
      default:
        field.only({"step", "columns", "means", "centres", "loadings", "first"});
        return Components{columns(field.at("columns")), field.at("means").numbers(), field.at("centres").numbers(),
                          field.at("loadings").numbers(), place(field.at("first"))};
    }
  }

 private:
  static std::size_t word(const Field& field, std::span<const std::string_view> names) {
    const std::string text = field.text();
    const auto found = std::ranges::find(names, text);
    if (found == names.end())
      field.fail("a word that is not known: " + text, "the file is of a later version of stardose");
    return static_cast<std::size_t>(found - names.begin());
  }
  static Place place(const Field& field) { return static_cast<Place>(field.integer({0, INT32_MAX})); }
  [[nodiscard]] Place column(const Field& field) const {
    const auto found = places_.find(field.text());
    if (found == places_.end()) field.fail("no such column: " + field.text(), "the file is damaged");
    return found->second;
  }

  [[nodiscard]] FittedStep fills(const Field& field) const {
    field.only({"step", "fills"});
    FillAll all;
    for (const Field& item : field.at("fills").items()) all.fills.push_back({column(item.at("column")), rule(item)});
    return all;
  }
  [[nodiscard]] FillRule rule(const Field& field) const {
    switch (word(field.at("by"), fill_rule_names)) {
      case 0: field.only({"column", "by", "value"}); return FillByValue{field.at("value").number()};
      case 1:
        field.only({"column", "by", "group", "values", "otherwise"});
        return FillByGroup{column(field.at("group")), field.at("values").numbers(), field.at("otherwise").number()};
      case 2: return regression(field);
      default: break;
    }
    field.only({"column", "by", "on", "scales", "neighbours", "points", "values", "otherwise"});
    return FillByNeighbours{columns(field.at("on")),       field.at("scales").numbers(),
                            place(field.at("neighbours")), field.at("points").numbers_or_null(),
                            field.at("values").numbers(),  field.at("otherwise").number()};
  }
  [[nodiscard]] FillRule regression(const Field& field) const {
    field.only({"column", "by", "intercept", "terms"});
    FillByRegression rule{field.at("intercept").number(), {}};
    for (const Field& term : field.at("terms").items()) {
      term.only({"column", "effects", "missing"});
      rule.terms.push_back({column(term.at("column")), term.at("effects").numbers(), term.at("missing").number()});
    }
    return rule;
  }
  [[nodiscard]] FittedStep one_hot(const Field& field) const {
    field.only({"step", "column", "first", "level", "missing"});
    OneHot step{column(field.at("column")),
                place(field.at("first")),
                {},
                static_cast<std::int32_t>(field.at("missing").integer({-2, INT32_MAX}))};
    for (const std::int64_t level : field.at("level").integers({-1, INT32_MAX})) {
      step.level.push_back(static_cast<std::int32_t>(level));
    }
    return step;
  }

  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace

Prepared read_prepared(const Field& field, std::vector<ColumnKind> columns) {
  field.only({"made", "steps", "features"});
  Prepared prepared{.columns = std::move(columns)};
  for (const Field& made : field.at("made").items()) {
    made.only({"name", "inputs"});
    prepared.made.push_back({made.at("name").text(), made.at("inputs").texts()});
  }
  const Reader reader{prepared};
  for (const Field& step : field.at("steps").items()) prepared.steps.push_back(reader.step(step));
  prepared.features = reader.columns(field.at("features"));
  return prepared;
}

}  // namespace stardose::learning
