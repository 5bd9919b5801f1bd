// Opening, and choosing a model.
#include "pipeline/twins/twin_parts.h"

#include <vector>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"

namespace stardose::pipeline {

TwinParts::TwinParts(const std::string& folder)
    : knowledge_{pharmaco::open_knowledge(folder)},
      dosing_{pharmaco::open_dosing(folder, knowledge_)},
      kinetics_{pharmaco::open_kinetics(folder, dosing_, knowledge_)} {}

const pharmaco::KineticModel& TwinParts::choose(const std::string& id_or_drug) const {
  if (const pharmaco::KineticModel* model = kinetics_.choose(id_or_drug)) return *model;
  std::vector<std::string> names;
  std::string list;
  for (const pharmaco::KineticModel& model : kinetics_.models) {
    names.push_back(model.id);
    names.insert(names.end(), model.drugs.begin(), model.drugs.end());
    list += (list.empty() ? "" : ", ") + model.id;
  }
  const std::string nearest = genomics::nearest_name(id_or_drug, names);
  throw genomics::InputError{genomics::Fault::usage,
                             {"", "", "no kinetic model and no drug of one is named " + genomics::printable(id_or_drug),
                              nearest.empty() ? "there are " + list : "did you mean `" + nearest + "`?"}};
}

void TwinParts::make_ready(const pharmaco::KineticModel& model) const {
  if (!model.anchor) return;
  if (const auto* algorithm = dosing_.find(model.anchor->algorithm)) {
    pharmaco::make_ready(dosing_.with_others(*algorithm));
  }
}

}  // namespace stardose::pipeline
