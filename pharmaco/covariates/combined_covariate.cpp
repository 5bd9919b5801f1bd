// Loading what covariates make together.
#include "pharmaco/covariates/combined_covariate.h"

#include <algorithm>
#include <cstdint>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* together_file = "covariates/together.yaml";

class Loader {
 public:
  Loader(const UnitTable& units, const std::vector<Covariate>& covariates, CatalogueFaults& faults)
      : units_{units}, covariates_{covariates}, faults_{faults} {}

  CombinedCovariate read(const YAML::Node& node) const {
    const YamlFields fields{together_file, node, {"name", "unit", "powers", "usual", "only", "source"}, faults_};
    CombinedCovariate combined{.name = fields.text("name"), .source = fields.text("source")};
    if (const Unit* unit = units_.find(fields.text("unit"))) {
      combined.unit = *unit;
    } else {
      fields.fault("unit", "not in units.tsv");
    }
    read_range(fields, "usual", fields.node("usual"), combined.least, combined.greatest);
    read_powers(fields, combined);
    for (const auto& [name, range] : fields.entries("only")) {
      CombinedCovariate::Scope scope{name};
      if (find_number(scope.covariate) == nullptr)
        fields.fault("only", "no covariate with numbers: " + scope.covariate);
      read_range(fields, "only", range, scope.least, scope.greatest);
      combined.scopes.push_back(std::move(scope));
    }
    return combined;
  }

 private:
  [[nodiscard]] const Covariate* find_number(const std::string& name) const {
    const auto found = std::ranges::find(covariates_, name, &Covariate::name);
    return found == covariates_.end() || found->kind != Covariate::Kind::number ? nullptr : &*found;
  }

  static void read_range(const YamlFields& fields, const std::string& key, const YAML::Node& node, double& least,
                         double& greatest) {
    const bool fits = node.IsDefined() && node.IsSequence() && node.size() == 2 &&
                      read_decimal(node[0].Scalar(), least) && read_decimal(node[1].Scalar(), greatest);
    if (!fits || least >= greatest) fields.fault(key, "expected a list of two rising numbers");
  }

  void read_powers(const YamlFields& fields, CombinedCovariate& combined) const {
    Dimension dimension;
    for (const auto& [name, node] : fields.entries("powers")) {
      CombinedCovariate::Power power{name, 1};
      std::int64_t exponent = 0;
      const Covariate* covariate = find_number(power.covariate);
      const std::string& text = node.Scalar();
      const bool is_negative = text.starts_with('-');
      if (covariate == nullptr || !read_number(std::string_view{text}.substr(is_negative ? 1 : 0), exponent) ||
          exponent < 1 || exponent > 3) {
        fields.fault("powers",
                     "expected covariates with numbers, each with an exponent of -3 to 3: " + power.covariate);
        continue;
      }
      power.exponent = static_cast<int>(is_negative ? -exponent : exponent);
      dimension = dimension + covariate->unit.dimension.to(power.exponent);
      combined.powers.push_back(std::move(power));
    }
    if (combined.powers.empty() || dimension != combined.unit.dimension) {
      fields.fault("powers", "they do not make " + combined.unit.name);
    }
  }

  const UnitTable& units_;
  const std::vector<Covariate>& covariates_;
  CatalogueFaults& faults_;
};

}  // namespace

std::vector<CombinedCovariate> load_combined(const CatalogueFiles& files, const UnitTable& units,
                                             const std::vector<Covariate>& covariates, CatalogueFaults& faults) {
  const auto text = files.texts.find(together_file);
  if (text == files.texts.end()) return {};
  const YAML::Node root = parse_yaml(together_file, text->second, faults);
  if (!root.IsDefined() || !root.IsSequence()) {
    faults.add(together_file, 0, "expected a list of what covariates make together");
    return {};
  }
  std::vector<CombinedCovariate> all;
  note_faults(together_file, faults, [&] {
    for (const auto& item : root) all.push_back(Loader{units, covariates, faults}.read(item));
  });
  return all;
}

}  // namespace stardose::pharmaco
