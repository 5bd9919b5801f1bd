// A patient's record as a file: JSON that a person can read, an event a line.
#pragma once

#include <string>
#include <string_view>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/twin/twin_state.h"

namespace stardose::pharmaco {

/// twin-state.schema.json describes it. A higher last number adds keys, a higher first one changes them.
inline constexpr std::string_view twin_schema = "stardose/twin/1.0";

/// Returns the file's text. The same state gives the same bytes. It ends with a digest of all the rest, so that a
/// record that was cut, or changed by hand, is not taken for one.
[[nodiscard]] std::string twin_json(const TwinState& state);

/// Reads what twin_json wrote; blanks and line ends may differ. Throws InputError (input) with `path`: it is no record,
/// of a newer shape, cut or changed; (mismatch): a gene that the catalogue does not know.
[[nodiscard]] TwinState parse_twin(std::string_view text, const std::string& path, const KnowledgeBase& knowledge);

/// Reads the file. Throws InputError.
[[nodiscard]] TwinState read_twin(const std::string& path, const KnowledgeBase& knowledge);

}  // namespace stardose::pharmaco
