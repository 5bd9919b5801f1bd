// What proxies of HLA alleles show, always labelled as such.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Reads the gene's proxies from their genotypes, one a proxy. A missing one stays missing, whatever is assumed.
[[nodiscard]] std::vector<ProxyFinding> read_proxies(const Gene& gene,
                                                     std::span<const genomics::SiteGenotype> genotypes);

/// Gives the finding its proxies, and a remark for each that has a genotype.
void add_proxies(std::vector<ProxyFinding> proxies, GeneFinding& finding);

}  // namespace stardose::pharmaco
