// Many bases at once.
#include "genomics/reads/piece_cost.h"

#include "genomics/reads/lanes.h"

namespace stardose::genomics {

namespace {

using Costs = Lanes<std::uint8_t>;
constexpr std::size_t together = lanes<std::uint8_t>;
// So many fit in eight bits.
constexpr std::size_t most_added = 255 / largest_quality;

bool any_variable(Costs haplotype) {
  const auto words = std::bit_cast<LaneWords>(haplotype);
  return ((words[0] | words[1]) & 0x8080808080808080U) != 0;
}

int sum_of(Costs costs) {
  constexpr std::uint64_t every_other = 0x00FF00FF00FF00FFU;
  const auto words = std::bit_cast<LaneWords>(costs);
  const LaneWords pairs = (words & every_other) + (words >> 8U & every_other);
  return static_cast<int>((pairs[0] + pairs[1]) * 0x0001000100010001U >> 48U);
}

int costs_of_bases(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                   std::span<const std::uint8_t> haplotype) {
  const auto one_by_one = [&](std::size_t from, std::size_t to) {
    int sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += base_cost(bases[i], qualities[i], haplotype[i]);
    return sum;
  };
  const Costs unknown = all<std::uint8_t>(unknown_base);
  int sum = 0;
  std::size_t i = 0;
  while (i + together <= bases.size()) {
    Costs costs{};
    for (std::size_t added = 0; added < most_added && i + together <= bases.size(); ++added, i += together) {
      const Costs own = load(&haplotype[i]);
      if (any_variable(own)) {
        sum += one_by_one(i, i + together);
        continue;
      }
      const Costs read = load(&bases[i]);
      const Costs by_quality = read == own ? Costs{} : load(&qualities[i]);
      costs += (read == unknown) | (own == unknown) ? all<std::uint8_t>(unknown_base_cost) : by_quality;
    }
    sum += sum_of(costs);
  }
  return sum + one_by_one(i, bases.size());
}

}  // namespace

int cost_without_gaps(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                      std::span<const std::uint8_t> haplotype, std::int64_t start) {
  const std::int64_t length = std::ssize(bases);
  const std::int64_t first = std::clamp<std::int64_t>(-start, 0, length);
  const std::int64_t last = std::clamp<std::int64_t>(std::ssize(haplotype) - start, first, length);
  const int outside = static_cast<int>(length - (last - first)) * unknown_base_cost;
  if (first == last) return outside;
  const auto from = static_cast<std::size_t>(first);
  const auto count = static_cast<std::size_t>(last - first);
  return outside + costs_of_bases(bases.subspan(from, count), qualities.subspan(from, count),
                                  haplotype.subspan(static_cast<std::size_t>(start + first), count));
}

}  // namespace stardose::genomics
