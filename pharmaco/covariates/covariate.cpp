// Loading the vocabulary of covariates.
#include "pharmaco/covariates/covariate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* covariates_file = "covariates/covariates.yaml";

class CovariateLoader {
 public:
  CovariateLoader(Covariates& into, CatalogueFaults& faults) : into_{into}, faults_{faults} {}

  void load(const YAML::Node& node) {
    const YamlFields fields{
        covariates_file,
        node,
        {"name", "title", "kind", "unit", "plausible", "usual", "substance", "categories", "columns"},
        faults_};
    Covariate covariate;
    covariate.name = fields.text("name");
    covariate.title = fields.text("title");
    const std::string kind = fields.text_or("kind", "number");
    if (kind == "number") {
      read_number_kind(fields, covariate);
    } else if (kind == "category") {
      read_categories(fields, fields.node("categories"), covariate);
    } else if (kind == "flag" || kind == "drug") {
      covariate.is_drug = kind == "drug";
      covariate.kind = Covariate::Kind::category;
      covariate.categories = {{"yes", {"yes", "y", "1", "true", "t"}}, {"no", {"no", "n", "0", "false", "f"}}};
    } else if (kind == "dose") {
      covariate.kind = Covariate::Kind::dose;
    } else {
      fields.fault("kind", "expected number, category, flag, drug or dose");
    }
    covariate.columns.push_back(folded(covariate.name));
    for (const std::string& column : fields.list("columns")) covariate.columns.push_back(folded(column));
    for (const std::string& column : covariate.columns) {
      if (!columns_.insert(column).second) fields.fault("columns", "the column is there twice: " + column);
    }
    into_.list.push_back(std::move(covariate));
  }

 private:
  void read_number_kind(const YamlFields& fields, Covariate& covariate) const {
    const Unit* unit = into_.units.find(fields.text("unit"));
    if (unit == nullptr) {
      fields.fault("unit", "not in units.tsv");
    } else {
      covariate.unit = *unit;
    }
    read_range(fields, "plausible", covariate.least, covariate.greatest);
    covariate.usual_least = covariate.least;
    covariate.usual_greatest = covariate.greatest;
    if (fields.has("usual")) read_range(fields, "usual", covariate.usual_least, covariate.usual_greatest);
    covariate.substance = fields.text_or("substance", "");
    if (!covariate.substance.empty() && into_.units.find_substance(covariate.substance) == nullptr) {
      fields.fault("substance", "not in substances.tsv");
    }
  }

  static void read_range(const YamlFields& fields, const std::string& key, double& least, double& greatest) {
    const std::vector<std::string> range = fields.list(key);
    const bool fits = range.size() == 2 && read_decimal(range[0], least) && read_decimal(range[1], greatest);
    if (!fits || least >= greatest) fields.fault(key, "expected a list of two rising numbers");
  }

  static void read_categories(const YamlFields& fields, const YAML::Node& node, Covariate& covariate) {
    covariate.kind = Covariate::Kind::category;
    if (!node.IsDefined() || !node.IsMap() || node.size() < 2) {
      fields.fault("categories", "expected two names or more, each with a list of what is written for it");
      return;
    }
    std::set<std::string> seen;
    for (const auto& item : node) {
      CovariateCategory category{item.first.Scalar(), {folded(item.first.Scalar())}};
      if (!item.second.IsSequence())
        fields.fault("categories", "expected a list of what is written for " + category.name);
      for (const auto& written : item.second) category.written.push_back(folded(written.Scalar()));
      for (const std::string& written : category.written) {
        if (!seen.insert(written).second) fields.fault("categories", "written for two: " + written);
      }
      covariate.categories.push_back(std::move(category));
    }
  }

  Covariates& into_;
  CatalogueFaults& faults_;
  std::set<std::string> columns_;
};

}  // namespace

const Covariate* Covariates::find(std::string_view name) const {
  const auto found = std::ranges::find(list, name, &Covariate::name);
  return found == list.end() ? nullptr : &*found;
}

Covariates load_covariates(const CatalogueFiles& files, CatalogueFaults& faults) {
  Covariates covariates;
  covariates.units = load_units(files, faults);
  const auto text = files.texts.find(covariates_file);
  if (text == files.texts.end()) return covariates;
  const YAML::Node root = parse_yaml(covariates_file, text->second, faults);
  if (!root.IsDefined() || !root.IsSequence()) {
    faults.add(covariates_file, 0, "expected a list of covariates");
    return covariates;
  }
  CovariateLoader loader{covariates, faults};
  note_faults(covariates_file, faults, [&] {
    for (const auto& item : root) loader.load(item);
  });
  covariates.together = load_combined(files, covariates.units, covariates.list, faults);
  return covariates;
}

std::string number_text(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

}  // namespace stardose::pharmaco
