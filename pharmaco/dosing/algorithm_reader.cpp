// From an algorithm's file to a checked algorithm.
#include "pharmaco/dosing/algorithm_reader.h"

#include <algorithm>
#include <optional>

#include "pharmaco/dosing/evidence_reader.h"
#include "pharmaco/dosing/model_reader.h"
#include "pharmaco/inputs/expression_reader.h"
#include "pharmaco/inputs/input_reader.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr Dimension daily_mass{1, 0, -1, 0};

class AlgorithmReader {
 public:
  AlgorithmReader(const std::string& file, const YAML::Node& root, const CatalogueFiles& files,
                  const Covariates& covariates, const KnowledgeBase& knowledge, CatalogueFaults& faults)
      : file_{file},
        files_{files},
        covariates_{covariates},
        knowledge_{knowledge},
        faults_{faults},
        fields_{file,
                root,
                {"algorithm",
                 "drugs",
                 "preferred",
                 "title",
                 "citation",
                 "output",
                 "inputs",
                 "derived",
                 "dose",
                 "guidelines",
                 "limits",
                 "cautions",
                 "meanings",
                 "comparators",
                 "fixed_dose",
                 "tablets",
                 "interval",
                 "performance",
                 "interactions_not_modelled",
                 "model",
                 "sha256",
                 "features",
                 "required",
                 "validation",
                 "card"},
                faults},
        expressions_{algorithm_.inputs, covariates.units, [this](const YAML::Node& node, const std::string& why) {
                       faults_.add(file_, line_of(node), why);
                     }} {}

  DosingAlgorithm read() {
    algorithm_.id = fields_.text("algorithm");
    algorithm_.drugs = fields_.list("drugs");
    if (algorithm_.drugs.empty()) fields_.fault("drugs", "expected a list of drugs");
    algorithm_.preferred = fields_.text_or("preferred", "no") == "yes";
    algorithm_.title = fields_.text("title");
    read_citation();
    read_output();
    read_inputs();
    read_dose();
    read_limits("limits");
    read_limits("cautions");
    read_meanings();
    algorithm_.comparators = fields_.list("comparators");
    read_fixed_dose();
    read_tablets();
    read_evidence(file_, fields_, algorithm_, faults_);
    check_use();
    return std::move(algorithm_);
  }

 private:
  void read_citation() {
    if (!fields_.has("citation")) {
      fields_.fault("citation", "the key is missing");
      return;
    }
    const YamlFields citation{file_, fields_.node("citation"), {"text", "doi", "pmid"}, faults_};
    algorithm_.citation = {citation.text("text"), citation.text_or("doi", ""), citation.text_or("pmid", "")};
    if (algorithm_.citation.doi.empty() && algorithm_.citation.pmid.empty()) {
      fields_.fault("citation", "expected a doi or a pmid");
    }
  }

  void read_output() {
    if (!fields_.has("output")) {
      fields_.fault("output", "the key is missing");
      return;
    }
    const YamlFields output{file_, fields_.node("output"), {"what", "unit", "doses_a_day"}, faults_};
    algorithm_.what = output.text("what");
    if (const Unit* unit = covariates_.units.find(output.text("unit"))) {
      algorithm_.unit = *unit;
    } else {
      output.fault("unit", "not in units.tsv");
    }
    std::int64_t doses = 1;
    if (!read_number(output.text_or("doses_a_day", "1"), doses) || doses < 1 || doses > 24) {
      output.fault("doses_a_day", "expected a whole number from 1 on");
    }
    algorithm_.doses_a_day = static_cast<int>(doses);
  }

  void read_inputs() {
    const InputContext context{file_, covariates_, knowledge_, faults_};
    pharmaco::read_inputs(fields_, context, expressions_, algorithm_.inputs);
  }

  void read_dose() {
    algorithm_.guidelines = fields_.list("guidelines");
    if (algorithm_.is_guideline()) {
      check_guidelines();
      return;
    }
    if (fields_.has("model")) {
      read_dose_model(fields_, {file_, covariates_, knowledge_, faults_}, files_, expressions_, algorithm_);
    }
    derived_ = read_derived(fields_, {file_, covariates_, knowledge_, faults_}, expressions_, algorithm_.inputs);
    if (algorithm_.model != nullptr) return;
    if (!fields_.has("dose")) {
      fields_.fault("dose", "the key is missing");
      return;
    }
    algorithm_.dose = expressions_.read(fields_.node("dose"));
    const Dimension& dimension = algorithm_.dose.dimension;
    if (!dimension.is_plain() && dimension != algorithm_.unit.dimension) {
      fields_.fault("dose", "the formula does not give " + algorithm_.unit.name);
    }
  }

  void check_guidelines() {
    if (fields_.has("dose") || fields_.has("model")) fields_.fault("guidelines", "something else says the dose, too");
    std::vector<std::string> spoken_of;
    for (const std::string& id : algorithm_.guidelines) {
      const auto guideline = std::ranges::find(knowledge_.guidelines, id, &Guideline::id);
      if (guideline == knowledge_.guidelines.end()) {
        fields_.fault("guidelines", "no such guideline: " + id);
      } else {
        spoken_of.insert(spoken_of.end(), guideline->drugs.begin(), guideline->drugs.end());
      }
    }
    for (const std::string& drug : algorithm_.drugs) {
      if (std::ranges::find(spoken_of, drug) == spoken_of.end()) {
        fields_.fault("drugs", "no guideline speaks of " + drug);
      }
    }
    for (const DoseInput& input : algorithm_.inputs) expressions_.note_use(input.name);
  }

