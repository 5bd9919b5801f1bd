// Reads what a file asks of patients.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/inputs/expression_reader.h"
#include "pharmaco/inputs/patient_input.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

/// What inputs are checked against.
struct InputContext {
  std::string file;
  const Covariates& covariates;
  const KnowledgeBase& knowledge;
  CatalogueFaults& faults;
};

/// Reads one input, but for what depends on the others (its imputations).
[[nodiscard]] DoseInput read_dose_input(const std::string& name, const YAML::Node& node, const InputContext& context);

/// Adds the inputs under `inputs`, with what stands in for them, to the list that `expressions` reads over.
void read_inputs(const YamlFields& fields, const InputContext& context, ExpressionReader& expressions,
                 std::vector<DoseInput>& inputs);

/// Makes the quantities under `derived` known to `expressions`; returns their names.
[[nodiscard]] std::vector<std::string> read_derived(const YamlFields& fields, const InputContext& context,
                                                    ExpressionReader& expressions,
                                                    const std::vector<DoseInput>& inputs);

/// Returns the site of this name among the gene's own and extra sites; nullptr: none.
[[nodiscard]] const genomics::Site* find_site(const Gene& gene, std::string_view rsid);

}  // namespace stardose::pharmaco
