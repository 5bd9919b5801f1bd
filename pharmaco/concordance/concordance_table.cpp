// Rows and columns of a concordance.
#include "pharmaco/concordance/concordance_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "pharmaco/report/table.h"

namespace stardose::pharmaco {

namespace {

using Cells = std::vector<std::string>;

std::vector<std::pair<std::string, GeneCounts>> rows_of(const Concordance& concordance) {
  std::vector<std::pair<std::string, GeneCounts>> rows{concordance.genes.begin(), concordance.genes.end()};
  GeneCounts total;
  for (const auto& [gene, counts] : concordance.genes) total.add(counts);
  rows.emplace_back("total", total);
  return rows;
}

std::string percent_of(int hits, int of) { return of == 0 ? "." : fmt::format("{:.1f}", 100.0 * hits / of); }

/// `92.6 (82.4-97.1)`
std::string with_interval(int hits, int of) {
  if (of == 0) return "-";
  const Interval interval = wilson_interval(hits, of);
  return fmt::format("{} ({:.1f}-{:.1f})", percent_of(hits, of), interval.low, interval.high);
}

std::string row_text(const Cells& cells) {
  std::string text;
  for (const std::string& one : cells) text += (text.empty() ? "" : "\t") + cell(one);
  return text + "\n";
}

}  // namespace

Interval wilson_interval(int hits, int of) {
  if (of == 0) return {0, 100};
  constexpr double z = 1.959963984540054;  // the normal quantile of 0.975
  const double n = of;
  const double p = hits / n;
  const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
  const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return {100 * std::max(0.0, centre - half), 100 * std::min(1.0, centre + half)};
}

std::string concordance_markdown(const Concordance& concordance) {
  std::vector<Cells> rows{{"gene", "compared", "equal", "alias", "among", "same phenotype", "different", "no call",
                           "not comparable", "same diplotype, % (95 % CI)", "same meaning, % (95 % CI)"}};
  for (const auto& [gene, counts] : rows_of(concordance)) {
    Cells row{gene, std::to_string(counts.compared())};
    for (const int count : counts.of) row.push_back(std::to_string(count));
    row.push_back(with_interval(counts.same_diplotype(), counts.compared()));
    row.push_back(with_interval(counts.same_meaning(), counts.compared()));
    rows.push_back(std::move(row));
  }
  std::vector<std::size_t> widths(rows.front().size());
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text +=
          i == 0 ? fmt::format("| {:<{}} ", rows[r][i], widths[i]) : fmt::format("| {:>{}} ", rows[r][i], widths[i]);
    }
    text += "|\n";
    if (r != 0) continue;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      text += i == 0 ? fmt::format("| {:-<{}} ", "", widths[i]) : fmt::format("| {:-<{}}: ", "", widths[i] - 1);
    }
    text += "|\n";
  }
  return text;
}

std::string concordance_tsv(const Concordance& concordance) {
  std::string text =
      "gene\tcompared\tequal\talias\tamong\tsame_phenotype\tdifferent\tno_call\tnot_comparable\tone_assay\t"
      "several_truths\tsame_diplotype_percent\tsame_diplotype_low\tsame_diplotype_high\tsame_meaning_percent\t"
      "same_meaning_low\tsame_meaning_high\n";
  for (const auto& [gene, counts] : rows_of(concordance)) {
    const int compared = counts.compared();
    Cells row{gene, std::to_string(compared)};
    for (const int count : counts.of) row.push_back(std::to_string(count));
    row.push_back(std::to_string(counts.one_assay));
    row.push_back(std::to_string(counts.several_truths));
    for (const int hits : {counts.same_diplotype(), counts.same_meaning()}) {
      const Interval interval = wilson_interval(hits, compared);
      row.push_back(percent_of(hits, compared));
      row.push_back(compared == 0 ? "." : fmt::format("{:.1f}", interval.low));
      row.push_back(compared == 0 ? "." : fmt::format("{:.1f}", interval.high));
    }
    text += row_text(row);
  }
  return text;
}

std::string pairs_tsv(const Concordance& concordance) {
  std::string text = "gene\tsample\tagreement\ttruth\tcall\treason\tflags\tsource\tother_truths\n";
  for (const Pair& pair : concordance.pairs) {
    const Comparison& found = pair.comparison;
    if (found.agreement == Agreement::equal) continue;
    std::string flags = found.one_assay ? "one_assay" : "";
    if (found.several_truths) flags += (flags.empty() ? "" : ",") + std::string{"several_truths"};
    text += row_text({pair.gene, pair.sample, std::string{to_string(found.agreement)}, pair.truth, pair.call,
                      found.reason, flags, pair.source, pair.other_truths});
  }
  return text;
}

}  // namespace stardose::pharmaco
