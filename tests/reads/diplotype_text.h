// CYP2D6 diplotypes as texts: what two of them must have in common to be one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::tests {

/// Core names of a chromosome's copies, sorted; a name for each copy. A deleted gene is `*5`.
using Copies = std::vector<std::string>;

struct NamedCopies {
  Copies first;  ///< the smaller of the two
  Copies second;

  friend auto operator<=>(const NamedCopies&, const NamedCopies&) = default;
};

/// Former name -> present one.
using FormerNames = std::map<std::string, std::string>;

/// Reads the gene's rows of the catalogue's aliases.tsv.
[[nodiscard]] FormerNames read_former_names(const std::string& path, const std::string& gene);

/// Reads `*13A1+*1.004x2/*43.001 x2`, `*17X2(spacer)/*45.001`: suballeles and letters go by their core, former names by
/// the present one. Throws for anything else.
[[nodiscard]] NamedCopies read_named_copies(std::string_view text, const FormerNames& former);

/// The better, the earlier.
enum class Verdict {
  exact,            ///< the same copies on the same chromosomes
  same_content,     ///< the same copies, otherwise divided between the chromosomes
  ambiguous,        ///< several named, the truth among them
  ambiguous_wrong,  ///< several named, the truth not among them
  wrong,
  no_call,
};
[[nodiscard]] std::string_view to_string(Verdict verdict);
/// The verdict so called. Throws for another word.
[[nodiscard]] Verdict verdict_of(std::string_view word);

/// `called`: best first; more than one only where the call is ambiguous. None: no call.
[[nodiscard]] Verdict judge(const std::string& truth, const std::vector<std::string>& called,
                            const FormerNames& former);

/// `deletion`, `hybrid`, `duplication` or `none`: the first of them that the diplotype has. Hybrids are named in
/// PharmVar's structural variation document.
[[nodiscard]] std::string_view structural_class(std::string_view text, const FormerNames& former);

}  // namespace stardose::tests
