// From the catalogue's files to one release of knowledge.
#include "pharmaco/knowledge/knowledge_base.h"

#include <algorithm>
#include <set>

#include "genomics/trail.h"
#include "pharmaco/knowledge/drug_loader.h"
#include "pharmaco/knowledge/gene_loader.h"
#include "pharmaco/knowledge/guideline_loader.h"
#include "pharmaco/knowledge/phrases_loader.h"
#include "pharmaco/knowledge/proxy_loader.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* release_file = "release.yaml";

/// `2026-11-21`
bool is_date(std::string_view text) {
  static constexpr std::string_view shape = "dddd-dd-dd";
  return std::ranges::equal(text, shape,
                            [](char c, char kind) { return kind == 'd' ? '0' <= c && c <= '9' : c == kind; });
}

Release load_release(const CatalogueFiles& files, CatalogueFaults& faults) {
  Release release;
  release.digest = files.digest();
  const auto text = files.texts.find(release_file);
  if (text == files.texts.end()) {
    faults.add(release_file, 0, "the file is missing");
    return release;
  }
  const YamlFields fields{
      release_file, parse_yaml(release_file, text->second, faults), {"release", "date", "assembly", "sources"}, faults};
  release.name = fields.text("release");
  release.date = fields.text("date");
  release.assembly = fields.text("assembly");
  if (!is_date(release.date)) fields.fault("date", "expected YYYY-MM-DD");
  if (release.assembly != "GRCh38") fields.fault("assembly", "expected GRCh38");
  const YAML::Node sources = fields.node("sources");
  if (!sources.IsDefined() || !sources.IsSequence()) {
    fields.fault("sources", "expected a list");
    return release;
  }
  for (const auto& item : sources) {
    const YamlFields source{release_file, item, {"id", "what", "version", "terms", "attribution"}, faults};
    release.sources.push_back({source.text("id"), source.text("what"), source.text("version"), source.text("terms"),
                               source.text("attribution")});
  }
  return release;
}

std::set<std::string> gene_folders(const CatalogueFiles& files) {
  static constexpr std::string_view folder = "genes/";
  std::set<std::string> symbols;
  for (auto at = files.texts.lower_bound(std::string{folder}); at != files.texts.end(); ++at) {
    if (!at->first.starts_with(folder)) break;
    const std::size_t end = at->first.find('/', folder.size());
    if (end != std::string::npos) symbols.insert(at->first.substr(folder.size(), end - folder.size()));
  }
  return symbols;
}

void check_sources(const KnowledgeBase& knowledge, CatalogueFaults& faults) {
  const auto& known = knowledge.release.sources;
  for (const Gene& gene : knowledge.genes) {
    for (const std::string& source : gene.sources) {
      if (std::ranges::find(known, source, &CatalogueSource::id) != known.end()) continue;
      faults.add("genes/" + gene.symbol + "/gene.yaml", 0, "sources: not in release.yaml: " + source);
    }
  }
}

void mark_guided(KnowledgeBase& knowledge) {
  for (const Guideline& guideline : knowledge.guidelines) {
    for (Gene& gene : knowledge.genes) {
      if (std::ranges::find(guideline.genes, gene.symbol) != guideline.genes.end()) gene.has_guidance = true;
    }
  }
}

}  // namespace

const Gene* KnowledgeBase::find_gene(std::string_view symbol) const {
  const auto gene = std::ranges::lower_bound(genes, symbol, std::less<>{}, &Gene::symbol);
  return gene != genes.end() && gene->symbol == symbol ? &*gene : nullptr;
}

KnowledgeBase load_knowledge(const CatalogueFiles& files, CatalogueFaults& faults) {
  KnowledgeBase knowledge;
  knowledge.release = load_release(files, faults);
  for (const std::string& symbol : gene_folders(files)) knowledge.genes.push_back(load_gene(files, symbol, faults));
  if (knowledge.genes.empty()) faults.add("genes", 0, "no gene is there");
  load_proxies(files, knowledge.genes, faults);
  check_sources(knowledge, faults);
  knowledge.synonyms = load_synonyms(files, knowledge.genes, faults);
  knowledge.phrases = load_phrases(files, faults);
  knowledge.guidelines = load_guidelines(files, knowledge.genes, knowledge.phrases, faults);
  knowledge.drugs = load_drugs(files, knowledge.guidelines, faults);
  knowledge.fhir = load_fhir_codes(files, faults);
  mark_guided(knowledge);
  return knowledge;
}

KnowledgeBase open_knowledge(const std::string& folder) {
  const CatalogueFiles files = folder.empty() ? embedded_files() : folder_files(folder);
  CatalogueFaults faults{files.origin};
  KnowledgeBase knowledge = load_knowledge(files, faults);
  faults.raise();
  genomics::note_catalogue(knowledge.release.digest);
  return knowledge;
}

}  // namespace stardose::pharmaco
