// From a kinetic model's file to a checked model.
#include "pharmaco/kinetics/model_reader.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>

#include "pharmaco/inputs/input_reader.h"
#include "pharmaco/kinetics/model_reading.h"

namespace stardose::pharmaco {

namespace {

class KineticReader {
 public:
  KineticReader(const std::string& file, const YAML::Node& root, const DosingLibrary& dosing,
                const KnowledgeBase& knowledge, CatalogueFaults& faults)
      : context_{file, dosing.covariates, knowledge, faults},
        fields_{
            file,
            root,
            {"model",   "drugs",       "preferred",   "title",     "citation",     "unsure", "inputs", "clocks",
             "derived", "parameters",  "covariances", "occasions", "compartments", "flows",  "routes", "inhibitions",
             "chains",  "observables", "limits",      "cautions",  "anchor",       "advice"},
            faults},
        expressions_{model_.inputs, dosing.covariates.units,
                     [this](const YAML::Node& node, const std::string& why) { reading_.fault(node, why); }},
        reading_{file, dosing, faults, model_} {}

  KineticModel read() {
    model_.id = fields_.text("model");
    model_.drugs = fields_.list("drugs");
    if (model_.drugs.empty()) fields_.fault("drugs", "expected a list of drugs");
    model_.preferred = fields_.text_or("preferred", "no") == "yes";
    model_.title = fields_.text("title");
    read_citation();
    model_.unsure = fields_.list("unsure");
    read_inputs(fields_, context_, expressions_, model_.inputs);
    for (const auto& [name, node] : fields_.entries("clocks")) read_clock(name, node);
    const std::vector<std::string> derived = read_derived(fields_, context_, expressions_, model_.inputs);
    for (const auto& [name, node] : fields_.entries("parameters")) read_parameter(name, node);
    read_variances();
    read_occasions();
    read_structure(fields_, reading_);
    read_plan(fields_, expressions_, reading_);
    read_limits("limits");
    read_limits("cautions");
    reading_.check_use(fields_);
    check_use(derived);
    return std::move(model_);
  }

 private:
  [[nodiscard]] YamlFields fields_of(const YAML::Node& node, std::initializer_list<std::string_view> known) {
    return {context_.file, node, known, context_.faults};
  }

  void read_citation() {
    const YamlFields citation = fields_of(fields_.node("citation"), {"text", "doi", "pmid"});
    model_.citation = {citation.text("text"), citation.text_or("doi", ""), citation.text_or("pmid", "")};
    if (model_.citation.doi.empty() && model_.citation.pmid.empty()) {
      fields_.fault("citation", "expected a doi or a pmid");
    }
  }

  void read_clock(const std::string& name, const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"from", "unit", "changes_at"});
    Clock clock{.input = name, .from_first_dose = fields.text_or("from", "") == "first dose"};
    if (clock.from_first_dose) {
      const Unit* unit = context_.covariates.units.find(fields.text("unit"));
      if (unit == nullptr || unit->dimension != time_dimension) {
        fields.fault("unit", "expected a unit of time");
      } else {
        model_.inputs.push_back({.name = name, .title = "time since the first dose", .unit = *unit});
      }
    } else if (fields.has("from") || fields.has("unit")) {
      fields.fault("from", "expected `first dose`, or an input without `from` and `unit`");
    }
    const DoseInput* input = find_input(model_.inputs, name);
    if (input == nullptr || input->unit.dimension != time_dimension) fields.fault("from", "no time: " + name);
    for (const YAML::Node& item : fields.items("changes_at")) {
      clock.changes_at.push_back(reading_.quantity(item, time_dimension));
    }
    if (clock.changes_at.empty() || !std::ranges::is_sorted(clock.changes_at)) {
      fields.fault("changes_at", "expected ascending times at which a formula takes another value");
    }
    model_.clocks.push_back(std::move(clock));
  }

  void read_parameter(const std::string& name, const YAML::Node& node) {
    const YamlFields fields = fields_of(node, {"title", "unit", "typical", "varies"});
    KineticParameter parameter{.name = name, .title = fields.text_or("title", name)};
    const Unit* unit = context_.covariates.units.find(fields.text("unit"));
    if (unit == nullptr) {
      fields.fault("unit", "not in units.tsv");
      unit = &parameter.unit;
    }
    parameter.unit = *unit;
    if (!fields.has("typical")) {
      fields.fault("typical", "the key is missing");
      return;
    }
    parameter.typical = expressions_.read(fields.node("typical"));
    const Dimension& dimension = parameter.typical.dimension;
    if (!dimension.is_plain() && dimension != parameter.unit.dimension) {
      fields.fault("typical", name + ": the formula does not give " + parameter.unit.name);
    }
    if (fields.has("varies")) {
      parameter.effect = effects_.size();
      effects_.push_back(reading_.number(fields, "varies"));
      if (effects_.back() <= 0) fields.fault("varies", "expected a variance above 0");
    }
    model_.parameters.push_back(std::move(parameter));
  }

