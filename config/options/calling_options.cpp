// Which genes are called, and how.
#include "config/options/option_parts.h"

namespace stardose::config {

namespace {

using pharmaco::CallingOptions;
using pharmaco::RankingOptions;

}  // namespace

std::vector<Option> calling_options() {
  return {
      {.name = "min-callable",
       .help = "Least share of a gene's positions that reads must cover with min-depth for a call from an alignment.",
       .value = "FRACTION",
       .field = field<&Settings::calling, &CallingOptions::min_callable>},
      {.name = "genes",
       .help = "Genes to call, as the catalogue spells them; none named: all.",
       .value = "NAMES",
       .field = field<&Settings::calling, &CallingOptions::genes>},
      {.name = "assume-reference",
       .help = "Take a position that is in no record of the variant files as homozygous reference; false: as not "
               "covered. Without meaning for alignments.",
       .field = field<&Settings::calling, &CallingOptions::assume_reference>},
      {.name = "from-small-variants",
       .help = "Genes decided by structure (CYP2D6) that are to be called from small variants all the same.",
       .value = "NAMES",
       .field = field<&Settings::calling, &CallingOptions::from_small_variants>},
      {.name = "find-combinations",
       .help = "Where no pair of named alleles explains the variants, say which alleles and variants together do.",
       .field = field<&Settings::calling, &CallingOptions::find_combinations>},
      {.name = "all-matches",
       .help = "Also report the diplotypes that explain the variants less well, with scores, in matches.tsv.",
       .field = field<&Settings::calling, &CallingOptions::all_matches>},
      {.name = "outside-calls",
       .help = "Files of calls made elsewhere: TSV (gene, diplotype, phenotype, activity score), or as PharmCAT, Aldy, "
               "Cyrius and StellarPGx write them.",
       .value = "FILE",
       .field = field<&Settings::calling, &CallingOptions::outside_calls>,
       .path = true},
      {.name = "rank-by-frequency",
       .help = "Order the diplotypes of an ambiguous gene by probability, from allele frequencies in this group: AFR, "
               "AMR, EAS, EUR, SAS or all.",
       .value = "GROUP",
       .field = field<&Settings::calling, &CallingOptions::ranking, &RankingOptions::population>},
      {.name = "call-from",
       .help =
           "With rank-by-frequency: call an ambiguous gene when its first diplotype has this probability in percent; "
           "100: never.",
       .value = "PERCENT",
       .field = field<&Settings::calling, &CallingOptions::ranking, &RankingOptions::call_from>,
       .greatest = 100},
  };
}

}  // namespace stardose::config
