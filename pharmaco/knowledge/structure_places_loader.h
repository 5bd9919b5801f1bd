// What structure.yaml says of where a gene's stretches and what is counted lie.
#pragma once

#include <cstddef>
#include <string>

#include "pharmaco/knowledge/catalogue_files.h"
#include "pharmaco/knowledge/gene_structure.h"
#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

/// Reads `lies_only_on`, `alternate_contigs`, `stretches`, `one_per_haplotype`, `depth` and `deletion_link` of the
/// mapping `fields` of `file`. The columns of paralog_sites.tsv and of the gene's sites are there already; kinds, which
/// name stretches, are not needed.
void load_structure_places(const std::string& file, const YamlFields& fields, GeneStructure& structure,
                           CatalogueFaults& faults);

/// Returns the number of the stretch `name`; where there is none, notes a fault of `key` and returns 0.
[[nodiscard]] std::size_t stretch_number(const GeneStructure& structure, const YamlFields& fields,
                                         const std::string& key, const std::string& name);

}  // namespace stardose::pharmaco
