// A model to JSON.
#include "genomics/expect.h"
#include "learning/document/json_text.h"
#include "learning/intervals/intervals_file.h"
#include "learning/model/card_file.h"
#include "learning/model/method_file.h"
#include "learning/model/model_file.h"
#include "learning/prepare/prepared_file.h"

namespace stardose::learning {

namespace {

void write_feature(JsonText& json, const Feature& feature) {
  json.new_line().open('{').name("name").text(feature.name);
  if (!feature.unit.empty()) json.name("unit").text(feature.unit);
  if (feature.lowest) json.name("lowest").number(*feature.lowest);
  if (feature.highest) json.name("highest").number(*feature.highest);
  if (feature.mean) json.name("mean").number(*feature.mean);
  json.close('}');
}

void write_column(JsonText& json, const ModelColumn& column) {
  json.new_line().open('{').name("name").text(column.kind.name);
  if (!column.kind.unit.empty()) json.name("unit").text(column.kind.unit);
  if (!column.kind.input.empty()) json.name("input").text(column.kind.input);
  if (column.kind.is_category()) json.name("levels").texts(column.kind.levels);
  if (!column.seen.empty()) json.name("seen").numbers(std::span<const std::uint64_t>{column.seen});
  if (column.lowest) json.name("lowest").number(*column.lowest);
  if (column.highest) json.name("highest").number(*column.highest);
  json.name("missing").number(column.missing).name("required").boolean(column.required);
  if (column.least) json.name("least").number(*column.least);
  if (column.greatest) json.name("greatest").number(*column.greatest);
  json.close('}');
}

void write_target(JsonText& json, const Target& target) {
  json.new_line().name("target").open('{').name("name").text(target.name).name("unit").text(target.unit);
  json.name("power").number(target.scale.power).name("classes").texts(target.classes).close('}');
}

/// What models that were trained here have beside.
void write_training(JsonText& json, const Model& model) {
  json.new_line().name("columns").open('[');
  for (const ModelColumn& column : model.columns) write_column(json, column);
  json.close(']').new_line().name("prepared").open('[');
  for (const Prepared& prepared : model.prepared) {
    std::vector<std::string> names;
    for (const ColumnKind& kind : prepared.columns) names.push_back(kind.name);
    json.new_line().open('{').name("columns").texts(names).new_line().name("fitted");
    write_prepared(json, prepared);
    json.close('}');
  }
  json.close(']');
  write_target(json, model.target);
  json.new_line().name("training_data").text(model.training_data);
  if (model.intervals) {
    json.new_line().name("intervals");
    write_intervals(json, *model.intervals);
  }
  if (model.card) {
    json.new_line().name("card");
    write_card(json, *model.card);
  }
}

}  // namespace

std::string model_json(const Model& model) {
  STARDOSE_EXPECT(!fault_of(model));
  JsonText json;
  json.open('{').new_line().name("format").text("stardose model").name("schema").number(std::int32_t{model_schema});
  json.new_line().name("source").text(model.source);
  json.new_line().name("features").open('[');
  for (const Feature& feature : model.features) write_feature(json, feature);
  json.close(']').new_line().name("outputs").texts(model.outputs);
  json.new_line().name("link");
  write_link(json, model.link);
  json.new_line().name("remarks").texts(model.remarks);
  if (!model.columns.empty()) write_training(json, model);
  json.new_line();
  write_method(json, model.method);
  if (model.signature) {
    json.new_line().name("signature").open('{').name("key").text(model.signature->key);
    json.name("signature").text(model.signature->signature).close('}');
  }
  json.new_line().close('}');
  return json.take();
}

}  // namespace stardose::learning
