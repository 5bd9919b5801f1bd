// Writing a concordance: for people as Markdown, for programs as TSV.
#pragma once

#include <string>

#include "pharmaco/concordance/concordance.h"

namespace stardose::pharmaco {

/// A proportion's interval, in percent.
struct Interval {
  double low = 0;
  double high = 0;
};

/// Returns the 95 % score interval of Wilson (1927, J Am Stat Assoc 22:209), which holds for few observations and for
/// proportions near 0 and 1. Of none it is 0 to 100.
[[nodiscard]] Interval wilson_interval(int hits, int of);

/// Returns a Markdown table, aligned: a row a gene and one of totals. Ends with a newline.
[[nodiscard]] std::string concordance_markdown(const Concordance& concordance);

/// Returns the same as TSV with header, `total` as the last gene.
[[nodiscard]] std::string concordance_tsv(const Concordance& concordance);

/// Returns a row with header for each pair that is not equal.
[[nodiscard]] std::string pairs_tsv(const Concordance& concordance);

}  // namespace stardose::pharmaco
