// The coarse step: no alleles yet.
#include "pharmaco/structure/structure_ranking.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace stardose::pharmaco {

namespace {

constexpr double symbol_error = 0.01;
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
// Nats that one column may speak against a structure: a copy may have the other gene's base there alone.
constexpr double column_cap = 4;
constexpr double reach = 22;  // nats under the best
constexpr std::size_t most_pairs = 400;
// A read seems to span the deletion by mistake: its pieces lie 15 kb apart, with nothing between.
constexpr double link_error = 0.002;
// A copy ends like the gene where it should end like the paralog, by conversion or by a misplaced read.
constexpr double end_error = 0.02;
constexpr double most_said_by_ends = 25;  // nats
// Captured reads: the paralog's may be fewer or more by these factors.
constexpr std::array<double, 7> capture_ratios = {1, 0.3, 0.45, 0.65, 1.5, 2.2, 3.3};

// Two of all copies are the last of their chromosome. A repeated copy is unlike the last where the crossover that made
// it lay behind these columns, as it does in all but few; which those are is not known. Half weight, as for all
// fragments.
double last_copies_likelihood(const HaplotypeForm& first, const HaplotypeForm& second, const FragmentPatterns& patterns,
                              bool uneven) {
  if (uneven) return 0;
  double copies = 0;
  for (const HaplotypeForm* form : {&first, &second}) {
    for (const int count : form->copies) copies += count;
  }
  constexpr double weight = 0.5;
  constexpr double usual = 0.5;  // chance that all repeated copies are unlike the last
  const auto likelihood = [&](double last) {
    const double expected = std::clamp(last / copies, link_error, 1 - link_error);
    return weight * (patterns.last_copies * std::log(expected) + patterns.other_copies * std::log(1 - expected));
  };
  const double least = likelihood(2);
  const int repeated = std::max(first.gene_copies - 1, 0) + std::max(second.gene_copies - 1, 0);
  if (repeated == 0) return least;
  double most = likelihood(2.0 + repeated);
  for (int more = 1; more < repeated; ++more) most = std::max(most, likelihood(2.0 + more));
  return std::max(least + std::log(usual), most + std::log((1 - usual) / repeated));
}

// What long reads see in one piece: what follows a copy's far end ends like the gene if it is a copy of it, like the
// paralog if it is that or a hybrid. Depth need not be asked.
double inner_ends_likelihood(const HaplotypeForm& first, const HaplotypeForm& second,
                             const FragmentPatterns& patterns) {
  const double seen = patterns.inner_gene_ends + patterns.inner_paralog_ends;
  if (seen == 0) return 0;
  const int open = first.inner_ends.either + second.inner_ends.either;
  const int gene = first.inner_ends.gene + second.inner_ends.gene;
  const int paralog = first.inner_ends.paralog + second.inner_ends.paralog;
  const double found = std::clamp(patterns.inner_gene_ends / seen, end_error, 1 - end_error);
  // Nothing follows anything: all that were seen are mistakes.
  if (gene + paralog + open == 0) return std::max(-most_said_by_ends, 0.5 * seen * std::log(end_error));
  double best = -most_said_by_ends;
  for (int more = 0; more <= open; ++more) {
    // An aligner lays some of those that end like the gene elsewhere.
    for (const double found_of_gene : {1.0, 0.5, 0.25}) {
      const double as_gene = found_of_gene * (gene + more);
      const double share = std::clamp(as_gene / (as_gene + paralog + open - more), end_error, 1 - end_error);
      const double loss = patterns.inner_gene_ends * std::log(share / found) +
                          patterns.inner_paralog_ends * std::log((1 - share) / (1 - found));
      best = std::max(best, 0.5 * loss);
    }
  }
  return best;
}

double link_likelihood(const GeneStructure& structure, const HaplotypeForm& first, const HaplotypeForm& second,
                       const FragmentPatterns& patterns, bool uneven) {
  const auto deleted = [&](const HaplotypeForm& form) { return structure.shapes[form.shape].name.empty() ? 0.0 : 0.5; };
  // An aligner loses some of those that span: their shorter end is left unaligned.
  const double deletions = deleted(first) + deleted(second);
  double best = -std::numeric_limits<double>::infinity();
  for (const double found : {1.0, 0.5, 0.25}) {
    const double spanning = deletions * found;
    const double expected = std::clamp(spanning / (spanning + 1 - deletions + 1e-9), link_error, 1 - link_error);
    best = std::max(
        best, patterns.spanning_deletion * std::log(expected) + patterns.before_deletion * std::log(1 - expected));
  }
  return best + last_copies_likelihood(first, second, patterns, uneven) +
         inner_ends_likelihood(first, second, patterns);
}

}  // namespace

