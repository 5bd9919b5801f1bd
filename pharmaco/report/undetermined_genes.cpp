// Which genes do not decide, and what would settle them.
#include "pharmaco/report/undetermined_genes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace stardose::pharmaco {

namespace {

constexpr std::string_view indeterminate = "Indeterminate";

bool is_indeterminate(const GeneFinding& finding) {
  return std::find(finding.phenotypes.begin(), finding.phenotypes.end(), indeterminate) != finding.phenotypes.end();
}

const GeneFinding* find_gene(const SampleReport& report, std::string_view gene) {
  const auto found = std::find_if(report.genes.begin(), report.genes.end(),
                                  [gene](const GeneFinding& finding) { return finding.gene == gene; });
  return found == report.genes.end() ? nullptr : &*found;
}

bool is_undetermined(const AdviceBasis& basis, const SampleReport& report) {
  if (basis.diplotype.empty() || basis.phenotype == indeterminate) return true;
  const GeneFinding* finding = find_gene(report, basis.gene);
  return finding == nullptr || is_undetermined(*finding);
}

std::string reason_of(const GeneFinding& finding) {
  if (!finding.reason.empty()) return finding.reason + ".";
  if (finding.status == CallStatus::no_call) return "Not called.";
  if (finding.status == CallStatus::ambiguous) {
    return fmt::format("{} diplotypes explain the data equally well.", finding.diplotypes.size());
  }
  return fmt::format("{} was found; what it does is not known.", fmt::join(finding.diplotypes, " or "));
}

std::string dedicated_test(std::string_view gene) {
  return fmt::format("A dedicated {} test, its result given as an outside call.", gene);
}

std::string settled_by(const GeneFinding& finding) {
  if (finding.status == CallStatus::called)
    return "No test at present: the effect of this diplotype is not established.";
  if (finding.sites_missing > 0) {
    return fmt::format("A dedicated {} test; here {} of {} positions are missing.", finding.gene, finding.sites_missing,
                       finding.sites_total);
  }
  if (finding.sites_undocumented > 0) {
    return fmt::format("Confirmation of the unknown variant by a {} laboratory test.", finding.gene);
  }
  if (finding.status == CallStatus::ambiguous && finding.phasing == "unphased") {
    return fmt::format("Phased data (long reads or relatives), or a dedicated {} test.", finding.gene);
  }
  return dedicated_test(finding.gene);
}

UndeterminedGene describe(const std::string& gene, const GeneFinding* finding) {
  if (finding == nullptr) return {gene, "Not tested.", dedicated_test(gene), {}, {}};
  return {gene, reason_of(*finding), settled_by(*finding), {}, {}};
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

using GenesByName = std::map<std::string, UndeterminedGene>;

void add_waiting(const DrugSummary& drug, const Advice& advice, const SampleReport& report, GenesByName& genes) {
  for (const AdviceBasis& basis : advice.basis) {
    if (!is_undetermined(basis, report)) continue;
    UndeterminedGene& gene =
        genes.try_emplace(basis.gene, describe(basis.gene, find_gene(report, basis.gene))).first->second;
    add_once(drug.bucket == DrugBucket::undetermined ? gene.drugs : gene.drugs_elsewhere, drug.drug);
  }
}

}  // namespace

bool is_undetermined(const GeneFinding& finding) {
  switch (finding.status) {
    case CallStatus::no_call:
    case CallStatus::combination: return true;
    case CallStatus::ambiguous: return finding.phenotypes.size() != 1 || is_indeterminate(finding);
    case CallStatus::called: return is_indeterminate(finding);
  }
  return true;
}

std::vector<UndeterminedGene> undetermined_genes(const SampleReport& report, const std::vector<DrugSummary>& drugs) {
  GenesByName by_gene;
  for (const GeneFinding& finding : report.genes) {
    if (is_undetermined(finding)) by_gene.emplace(finding.gene, describe(finding.gene, &finding));
  }
  for (const DrugSummary& drug : drugs) {
    for (const Advice* advice : drug.advice) {
      if (advice->level == AdviceLevel::unknown) add_waiting(drug, *advice, report, by_gene);
    }
  }
  std::vector<UndeterminedGene> genes;
  genes.reserve(by_gene.size());
  for (auto& [name, gene] : by_gene) genes.push_back(std::move(gene));
  std::stable_sort(genes.begin(), genes.end(), [](const UndeterminedGene& a, const UndeterminedGene& b) {
    return a.drugs.size() > b.drugs.size();
  });
  return genes;
}

std::vector<DrugSummary> drugs_left_open_by_guideline(const SampleReport& report,
                                                      const std::vector<DrugSummary>& drugs) {
  const auto waits_for_gene = [&report](const Advice* advice) {
    return advice->level == AdviceLevel::unknown &&
           std::any_of(advice->basis.begin(), advice->basis.end(),
                       [&report](const AdviceBasis& basis) { return is_undetermined(basis, report); });
  };
  std::vector<DrugSummary> left_open;
  std::copy_if(drugs.begin(), drugs.end(), std::back_inserter(left_open), [&](const DrugSummary& drug) {
    return drug.bucket == DrugBucket::undetermined &&
           std::none_of(drug.advice.begin(), drug.advice.end(), waits_for_gene);
  });
  return left_open;
}

}  // namespace stardose::pharmaco
