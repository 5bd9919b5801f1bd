// A spanning tree of the surest links, improved by turning parts of it round, and cut where it is not sure.
#include "genomics/evidence/read_phase.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <numeric>
#include <utility>

namespace stardose::genomics {

namespace {

// Fragments that are two molecules joined into one: a few in a hundred at worst in libraries of pairs. It bounds what
// one fragment can say (17 Phred), so that it takes two to reach the usual 20.
constexpr double joined_molecules = 0.04;
// A link to the next few sites of a fragment is enough to build the tree; what is beyond counts in the arrangement.
constexpr std::size_t linked_ahead = 8;
// Parts of a Phred: sums of whole numbers do not depend on the order.
constexpr double parts = 10'000;

struct Link {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::int64_t weight = 0;  // positive: first alleles lie together
};

std::int64_t in_parts(double probability) { return std::llround(10 * std::log10(probability) * parts); }

double error_of(const HetObservation& observation) {
  return std::min(0.5, std::pow(10.0, -observation.quality / 10.0));
}

class Phasing {
 public:
  Phasing(std::size_t hets, const HetFragments& fragments, double min_quality)
      : fragments_{fragments},
        min_weight_{std::llround(min_quality * parts)},
        part_(hets, 0),
        swapped_(hets, false),
        of_het_(hets) {
    errors_.reserve(fragments.observations.size());
    for (const HetObservation& observation : fragments.observations) errors_.push_back(error_of(observation));
    for (std::size_t fragment = 0; fragment < fragments.size(); ++fragment) {
      for (const HetObservation& observation : fragments[fragment]) of_het_[observation.het].push_back(fragment);
    }
    find_links();
  }

  std::vector<PhasedHets> run() {
    std::vector<std::uint32_t> all(part_.size());
    std::iota(all.begin(), all.end(), 0U);
    std::vector<std::vector<std::uint32_t>> waiting{all};
    while (!waiting.empty()) {
      const std::vector<std::uint32_t> hets = std::move(waiting.back());
      waiting.pop_back();
      ++current_;
      for (const std::uint32_t het : hets) part_[het] = current_;
      for (const std::vector<Link>& tree : trees_among(hets)) {
        ++current_;
        for (const Link& link : tree) part_[link.a] = part_[link.b] = current_;
        settle(tree, waiting);
      }
    }
    std::ranges::sort(done_, {}, [](const PhasedHets& set) { return set.hets.front(); });
    return std::move(done_);
  }

 private:
  void find_links();
  [[nodiscard]] std::vector<std::vector<Link>> trees_among(const std::vector<std::uint32_t>& hets) const;
  void settle(const std::vector<Link>& tree, std::vector<std::vector<std::uint32_t>>& waiting);
  void orient(const std::vector<Link>& tree);
  [[nodiscard]] std::int64_t cost_of_turning(const std::vector<std::uint32_t>& side);
  void turn(const std::vector<std::uint32_t>& side) {
    for (const std::uint32_t het : side) swapped_[het] = !swapped_[het];
  }
  [[nodiscard]] std::int64_t score(std::size_t fragment, const std::vector<bool>& turned) const;

