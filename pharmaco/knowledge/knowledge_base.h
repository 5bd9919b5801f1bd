// One immutable release of everything StarDose knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/drug.h"
#include "pharmaco/knowledge/fhir_codes.h"
#include "pharmaco/knowledge/gene.h"
#include "pharmaco/knowledge/guideline.h"
#include "pharmaco/knowledge/phrases.h"
#include "pharmaco/knowledge/synonyms.h"

namespace stardose::pharmaco {

struct CatalogueSource {
  std::string id;
  std::string what;
  std::string version;
  std::string terms;
  std::string attribution;
};

struct Release {
  std::string name;
  std::string date;
  std::string assembly;
  std::vector<CatalogueSource> sources;
  std::string digest;  ///< SHA-256 of the catalogue's files
};

/// Loaded once, checked once, then only read; safe to share between threads.
struct KnowledgeBase {
  Release release;
  std::vector<Gene> genes;  ///< by symbol
  std::vector<Guideline> guidelines;
  std::vector<Drug> drugs;  ///< that the guidelines are about, by name
  Phrases phrases;
  Synonyms synonyms;
  FhirCodes fhir;  ///< of a catalogue without the folder fhir/: none

  [[nodiscard]] const Gene* find_gene(std::string_view symbol) const;
};

/// Reads and checks everything; what is wrong goes into `faults`.
[[nodiscard]] KnowledgeBase load_knowledge(const CatalogueFiles& files, CatalogueFaults& faults);

/// Loads the embedded catalogue, or the folder's when one is named. Throws InputError (catalogue) for a broken one.
[[nodiscard]] KnowledgeBase open_knowledge(const std::string& folder);

}  // namespace stardose::pharmaco
