// Folding, and counting what is equal.
#include "pharmaco/structure/fragment_patterns.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <unordered_map>

#include "pharmaco/structure/haplotype_forms.h"

namespace stardose::pharmaco {

namespace {

/// Mates of one molecule lie no further apart; what is further apart may be another copy.
constexpr std::int64_t longest_pair = 1500;

constexpr double shortest_spanning = 1000;  // mean read length, bases
constexpr std::size_t most_long_fragments = 1000;
constexpr double most_independent = 200;  // long fragments
constexpr std::uint8_t least_quality = 10;
constexpr std::uint8_t sure_quality = 20;
// Columns where more than this share of either gene has the other's base say nothing of structure.
constexpr double least_reliability = 0.97;
constexpr int least_end_columns = 2;  // that say what follows the ends of a copy

class Folding {
 public:
  Folding(const StructureColumns& columns, const GeneStructure& structure)
      : columns_{columns}, structure_{structure}, beyond_ends_{stretch_beyond_ends(structure)} {
    result_.counts.resize(structure.columns.size());
    for (std::size_t column = 0; column < structure.columns.size(); ++column) {
      result_.counts[column].resize(structure.columns[column].gene.alleles.size());
    }
  }

  void add(std::span<const genomics::Observation> observations) {
    at_gene_.clear();
    at_paralog_.clear();
    for (const genomics::Observation& observation : observations) {
      const std::size_t number = observation.site - columns_.first_site();
      if (observation.site < columns_.first_site() || number >= columns_.sites().size()) continue;
      const AskedSite& asked = columns_.sites()[number];
      if (observation.allele >= asked.symbols.size()) continue;  // another base, or the site lies in a deletion
      link_.before = link_.before || asked.what == AskedSite::What::before_deletion;
      link_.after = link_.after || asked.what == AskedSite::What::after_deletion;
      if (asked.what != AskedSite::What::gene && asked.what != AskedSite::What::paralog) continue;
      const bool gene = asked.what == AskedSite::What::gene;
      link_.beyond_repeat = link_.beyond_repeat || (gene && structure_.columns[asked.column].stretch > 0);
      if (observation.quality < least_quality) continue;
      (gene ? at_gene_ : at_paralog_)
          .push_back({asked.column, asked.symbols[observation.allele], observation.quality < sure_quality});
    }
    if (at_gene_.empty() && at_paralog_.empty()) return;
    ++result_.fragments;
    if (is_one_copy()) {
      at_gene_.insert(at_gene_.end(), at_paralog_.begin(), at_paralog_.end());
      at_paralog_.clear();
    }
    count_inner_end();
    count(at_gene_);
    count(at_paralog_);
  }

  /// After all pieces of a molecule.
  void end_molecule() {
    if (link_.before && link_.after && !link_.beyond_repeat) ++result_.spanning_deletion;
    if (link_.before && link_.beyond_repeat) ++result_.before_deletion;
    link_ = {};
  }

  /// Only a read that is longer than the repeat can show what follows it; mates so far apart are misplaced.
  void forget_links() {
    result_.spanning_deletion = 0;
    result_.before_deletion = 0;
    result_.inner_gene_ends = 0;
    result_.inner_paralog_ends = 0;
  }

  FragmentPatterns take(bool are_long) {
    if (are_long) weigh_down();
    result_.gene_counts = result_.counts;
    for (auto& counts : result_.gene_counts) std::ranges::fill(counts, 0.0);
    result_.paralog_totals.resize(result_.counts.size());
    for (const Pattern& pattern : result_.patterns) count_by_origin(pattern);
    return std::move(result_);
  }

 private:
  void weigh_down() {
    result_.weight = std::min(1.0, most_independent / std::max(result_.fragments, 1));
    for (auto& counts : result_.counts) {
      for (double& count : counts) count *= result_.weight;
    }
    for (double* count : {&result_.last_copies, &result_.other_copies, &result_.inner_gene_ends,
                          &result_.inner_paralog_ends, &result_.spanning_deletion, &result_.before_deletion}) {
      *count *= result_.weight;
    }
  }

  // A pair with one mate at each place; a long read over both places is two copies.
  [[nodiscard]] bool is_one_copy() const {
    if (at_gene_.empty() || at_paralog_.empty()) return true;
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t last = 0;
    for (const auto* part : {&at_gene_, &at_paralog_}) {
      for (const SeenSymbol& seen : *part) {
        const std::int64_t at = structure_.columns[seen.column].gene.position.grch38.value_or(0);
        first = std::min(first, at);
        last = std::max(last, at);
      }
    }
    return last - first <= longest_pair;
  }

  void count(std::vector<SeenSymbol>& seen) {
    if (seen.empty()) return;
    std::ranges::sort(seen, {}, [](const SeenSymbol& one) { return one.column; });
    drop_contradictions(seen);
    take_ends(seen);
    if (seen.empty()) return;
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (const SeenSymbol& one : seen) {
      hash = (hash ^ (std::uint64_t{one.column} << 9 | std::uint64_t{one.symbol} << 1 | (one.doubtful ? 1 : 0))) *
             1099511628211ULL;
      result_.counts[one.column][one.symbol] += 1;
    }
    auto [at, end] = by_hash_.equal_range(hash);
    for (; at != end; ++at) {
      Pattern& pattern = result_.patterns[at->second];
      if (!std::ranges::equal(result_.of(pattern), seen)) continue;
      ++pattern.fragments;
      return;
    }
    by_hash_.emplace(hash, result_.patterns.size());
    result_.patterns.push_back(
        {static_cast<std::uint32_t>(result_.seen.size()), static_cast<std::uint32_t>(seen.size()), 1});
    result_.seen.insert(result_.seen.end(), seen.begin(), seen.end());
  }

