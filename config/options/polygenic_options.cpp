// Polygenic scores.
#include "config/options/option_parts.h"

namespace stardose::config {

namespace {

using pharmaco::PolygenicOptions;

}  // namespace

std::vector<Option> polygenic_options() {
  return {
      {.name = "score",
       .help = "Scoring files of the PGS Catalog, plain or .gz; or tables with ID, effect_allele and a column a score.",
       .value = "FILE",
       .field = field<&Settings::polygenic, &PolygenicOptions::scores>,
       .path = true,
       .commands = of_scores},
      {.name = "min-overlap",
       .help =
           "Least share of a score's variants, by number and by weight, that the input must have; else it is refused.",
       .value = "FRACTION",
       .field = field<&Settings::polygenic, &PolygenicOptions::min_overlap>,
       .commands = of_scores},
      {.name = "palindromes",
       .help =
           "A/T and C/G variants: frequency counts those whose strand effect allele frequencies tell, exclude none, "
           "keep all, on the input's strand.",
       .value = "WHICH",
       .field = field<&Settings::polygenic, &PolygenicOptions::palindromes>,
       .choices = {"frequency", "exclude", "keep"},
       .commands = of_scores},
      {.name = "strand-flips",
       .help = "Take alleles that fit only as complements for those of the other strand: unambiguous or none.",
       .value = "WHICH",
       .field = field<&Settings::polygenic, &PolygenicOptions::strand_flips>,
       .choices = {"unambiguous", "none"},
       .commands = of_scores},
      {.name = "impute-missing",
       .help =
           "What a missing genotype is worth: the mean of the cohort, what the reference frequency makes one expect, "
           "or none.",
       .value = "HOW",
       .field = field<&Settings::polygenic, &PolygenicOptions::impute_missing>,
       .choices = {"cohort", "reference", "none"},
       .commands = of_scores},
      {.name = "frequencies",
       .help = "TSV of effect allele frequencies, in place of those in scoring files.",
       .value = "FILE",
       .field = field<&Settings::polygenic, &PolygenicOptions::frequencies>,
       .path = true,
       .commands = of_scores},
      {.name = "reference-scores",
       .help = "TSV of what a reference population scores (score, mean, sd; or PGS and SUM a person), for z.",
       .value = "FILE",
       .field = field<&Settings::polygenic, &PolygenicOptions::reference_scores>,
       .path = true,
       .commands = of_scores},
      {.name = "genotype-field",
       .help = "GT counts alleles; DS takes imputed dosages where a record has them.",
       .value = "FIELD",
       .field = field<&Settings::polygenic, &PolygenicOptions::genotype_field>,
       .choices = {"GT", "DS"},
       .commands = of_scores},
  };
}

}  // namespace stardose::config
