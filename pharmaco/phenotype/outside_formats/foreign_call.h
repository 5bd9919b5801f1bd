// Calls as other programs write them: PharmCAT, Aldy, Cyrius and StellarPGx.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::pharmaco {

/// What another program's file says of one gene in one sample. Of what such a program derives from its calls
/// (phenotypes, scores) nothing is taken where it names alleles: what they mean the catalogue says.
struct ForeignCall {
  std::size_t line = 1;  ///< where it stands
  std::string sample;    ///< empty: the file does not say
  std::string gene;
  std::vector<std::string> diplotypes;  ///< several: the program does not decide between them
  std::string phenotype;                ///< in place of diplotypes, where the program was itself told nothing else
  std::string note;                     ///< why there is no result, or what the program warns of; no final stop
};

/// Tells the format by content and reads it. nullopt: a file of none of these programs, a table of outside calls then.
/// `path` is for messages. Throws InputError (input): broken, of another program, or of one that is not known.
[[nodiscard]] std::optional<std::vector<ForeignCall>> read_foreign_calls(const std::string& path,
                                                                         std::string_view text);

/// Returns the sample that a file without names is about: the only one, or the one that the file's name begins with.
/// Throws InputError (input): neither.
[[nodiscard]] std::size_t sample_of_file(const std::string& path, const std::vector<std::string>& samples);

}  // namespace stardose::pharmaco
