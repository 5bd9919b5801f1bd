// From structure.yaml to a GeneStructure.
#include "pharmaco/knowledge/structure_loader.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "pharmaco/knowledge/paralog_sites_loader.h"
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
                            {"gene", "paralog", "kinds", "haplotypes", "known", "alleles", "depth", "deletion_link"},
                            faults_};
    if (fields.text("gene") != gene_.symbol) fields.fault("gene", "is not the folder's name");
    structure_.paralog = fields.text_or("paralog", "");
    for (const auto& item : fields.node("kinds")) read_kind(item);
    for (const auto& item : fields.node("haplotypes")) read_haplotype(item);
    for (const auto& item : fields.node("known")) {
      const YamlFields known{file_, item, {"haplotype", "share"}, faults_};
      structure_.known_shares.push_back({known.text("haplotype"), number(known, "share", 0)});
    }
    if (fields.has("alleles")) read_alleles(fields.node("alleles"));
    for (const auto& item : fields.node("depth")) read_depth(item);
    if (fields.has("deletion_link")) read_link(fields.node("deletion_link"));
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

  std::size_t stretch(const YamlFields& fields, const std::string& key, const std::string& name) {
    const auto at = std::ranges::find(structure_.stretches, name);
    if (at != structure_.stretches.end()) return static_cast<std::size_t>(at - structure_.stretches.begin());
    fields.fault(key, "no such stretch: " + name);
    return 0;
  }

  void put_sources(const YamlFields& fields, const std::string& key, StretchSource source, CopyKind& kind) {
    const auto ends = fields.list(key);
    if (ends.empty()) return;
    if (ends.size() != 2) {
      fields.fault(key, "expected the first and the last stretch");
      return;
    }
    for (std::size_t at = stretch(fields, key, ends[0]); at <= stretch(fields, key, ends[1]); ++at) {
      kind.sources[at] = source;
    }
  }

  void read_kind(const YAML::Node& item) {
    const YamlFields fields{
        file_, item, {"id", "words", "paralog", "either", "ordinary_paralog", "name", "names"}, faults_};
    CopyKind kind{fields.text("id"), fields.text("words"), {}, true, fields.text_or("name", ""), {}};
    kind.sources.assign(structure_.stretches.size(), StretchSource::gene);
    put_sources(fields, "paralog", StretchSource::paralog, kind);
    put_sources(fields, "either", StretchSource::either, kind);
    kind.is_gene_copy = !fields.has("ordinary_paralog");
    for (const auto& entry : fields.node("names")) {
      CopyName name{entry.first.as<std::string>(""), entry.second.as<std::string>("")};
      const auto content = gene_.find_allele(name.content);
      if (!content || !gene_.alleles[*content].is_defined) fields.fault("names", "no such allele: " + name.content);
      check_name(fields, "names", name.name);
      kind.names.push_back(std::move(name));
    }
    if (!kind.name.empty()) check_name(fields, "name", kind.name);
    structure_.kinds.push_back(std::move(kind));
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
    if (!read_number(ends.front(), least) || !read_number(ends.back(), most)) return false;
    if (ends.size() > 2 || least < 1 || most < least || most > 20) return false;
    part.least = static_cast<int>(least);
    part.most = static_cast<int>(most);
    return !kinds.empty();
  }

  void read_haplotype(const YAML::Node& item) {
    const YamlFields fields{file_, item, {"is", "share", "per_copy", "name", "words"}, faults_};
    HaplotypeShape shape;
    shape.share = number(fields, "share", 0);
    shape.per_copy = number(fields, "per_copy", 1);
    shape.name = fields.text_or("name", "");
    if (!shape.name.empty()) check_name(fields, "name", shape.name);
    shape.words = fields.text("words");
    const std::string text = fields.text("is");
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
    for (const std::size_t kind : choices) {
      if (open != nowhere) shape.parts[open].kind = kind;
      structure_.shapes.push_back(shape);
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

  // `42126499-42130865 42522501-42526867`: GRCh38 and GRCh37, 1-based.
  std::optional<OnBoth<BaseRange>> read_place(std::string_view text) {
    OnBoth<BaseRange> place;
    const auto words = split(text, " ");
    if (words.size() != 2) return std::nullopt;
    for (auto [interval, word] : {std::pair{&place.grch38, words[0]}, std::pair{&place.grch37, words[1]}}) {
      const auto ends = split(word, "-");
      if (ends.size() != 2 || !read_number(ends[0], interval->begin) || !read_number(ends[1], interval->end)) {
        return std::nullopt;
      }
      --interval->begin;
      if (interval->begin < 0 || interval->end <= interval->begin) return std::nullopt;
    }
    return place;
  }

  void read_depth(const YAML::Node& item) {
    static const std::map<std::string, DepthCounts> counts = {{"gene", DepthCounts::gene},
                                                              {"paralog", DepthCounts::paralog},
                                                              {"both", DepthCounts::both},
                                                              {"flank", DepthCounts::flank}};
    const YamlFields fields{file_, item, {"name", "counts", "stretch", "places"}, faults_};
    DepthRegion region;
    region.name = fields.text("name");
    const auto kind = counts.find(fields.text("counts"));
    if (kind == counts.end()) {
      fields.fault("counts", "expected gene, paralog, both or flank");
      return;
    }
    region.counts = kind->second;
    if (region.counts != DepthCounts::flank) region.stretch = stretch(fields, "stretch", fields.text("stretch"));
    for (const std::string& text : fields.list("places")) {
      const auto place = read_place(text);
      if (!place) fields.fault("places", "expected `FIRST-LAST FIRST-LAST` of GRCh38 and GRCh37: " + text);
      if (place) region.places.push_back(*place);
    }
    structure_.depth.push_back(std::move(region));
  }

  std::vector<DeletionLink::Marker> read_markers(const YamlFields& fields, const std::string& key) {
    std::vector<DeletionLink::Marker> markers;
    for (const std::string& text : fields.list(key)) {
      const auto words = split(text, " ");
      DeletionLink::Marker marker;
      if (words.size() != 3 || !read_number(words[0], marker.position.grch38) ||
          !read_number(words[1], marker.position.grch37) || words[2].size() != 1) {
        fields.fault(key, "expected `POSITION POSITION37 BASE`: " + text);
        continue;
      }
      --marker.position.grch38;
      --marker.position.grch37;
      marker.base = words[2].front();
      markers.push_back(marker);
    }
    return markers;
  }

  void read_link(const YAML::Node& node) {
    const YamlFields fields{file_, node, {"before", "after"}, faults_};
    structure_.deletion_link = DeletionLink{read_markers(fields, "before"), read_markers(fields, "after")};
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
