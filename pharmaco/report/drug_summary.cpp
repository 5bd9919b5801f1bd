// Grouping of advice by drug.
#include "pharmaco/report/drug_summary.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace stardose::pharmaco {

namespace {

DrugBucket bucket_of(AdviceLevel level) {
  switch (level) {
    case AdviceLevel::action:
    case AdviceLevel::caution: return DrugBucket::needs_action;
    case AdviceLevel::unknown: return DrugBucket::undetermined;
    case AdviceLevel::none: return DrugBucket::no_change;
  }
  return DrugBucket::undetermined;
}

}  // namespace

std::vector<DrugSummary> summarise_drugs(const SampleReport& report) {
  std::map<std::string, DrugSummary> by_drug;
  for (const Advice& advice : report.advice) {
    DrugSummary& drug = by_drug[advice.drug];
    drug.drug = advice.drug;
    drug.advice.push_back(&advice);
  }
  for (const Medication& medication : report.medications.value_or(std::vector<Medication>{})) {
    for (const std::string& name : medication.drugs) {
      const auto drug = by_drug.find(name);
      if (drug != by_drug.end()) drug->second.taken = true;
    }
  }
  std::vector<DrugSummary> drugs;
  drugs.reserve(by_drug.size());
  for (auto& [name, drug] : by_drug) {
    std::stable_sort(drug.advice.begin(), drug.advice.end(),
                     [](const Advice* a, const Advice* b) { return a->level < b->level; });
    drug.level = drug.advice.front()->level;
    drug.bucket = bucket_of(drug.level);
    drugs.push_back(std::move(drug));
  }
  std::stable_sort(drugs.begin(), drugs.end(), [](const DrugSummary& a, const DrugSummary& b) {
    return std::tie(a.bucket, a.level) < std::tie(b.bucket, b.level);
  });
  return drugs;
}

std::string_view to_string(DrugBucket bucket) {
  switch (bucket) {
    case DrugBucket::needs_action: return "needs_action";
    case DrugBucket::undetermined: return "undetermined";
    case DrugBucket::no_change: return "no_change";
  }
  return "undetermined";
}

}  // namespace stardose::pharmaco
