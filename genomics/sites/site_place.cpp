// Sites on one assembly and on the other.
#include <utility>

#include "genomics/sites/site.h"

namespace stardose::genomics {

Site placed_on(Site site, Assembly assembly) {
  if (assembly == Assembly::grch38) return site;
  site.placed = site.grch37.has_value();
  if (!site.placed) return site;
  site.position = site.grch37->position;
  site.base = site.grch37->base;
  return site;
}

Site as_written(Site site) {
  if (site.base != 0) std::swap(site.ref, site.alts[site.base - 1U]);
  return site;
}

}  // namespace stardose::genomics
