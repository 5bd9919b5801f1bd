// From a gene's tables to a Gene.
#include "pharmaco/knowledge/gene_loader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>

#include "genomics/basics/site_genotype.h"
#include "pharmaco/knowledge/definition.h"
#include "pharmaco/knowledge/natural_order.h"
#include "pharmaco/knowledge/phenotype_rule_loader.h"
#include "pharmaco/knowledge/structure_loader.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

bool is_dna(std::string_view text) { return !text.empty() && text.find_first_not_of("ACGT") == std::string_view::npos; }

class GeneLoader {
 public:
  GeneLoader(const CatalogueFiles& files, std::string symbol, CatalogueFaults& faults)
      : files_{files}, folder_{"genes/" + symbol + "/"}, symbol_{std::move(symbol)}, faults_{faults} {}

  Gene load() {
    gene_.symbol = symbol_;
    const std::string settings_file = folder_ + "gene.yaml";
    const YAML::Node settings = parse_yaml(settings_file, text_of("gene.yaml"), faults_);
    const YamlFields fields{
        settings_file,
        settings,
        {"gene", "contig", "ploidy", "calling", "small_variants", "undocumented", "required", "extra_sites",
         "unphased_preference", "inferred_from", "worst_first", "phenotype", "sources", "notes"},
        faults_};
    read_settings(fields);
    if (gene_.calling != CallingMethod::outside_only) read_sites();
    read_alleles();
    read_site_settings(fields);
    const PhenotypeMethod method = gene_.phenotype.method;
    if (method == PhenotypeMethod::functions || method == PhenotypeMethod::activity_score) {
      load_phenotype_rule(folder_ + "phenotypes.tsv", text_of("phenotypes.tsv"), gene_.phenotype, faults_);
    }
    read_frequencies();
    if (auto structure = load_structure(files_, gene_, faults_)) {
      gene_.structure = std::make_shared<const GeneStructure>(*std::move(structure));
    }
    return std::move(gene_);
  }

 private:
  [[nodiscard]] std::string text_of(const std::string& name) {
    const auto at = files_.texts.find(folder_ + name);
    if (at != files_.texts.end()) return at->second;
    faults_.add(folder_ + name, 0, "the file is missing");
    return {};
  }

  template <class T>
  T choice(const YamlFields& fields, const std::string& key, const std::map<std::string, T>& choices) {
    const auto at = choices.find(fields.text(key));
    if (at != choices.end()) return at->second;
    std::string names;
    for (const auto& [name, value] : choices) names += (names.empty() ? "" : ", ") + name;
    fields.fault(key, "expected one of " + names);
    return {};
  }

  void read_settings(const YamlFields& fields) {
    if (fields.text("gene") != symbol_) fields.fault("gene", "is not the folder's name");
    gene_.contig = fields.text("contig");
    gene_.ploidy = choice<Ploidy>(
        fields, "ploidy",
        {{"diploid", Ploidy::diploid}, {"x_linked", Ploidy::x_linked}, {"mitochondrial", Ploidy::mitochondrial}});
    gene_.calling = choice<CallingMethod>(fields, "calling",
                                          {{"named_alleles", CallingMethod::named_alleles},
                                           {"lowest_function", CallingMethod::lowest_function},
                                           {"outside_only", CallingMethod::outside_only}});
    gene_.structure_decides = choice<bool>(fields, "small_variants", {{"sufficient", false}, {"insufficient", true}});
    gene_.undocumented_as_reference = choice<bool>(fields, "undocumented", {{"no_call", false}, {"reference", true}});
    gene_.phenotype.method = choice<PhenotypeMethod>(fields, "phenotype",
                                                     {{"functions", PhenotypeMethod::functions},
                                                      {"activity_score", PhenotypeMethod::activity_score},
                                                      {"presence", PhenotypeMethod::presence},
                                                      {"none", PhenotypeMethod::none}});
    gene_.worst_first = fields.list("worst_first");
    gene_.sources = fields.list("sources");
    gene_.notes = fields.text_or("notes", "");
  }

  // The table may be absent: not every gene was counted.
  void read_frequencies() {
    const std::string file = folder_ + "frequencies.tsv";
    const auto table = files_.texts.find(file);
    if (table == files_.texts.end()) return;
    std::vector<std::string> names;
    for (const NamedAllele& allele : gene_.alleles) names.push_back(allele.reported_name());
    gene_.frequencies = load_frequencies(file, table->second, names, faults_);
  }

