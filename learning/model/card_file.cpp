// Cards to JSON and back.
#include "learning/model/card_file.h"

#include <cmath>
#include <limits>

namespace stardose::learning {

namespace {

void write_group(JsonText& json, const CardGroup& group) {
  json.new_line().open('{').name("column").text(group.column).name("level").text(group.level);
  json.name("rows").number(group.rows).name("figures").open('[');
  for (const CardFigure& figure : group.figures) {
    json.open('{').name("name").text(figure.name).name("unit").text(figure.unit).name("value");
    std::isnan(figure.value) ? json.null() : json.number(figure.value);
    json.close('}');
  }
  json.close(']').close('}');
}

std::uint64_t count(const Field& field) { return static_cast<std::uint64_t>(field.integer({0, INT64_MAX})); }

CardGroup read_group(const Field& field) {
  field.only({"column", "level", "rows", "figures"});
  CardGroup group{field.at("column").text(), field.at("level").text(), count(field.at("rows")), {}};
  for (const Field& figure : field.at("figures").items()) {
    figure.only({"name", "unit", "value"});
    const Field value = figure.at("value");
    group.figures.push_back({figure.at("name").text(), figure.at("unit").text(),
                             value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.number()});
  }
  return group;
}

CardValidation read_validation(const Field& field) {
  field.only({"name", "groups", "calibration", "choices"});
  CardValidation validation{field.at("name").text(), {}, {}, {}};
  if (const auto choices = field.find("choices")) validation.choices = choices->texts();
  for (const Field& group : field.at("groups").items()) validation.groups.push_back(read_group(group));
  for (const Field& bin : field.at("calibration").items()) {
    bin.only({"rows", "predicted", "observed"});
    validation.calibration.push_back(
        {count(bin.at("rows")), bin.at("predicted").number(), bin.at("observed").number()});
  }
  return validation;
}

}  // namespace

bool CardFigure::operator==(const CardFigure& other) const {
  return name == other.name && unit == other.unit &&
         (value == other.value || (std::isnan(value) && std::isnan(other.value)));
}

void write_card(JsonText& json, const Card& card) {
  json.open('{')
      .name("title")
      .text(card.title)
      .name("people")
      .number(card.people)
      .new_line()
      .name("sections")
      .open('[');
  for (const CardSection& section : card.sections) {
    json.new_line().open('{').name("title").text(section.title).name("text").text(section.text).close('}');
  }
  json.close(']').new_line().name("validations").open('[');
  for (const CardValidation& validation : card.validations) {
    json.new_line().open('{').name("name").text(validation.name).name("groups").open('[');
    for (const CardGroup& group : validation.groups) write_group(json, group);
    json.close(']').new_line().name("calibration").open('[');
    for (const CardBin& bin : validation.calibration) {
      json.new_line().open('{').name("rows").number(bin.rows).name("predicted").number(bin.predicted);
      json.name("observed").number(bin.observed).close('}');
    }
    json.close(']');
    if (!validation.choices.empty()) json.new_line().name("choices").texts(validation.choices);
    json.close('}');
  }
  json.close(']').new_line().name("importance").open('[');
  for (const CardImportance& importance : card.importance) {
    json.new_line().open('{').name("input").text(importance.input).name("value").number(importance.value).close('}');
  }
  json.close(']').close('}');
}

Card read_card(const Field& field) {
  field.only({"title", "people", "sections", "validations", "importance"});
  Card card{.title = field.at("title").text(), .people = count(field.at("people"))};
  for (const Field& section : field.at("sections").items()) {
    section.only({"title", "text"});
    card.sections.push_back({section.at("title").text(), section.at("text").text()});
  }
  for (const Field& validation : field.at("validations").items())
    card.validations.push_back(read_validation(validation));
  for (const Field& importance : field.at("importance").items()) {
    importance.only({"input", "value"});
    card.importance.push_back({importance.at("input").text(), importance.at("value").number()});
  }
  return card;
}

}  // namespace stardose::learning
