// Words to choices.
#include "pharmaco/polygenic/score_rules.h"

#include <array>
#include <string>
#include <string_view>

#include "genomics/input_error.h"

namespace stardose::pharmaco {

namespace {

[[noreturn]] void refuse(const std::string& option, const std::string& word, const std::string& choices) {
  throw genomics::InputError{genomics::Fault::usage, {"", option, "no such choice: " + word, "choose " + choices}};
}

template <class Choice, std::size_t count>
Choice choose(const std::string& option, const std::string& word,
              const std::array<std::pair<std::string_view, Choice>, count>& choices) {
  std::string names;
  for (const auto& [name, choice] : choices) {
    if (name == word) return choice;
    names += (names.empty() ? "" : " or ") + std::string{name};
  }
  refuse(option, word, names);
}

}  // namespace

ScoreRules score_rules(const PolygenicOptions& options) {
  using std::pair;
  using Word = std::string_view;
  ScoreRules rules;
  rules.palindromes =
      choose("palindromes", options.palindromes,
             std::array{pair{Word{"frequency"}, Palindromes::by_frequency}, pair{Word{"exclude"}, Palindromes::exclude},
                        pair{Word{"keep"}, Palindromes::keep}});
  rules.flips = choose("strand-flips", options.strand_flips,
                       std::array{pair{Word{"unambiguous"}, true}, pair{Word{"none"}, false}});
  rules.missing = choose("impute-missing", options.impute_missing,
                         std::array{pair{Word{"cohort"}, MissingGenotypes::cohort_mean},
                                    pair{Word{"reference"}, MissingGenotypes::reference_mean},
                                    pair{Word{"none"}, MissingGenotypes::nothing}});
  if (!(options.min_overlap >= 0 && options.min_overlap <= 1)) {
    refuse("min-overlap", std::to_string(options.min_overlap), "a share from 0 to 1");
  }
  return rules;
}

}  // namespace stardose::pharmaco