  // Settings that name sites or alleles, read once these are known.
  void read_site_settings(const YamlFields& fields) {
    for (const std::string& text : fields.list("required")) {
      const auto site = site_at(text);
      if (site) gene_.required.push_back(*site);
      if (!site) fields.fault("required", "no site at " + text);
    }
    const YAML::Node preferences = fields.node("unphased_preference");
    for (const auto& item : preferences) {
      const YamlFields preference{folder_ + "gene.yaml", item, {"among", "pick"}, faults_};
      gene_.preferences.push_back({preference.list("among"), preference.text("pick")});
    }
    if (fields.has("inferred_from")) read_inferred(fields);
    for (const auto& item : fields.node("extra_sites")) {
      const YamlFields extra{
          folder_ + "gene.yaml", item, {"position", "ref", "alts", "rsid", "position37", "ref37"}, faults_};
      add_site(gene_.extra_sites, {0, {}}, extra.text("position"), extra.text("ref"), extra.text("alts"),
               extra.text_or("rsid", ""));
      const auto or_nothing = [&](const char* key) {
        const std::string text = extra.text_or(key, ".");
        return text == "." ? std::string{} : text;
      };
      place_on_grch37(gene_.extra_sites.back(), {0, {}}, or_nothing("position37"), or_nothing("ref37"));
    }
  }

  void read_inferred(const YamlFields& fields) {
    InferredFrom inferred;
    const YAML::Node node = fields.node("inferred_from");
    inferred.rsid = node["site"].as<std::string>("");
    const auto site = std::ranges::find(gene_.sites, inferred.rsid, &genomics::Site::rsid);
    if (site == gene_.sites.end()) {
      fields.fault("inferred_from", "no site " + inferred.rsid);
      return;
    }
    inferred.site = static_cast<std::size_t>(site - gene_.sites.begin());
    std::vector<std::string> bases = site->alts;
    bases.insert(bases.begin(), site->ref);
    for (const std::string& base : bases) {
      const auto allele = gene_.find_allele(node[base].as<std::string>(""));
      if (!allele) {
        fields.fault("inferred_from", "no allele for base " + base);
        return;
      }
      inferred.allele_of_code.push_back(*allele);
    }
    gene_.inferred_from = std::move(inferred);
  }

  void add_site(std::vector<genomics::Site>& sites, const TsvTable::Row& row, std::string_view position,
                std::string_view ref, std::string_view alts, std::string_view rsid) {
    const std::string file = folder_ + (row.line == 0 ? "gene.yaml" : "sites.tsv");
    genomics::Site site{gene_.contig, 0, std::string{ref}, {}, std::string{rsid}, row.line == 0};
    bool good = read_number(position, site.position) && site.position >= 1 && is_dna(ref);
    --site.position;
    for (const std::string_view alt : split(alts, ",")) {
      good = good && is_dna(alt) && alt != ref && std::ranges::find(site.alts, alt) == site.alts.end();
      site.alts.emplace_back(alt);
    }
    if (!good || site.alts.empty() || site.alts.size() > genomics::allele_code::largest_alt) {
      faults_.add(file, row.line, "expected a position from 1 on, and alleles in upper-case ACGT that differ");
    }
    if (!sites.empty() && sites.back().position >= site.position) {
      faults_.add(file, row.line, "sites are not in the order of their positions");
    }
    if (!site.loose) by_position_[site.position + 1] = sites.size();
    sites.push_back(std::move(site));
  }

  // One name for one alternative, or the name that ends with the alternative's base.
  void name_alternatives(std::string_view cell) {
    const std::vector<std::string_view> names = split(cell, " | ");
    std::vector<std::string> by_alt;
    for (const std::string& alt : gene_.sites.back().alts) {
      const bool one_of_one = names.size() == 1 && gene_.sites.back().alts.size() == 1;
      const auto own = std::ranges::find_if(names, [&](auto name) { return one_of_one || name.ends_with(">" + alt); });
      by_alt.emplace_back(own == names.end() ? std::string_view{} : *own);
    }
    gene_.hgvs.push_back(std::move(by_alt));
  }

  void place_on_grch37(genomics::Site& site, const TsvTable::Row& row, std::string_view position,
                       std::string_view ref) {
    if (position.empty() && ref.empty()) return;
    genomics::OtherPlace place;
    const bool good = read_number(position, place.position) && place.position >= 1;
    --place.position;
    const auto alt = std::ranges::find(site.alts, ref);
    if (alt != site.alts.end()) place.base = static_cast<std::uint8_t>(alt - site.alts.begin() + 1);
    if (!good || (ref != site.ref && alt == site.alts.end())) {
      faults_.add(folder_ + (row.line == 0 ? "gene.yaml" : "sites.tsv"), row.line,
                  "expected a position on GRCh37 from 1 on and one of the site's alleles, or nothing for both");
      return;
    }
    site.grch37 = place;
  }

