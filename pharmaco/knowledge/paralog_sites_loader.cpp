// From the table of shared places to columns.
#include "pharmaco/knowledge/paralog_sites_loader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

using Alleles = std::vector<std::string>;

// Cells of a row, in the order of `columns` below.
enum Cell : std::size_t {
  kind,
  position,
  ref,
  alt,
  position37,
  ref37,
  paralog_position,
  paralog_ref,
  paralog_alt,
  paralog_position37,
  paralog_ref37,
  stretch,
  reliability,
  paralog_reliability,
};
constexpr std::array<std::string_view, 14> columns = {"kind",
                                                      "position",
                                                      "ref",
                                                      "alt",
                                                      "position37",
                                                      "ref37",
                                                      "paralog_position",
                                                      "paralog_ref",
                                                      "paralog_alt",
                                                      "paralog_position37",
                                                      "paralog_ref37",
                                                      "stretch",
                                                      "reliability",
                                                      "paralog_reliability"};

std::uint8_t symbol_of(const Alleles& alleles, std::string_view bases) {
  const auto at = std::ranges::find(alleles, bases);
  return at == alleles.end() ? no_symbol : static_cast<std::uint8_t>(at - alleles.begin());
}

Alleles alleles_of(const genomics::Site& site) {
  Alleles alleles{site.ref};
  alleles.insert(alleles.end(), site.alts.begin(), site.alts.end());
  return alleles;
}

class SharedPlaces {
 public:
  SharedPlaces(std::string file, const Gene& gene, GeneStructure& structure, CatalogueFaults& faults)
      : file_{std::move(file)}, gene_{gene}, structure_{structure}, faults_{faults} {
    for (std::size_t site = 0; site < gene.sites.size(); ++site) {
      by_place_[{gene.sites[site].position, gene.sites[site].ref}] = site;
    }
  }

  void read(const std::string& text) {
    const TsvTable table = read_tsv(file_, text, columns, faults_);
    for (const auto& row : table.rows) {  // the sites first: a difference at one of them is told by its row
      if (row.cells[kind] == "site") add_site(row);
    }
    for (const auto& row : table.rows) {
      if (row.cells[kind] == "differs") add_difference(row);
      if (row.cells[kind] != "site" && row.cells[kind] != "differs") {
        faults_.add(file_, row.line, "kind: expected site or differs");
      }
    }
    order_stretches(table);
  }

  void finish() {
    if (structure_.stretches.empty()) structure_.stretches.emplace_back("gene");
    for (std::size_t site = 0; site < gene_.sites.size(); ++site) {
      if (!seen_.contains(site)) add_unshared(site);
    }
    std::ranges::stable_sort(structure_.columns, {},
                             [](const StructureColumn& column) { return column.gene.position.grch38.value_or(0); });
  }

 private:
  std::size_t stretch_number(std::string_view name) {
    const auto at = std::ranges::find(structure_.stretches, name);
    if (at != structure_.stretches.end()) return static_cast<std::size_t>(at - structure_.stretches.begin());
    structure_.stretches.emplace_back(name);
    return structure_.stretches.size() - 1;
  }

  // Stretches got numbers as the rows were read; they must have them by position.
  void order_stretches(const TsvTable& table) {
    std::vector<std::string> ordered;
    for (const auto& row : table.rows) {
      const std::string name{row.cells[stretch]};
      if (std::ranges::find(ordered, name) == ordered.end()) ordered.push_back(name);
    }
    for (StructureColumn& column : structure_.columns) {
      const auto at = std::ranges::find(ordered, structure_.stretches[column.stretch]);
      column.stretch = static_cast<std::size_t>(at - ordered.begin());
    }
    structure_.stretches = std::move(ordered);
  }

  [[nodiscard]] std::optional<std::int64_t> place(const TsvTable::Row& row, Cell cell) {
    if (row.cells[cell].empty()) return std::nullopt;
    std::int64_t number = 0;
    if (read_number(row.cells[cell], number) && number >= 1) return number - 1;
    faults_.add(file_, row.line, "expected a position from 1 on: " + std::string{row.cells[cell]});
    return std::nullopt;
  }

