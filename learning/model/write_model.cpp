// A model to JSON.
#include "genomics/expect.h"
#include "learning/document/json_text.h"
#include "learning/model/method_file.h"
#include "learning/model/model_file.h"

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
  json.new_line();
  write_method(json, model.method);
  json.new_line().close('}');
  return json.take();
}

}  // namespace stardose::learning
