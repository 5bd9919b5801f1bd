// The catalogue's files as compiled into the program.
#pragma once

#include <span>
#include <string_view>

namespace stardose::pharmaco {

struct EmbeddedFile {
  std::string_view path;  ///< relative to the catalogue's folder, `genes/TPMT/alleles.tsv`
  std::string_view text;
};

/// Returns every table of the catalogue, sorted by path. Lives as long as the program.
[[nodiscard]] std::span<const EmbeddedFile> embedded_catalogue();

}  // namespace stardose::pharmaco
