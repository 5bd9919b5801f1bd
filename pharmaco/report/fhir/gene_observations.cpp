// Findings of genes as observations.
#include "pharmaco/report/fhir/gene_observations.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "pharmaco/report/fhir/elements.h"
#include "pharmaco/report/undetermined_genes.h"

namespace stardose::pharmaco {

namespace {

std::vector<std::string> with_gene(const std::string& gene, const std::vector<std::string>& names) {
  std::vector<std::string> full;
  for (const std::string& name : names) full.push_back((name.starts_with('*') ? gene : gene + " ") + name);
  return full;
}

/// One chromosome's part of a diplotype. Only where a single diplotype was called.
std::vector<std::string> haplotypes_of(const GeneFinding& finding) {
  if (finding.status != CallStatus::called || finding.diplotypes.size() != 1) return {};
  const std::string& diplotype = finding.diplotypes.front();
  const std::size_t slash = diplotype.find('/');
  if (slash == std::string::npos) return {diplotype};
  if (diplotype.find('/', slash + 1) != std::string::npos) return {};
  return {diplotype.substr(0, slash), diplotype.substr(slash + 1)};
}

/// PharmVar's code of a named allele; repeats (`*1x2`), tandems (`*36+*10`) and alleles of other genes have words
/// alone.
FhirJson haplotype_concept(const BundleDraft& bundle, const std::string& gene, const std::string& haplotype) {
  const std::string words = with_gene(gene, {haplotype}).front();
  const auto& names = bundle.knowledge.fhir.nomenclatures;
  const auto nomenclature = names.find(gene);
  const Gene* known = bundle.knowledge.find_gene(gene);
  const bool is_named = known != nullptr && haplotype.starts_with('*') && known->find_allele(haplotype).has_value() &&
                        haplotype.find_first_of("x+") == std::string::npos;
  if (nomenclature == names.end() || !is_named) return in_words(words);
  return coded({bundle.code(nomenclature->second).system, words, words}, words);
}

FhirJson add_haplotypes(BundleDraft& bundle, const GeneFinding& finding) {
  FhirJson references = FhirJson::array();
  const auto haplotypes = haplotypes_of(finding);
  for (std::size_t k = 0; k < haplotypes.size(); ++k) {
    FhirJson json = bundle.observation("haplotype", coded(bundle.code("haplotype")));
    json["valueCodeableConcept"] = haplotype_concept(bundle, finding.gene, haplotypes[k]);
    if (!finding.basis.empty()) json["method"] = in_words(finding.basis);
    json["component"] = FhirJson::array({bundle.gene_component(finding.gene)});
    references.push_back(bundle.add_observation(fmt::format("haplotype {} {}", finding.gene, k + 1), std::move(json)));
  }
  return references;
}

std::string positions_in_words(const GeneFinding& finding) {
  if (finding.sites_total == 0) return {};
  std::string text =
      fmt::format("{} of {} positions are known", finding.sites_total - finding.sites_missing, finding.sites_total);
  if (finding.sites_in_blocks > 0) text += fmt::format(", {} in reference blocks", finding.sites_in_blocks);
  if (finding.sites_assumed > 0)
    text += fmt::format(", {} taken as reference at the user's word", finding.sites_assumed);
  if (!finding.missing_sites.empty()) text += "; missing: " + joined(finding.missing_sites, ", ");
  if (!finding.filtered_sites.empty()) text += "; under a threshold: " + joined(finding.filtered_sites, ", ");
  return text + ".";
}

void add_notes(FhirJson& json, const GeneFinding& finding) {
  if (!finding.reason.empty()) add_note(json, finding.reason + ".");
  add_note(json, positions_in_words(finding));
  if (finding.sites_undocumented > 0) {
    add_note(json, fmt::format("Positions with a variant that no definition knows: {}.", finding.sites_undocumented));
  }
  if (!finding.untested_alleles.empty()) {
    add_note(json, "Not excluded, as only a missing position would: " + joined(finding.untested_alleles, "; ") + ".");
  }
  if (!finding.could_also_be.empty()) {
    add_note(json, "Could also be " + joined(finding.could_also_be, " or ") + ": positions are missing.");
  }
  if (finding.structure && !finding.structure->structures.empty()) {
    add_note(json, "Copies: " + joined(finding.structure->structures, " | ") + ".");
  }
  for (const std::string& remark : finding.remarks) add_note(json, remark);
  for (const ProxyFinding& proxy : finding.proxies) add_note(json, proxy.sentence);
}

/// Typing nobody brought is a test that was not done; whatever else leaves a gene open was looked at.
FhirJson absent(const BundleDraft& bundle, const GeneFinding& finding) {
  const bool tested = finding.open != OpenCause::typing;
  return coded(bundle.code(tested ? "not_known" : "not_tested"),
               finding.reason.empty() ? "not called" : finding.reason);
}

FhirJson add_genotype(BundleDraft& bundle, const GeneFinding& finding) {
  const bool is_known = !finding.diplotypes.empty();
  // The profile asks for a value; a gene without one has an observation that says so in the standard's own way.
  FhirJson json = bundle.observation(is_known ? "genotype" : "", coded(bundle.code("genotype")));
  if (is_known) {
    json["valueCodeableConcept"] = in_words(finding.gene + " " + joined(finding.diplotypes, " or "));
  } else {
    json["dataAbsentReason"] = absent(bundle, finding);
  }
  json["interpretation"] = FhirJson::array({in_words(std::string{to_string(finding.status)})});
  if (!finding.basis.empty()) json["method"] = in_words(finding.basis);
  add_notes(json, finding);
  json["component"] = FhirJson::array({bundle.gene_component(finding.gene)});
  FhirJson haplotypes = add_haplotypes(bundle, finding);
  if (!haplotypes.empty()) json["derivedFrom"] = std::move(haplotypes);
  return bundle.add_observation(genotype_name(finding.gene), std::move(json));
}

/// `2.0`, or `>=3` with a comparator; nullopt: another text.
std::optional<FhirJson> score_quantity(const BundleDraft& bundle, std::string_view score) {
  FhirJson quantity = FhirJson::object();
  const bool at_least = score.starts_with(">=");
  if (at_least) score.remove_prefix(2);
  double value = 0;
  const auto [end, error] = std::from_chars(score.data(), score.data() + score.size(), value);
  if (error != std::errc{} || end != score.data() + score.size()) return std::nullopt;
  quantity["value"] = value;
  if (at_least) quantity["comparator"] = ">=";
  quantity["system"] = bundle.code("ucum").system;
  quantity["code"] = "1";
  return quantity;
}

FhirJson score_component(const BundleDraft& bundle, const GeneFinding& finding) {
  FhirJson name = in_words("Activity score");
  if (finding.activity_scores.size() == 1) {
    if (auto quantity = score_quantity(bundle, finding.activity_scores.front())) {
      return component(std::move(name), "valueQuantity", std::move(*quantity));
    }
  }
  return component(std::move(name), "valueString", joined(finding.activity_scores, " or "));
}

void add_phenotype(BundleDraft& bundle, const GeneFinding& finding, const FhirJson& genotype) {
  const Gene* gene = bundle.knowledge.find_gene(finding.gene);
  const bool can_have = gene != nullptr && gene->phenotype.method != PhenotypeMethod::none;
  if (finding.phenotypes.empty() && !can_have) return;
  const auto& tests = bundle.knowledge.fhir.phenotype_tests;
  const auto test = tests.find(finding.gene);
  const std::string name = finding.gene + " phenotype";
  FhirJson json = bundle.observation("", test == tests.end() ? in_words(name) : coded(test->second, name));
  if (finding.phenotypes.empty()) {
    json["dataAbsentReason"] = absent(bundle, finding);
  } else {
    // HLA has a phenotype for each allele asked about: several do not mean doubt unless the call is ambiguous.
    const char* between = finding.status == CallStatus::called ? "; " : " or ";
    json["valueCodeableConcept"] = bundle.phenotype_concept(&finding, joined(finding.phenotypes, between));
  }
  if (is_undetermined(finding)) json["interpretation"] = FhirJson::array({in_words("could not be determined")});
  if (!finding.could_also_be.empty()) {
    add_note(json, "Could also be " + joined(finding.could_also_be, " or ") + ": positions are missing.");
  }
  json["component"] = FhirJson::array({bundle.gene_component(finding.gene)});
  if (!finding.activity_scores.empty()) json["component"].push_back(score_component(bundle, finding));
  json["derivedFrom"] = FhirJson::array({genotype});
  bundle.add_observation("phenotype " + finding.gene, std::move(json));
}

}  // namespace

std::string genotype_name(const std::string& gene) { return "genotype " + gene; }

void add_gene_observations(BundleDraft& bundle, const GeneFinding& finding) {
  const FhirJson genotype = add_genotype(bundle, finding);
  add_phenotype(bundle, finding, genotype);
}

void add_untested_gene(BundleDraft& bundle, const std::string& gene) {
  FhirJson json = bundle.observation("", coded(bundle.code("genotype")));
  json["dataAbsentReason"] = coded(bundle.code("not_tested"), "not tested");
  json["component"] = FhirJson::array({bundle.gene_component(gene)});
  bundle.add_observation(genotype_name(gene), std::move(json));
}

}  // namespace stardose::pharmaco
