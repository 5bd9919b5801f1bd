// Reading aliases.
#include "pharmaco/concordance/alias_table.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* file = "aliases.tsv";

/// Empty: the row is sound.
std::string fault_of(const Alias& alias, const KnowledgeBase& knowledge) {
  const Gene* gene = knowledge.find_gene(alias.gene);
  if (gene == nullptr) return "no such gene in the catalogue: " + alias.gene;
  if (alias.truth.empty() || alias.reason.empty()) return "`truth` and `reason` must be given";
  for (const std::string_view name : split(alias.ours, "/")) {
    if (!gene->find_allele(name)) return alias.gene + " has no such allele: " + std::string{name};
  }
  return alias.ours.empty() ? "`ours` must be given" : "";
}

}  // namespace

AliasTable::AliasTable(std::vector<Alias> aliases) : aliases_{std::move(aliases)} {
  std::ranges::stable_sort(aliases_, {}, &Alias::gene);
}

AliasTable AliasTable::of_catalogue(const CatalogueFiles& files, const KnowledgeBase& knowledge,
                                    CatalogueFaults& faults) {
  static constexpr std::array<std::string_view, 5> columns = {"gene", "truth", "ours", "reason", "source"};
  std::vector<Alias> aliases;
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return AliasTable{{}};
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    Alias alias{std::string{row.cells[0]}, std::string{row.cells[1]}, std::string{row.cells[2]},
                std::string{row.cells[3]}, std::string{row.cells[4]}};
    const std::string fault = fault_of(alias, knowledge);
    if (!fault.empty()) faults.add(file, row.line, fault);
    aliases.push_back(std::move(alias));
  }
  return AliasTable{std::move(aliases)};
}

AliasTable AliasTable::of_file(const std::string& path, const KnowledgeBase& knowledge) {
  static constexpr std::array<std::string_view, 4> needed = {"gene", "truth", "ours", "reason"};
  static constexpr std::array<std::string_view, 1> more = {"source"};
  const UserTable table{path, "aliases", "--aliases"};
  std::vector<Alias> aliases;
  if (table.rows().empty()) return AliasTable{{}};
  const auto at = find_columns(table, table.rows().front(), {needed, more, true});
  for (const UserTable::Row& row : std::span{table.rows()}.subspan(1)) {
    Alias alias{std::string{row.cell(at[0])}, std::string{row.cell(at[1])}, std::string{row.cell(at[2])},
                std::string{row.cell(at[3])}, std::string{row.cell(at[4])}};
    const std::string fault = fault_of(alias, knowledge);
    if (!fault.empty()) table.fail(row, fault, "`stardose knowledge show GENE` lists the alleles");
    aliases.push_back(std::move(alias));
  }
  return AliasTable{std::move(aliases)};
}

AliasTable open_aliases(const std::string& folder, const KnowledgeBase& knowledge) {
  const CatalogueFiles files = folder.empty() ? embedded_files() : folder_files(folder);
  CatalogueFaults faults{files.origin};
  AliasTable aliases = AliasTable::of_catalogue(files, knowledge, faults);
  faults.raise();
  return aliases;
}

std::span<const Alias> AliasTable::of_gene(std::string_view gene) const {
  const auto [begin, end] = std::ranges::equal_range(aliases_, gene, std::less<>{}, &Alias::gene);
  return {begin, end};
}

}  // namespace stardose::pharmaco
