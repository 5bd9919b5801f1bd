// All kinetic models.
#include "pharmaco/kinetics/kinetic_library.h"

#include <algorithm>

#include "pharmaco/kinetics/model_reader.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view folder = "kinetics/";

std::vector<const DosingAlgorithm*> anchors_of(const KineticModel& model, const DosingLibrary& dosing) {
  if (!model.anchor) return {};
  const DosingAlgorithm* algorithm = dosing.find(model.anchor->algorithm);
  return algorithm == nullptr ? std::vector<const DosingAlgorithm*>{} : std::vector{algorithm};
}

}  // namespace

const Observable* KineticModel::find_observable(std::string_view name) const {
  const auto found = std::ranges::find(observables, name, &Observable::name);
  return found == observables.end() ? nullptr : &*found;
}

const Route* KineticModel::find_route(std::string_view name) const {
  const auto found = std::ranges::find(routes, name, &Route::name);
  return found == routes.end() ? nullptr : &*found;
}

const KineticModel* KineticLibrary::find(std::string_view id) const {
  const auto found = std::ranges::find(models, id, &KineticModel::id);
  return found == models.end() ? nullptr : &*found;
}

const KineticModel* KineticLibrary::choose(std::string_view id_or_drug) const {
  if (const KineticModel* model = find(id_or_drug)) return model;
  for (const KineticModel& model : models) {
    if (model.preferred && std::ranges::find(model.drugs, id_or_drug) != model.drugs.end()) return &model;
  }
  return nullptr;
}

KineticLibrary load_kinetics(const CatalogueFiles& files, const DosingLibrary& dosing, const KnowledgeBase& knowledge,
                             CatalogueFaults& faults) {
  KineticLibrary library;
  std::set<std::string> preferred;
  for (auto at = files.texts.lower_bound(std::string{folder}); at != files.texts.end(); ++at) {
    if (!at->first.starts_with(folder)) break;
    KineticModel model = read_kinetic_model(at->first, files, dosing, knowledge, faults);
    if (at->first != std::string{folder} + model.id + ".yaml") {
      faults.add(at->first, 0, "the file has the name of its model");
    }
    for (const std::string& drug : model.drugs) {
      if (model.preferred && !preferred.insert(drug).second) {
        faults.add(at->first, 0, "another model is preferred for " + drug);
      }
    }
    library.models.push_back(std::move(model));
  }
  std::ranges::sort(library.models, {}, &KineticModel::id);
  return library;
}

KineticLibrary open_kinetics(const std::string& folder_name, const DosingLibrary& dosing,
                             const KnowledgeBase& knowledge) {
  const CatalogueFiles files = folder_name.empty() ? embedded_files() : folder_files(folder_name);
  CatalogueFaults faults{files.origin};
  KineticLibrary library = load_kinetics(files, dosing, knowledge, faults);
  faults.raise();
  return library;
}

std::vector<std::string> genes_of(const KineticModel& model, const DosingLibrary& dosing,
                                  const KnowledgeBase& knowledge) {
  const std::vector<std::string> of_anchor = genes_of(anchors_of(model, dosing), knowledge);
  std::set<std::string> genes{of_anchor.begin(), of_anchor.end()};
  for (const DoseInput& input : model.inputs) {
    if (!input.gene.empty()) genes.insert(input.gene);
  }
  return {genes.begin(), genes.end()};
}

std::set<std::string> variants_of(const KineticModel& model, const DosingLibrary& dosing) {
  std::set<std::string> rsids = variants_of(anchors_of(model, dosing));
  for (const DoseInput& input : model.inputs) {
    if (!input.rsid.empty()) rsids.insert(input.rsid);
    rsids.insert(input.variants.begin(), input.variants.end());
  }
  return rsids;
}

}  // namespace stardose::pharmaco
