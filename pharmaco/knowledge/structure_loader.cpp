// From structure.yaml to a GeneStructure.
#include "pharmaco/knowledge/structure_loader.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <map>

#include "pharmaco/knowledge/paralog_sites_loader.h"
#include "pharmaco/knowledge/structure_places_loader.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

class StructureLoader {
 public:
  StructureLoader(std::string file, const Gene& gene, GeneStructure& structure, CatalogueFaults& faults)
      : file_{std::move(file)}, gene_{gene}, structure_{structure}, faults_{faults} {}

  void load(const std::string& text) {
    const YamlFields fields{file_,
                            parse_yaml(file_, text, faults_),
                            {"gene", "paralog", "lies_only_on", "alternate_contigs", "stretches", "one_per_haplotype",
                             "kinds", "haplotypes", "known", "usual", "alleles", "depth", "deletion_link"},
                            faults_};
    if (fields.text("gene") != gene_.symbol) fields.fault("gene", "is not the folder's name");
    structure_.paralog = fields.text_or("paralog", "");
    load_structure_places(file_, fields, structure_, faults_);
    for (const auto& item : fields.node("kinds")) read_kind(item);
    for (const auto& item : fields.node("haplotypes")) read_haplotype(item);
    for (const auto& item : fields.node("known")) {
      const YamlFields known{file_, item, {"haplotype", "share"}, faults_};
      structure_.known_shares.push_back({known.text("haplotype"), number(known, "share", 0)});
    }
    for (const auto& entry : fields.node("usual")) read_usual(fields, entry.first, entry.second);
    if (fields.has("alleles")) read_alleles(fields.node("alleles"));
    if (structure_.kinds.empty()) fields.fault("kinds", "expected one at least");
    if (structure_.shapes.empty()) fields.fault("haplotypes", "expected one at least");
  }

