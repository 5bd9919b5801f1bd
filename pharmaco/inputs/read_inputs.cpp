// All inputs of a file, what stands in for them, and what is derived from them.
#include <algorithm>
#include <utility>

#include "pharmaco/inputs/input_reader.h"

namespace stardose::pharmaco {

namespace {

void read_imputation(const YAML::Node& node, const InputContext& context, ExpressionReader& expressions,
                     const std::vector<DoseInput>& inputs, DoseInput& input) {
  const YamlFields fields{context.file, node, {"from", "unless", "values"}, context.faults};
  Imputation rule{.from = fields.text("from")};
  const DoseInput* from = find_input(inputs, rule.from);
  if (from == nullptr) {
    fields.fault("from", "no such input: " + rule.from);
    return;
  }
  expressions.note_use(rule.from);
  if (fields.has("unless")) {
    rule.unless = expressions.read_condition(fields.node("unless"));
    rule.always = false;
  }
  for (const auto& [category, value] : fields.entries("values")) {
    rule.category_for[category] = value.Scalar();
    if (std::ranges::find(input.categories, value.Scalar()) == input.categories.end()) {
      fields.fault("values", input.name + " is never " + value.Scalar());
    }
  }
  for (const std::string& category : from->categories) {
    if (!rule.category_for.contains(category)) fields.fault("values", "no value for " + category);
  }
  if (rule.category_for.size() != from->categories.size()) fields.fault("values", "a value for what never is");
  input.imputations.push_back(std::move(rule));
}

}  // namespace

const genomics::Site* find_site(const Gene& gene, std::string_view rsid) {
  for (const auto* sites : {&gene.sites, &gene.extra_sites}) {
    const auto site = std::ranges::find(*sites, rsid, &genomics::Site::rsid);
    if (site != sites->end()) return &*site;
  }
  return nullptr;
}

void read_inputs(const YamlFields& fields, const InputContext& context, ExpressionReader& expressions,
                 std::vector<DoseInput>& inputs) {
  const YAML::Node nodes = fields.node("inputs");
  if (!nodes.IsDefined()) return;
  if (!nodes.IsMap()) {
    fields.fault("inputs", "expected names with what is asked");
    return;
  }
  for (const auto& item : nodes) inputs.push_back(read_dose_input(item.first.Scalar(), item.second, context));
  for (DoseInput& input : inputs) {
    const YAML::Node own = nodes[input.name];
    if (!own.IsDefined() || !own.IsMap() || !own["impute"].IsDefined()) continue;
    const YAML::Node impute = own["impute"];
    if (!impute.IsSequence()) fields.fault("inputs", input.name + ": expected a list of imputations");
    if (!impute.IsSequence()) continue;
    for (const auto& rule : impute) read_imputation(rule, context, expressions, inputs, input);
  }
}

std::vector<std::string> read_derived(const YamlFields& fields, const InputContext& context,
                                      ExpressionReader& expressions, const std::vector<DoseInput>& inputs) {
  std::vector<std::string> names;
  const YAML::Node derived = fields.node("derived");
  if (!derived.IsDefined()) return names;
  if (!derived.IsMap()) {
    fields.fault("derived", "expected names with what each is");
    return names;
  }
  for (const auto& item : derived) {
    const std::string name = item.first.Scalar();
    if (find_input(inputs, name) != nullptr) fields.fault("derived", "an input has this name: " + name);
    const YamlFields one{context.file, item.second, {"unit", "value", "source"}, context.faults};
    const Unit* unit = context.covariates.units.find(one.text("unit"));
    if (unit == nullptr) one.fault("unit", "not in units.tsv");
    (void)one.text_or("source", "");
    Expression value = expressions.read(one.node("value"));
    if (unit != nullptr && !value.dimension.is_plain() && value.dimension != unit->dimension) {
      one.fault("value", "the formula does not give " + unit->name);
    }
    expressions.derive(name, std::move(value), unit);
    names.push_back(name);
  }
  return names;
}

}  // namespace stardose::pharmaco