  // The column itself does not count: it is asked what the other columns' copy has there.
  void count_by_origin(const Pattern& pattern) {
    int gene = 0;
    int paralog = 0;
    for (const SeenSymbol& seen : result_.of(pattern)) {
      const StructureColumn& column = structure_.columns[seen.column];
      if (!tells_structure(column)) continue;
      gene += seen.symbol == 0 ? 1 : 0;
      paralog += seen.symbol == column.paralog_symbol ? 1 : 0;
    }
    for (const SeenSymbol& seen : result_.of(pattern)) {
      if (gene > 2 * paralog) result_.gene_counts[seen.column][seen.symbol] += result_.weight * pattern.fragments;
      if (paralog > 2 * gene) result_.paralog_totals[seen.column] += result_.weight * pattern.fragments;
    }
  }

  // Which of a chromosome's copies is the last is another question than what the copies are.
  void take_ends(std::vector<SeenSymbol>& seen) {
    int last = 0;
    int other = 0;
    std::erase_if(seen, [&](const SeenSymbol& one) {
      if (!structure_.columns[one.column].one_per_haplotype) return false;
      ++(one.symbol == 0 ? last : other);
      return true;
    });
    if (last > other) ++result_.last_copies;
    if (other > last) ++result_.other_copies;
  }

  // A long read that leaves a copy by its far end runs into the end of the next one.
  void count_inner_end() {
    if (!beyond_ends_) return;
    const auto far = [&](const SeenSymbol& one) {
      return structure_.columns[one.column].stretch + 1 == structure_.stretches.size();
    };
    if (std::ranges::none_of(at_gene_, far)) return;
    int gene = 0;
    int paralog = 0;
    for (const SeenSymbol& one : at_paralog_) {
      const StructureColumn& column = structure_.columns[one.column];
      if (column.stretch != *beyond_ends_ || !tells_structure(column)) continue;
      gene += one.symbol == 0 ? 1 : 0;
      paralog += one.symbol == column.paralog_symbol ? 1 : 0;
    }
    if (gene >= least_end_columns && gene > 2 * paralog) ++result_.inner_gene_ends;
    if (paralog >= least_end_columns && paralog > 2 * gene) ++result_.inner_paralog_ends;
  }

  static void drop_contradictions(std::vector<SeenSymbol>& seen) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < seen.size();) {
      std::size_t end = i + 1;
      bool agree = true;
      for (; end < seen.size() && seen[end].column == seen[i].column; ++end) {
        agree = agree && seen[end].symbol == seen[i].symbol;
      }
      if (agree) seen[kept++] = seen[i];
      i = end;
    }
    seen.resize(kept);
  }

  /// Which sides of the deletion a molecule shows.
  struct Link {
    bool before = false;
    bool after = false;
    bool beyond_repeat = false;
  };

  const StructureColumns& columns_;
  const GeneStructure& structure_;
  std::optional<std::size_t> beyond_ends_;
  FragmentPatterns result_;
  Link link_;
  std::vector<SeenSymbol> at_gene_;
  std::vector<SeenSymbol> at_paralog_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_hash_;
};

}  // namespace

bool tells_structure(const StructureColumn& column) {
  return !column.site && !column.one_per_haplotype && column.paralog_symbol != no_symbol &&
         column.reliability >= least_reliability && column.paralog_reliability >= least_reliability;
}

double FragmentPatterns::total(std::size_t column) const {
  return std::accumulate(counts[column].begin(), counts[column].end(), 0.0);
}

double FragmentPatterns::columns_of_fragment() const {
  double columns = 0;
  double all = 0;
  for (const Pattern& pattern : patterns) {
    columns += static_cast<double>(pattern.count) * pattern.fragments;
    all += pattern.fragments;
  }
  return columns / std::max(all, 1.0);
}

namespace {

bool concerns(std::span<const genomics::Observation> observations, const StructureColumns& columns) {
  return std::ranges::any_of(observations, [&](const genomics::Observation& seen) {
    return seen.site >= columns.first_site() && seen.site - columns.first_site() < columns.sites().size();
  });
}

// Long reads hardly ever show the same, and some hundreds at the gene say all that there is: bits that the hash of a
// molecule's name must lack.
std::uint64_t thinning(const genomics::ReadEvidence& evidence, const StructureColumns& columns) {
  if (evidence.mean_read_length < shortest_spanning) return 0;
  const auto fragments = static_cast<std::size_t>(std::ranges::count_if(
      evidence.fragments, [&](const genomics::Fragment& one) { return concerns(evidence.of(one), columns); }));
  std::uint64_t left_out = 0;
  for (std::size_t most = most_long_fragments; most < fragments; most *= 2) left_out = left_out * 2 + 1;
  return left_out;
}

}  // namespace

FragmentPatterns fold(const genomics::ReadEvidence& evidence, const StructureColumns& columns,
                      const GeneStructure& structure) {
  Folding folding{columns, structure};
  const std::uint64_t left_out = thinning(evidence, columns);
  for (std::size_t number = 0; number < evidence.fragments.size(); ++number) {
    const genomics::Fragment& fragment = evidence.fragments[number];
    if ((fragment.molecule & left_out) != 0) continue;
    folding.add(evidence.of(fragment));
    const bool goes_on =
        number + 1 < evidence.fragments.size() && evidence.fragments[number + 1].molecule == fragment.molecule;
    if (!goes_on || fragment.molecule == 0) folding.end_molecule();
  }
  const bool are_long = evidence.mean_read_length >= shortest_spanning;
  if (!are_long) folding.forget_links();
  return folding.take(are_long);
}

}  // namespace stardose::pharmaco
