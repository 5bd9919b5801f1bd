// From proxies.tsv to Gene::proxies.
#include "pharmaco/knowledge/proxy_loader.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr std::array<std::string_view, 12> columns = {"gene",       "allele", "contig", "position", "ref",   "alts",
                                                      "position37", "ref37",  "rsid",   "base",     "holds", "source"};

bool is_base(std::string_view text) {
  return text.size() == 1 && std::string_view{"ACGT"}.find(text) != std::string_view::npos;
}

/// Returns the place on GRCh37 that a row gives; false: not one with an allele of the site.
bool place_on_grch37(std::string_view position, std::string_view ref, genomics::Site& site) {
  if (position.empty() && ref.empty()) return true;
  genomics::OtherPlace place;
  if (!read_number(position, place.position) || place.position < 1) return false;
  --place.position;
  const auto alt = std::ranges::find(site.alts, ref);
  if (ref != site.ref && alt == site.alts.end()) return false;
  if (ref != site.ref) place.base = static_cast<std::uint8_t>(alt - site.alts.begin() + 1);
  site.grch37 = place;
  return true;
}

/// Returns what is wrong with a row; empty: nothing.
std::string read_row(const TsvTable::Row& row, const Gene& gene, Proxy& proxy) {
  const auto& cells = row.cells;
  if (gene.calling != CallingMethod::outside_only) return "the gene is called from variants and has no use for a proxy";
  proxy.allele = cells[1];
  proxy.site = {std::string{cells[2]}, 0, std::string{cells[4]}, {}, std::string{cells[8]}};
  const bool placed = read_number(cells[3], proxy.site.position) && proxy.site.position >= 1;
  --proxy.site.position;
  for (const std::string_view alt : split(cells[5], ",")) proxy.site.alts.emplace_back(alt);
  if (!placed || !is_base(cells[4]) || !std::ranges::all_of(proxy.site.alts, is_base)) {
    return "expected a position from 1 on and single bases in upper-case ACGT";
  }
  if (!place_on_grch37(cells[6], cells[7], proxy.site)) return "expected a position and a base of the site on GRCh37";
  const auto alt = std::ranges::find(proxy.site.alts, cells[9]);
  if (alt == proxy.site.alts.end()) return "base is none of alts";
  proxy.code = static_cast<std::uint8_t>(alt - proxy.site.alts.begin() + 1);
  proxy.base = cells[9];
  proxy.holds = cells[10];
  proxy.source = cells[11];
  if (proxy.allele.empty() || proxy.holds.empty() || proxy.source.empty() || proxy.site.rsid.empty()) {
    return "allele, rsid, holds and source must be given";
  }
  return {};
}

}  // namespace

void load_proxies(const CatalogueFiles& files, std::vector<Gene>& genes, CatalogueFaults& faults) {
  static const std::string file = "proxies.tsv";
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return;
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    const auto gene = std::ranges::find(genes, row.cells[0], &Gene::symbol);
    if (gene == genes.end()) {
      faults.add(file, row.line, "no such gene: " + std::string{row.cells[0]});
      continue;
    }
    Proxy proxy;
    const std::string wrong = read_row(row, *gene, proxy);
    if (!wrong.empty()) faults.add(file, row.line, wrong);
    if (wrong.empty()) gene->proxies.push_back(std::move(proxy));
  }
}

}  // namespace stardose::pharmaco