  void read_sites() {
    static constexpr std::array<std::string_view, 7> columns = {"position", "ref",        "alts", "rsid",
                                                                "hgvs",     "position37", "ref37"};
    const std::string text = text_of("sites.tsv");
    for (const auto& row : read_tsv(folder_ + "sites.tsv", text, columns, faults_).rows) {
      add_site(gene_.sites, row, row.cells[0], row.cells[1], row.cells[2], row.cells[3]);
      name_alternatives(row.cells[4]);
      place_on_grch37(gene_.sites.back(), row, row.cells[5], row.cells[6]);
    }
  }

  [[nodiscard]] std::optional<std::size_t> site_at(std::string_view position) const {
    std::int64_t number = 0;
    if (!read_number(position, number)) return std::nullopt;
    const auto at = by_position_.find(number);
    return at == by_position_.end() ? std::nullopt : std::optional{at->second};
  }

  void read_definition(NamedAllele& allele, std::string_view text, std::size_t line) {
    const std::string file = folder_ + "alleles.tsv";
    std::map<std::size_t, std::uint64_t> by_site;
    std::set<std::size_t> named;
    for (const std::string_view item : split(text, " ")) {
      if (item == "reference" || item == "full") {
        allele.is_reference = item == "reference";
        for (std::size_t site = 0; site < gene_.sites.size(); ++site) by_site[site] = 1;
        continue;
      }
      const std::size_t equals = item.find('=');
      const auto site = site_at(item.substr(0, equals));
      const std::uint64_t bits =
          site && equals != std::string_view::npos ? allowed_alleles(gene_.sites[*site], item.substr(equals + 1)) : 0;
      if (bits == 0) {
        faults_.add(file, line, allele.name + ": no such site or allele: " + std::string{item});
        continue;
      }
      if (!named.insert(*site).second) {
        faults_.add(file, line, allele.name + ": the site is there twice: " + std::string{item});
      }
      by_site[*site] = bits;
    }
    allele.is_defined = !by_site.empty() || allele.is_reference;  // a gene may have no site at all
    for (const auto& [site, bits] : by_site) allele.definition.push_back({site, bits});
  }

  void read_alleles() {
    static constexpr std::array<std::string_view, 5> columns = {"name", "core", "function", "activity", "definition"};
    const std::string file = folder_ + "alleles.tsv";
    const std::string text = text_of("alleles.tsv");
    std::set<std::string> names;
    for (const auto& row : read_tsv(file, text, columns, faults_).rows) {
      NamedAllele allele;
      allele.name = row.cells[0];
      allele.core = row.cells[1];
      allele.function = row.cells[2];
      if (!row.cells[3].empty() && row.cells[3] != "n/a") {
        allele.activity = read_activity_score(row.cells[3]);
        if (!allele.activity) faults_.add(file, row.line, "not an activity value: " + std::string{row.cells[3]});
      }
      read_definition(allele, row.cells[4], row.line);
      if (!names.insert(allele.name).second) faults_.add(file, row.line, "the allele is there twice: " + allele.name);
      gene_.alleles.push_back(std::move(allele));
    }
    rank_alleles();
    const bool called = gene_.calling != CallingMethod::outside_only;
    if (called && (gene_.alleles.empty() || !gene_.alleles.front().is_reference)) {
      faults_.add(file, 0, "the first allele is not the reference");
    }
    if (std::ranges::count(gene_.alleles, true, &NamedAllele::is_reference) > 1) {
      faults_.add(file, 0, "more than one reference allele");
    }
  }

  void rank_alleles() {
    std::vector<std::size_t> order(gene_.alleles.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return natural_less(gene_.alleles[a].name, gene_.alleles[b].name);
    });
    for (std::size_t rank = 0; rank < order.size(); ++rank) gene_.alleles[order[rank]].rank = rank;
  }

  const CatalogueFiles& files_;
  std::string folder_;
  std::string symbol_;
  CatalogueFaults& faults_;
  Gene gene_;
  std::map<std::int64_t, std::size_t> by_position_;
};

}  // namespace

std::optional<std::size_t> Gene::find_allele(std::string_view name) const {
  if (name.empty()) return std::nullopt;  // alleles without a core have an empty one
  for (const bool by_core : {false, true}) {
    for (std::size_t i = 0; i < alleles.size(); ++i) {
      if ((by_core ? alleles[i].core : alleles[i].name) == name) return i;
    }
  }
  return std::nullopt;
}

Gene load_gene(const CatalogueFiles& files, const std::string& symbol, CatalogueFaults& faults) {
  return GeneLoader{files, symbol, faults}.load();
}

}  // namespace stardose::pharmaco
