// Where the prior is anchored, and how the next dose is looked for.
#include <algorithm>
#include <utility>

#include "pharmaco/dosing/estimate_dose.h"
#include "pharmaco/kinetics/model_reading.h"

namespace stardose::pharmaco {

namespace {

constexpr double most_skipped = 100;  // doses

class PlanReader {
 public:
  PlanReader(const YamlFields& fields, ExpressionReader& expressions, ModelReading& reading)
      : fields_{fields}, expressions_{expressions}, reading_{reading}, model_{reading.model()} {}

  void read() {
    if (fields_.has("anchor")) read_anchor();
    if (fields_.has("advice")) read_advice();
  }

 private:
  [[nodiscard]] YamlFields fields_of(const YAML::Node& node, std::initializer_list<std::string_view> known) {
    return {reading_.file(), node, known, reading_.faults()};
  }

  /// The input that says a target; empty: `otherwise` is everybody's.
  std::string read_target(const YamlFields& fields, std::size_t observable) {
    const std::string name = fields.text_or("target", "");
    if (name.empty()) return name;
    expressions_.note_use(name);
    const DoseInput* input = find_input(model_.inputs, name);
    const bool fits = input != nullptr && observable < model_.observables.size() &&
                      input->unit.quantity == model_.observables[observable].unit.quantity;
    if (!fits) fields.fault("target", "no input in the observable's unit: " + name);
    return name;
  }

  void read_anchor() {
    const YamlFields fields =
        fields_of(fields_.node("anchor"), {"parameter", "algorithm", "observable", "target", "otherwise", "source"});
    Anchor anchor{.algorithm = fields.text("algorithm"), .source = fields.text("source")};
    const std::string name = fields.text("parameter");
    const auto found = std::ranges::find(model_.parameters, name, &KineticParameter::name);
    if (found == model_.parameters.end()) {
      fields.fault("parameter", "no such parameter: " + name);
    } else {
      anchor.parameter = static_cast<std::size_t>(found - model_.parameters.begin());
    }
    const DosingAlgorithm* algorithm = reading_.dosing().find(anchor.algorithm);
    if (algorithm == nullptr || algorithm->is_guideline() || !mg_per_day(*algorithm, 1)) {
      fields.fault("algorithm", "no algorithm of a dose: " + anchor.algorithm);
    }
    anchor.observable = reading_.observable(fields, "observable");
    anchor.target = read_target(fields, anchor.observable);
    anchor.otherwise = reading_.number(fields, "otherwise");
    model_.anchor = std::move(anchor);
  }

  void read_advice() {
    const YamlFields fields =
        fields_of(fields_.node("advice"),
                  {"observable", "target", "otherwise", "around", "unsafe", "route", "interval", "tablets", "doses_mg",
                   "alternates", "greatest_change", "least_gain", "horizon", "guideline"});
    AdvicePlan plan{.route = fields.text("route")};
    plan.observable = reading_.observable(fields, "observable");
    plan.target = read_target(fields, plan.observable);
    plan.otherwise = reading_.number(fields, "otherwise");
    plan.around = reading_.number(fields, "around");
    if (plan.around <= 0) fields.fault("around", "expected a number above 0");
    if (model_.find_route(plan.route) == nullptr) fields.fault("route", "no such route: " + plan.route);
    plan.interval = reading_.quantity(fields, "interval", time_dimension);
    plan.horizon = reading_.quantity(fields, "horizon", time_dimension);
    if (plan.interval <= 0 || plan.horizon < plan.interval) fields.fault("horizon", "shorter than from dose to dose");
    plan.alternates = fields.text_or("alternates", "no") == "yes";
    plan.greatest_change = reading_.number(fields, "greatest_change", 0);
    plan.least_gain = reading_.number(fields, "least_gain", 0);
    if (plan.least_gain < 0 || plan.least_gain >= 1) fields.fault("least_gain", "expected a share of time, below 1");
    read_doses(fields, plan);
    read_unsafe(fields, plan);
    if (fields.has("guideline")) read_guideline(fields, plan);
    model_.advice = std::move(plan);
  }

  void read_doses(const YamlFields& plan_fields, AdvicePlan& plan) {
    const YamlFields tablets = fields_of(plan_fields.node("tablets"), {"strengths_mg", "source"});
    plan.tablets_source = tablets.text("source");
    for (const std::string& text : tablets.list("strengths_mg")) {
      double strength = 0;
      if (!read_decimal(text, strength) || strength <= 0) tablets.fault("strengths_mg", "no strength: " + text);
      plan.strengths_mg.push_back(strength);
    }
    std::ranges::sort(plan.strengths_mg);
    const std::vector<YAML::Node> ends = plan_fields.items("doses_mg");
    const bool fits = ends.size() == 2 && read_decimal(ends[0].Scalar(), plan.least_mg) &&
                      read_decimal(ends[1].Scalar(), plan.most_mg) && plan.least_mg > 0 && plan.least_mg < plan.most_mg;
    if (!fits) plan_fields.fault("doses_mg", "expected the least and the greatest dose");
    constexpr double most_doses = 200;
    if (plan.strengths_mg.empty() || plan.most_mg / plan.strengths_mg.front() > most_doses) {
      tablets.fault("strengths_mg", "expected strengths that make up to 200 doses");
    }
  }

  void read_unsafe(const YamlFields& plan_fields, AdvicePlan& plan) {
    const YamlFields unsafe = fields_of(plan_fields.node("unsafe"), {"above", "at_most", "source"});
    plan.unsafe = reading_.number(unsafe, "above");
    plan.unsafe_probability = reading_.number(unsafe, "at_most");
    plan.unsafe_source = unsafe.text("source");
    if (plan.unsafe <= plan.otherwise) unsafe.fault("above", "what is aimed at cannot be unsafe");
    if (plan.unsafe_probability <= 0 || plan.unsafe_probability >= 1) unsafe.fault("at_most", "expected a probability");
  }

  void read_guideline(const YamlFields& plan_fields, AdvicePlan& plan) {
    const YamlFields guideline = fields_of(plan_fields.node("guideline"), {"steps", "source"});
    plan.guideline_source = guideline.text("source");
    for (const YAML::Node& item : guideline.items("steps")) {
      const YamlFields fields = fields_of(item, {"at_least", "below", "change", "skipped"});
      GuidelineStep step{.change = reading_.number(fields, "change")};
      if (fields.has("at_least")) step.at_least = reading_.number(fields, "at_least");
      if (fields.has("below")) step.below = reading_.number(fields, "below");
      const double skipped = reading_.number(fields, "skipped", 0);
      const bool is_count = skipped >= 0 && skipped <= most_skipped;
      step.skipped = is_count ? static_cast<int>(skipped) : 0;
      if (step.change <= -1 || step.change > 1 || !is_count) fields.fault("change", "no change of a dose");
      plan.guideline.push_back(step);
    }
    if (plan.guideline.empty()) guideline.fault("steps", "expected a list");
  }

  const YamlFields& fields_;
  ExpressionReader& expressions_;
  ModelReading& reading_;
  KineticModel& model_;
};

}  // namespace

void read_plan(const YamlFields& fields, ExpressionReader& expressions, ModelReading& reading) {
  PlanReader{fields, expressions, reading}.read();
}

}  // namespace stardose::pharmaco
