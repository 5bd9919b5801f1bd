// JSON to a model.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "genomics/untrusted.h"
#include "learning/document/field.h"
#include "learning/intervals/intervals_file.h"
#include "learning/model/card_file.h"
#include "learning/model/method_file.h"
#include "learning/model/model_file.h"
#include "learning/prepare/prepared_file.h"

namespace stardose::learning {

namespace {

constexpr const char* damaged = "the file is damaged, or of a later version of stardose";

std::optional<double> number_in(const Field& field, std::string_view name) {
  const auto found = field.find(name);
  return found ? std::optional{found->number()} : std::nullopt;
}

Feature read_feature(const Field& field) {
  field.only({"name", "unit", "lowest", "highest", "mean"});
  const auto unit = field.find("unit");
  return {field.at("name").text(), unit ? unit->text() : "", number_in(field, "lowest"), number_in(field, "highest"),
          number_in(field, "mean")};
}

ModelColumn read_column(const Field& field) {
  field.only(
      {"name", "unit", "input", "levels", "seen", "lowest", "highest", "missing", "required", "least", "greatest"});
  ModelColumn column{.kind = {field.at("name").text(), {}, {}, {}},
                     .lowest = number_in(field, "lowest"),
                     .highest = number_in(field, "highest"),
                     .seen = {},
                     .missing = static_cast<std::uint64_t>(field.at("missing").integer({0, INT64_MAX})),
                     .required = field.at("required").boolean(),
                     .least = number_in(field, "least"),
                     .greatest = number_in(field, "greatest")};
  if (const auto unit = field.find("unit")) column.kind.unit = unit->text();
  if (const auto input = field.find("input")) column.kind.input = input->text();
  if (const auto levels = field.find("levels")) column.kind.levels = levels->texts();
  if (const auto seen = field.find("seen")) {
    for (const std::int64_t count : seen->integers({0, INT64_MAX}))
      column.seen.push_back(static_cast<std::uint64_t>(count));
  }
  return column;
}

// Each of these is a copy of a column with its levels; a small file could else name a large one many times.
constexpr std::size_t most_levels_copied = 10'000'000;

class ColumnsByName {
 public:
  explicit ColumnsByName(const std::vector<ModelColumn>& columns) {
    for (const ModelColumn& column : columns) by_name_.try_emplace(column.kind.name, &column.kind);
  }

  ColumnKind of(const Field& name) {
    const auto found = by_name_.find(name.text());
    if (found == by_name_.end()) name.fail("no such column: " + name.text(), damaged);
    copied_ += 1 + found->second->levels.size();
    if (copied_ > most_levels_copied) name.fail("names columns more often than can be held", damaged);
    return *found->second;
  }

 private:
  std::unordered_map<std::string, const ColumnKind*> by_name_;
  std::size_t copied_ = 0;
};

/// What models that were trained here have beside.
void read_training(const Field& root, Model& model) {
  const auto columns = root.find("columns");
  if (!columns) return;
  for (const Field& column : columns->items()) model.columns.push_back(read_column(column));
  ColumnsByName by_name{model.columns};
  for (const Field& prepared : root.at("prepared").items()) {
    prepared.only({"columns", "fitted"});
    std::vector<ColumnKind> kinds;
    for (const Field& name : prepared.at("columns").items()) kinds.push_back(by_name.of(name));
    model.prepared.push_back(read_prepared(prepared.at("fitted"), std::move(kinds)));
  }
  const Field target = root.at("target");
  target.only({"name", "unit", "power", "classes"});
  model.target = {
      target.at("name").text(), target.at("unit").text(), {target.at("power").number()}, target.at("classes").texts()};
  model.training_data = root.at("training_data").text();
  if (const auto intervals = root.find("intervals")) model.intervals = read_intervals(*intervals);
  if (const auto card = root.find("card")) model.card = read_card(*card);
}

}  // namespace

bool is_model_file(const Document& document) {
  const auto* root = std::get_if<Object>(&document.root.held);
  return root != nullptr && std::ranges::any_of(*root, [](const auto& member) {
           const auto* text = std::get_if<std::string>(&member.second.held);
           return member.first == "format" && text != nullptr && *text == "stardose model";
         });
}

Model read_model(const Document& document) {
  const Field root = Field::root(document);
  const std::int64_t schema = root.at("schema").integer({0, INT32_MAX});
  if (schema != model_schema) {
    root.at("schema").fail("is " + std::to_string(schema) + "; this program reads " + std::to_string(model_schema),
                           "use the version of stardose that wrote the model, or make the model again");
  }
  root.only({"format", "schema", "source", "features", "outputs", "link", "remarks", "columns", "prepared", "target",
             "training_data", "intervals", "card", "method", "parameters", "signature"});
  Model model{.source = root.at("source").text()};
  for (const Field& feature : root.at("features").items()) model.features.push_back(read_feature(feature));
  model.outputs = root.at("outputs").texts();
  model.link = read_link(root.at("link"));
  model.remarks = root.at("remarks").texts();
  read_training(root, model);
  model.method = read_method(root);
  if (const auto signature = root.find("signature")) {
    signature->only({"key", "signature"});
    model.signature = {signature->at("key").text(), signature->at("signature").text()};
  }
  if (const auto fault = fault_of(model)) root.fail(*fault, damaged);
  if (const auto fault = model.signature ? signature_fault(model) : std::nullopt) {
    throw genomics::Untrusted{{document.file, "signature", *fault, "fetch the model again from those who made it"}};
  }
  return model;
}

}  // namespace stardose::learning
