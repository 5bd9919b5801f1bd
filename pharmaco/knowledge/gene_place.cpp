// Placing sites.
#include "pharmaco/knowledge/gene_place.h"

#include <utility>

namespace stardose::pharmaco {

void place_on(Gene& gene, genomics::Assembly assembly) {
  for (auto* sites : {&gene.sites, &gene.extra_sites}) {
    for (genomics::Site& site : *sites) site = placed_on(std::move(site), assembly);
  }
  for (Proxy& proxy : gene.proxies) proxy.site = placed_on(std::move(proxy.site), assembly);
}

}  // namespace stardose::pharmaco
