// Reads and checks the words that advice is written with.
#pragma once

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/phrases.h"

namespace stardose::pharmaco {

/// Reads guidance/phrases.yaml. Faults: a section, level, template or action missing that the program itself uses, an
/// unknown section, level or template, a key that is there twice, a phrase that is empty or has an unknown slot.
[[nodiscard]] Phrases load_phrases(const CatalogueFiles& files, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
