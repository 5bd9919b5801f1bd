// Reads the inputs of an algorithm's file.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>

#include "pharmaco/covariates/covariate.h"
#include "pharmaco/dosing/dosing_algorithm.h"
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

/// Returns the site of this name among the gene's own and extra sites; nullptr: none.
[[nodiscard]] const genomics::Site* find_site(const Gene& gene, std::string_view rsid);

}  // namespace stardose::pharmaco
