// The text of a VCF's header: whole, well formed, and not at odds with itself or with the specification.
#pragma once

#include <string>
#include <string_view>

#include "genomics/io/vcf_fields.h"

namespace stardose::genomics {

/// Reads what a header declares. `text`: its lines, the last of them that of the columns.
/// Throws InputError, naming the line, for a line that is not well formed, a version other than VCF 4, a sample, field
/// or contig that is declared twice in different ways, a contig's name that the specification does not allow, and a
/// field that the specification reserves and the header declares as no program is known to mean well by.
[[nodiscard]] VcfDeclarations read_declarations(const std::string& path, std::string_view text);

/// Returns whether the specification allows a contig to have the name. Those of HLA alleles
/// (`HLA-A*01:01:01:01`), which GRCh38 comes with, may have a star and colons.
[[nodiscard]] bool is_contig_name(std::string_view name);

}  // namespace stardose::genomics