  [[nodiscard]] double share(const TsvTable::Row& row, Cell cell) {
    double value = 1;
    const std::string_view text = row.cells[cell];
    if (text.empty()) return value;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 1) {
      faults_.add(file_, row.line, "expected a share from 0 to 1: " + std::string{text});
    }
    return value;
  }

  // A base of GRCh37 that is none of the symbols leaves the column without a place there.
  void put_places(const TsvTable::Row& row, StructureColumn& column) {
    column.stretch = stretch_number(row.cells[stretch]);
    const auto fill = [&](ColumnPlace& at, Cell here, Cell bases, Cell here37, Cell bases37) {
      at.position.grch38 = place(row, here);
      at.position.grch37 = place(row, here37);
      at.base.grch38 = symbol_of(at.alleles, row.cells[bases]);
      at.base.grch37 = symbol_of(at.alleles, row.cells[bases37]);
      if (at.base.grch37 == no_symbol) at.position.grch37.reset();
      if (at.position.grch38 && at.base.grch38 == no_symbol) {
        faults_.add(file_, row.line, "the assembly's bases are none of the alleles");
      }
    };
    fill(column.gene, position, ref, position37, ref37);
    if (!column.paralog.alleles.empty()) {
      fill(column.paralog, paralog_position, paralog_ref, paralog_position37, paralog_ref37);
      column.paralog_symbol = column.paralog.base.grch38;
    }
    column.reliability = share(row, reliability);
    column.paralog_reliability = share(row, paralog_reliability);
  }

  void add_site(const TsvTable::Row& row) {
    const auto found = by_place_.find({place(row, position).value_or(-1), std::string{row.cells[ref]}});
    if (found == by_place_.end()) {
      faults_.add(file_, row.line, "no such site in sites.tsv");
      return;
    }
    StructureColumn column;
    column.site = found->second;
    column.gene.alleles = alleles_of(gene_.sites[found->second]);
    if (!row.cells[paralog_alt].empty()) {
      for (const auto allele : split(row.cells[paralog_alt], ",")) column.paralog.alleles.emplace_back(allele);
      if (column.paralog.alleles.size() != column.gene.alleles.size()) {
        faults_.add(file_, row.line, "paralog_alt: expected an allele for each of the site's");
        return;
      }
      if (symbol_of(column.paralog.alleles, row.cells[paralog_ref]) == no_symbol) {
        column.gene.alleles.emplace_back(row.cells[alt].empty() ? row.cells[paralog_ref] : row.cells[alt]);
        column.paralog.alleles.emplace_back(row.cells[paralog_ref]);
      }
    }
    put_places(row, column);
    seen_.insert({found->second, structure_.columns.size()});
    structure_.columns.push_back(std::move(column));
  }

  void add_difference(const TsvTable::Row& row) {
    const auto site = by_place_.find({place(row, position).value_or(-1), std::string{row.cells[ref]}});
    if (site != by_place_.end() && seen_.contains(site->second)) return;
    StructureColumn column;
    column.gene.alleles = {std::string{row.cells[ref]}, std::string{row.cells[alt]}};
    column.paralog.alleles = {std::string{row.cells[paralog_alt]}, std::string{row.cells[paralog_ref]}};
    put_places(row, column);
    structure_.columns.push_back(std::move(column));
  }

  // A site without a place in the paralog belongs to the stretch of the column before it.
  void add_unshared(std::size_t number) {
    const genomics::Site& site = gene_.sites[number];
    StructureColumn column;
    column.site = number;
    column.gene.alleles = alleles_of(site);
    column.gene.position.grch38 = site.position;
    if (site.grch37) {
      column.gene.position.grch37 = site.grch37->position;
      column.gene.base.grch37 = site.grch37->base;
    }
    std::int64_t nearest = -1;
    for (const StructureColumn& other : structure_.columns) {
      const std::int64_t at = other.gene.position.grch38.value_or(-1);
      if (at > site.position || at < nearest) continue;
      nearest = at;
      column.stretch = other.stretch;
    }
    structure_.columns.push_back(std::move(column));
  }

  std::string file_;
  const Gene& gene_;
  GeneStructure& structure_;
  CatalogueFaults& faults_;
  std::map<std::pair<std::int64_t, std::string>, std::size_t> by_place_;
  std::map<std::size_t, std::size_t> seen_;  ///< site -> its column, before they are put in order
};

}  // namespace

void load_paralog_sites(const CatalogueFiles& files, const Gene& gene, GeneStructure& structure,
                        CatalogueFaults& faults) {
  const std::string file = "genes/" + gene.symbol + "/paralog_sites.tsv";
  const auto text = files.texts.find(file);
  SharedPlaces places{file, gene, structure, faults};
  if (text != files.texts.end()) places.read(text->second);
  places.finish();
}

}  // namespace stardose::pharmaco