  const HetFragments& fragments_;
  std::int64_t min_weight_;
  std::vector<double> errors_;                    // as fragments_.observations
  std::vector<std::uint32_t> part_;               // of each het: which lot it was last looked at in
  std::uint32_t current_ = 0;                     // the lot at hand
  std::vector<bool> swapped_;                     // by het
  std::vector<std::vector<std::size_t>> of_het_;  // fragments that show it
  std::vector<Link> links_;                       // surest first
  std::vector<PhasedHets> done_;
};

// Each pair by itself, from all fragments that show both.
void Phasing::find_links() {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> weights;
  for (std::size_t f = 0; f < fragments_.size(); ++f) {
    const auto shown = fragments_[f];
    const double* errors = &errors_[fragments_.begins[f]];
    for (std::size_t i = 0; i < shown.size(); ++i) {
      for (std::size_t j = i + 1; j < std::min(shown.size(), i + 1 + linked_ahead); ++j) {
        const double as_shown = (1 - errors[i]) * (1 - errors[j]) + errors[i] * errors[j];
        const double background = joined_molecules / 4;
        const std::int64_t weight = in_parts(as_shown / 2 + background) - in_parts((1 - as_shown) / 2 + background);
        const bool together = shown[i].second == shown[j].second;
        const auto pair = std::minmax(shown[i].het, shown[j].het);
        if (pair.first != pair.second) weights[pair] += together ? weight : -weight;
      }
    }
  }
  for (const auto& [pair, weight] : weights) {
    if (weight != 0) links_.push_back({pair.first, pair.second, weight});
  }
  std::ranges::stable_sort(links_, std::greater{}, [](const Link& link) { return std::abs(link.weight); });
}

// Kruskal's algorithm: the surest links that close no circle.
std::vector<std::vector<Link>> Phasing::trees_among(const std::vector<std::uint32_t>& hets) const {
  std::vector<std::uint32_t> root(part_.size());
  for (const std::uint32_t het : hets) root[het] = het;
  const auto find = [&](std::uint32_t het) {
    while (root[het] != het) het = root[het] = root[root[het]];
    return het;
  };
  std::vector<Link> kept;
  for (const Link& link : links_) {
    if (part_[link.a] != current_ || part_[link.b] != current_) continue;
    const std::uint32_t a = find(link.a);
    const std::uint32_t b = find(link.b);
    if (a == b) continue;
    root[std::max(a, b)] = std::min(a, b);
    kept.push_back(link);
  }
  std::map<std::uint32_t, std::vector<Link>> trees;
  for (const Link& link : kept) trees[find(link.a)].push_back(link);
  std::vector<std::vector<Link>> found;
  for (auto& [het, tree] : trees) found.push_back(std::move(tree));
  return found;
}

/// The sites on the side of `at` when the tree's link number `cut` is taken away.
std::vector<std::uint32_t> side_of(const std::vector<Link>& tree, std::size_t cut, std::uint32_t at) {
  std::vector<std::uint32_t> side{at};
  std::vector<bool> used(tree.size(), false);
  used[cut] = true;
  for (std::size_t next = 0; next < side.size(); ++next) {
    for (std::size_t k = 0; k < tree.size(); ++k) {
      if (used[k] || (tree[k].a != side[next] && tree[k].b != side[next])) continue;
      used[k] = true;
      side.push_back(tree[k].a == side[next] ? tree[k].b : tree[k].a);
    }
  }
  std::ranges::sort(side);
  return side;
}

void Phasing::orient(const std::vector<Link>& tree) {
  swapped_[tree.front().a] = false;
  std::vector<std::uint32_t> reached{tree.front().a};
  std::vector<bool> used(tree.size(), false);
  for (std::size_t next = 0; next < reached.size(); ++next) {
    for (std::size_t k = 0; k < tree.size(); ++k) {
      if (used[k] || (tree[k].a != reached[next] && tree[k].b != reached[next])) continue;
      used[k] = true;
      const std::uint32_t other = tree[k].a == reached[next] ? tree[k].b : tree[k].a;
      swapped_[other] = swapped_[reached[next]] != (tree[k].weight < 0);
      reached.push_back(other);
    }
  }
}

// Log-likelihood of the fragment: of either haplotype, or joined of two molecules, which says nothing.
std::int64_t Phasing::score(std::size_t fragment, const std::vector<bool>& turned) const {
  double first = 0.5;
  double second = 0.5;
  std::size_t at = fragments_.begins[fragment];
  int sites = 0;
  for (const HetObservation& observation : fragments_[fragment]) {
    const double error = errors_[at++];
    if (part_[observation.het] != current_) continue;
    ++sites;
    const bool on_second = observation.second != (swapped_[observation.het] != turned[observation.het]);
    first *= on_second ? error : 1 - error;
    second *= on_second ? 1 - error : error;
  }
  return sites < 2 ? 0 : in_parts(first + second + joined_molecules / 4);
}

// What the fragments lose when the side is turned round; negative: they gain.
std::int64_t Phasing::cost_of_turning(const std::vector<std::uint32_t>& side) {
  std::vector<bool> turned(part_.size(), false);
  const std::vector<bool> as_is(part_.size(), false);
  std::vector<std::size_t> touched;
  for (const std::uint32_t het : side) {
    turned[het] = true;
    touched.insert(touched.end(), of_het_[het].begin(), of_het_[het].end());
  }
  std::ranges::sort(touched);
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  std::int64_t cost = 0;
  for (const std::size_t fragment : touched) cost += score(fragment, as_is) - score(fragment, turned);
  return cost;
}

void Phasing::settle(const std::vector<Link>& tree, std::vector<std::vector<std::uint32_t>>& waiting) {
  orient(tree);
  std::vector<std::uint32_t> hets = side_of(tree, 0, tree.front().a);
  std::ranges::copy(side_of(tree, 0, tree.front().b), std::back_inserter(hets));
  std::ranges::sort(hets);
  std::vector<std::vector<std::uint32_t>> sides;
  for (std::size_t k = 0; k < tree.size(); ++k) sides.push_back(side_of(tree, k, tree[k].a));
  for (const std::uint32_t het : hets) sides.push_back({het});
  // Turns that help, until none does. Each makes the fragments likelier, so this ends.
  for (bool better = true; better;) {
    better = false;
    for (const auto& side : sides) {
      if (cost_of_turning(side) >= 0) continue;
      turn(side);
      better = true;
    }
  }
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::uint32_t>* weakest = nullptr;
  for (const auto& side : sides) {
    const std::int64_t cost = cost_of_turning(side);
    if (cost >= least) continue;
    least = cost;
    weakest = &side;
  }
  if (least < min_weight_) {
    std::vector<std::uint32_t> rest;
    std::ranges::set_difference(hets, *weakest, std::back_inserter(rest));
    waiting.push_back(*weakest);
    waiting.push_back(std::move(rest));
    return;
  }
  PhasedHets set{hets, {}, static_cast<double>(least) / parts};
  for (const std::uint32_t het : hets) set.swapped.push_back(swapped_[het] != swapped_[hets.front()]);
  done_.push_back(std::move(set));
}

}  // namespace

std::vector<PhasedHets> phase_hets(std::size_t hets, const HetFragments& fragments, double min_quality) {
  return Phasing{hets, fragments, min_quality}.run();
}

}  // namespace stardose::genomics