StretchCounts::StretchCounts(const GeneStructure& structure, const FragmentPatterns& patterns, bool uneven)
    : seen_(structure.stretches.size()),
      shared_(structure.stretches.size(), 1),
      known_(structure.stretches.size()),
      uneven_{uneven} {
  std::vector<bool> tells(structure.columns.size());
  for (std::size_t column = 0; column < structure.columns.size(); ++column) {
    const StructureColumn& at = structure.columns[column];
    tells[column] = tells_structure(at);
    if (!tells[column]) continue;
    const auto& counts = patterns.counts[column];
    if (counts[0] + counts[at.paralog_symbol] > 0) {
      seen_[at.stretch].push_back({counts[0], counts[at.paralog_symbol]});
    }
  }
  // Neighbouring columns are seen by the same fragments: their sum counts each as often.
  std::vector<double> symbols(structure.stretches.size());
  std::vector<double> squares(structure.stretches.size());
  std::vector<double> here(structure.stretches.size());
  for (const Pattern& pattern : patterns.patterns) {
    for (const SeenSymbol& seen : patterns.of(pattern)) {
      if (tells[seen.column]) here[structure.columns[seen.column].stretch] += 1;
    }
    for (std::size_t stretch = 0; stretch < here.size(); ++stretch) {
      symbols[stretch] += pattern.fragments * here[stretch];
      squares[stretch] += pattern.fragments * here[stretch] * here[stretch];
      here[stretch] = 0;
    }
  }
  for (std::size_t stretch = 0; stretch < here.size(); ++stretch) {
    if (symbols[stretch] > 0) shared_[stretch] = squares[stretch] / symbols[stretch];
  }
}

double StretchCounts::log_likelihood(std::size_t stretch, int gene, int paralog) {
  // Pairs of numbers as one: by their sum, then by the second.
  const auto sum_of_both = static_cast<std::size_t>(gene + paralog);
  const std::size_t at = sum_of_both * (sum_of_both + 1) / 2 + static_cast<std::size_t>(paralog);
  auto& known = known_[stretch];
  if (known.size() <= at) known.resize(at + 1, unknown);
  if (!std::isnan(known[at])) return known[at];
  double best = -std::numeric_limits<double>::infinity();
  for (const double ratio : capture_ratios) {
    const double all = gene + ratio * paralog;
    double sum = 0;
    for (const Seen& seen : seen_[stretch]) {
      const double total = seen.gene + seen.paralog;
      const double share = all > 0 ? std::clamp(gene / all, symbol_error, 1 - symbol_error) : 0.5;
      const double found = std::clamp(seen.gene / total, symbol_error, 1 - symbol_error);
      const double loss = seen.gene * std::log(share / found) + seen.paralog * std::log((1 - share) / (1 - found));
      sum += std::max(loss, -column_cap * shared_[stretch]);
    }
    if (all <= 0 && !seen_[stretch].empty()) sum = -1000;
    best = std::max(best, sum / shared_[stretch]);
    if (!uneven_) break;
  }
  known[at] = best;
  return best;
}

double StretchCounts::gene_share(std::size_t stretch) const {
  std::vector<double> shares;
  for (const Seen& seen : seen_[stretch]) shares.push_back(seen.gene / (seen.gene + seen.paralog));
  if (shares.empty()) return 0;
  std::ranges::sort(shares);
  return shares[shares.size() / 2];
}

std::vector<FormPair> rank_forms(const GeneStructure& structure, const std::vector<HaplotypeForm>& forms,
                                 StretchCounts& counts, DepthModel& depth, const FragmentPatterns& patterns) {
  std::vector<FormPair> pairs;
  double best = -std::numeric_limits<double>::infinity();
  std::map<std::vector<double>, double> depths;
  for (std::size_t second = 0; second < forms.size(); ++second) {
    for (std::size_t first = 0; first <= second; ++first) {
      FormPair pair{first, second};
      const HaplotypeForm& one = forms[first];
      const HaplotypeForm& two = forms[second];
      pair.score = one.log_share + two.log_share + (first == second ? 0 : std::log(2));
      pair.depth = link_likelihood(structure, one, two, patterns, depth.is_uneven());
      for (std::size_t stretch = 0; stretch < structure.stretches.size(); ++stretch) {
        if (counts.columns(stretch) == 0) continue;
        const int gene = one.gene[stretch] + two.gene[stretch];
        const int paralog = one.paralog[stretch] + two.paralog[stretch];
        const int either = one.either[stretch] + two.either[stretch];
        double most = counts.log_likelihood(stretch, gene, paralog + either);
        for (int more = 1; more <= either; ++more) {
          most = std::max(most, counts.log_likelihood(stretch, gene + more, paralog + either - more));
        }
        pair.score += most;
      }
      if (pair.score + pair.depth < best - 3 * reach) continue;
      const auto [known, is_new] = depths.try_emplace(copies_by_region(structure, one, two), 0.0);
      if (is_new) known->second = depth.log_likelihood(known->first);
      pair.depth += known->second;
      pair.score += pair.depth;
      best = std::max(best, pair.score);
      pairs.push_back(pair);
    }
  }
  std::erase_if(pairs, [&](const FormPair& pair) { return pair.score < best - reach; });
  std::ranges::stable_sort(pairs, std::greater<>{}, &FormPair::score);
  if (pairs.size() > most_pairs) pairs.resize(most_pairs);
  return pairs;
}

}  // namespace stardose::pharmaco
