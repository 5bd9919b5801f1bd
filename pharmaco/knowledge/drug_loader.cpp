// Names of the guidelines, codes of the table.
#include "pharmaco/knowledge/drug_loader.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr std::array<std::string_view, 4> columns = {"drug", "rxnorm", "atc", "other_names"};

std::vector<std::string> list_of(std::string_view cell) {
  std::vector<std::string> items;
  for (const std::string_view item : split(cell, " | ")) items.emplace_back(item);
  return items;
}

}  // namespace

std::vector<Drug> load_drugs(const CatalogueFiles& files, const std::vector<Guideline>& guidelines,
                             CatalogueFaults& faults) {
  std::set<std::string> names;
  for (const Guideline& guideline : guidelines) names.insert(guideline.drugs.begin(), guideline.drugs.end());
  std::vector<Drug> drugs;
  for (const std::string& name : names) drugs.push_back({name, {}, {}, {}});

  static const std::string file = "drugs.tsv";
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return drugs;
  std::set<std::string> seen;
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    const auto drug = std::ranges::find(drugs, row.cells[0], &Drug::name);
    if (drug == drugs.end()) {
      faults.add(file, row.line, "no guideline is about it: " + std::string{row.cells[0]});
      continue;
    }
    drug->rxnorm = list_of(row.cells[1]);
    drug->atc = list_of(row.cells[2]);
    drug->other_names = list_of(row.cells[3]);
    std::vector<std::string> keys = drug->rxnorm;
    keys.push_back(drug->name);
    for (const std::string& key : keys) {
      if (!seen.insert(key).second) faults.add(file, row.line, "a second time: " + key);
    }
  }
  return drugs;
}

}  // namespace stardose::pharmaco