  [[nodiscard]] KineticParameter* find_parameter(const std::string& name) {
    const auto found = std::ranges::find(model_.parameters, name, &KineticParameter::name);
    return found == model_.parameters.end() ? nullptr : &*found;
  }

  void read_variances() {
    const auto size = static_cast<Eigen::Index>(effects_.size());
    model_.variances = Eigen::Map<const Eigen::VectorXd>(effects_.data(), size).asDiagonal();
    for (const YAML::Node& item : fields_.items("covariances")) {
      const YamlFields fields = fields_of(item, {"of", "value"});
      const std::vector<std::string> names = fields.list("of");
      const KineticParameter* first = names.size() == 2 ? find_parameter(names[0]) : nullptr;
      const KineticParameter* second = names.size() == 2 ? find_parameter(names[1]) : nullptr;
      if (first == nullptr || second == nullptr || !first->effect || !second->effect || first == second) {
        fields.fault("of", "expected two parameters that vary");
        continue;
      }
      const auto a = static_cast<Eigen::Index>(*first->effect);
      const auto b = static_cast<Eigen::Index>(*second->effect);
      model_.variances(a, b) = model_.variances(b, a) = reading_.number(fields, "value");
    }
    const Eigen::LLT<Eigen::MatrixXd> cholesky{model_.variances};
    if (size > 0 && cholesky.info() != Eigen::Success) {
      fields_.fault("covariances", "variances and covariances are no covariance matrix");
    }
  }

  void read_occasions() {
    if (!fields_.has("occasions")) return;
    const YamlFields occasions = fields_of(fields_.node("occasions"), {"length", "varies"});
    model_.occasion_days = reading_.quantity(occasions, "length", time_dimension);
    if (model_.occasion_days <= 0) occasions.fault("length", "expected a time above 0");
    std::vector<double> variances;
    for (const auto& [name, node] : occasions.entries("varies")) {
      KineticParameter* parameter = find_parameter(name);
      const double variance = reading_.quantity(node, {});
      if (parameter == nullptr || variance <= 0) {
        occasions.fault("varies", "expected a parameter and a variance above 0: " + name);
        continue;
      }
      parameter->occasion_effect = variances.size();
      variances.push_back(variance);
    }
    model_.occasion_variances =
        Eigen::Map<const Eigen::VectorXd>(variances.data(), static_cast<Eigen::Index>(variances.size())).asDiagonal();
  }

  void read_limits(const std::string& key) {
    for (const YAML::Node& item : fields_.items(key)) {
      const YamlFields fields = fields_of(item, {"refuse_when", "flag_when", "when", "why", "say", "source"});
      DoseLimit limit{.source = fields.text_or("source", "")};
      std::string when = "when";
      if (key == "limits") {
        when = fields.has("refuse_when") ? "refuse_when" : "flag_when";
        limit.kind = fields.has("refuse_when") ? DoseLimit::Kind::refuse : DoseLimit::Kind::flag;
        if (!fields.has(when)) fields.fault(when, "expected refuse_when or flag_when");
      }
      limit.why = fields.text(key == "limits" ? "why" : "say");
      if (fields.has(when)) limit.when = expressions_.read_condition(fields.node(when));
      model_.limits.push_back(std::move(limit));
    }
  }

  void check_use(const std::vector<std::string>& derived) {
    const auto& used = expressions_.used();
    for (const DoseInput& input : model_.inputs) {
      if (!used.contains(input.name)) fields_.fault("inputs", "nothing asks for " + input.name);
    }
    for (const std::string& name : derived) {
      if (!used.contains(name)) fields_.fault("derived", "nothing asks for " + name);
    }
  }

  InputContext context_;
  YamlFields fields_;
  KineticModel model_;
  ExpressionReader expressions_;
  ModelReading reading_;
  std::vector<double> effects_;
};

}  // namespace

KineticModel read_kinetic_model(const std::string& file, const CatalogueFiles& files, const DosingLibrary& dosing,
                                const KnowledgeBase& knowledge, CatalogueFaults& faults) {
  const YAML::Node root = parse_yaml(file, files.texts.at(file), faults);
  if (!root.IsDefined()) return {};
  KineticModel model;
  note_faults(file, faults, [&] { model = KineticReader{file, root, dosing, knowledge, faults}.read(); });
  return model;
}

}  // namespace stardose::pharmaco