  void read_limits(const std::string& key) {
    for (const YAML::Node& item : fields_.items(key)) {
      const YamlFields fields{
          file_, item, {"refuse_when", "flag_when", "defer_when", "to", "when", "why", "say", "source"}, faults_};
      DoseLimit limit;
      limit.source = fields.text_or("source", "");
      const std::string when = key == "limits" ? read_kind(fields, limit) : "when";
      limit.why = fields.text(key == "limits" ? "why" : "say");
      if (limit.kind == DoseLimit::Kind::defer) limit.defer_to = fields.text("to");
      if (fields.has(when)) limit.when = expressions_.read_condition(fields.node(when));
      algorithm_.limits.push_back(std::move(limit));
    }
  }

  /// Returns the key that says when.
  static std::string read_kind(const YamlFields& fields, DoseLimit& limit) {
    for (const auto& [when, kind] : {std::pair{"refuse_when", DoseLimit::Kind::refuse},
                                     {"defer_when", DoseLimit::Kind::defer},
                                     {"flag_when", DoseLimit::Kind::flag}}) {
      limit.kind = kind;
      if (fields.has(when)) return when;
    }
    fields.fault("flag_when", "expected refuse_when, flag_when or defer_when");
    return "flag_when";
  }

  void read_meanings() {
    for (const YAML::Node& item : fields_.items("meanings")) {
      const YamlFields fields{file_, item, {"at_least", "below", "say"}, faults_};
      Meaning meaning{.text = fields.text("say")};
      for (const auto& [key, bound] : {std::pair{"at_least", &meaning.at_least}, {"below", &meaning.below}}) {
        if (!fields.has(key)) continue;
        double number = 0;
        if (!read_decimal(fields.text(key), number)) fields.fault(key, "expected a number");
        *bound = number;
      }
      if (!meaning.at_least && !meaning.below) fields.fault("say", "expected at_least or below with it");
      algorithm_.meanings.push_back(std::move(meaning));
    }
  }

  void read_fixed_dose() {
    if (!fields_.has("fixed_dose")) return;
    const YamlFields fixed{file_, fields_.node("fixed_dose"), {"value", "source"}, faults_};
    const std::string text = fixed.text("value");
    const std::vector<std::string_view> words = split(text, " ");
    FixedDose dose{.source = fixed.text("source")};
    const Unit* unit = words.size() == 2 ? covariates_.units.find(words[1]) : nullptr;
    if (unit == nullptr || !read_decimal(words[0], dose.value) || unit->quantity != algorithm_.unit.quantity) {
      fixed.fault("value", "expected a number in " + algorithm_.unit.name);
      return;
    }
    dose.value = converted(dose.value, *unit, algorithm_.unit, nullptr);
    algorithm_.fixed_dose = std::move(dose);
  }

  void read_tablets() {
    if (!fields_.has("tablets")) return;
    const YamlFields fields{file_, fields_.node("tablets"), {"strengths_mg", "most", "source"}, faults_};
    Tablets tablets{.source = fields.text("source")};
    for (const std::string& text : fields.list("strengths_mg")) {
      double strength = 0;
      if (!read_decimal(text, strength) || strength <= 0) fields.fault("strengths_mg", "no strength: " + text);
      tablets.strengths_mg.push_back(strength);
    }
    std::ranges::sort(tablets.strengths_mg);
    std::int64_t most = 0;
    if (!read_number(fields.text("most"), most) || most < 1 || most > 6) fields.fault("most", "expected 1 to 6");
    tablets.most = static_cast<int>(most);
    const bool is_dose = algorithm_.unit.dimension == daily_mass || algorithm_.unit.dimension == Dimension{1, 0, 0, 0};
    if (tablets.strengths_mg.empty() || !is_dose) fields.fault("strengths_mg", "there is no dose in mg to make up");
    algorithm_.tablets = std::move(tablets);
  }

  void check_use() {
    const auto& used = expressions_.used();
    for (const DoseInput& input : algorithm_.inputs) {
      if (!used.contains(input.name)) fields_.fault("inputs", "nothing asks for " + input.name);
      const bool computes = expressions_.computed_with().contains(input.name);
      if (computes && input.kind != DoseInput::Kind::covariate && input.reference.empty()) {
        fields_.fault("inputs", input.name + ": `reference` is missing: what its contribution is measured against");
      }
    }
    for (const std::string& name : derived_) {
      if (!used.contains(name)) fields_.fault("derived", "nothing asks for " + name);
    }
  }

  const std::string& file_;
  const CatalogueFiles& files_;
  const Covariates& covariates_;
  const KnowledgeBase& knowledge_;
  CatalogueFaults& faults_;
  YamlFields fields_;
  DosingAlgorithm algorithm_;
  ExpressionReader expressions_;
  std::vector<std::string> derived_;
};

}  // namespace

DosingAlgorithm read_algorithm(const std::string& file, const CatalogueFiles& files, const Covariates& covariates,
                               const KnowledgeBase& knowledge, CatalogueFaults& faults) {
  const YAML::Node root = parse_yaml(file, files.texts.at(file), faults);
  if (!root.IsDefined()) return {};
  DosingAlgorithm algorithm;
  note_faults(file, faults,
              [&] { algorithm = AlgorithmReader{file, root, files, covariates, knowledge, faults}.read(); });
  return algorithm;
}

}  // namespace stardose::pharmaco
