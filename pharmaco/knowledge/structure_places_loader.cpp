// Places of structure.yaml: stretches, depth regions, markers, other contigs.
#include "pharmaco/knowledge/structure_places_loader.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

// `42126499-42130865 42522501-42526867`: GRCh38 and GRCh37, 1-based; `.`: has no place there.
std::optional<OnBoth<BaseRange>> read_place(std::string_view text) {
  OnBoth<BaseRange> place;
  const auto words = split(text, " ");
  if (words.size() != 2) return std::nullopt;
  for (auto [interval, word] : {std::pair{&place.grch38, words[0]}, std::pair{&place.grch37, words[1]}}) {
    if (word == ".") continue;
    const auto ends = split(word, "-");
    if (ends.size() != 2 || !read_number(ends[0], interval->begin) || !read_number(ends[1], interval->end)) {
      return std::nullopt;
    }
    --interval->begin;
    if (interval->begin < 0 || interval->end <= interval->begin) return std::nullopt;
  }
  return place;
}

class PlacesLoader {
 public:
  PlacesLoader(std::string file, GeneStructure& structure, CatalogueFaults& faults)
      : file_{std::move(file)}, structure_{structure}, faults_{faults} {}

  void load(const YamlFields& fields) {
    structure_.lies_only_on = fields.text_or("lies_only_on", "");
    for (const auto& item : fields.node("alternate_contigs")) read_alternate_contig(item);
    if (fields.has("stretches")) read_stretches(fields);
    if (fields.has("one_per_haplotype")) mark_ends(fields);
    for (const auto& item : fields.node("depth")) read_depth(item);
    if (fields.has("deletion_link")) read_link(fields.node("deletion_link"));
  }

 private:
  void read_alternate_contig(const YAML::Node& item) {
    const YamlFields fields{file_, item, {"names", "gene"}, faults_};
    AlternateContig contig{fields.list("names"), {}};
    const std::string text = fields.text("gene");
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, contig.gene.begin);
    const bool has_dash = first.ptr != end && *first.ptr == '-';
    const bool good = has_dash && std::from_chars(first.ptr + 1, end, contig.gene.end).ptr == end;
    if (!good || contig.gene.begin < 1 || contig.gene.begin > contig.gene.end)
      fields.fault("gene", "expected `FIRST-LAST`");
    if (contig.names.empty()) fields.fault("names", "expected one at least");
    --contig.gene.begin;
    structure_.alternate_contigs.push_back(std::move(contig));
  }

  void mark_ends(const YamlFields& fields) {
    const auto place = read_place(fields.text("one_per_haplotype"));
    if (!place) fields.fault("one_per_haplotype", "expected `FIRST-LAST FIRST-LAST` of GRCh38 and GRCh37");
    for (StructureColumn& column : structure_.columns) {
      const std::int64_t at = column.gene.position.grch38.value_or(-1);
      column.one_per_haplotype = place && at >= place->grch38.begin && at < place->grch38.end;
    }
  }

  // Of a gene without a table of places that it shares with its paralog.
  void read_stretches(const YamlFields& fields) {
    if (!structure_.counts_by_depth_alone()) return fields.fault("stretches", "stand in paralog_sites.tsv");
    if (fields.node("stretches").size() == 0) return fields.fault("stretches", "expected one at least");
    structure_.stretches.clear();
    std::vector<BaseRange> places;
    for (const auto& item : fields.node("stretches")) {
      const YamlFields stretch{file_, item, {"name", "place"}, faults_};
      const auto place = read_place(stretch.text("place"));
      if (!place) stretch.fault("place", "expected `FIRST-LAST FIRST-LAST` of GRCh38 and GRCh37");
      structure_.stretches.push_back(stretch.text("name"));
      places.push_back(place.value_or(OnBoth<BaseRange>{}).grch38);
    }
    for (StructureColumn& column : structure_.columns) {
      const std::int64_t at = column.gene.position.grch38.value_or(-1);
      const auto in =
          std::ranges::find_if(places, [&](const BaseRange& place) { return at >= place.begin && at < place.end; });
      if (in == places.end()) fields.fault("stretches", "no stretch has the site at " + std::to_string(at + 1));
      column.stretch = in == places.end() ? 0 : static_cast<std::size_t>(in - places.begin());
    }
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
    if (region.counts != DepthCounts::flank) {
      region.stretch = stretch_number(structure_, fields, "stretch", fields.text("stretch"));
    }
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
  GeneStructure& structure_;
  CatalogueFaults& faults_;
};

}  // namespace

std::size_t stretch_number(const GeneStructure& structure, const YamlFields& fields, const std::string& key,
                           const std::string& name) {
  const auto at = std::ranges::find(structure.stretches, name);
  if (at != structure.stretches.end()) return static_cast<std::size_t>(at - structure.stretches.begin());
  fields.fault(key, "no such stretch: " + name);
  return 0;
}

void load_structure_places(const std::string& file, const YamlFields& fields, GeneStructure& structure,
                           CatalogueFaults& faults) {
  PlacesLoader{file, structure, faults}.load(fields);
}

}  // namespace stardose::pharmaco
