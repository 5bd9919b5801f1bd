// Wording of proxies.
#include "pharmaco/report/proxy_finding.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace stardose::pharmaco {

namespace {

using genomics::SiteGenotype;

std::string base_of(const genomics::Site& site, std::uint8_t code) {
  if (code == 0) return site.ref;
  return code <= site.alts.size() ? site.alts[code - 1] : "another base";
}

std::string sentence_of(const Gene& gene, const Proxy& proxy, const ProxyFinding& finding) {
  const std::string seen = "Proxy, not typing: " + proxy.site.rsid + " " + finding.genotype;
  const std::string allele = proxy.base + ", the base that tends to go with " + gene.symbol + proxy.allele;
  if (!finding.carries) return seen + " lacks " + allele + "; this does not rule the allele out.";
  return seen + " has " + allele + ". " + proxy.holds + " Confirm by HLA typing.";
}

}  // namespace

std::vector<ProxyFinding> read_proxies(const Gene& gene, std::span<const SiteGenotype> genotypes) {
  std::vector<ProxyFinding> findings;
  for (std::size_t i = 0; i < gene.proxies.size(); ++i) {
    const Proxy& proxy = gene.proxies[i];
    ProxyFinding finding{gene.symbol + proxy.allele, proxy.site.rsid, {}, false, {}, proxy.source};
    const SiteGenotype genotype = i < genotypes.size() ? genotypes[i] : SiteGenotype{};
    if (!genotype.is_missing() && !genotype.is_partial() && !genotype.is_haploid()) {
      const std::uint8_t low = std::min(genotype.first(), genotype.second());
      const std::uint8_t high = std::max(genotype.first(), genotype.second());
      finding.genotype = base_of(proxy.site, low) + "/" + base_of(proxy.site, high);
      finding.carries = low == proxy.code || high == proxy.code;
      finding.sentence = sentence_of(gene, proxy, finding);
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

void add_proxies(std::vector<ProxyFinding> proxies, GeneFinding& finding) {
  for (const ProxyFinding& proxy : proxies) {
    if (!proxy.sentence.empty()) finding.remarks.push_back(proxy.sentence);
  }
  finding.proxies = std::move(proxies);
}

}  // namespace stardose::pharmaco
