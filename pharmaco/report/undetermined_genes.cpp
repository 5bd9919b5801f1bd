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

std::string with_missing(std::string test, const GeneFinding& finding) {
  if (finding.sites_missing == 0) return test + ".";
  return fmt::format("{}; here {} of {} positions are missing.", test, finding.sites_missing, finding.sites_total);
}

std::string settled_by(const GeneFinding& finding) {
  switch (finding.open) {
    case OpenCause::unknown_effect: return "No test at present: the effect of this diplotype is not established.";
    case OpenCause::missing_positions:
    case OpenCause::half_genotype:
    case OpenCause::unknown_combination: return with_missing(fmt::format("A dedicated {} test", finding.gene), finding);
    case OpenCause::unknown_variant:
    case OpenCause::hidden_variant:
      return with_missing(fmt::format("Confirmation of the variant by a {} laboratory test", finding.gene), finding);
    case OpenCause::phase:
      return with_missing(fmt::format("Phased data (long reads or relatives), or a dedicated {} test", finding.gene),
                          finding);
    case OpenCause::number_of_copies:
      return fmt::format("Genotypes called for the right number of copies, or a dedicated {} test.", finding.gene);
    case OpenCause::equal_definitions: return "Nothing that looks at these positions alone: they do not differ there.";
    case OpenCause::low_coverage: return fmt::format("Sequencing that covers {}, or a dedicated test.", finding.gene);
    case OpenCause::structure:
    case OpenCause::typing:
    case OpenCause::none: break;
  }
  return dedicated_test(finding.gene);
}

UndeterminedGene describe(const std::string& gene, const GeneFinding* finding) {
  if (finding == nullptr) return {gene, "Not tested.", dedicated_test(gene), {}, {}};
  UndeterminedGene described{gene, reason_of(*finding), settled_by(*finding), {}, {}};
  for (const ProxyFinding& proxy : finding->proxies) {
    if (proxy.carries) described.reason += " " + proxy.sentence;
  }
  return described;
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
    add_once(drug.bucket == DrugBucket::undetermined && !drug.taken ? gene.drugs : gene.drugs_elsewhere, drug.drug);
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
    if (finding.has_guidance && is_undetermined(finding))
      by_gene.emplace(finding.gene, describe(finding.gene, &finding));
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
