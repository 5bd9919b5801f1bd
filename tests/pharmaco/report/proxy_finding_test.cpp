// What proxies show: always labelled, and missing stays missing.
#include "pharmaco/report/proxy_finding.h"

#include <doctest/doctest.h>

using namespace stardose::pharmaco;
using stardose::genomics::Missing;
using stardose::genomics::SiteGenotype;

namespace {

Gene typed_gene() {
  Gene gene;
  gene.symbol = "HLA-B";
  gene.calling = CallingMethod::outside_only;
  gene.proxies.push_back({"*57:01", {"chr6", 31464002, "T", {"G"}, "rs2395029"}, 1, "G", "In some.", "PMID 1"});
  return gene;
}

ProxyFinding shown(SiteGenotype genotype) { return read_proxies(typed_gene(), std::vector{genotype}).at(0); }

}  // namespace

TEST_CASE("a carried base is told as a proxy, with whom it holds in") {
  for (const SiteGenotype genotype : {SiteGenotype{0, 1, false}, SiteGenotype{1, 0, true}}) {
    const ProxyFinding finding = shown(genotype);
    CHECK(finding.allele == "HLA-B*57:01");
    CHECK(finding.genotype == "T/G");
    CHECK(finding.carries);
    CHECK(finding.sentence ==
          "Proxy, not typing: rs2395029 T/G has G, the base that tends to go with HLA-B*57:01. In some. Confirm by HLA "
          "typing.");
  }
  CHECK(shown(SiteGenotype{1, 1, false}).genotype == "G/G");
}

TEST_CASE("an absent base rules nothing out") {
  const ProxyFinding finding = shown(SiteGenotype{0, 0, false});
  CHECK_FALSE(finding.carries);
  CHECK(finding.sentence ==
        "Proxy, not typing: rs2395029 T/T lacks G, the base that tends to go with HLA-B*57:01; this does not rule the "
        "allele out.");
  CHECK(shown(SiteGenotype{0, stardose::genomics::allele_code::other, false}).genotype == "T/another base");
}

TEST_CASE("a missing genotype is no finding") {
  namespace code = stardose::genomics::allele_code;
  for (const SiteGenotype genotype : {SiteGenotype{}, SiteGenotype{Missing::no_genotype},
                                      SiteGenotype{1, code::missing, false}, SiteGenotype{1, code::no_copy, false}}) {
    const ProxyFinding finding = shown(genotype);
    CHECK(finding.genotype.empty());
    CHECK_FALSE(finding.carries);
    CHECK(finding.sentence.empty());
  }
  GeneFinding gene;
  add_proxies(read_proxies(typed_gene(), {}), gene);
  CHECK(gene.proxies.size() == 1);
  CHECK(gene.remarks.empty());
}