 private:
  double number(const YamlFields& fields, const std::string& key, double otherwise) {
    if (!fields.has(key)) return otherwise;
    const std::string text = fields.text(key);
    double value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 1) {
      fields.fault(key, "expected a number from 0 to 1");
    }
    return value;
  }

  void put_sources(const YamlFields& fields, const std::string& key, StretchSource source, CopyKind& kind) {
    const auto ends = fields.list(key);
    if (ends.empty()) return;
    if (ends.size() != 2) {
      fields.fault(key, "expected the first and the last stretch");
      return;
    }
    const std::size_t last = stretch_number(structure_, fields, key, ends[1]);
    for (std::size_t at = stretch_number(structure_, fields, key, ends[0]); at <= last; ++at) kind.sources[at] = source;
  }

  void read_kind(const YAML::Node& item) {
    const YamlFields fields{
        file_, item, {"id", "words", "paralog", "either", "ordinary_paralog", "name", "like", "names"}, faults_};
    CopyKind kind{fields.text("id"), fields.text("words"), {}, true, {}};
    kind.sources.assign(structure_.stretches.size(), StretchSource::gene);
    put_sources(fields, "paralog", StretchSource::paralog, kind);
    put_sources(fields, "either", StretchSource::either, kind);
    kind.is_gene_copy = !fields.has("ordinary_paralog");
    for (const std::string& like : fields.list("like")) add_name(fields, kind, fields.text("name"), like);
    for (const auto& entry : fields.node("names")) {
      add_name(fields, kind, entry.first.as<std::string>(""), entry.second.as<std::string>(""));
    }
    structure_.kinds.push_back(std::move(kind));
  }

  void add_name(const YamlFields& fields, CopyKind& kind, const std::string& name, const std::string& like) {
    const auto allele = gene_.find_allele(like);
    check_name(fields, "names", name);
    if (allele && gene_.alleles[*allele].is_defined) {
      kind.names.push_back({name, *allele});
    } else {
      fields.fault("names", "no such defined allele: " + like);
    }
  }

  void check_name(const YamlFields& fields, const std::string& key, const std::string& name) {
    if (!gene_.find_allele(name)) fields.fault(key, "not in alleles.tsv: " + name);
  }

  // `gene x2-12` -> kinds of that name and 2 to 12; `13-` -> each kind whose name begins so.
  bool read_part(std::string_view text, std::vector<std::size_t>& kinds, HaplotypeShape::Part& part) {
    const std::size_t blank = text.find(" x");
    const std::string_view id = text.substr(0, blank);
    for (std::size_t kind = 0; kind < structure_.kinds.size(); ++kind) {
      const std::string& other = structure_.kinds[kind].id;
      if (other == id || (id.ends_with('-') && other.starts_with(id))) kinds.push_back(kind);
    }
    if (blank == std::string_view::npos) return !kinds.empty();
    const auto ends = split(text.substr(blank + 2), "-");
    std::int64_t least = 0;
    std::int64_t most = 0;
    if (ends.empty() || !read_number(ends.front(), least) || !read_number(ends.back(), most)) return false;
    if (ends.size() > 2 || least < 1 || most < least || most > 20) return false;
    part.least = static_cast<int>(least);
    part.most = static_cast<int>(most);
    return !kinds.empty();
  }

  void read_haplotype(const YAML::Node& item) {
    const YamlFields fields{file_, item, {"is", "share", "per_copy", "known_part", "name", "words"}, faults_};
    HaplotypeShape shape;
    shape.share = number(fields, "share", 0);
    shape.per_copy = number(fields, "per_copy", 1);
    shape.known_part = number(fields, "known_part", 1);
    shape.name = fields.text_or("name", "");
    if (!shape.name.empty()) check_name(fields, "name", shape.name);
    shape.words = fields.text("words");
    const std::string text = fields.text("is");
    if (text == "nothing") {
      if (shape.name.empty()) fields.fault("name", "what is nothing needs one");
      structure_.shapes.push_back(shape);
      return;
    }
    std::size_t open = nowhere;  // the part that stands for several kinds: at most one
    std::vector<std::size_t> choices;
    for (const std::string_view part_text : split(text, " + ")) {
      std::vector<std::size_t> kinds;
      HaplotypeShape::Part part;
      if (!read_part(part_text, kinds, part) || (kinds.size() > 1 && open != nowhere)) {
        fields.fault("is", "not a list of kinds: " + text);
        return;
      }
      part.kind = kinds.front();
      if (kinds.size() > 1) {
        open = shape.parts.size();
        choices = kinds;
      }
      shape.parts.push_back(part);
    }
    if (open == nowhere) choices.push_back(0);
    shape.share /= static_cast<double>(choices.size());
    shape.known_part /= static_cast<double>(choices.size());
    for (const std::size_t kind : choices) {
      if (open != nowhere) shape.parts[open].kind = kind;
      structure_.shapes.push_back(shape);
    }
  }

  // `"*4": 42126611=G 42130692=A`: wherever else the definition leaves a base open, the reference's is usual.
  void read_usual(const YamlFields& fields, const YAML::Node& key, const YAML::Node& value) {
    const auto name = key.as<std::string>("");
    const auto allele = gene_.find_allele(name);
    if (!allele) {
      fields.fault("usual", "not in alleles.tsv: " + name);
      return;
    }
    std::map<std::size_t, std::uint8_t> given;
    const auto list = value.as<std::string>("");
    for (const std::string_view text : split(list, " ")) {
      const std::size_t sign = text.find('=');
      std::int64_t position = 0;
      if (sign == std::string_view::npos || !read_number(text.substr(0, sign), position)) {
        if (!text.empty()) fields.fault("usual", "expected `POSITION=BASES`: " + std::string{text});
        continue;
      }
      for (const DefinedSite& defined : gene_.alleles[*allele].definition) {
        const genomics::Site& site = gene_.sites[defined.site];
        const auto alt = std::ranges::find(site.alts, text.substr(sign + 1));
        if (site.position != position - 1 || alt == site.alts.end()) continue;
        given[defined.site] = static_cast<std::uint8_t>(alt - site.alts.begin() + 1);
      }
    }
    for (const DefinedSite& defined : gene_.alleles[*allele].definition) {
      if (std::has_single_bit(defined.allowed)) continue;
      const auto symbol = given.contains(defined.site) ? given[defined.site] : std::uint8_t{0};
      if ((defined.allowed >> symbol & 1) != 0) structure_.usual.push_back({*allele, defined.site, symbol});
    }
  }

  void read_alleles(const YAML::Node& node) {
    const YamlFields fields{file_, node, {"other", "shares"}, faults_};
    structure_.other_allele_share = number(fields, "other", structure_.other_allele_share);
    for (const auto& entry : fields.node("shares")) {
      const auto name = entry.first.as<std::string>("");
      check_name(fields, "shares", name);
      structure_.allele_shares.push_back({name, entry.second.as<double>(0)});
    }
  }

  std::string file_;
  const Gene& gene_;
  GeneStructure& structure_;
  CatalogueFaults& faults_;
};

}  // namespace

std::optional<GeneStructure> load_structure(const CatalogueFiles& files, const Gene& gene, CatalogueFaults& faults) {
  const std::string file = "genes/" + gene.symbol + "/structure.yaml";
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return std::nullopt;
  GeneStructure structure;
  load_paralog_sites(files, gene, structure, faults);
  StructureLoader{file, gene, structure, faults}.load(text->second);
  return structure;
}

}  // namespace stardose::pharmaco
