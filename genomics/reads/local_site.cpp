// Haplotypes of a site, and where they can be told apart.
#include "genomics/reads/local_site.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "genomics/expect.h"

namespace stardose::genomics {

namespace {

// Reads may be placed this much further out than the window, by indels of their own.
constexpr std::int64_t slack = 12;

// Phred of the indel errors of short reads in homopolymers of 1 to 10 bases: Dindel (Albers et al. 2011, Genome
// Research 21:961), rates 2.9e-5 for up to four bases, 4.3e-5, 1.1e-4, 2.4e-4, 5.7e-4, 1.0e-3, 1.4e-3; repeats of
// longer units are taken for homopolymers of as many units.
constexpr std::array<int, 10> indel_quality{45, 45, 45, 45, 44, 40, 36, 32, 30, 29};

constexpr std::int64_t shortest_run = 3;

// By a byte of BAM's.
constexpr auto bases_of_pair = [] {
  std::array<std::array<std::uint8_t, 2>, 256> pairs{};
  for (std::size_t byte = 0; byte < pairs.size(); ++byte) {
    pairs.at(byte) = {bases_of_packed.at(byte / 16), bases_of_packed.at(byte % 16)};
  }
  return pairs;
}();

std::int64_t size_of(const std::vector<std::uint8_t>& bases) { return static_cast<std::int64_t>(bases.size()); }

template <class Sequence>
std::int64_t shared_prefix(const std::vector<Sequence>& sequences) {
  std::size_t shared = sequences.front().size();
  for (const Sequence& other : sequences) {
    const auto& first = sequences.front();
    const std::size_t most = std::min(shared, other.size());
    const auto alike = [](auto a, auto b) {
      return own_base(static_cast<std::uint8_t>(a)) == own_base(static_cast<std::uint8_t>(b));
    };
    shared = static_cast<std::size_t>(
        std::mismatch(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(most), other.begin(), alike).first -
        first.begin());
  }
  return static_cast<std::int64_t>(shared);
}

template <class Sequence>
std::int64_t shared_suffix(const std::vector<Sequence>& sequences) {
  std::vector<Sequence> reversed;
  for (const Sequence& sequence : sequences) reversed.emplace_back(sequence.rbegin(), sequence.rend());
  return shared_prefix(reversed);
}

// The smallest step in length between two alleles; 0: all are as long.
std::int64_t smallest_step(const LocalSite& site) {
  std::vector<std::int64_t> lengths;
  for (const std::string& allele : site.alleles) lengths.push_back(static_cast<std::int64_t>(allele.size()));
  std::sort(lengths.begin(), lengths.end());
  std::int64_t step = 0;
  for (std::size_t k = 1; k < lengths.size(); ++k) {
    const std::int64_t here = lengths[k] - lengths[k - 1];
    if (here > 0 && (step == 0 || here < step)) step = here;
  }
  return step;
}

}  // namespace

void unpack_bases(const AlignedRead& read, std::int64_t from, std::int64_t to, std::uint8_t* into) {
  if (from < to && from % 2 == 1) *into++ = bases_of_packed[read.base(from++)];
  const std::uint8_t* packed = read.bases + from / 2;
  for (; from + 1 < to; from += 2, into += 2) std::memcpy(into, bases_of_pair[*packed++].data(), 2);
  if (from < to) *into = bases_of_packed[read.base(from)];
}

std::int64_t LocalSite::longest_gain() const {
  std::size_t longest = 0;
  for (const std::string& allele : alleles) longest = std::max(longest, allele.size());
  return static_cast<std::int64_t>(longest - alleles.front().size());
}

std::uint8_t base_number(char base) {
  switch (base) {
    case 'A': return 0;
    case 'C': return 1;
    case 'G': return 2;
    case 'T': return 3;
    default: return unknown_base;
  }
}

std::int64_t haplotype_flank(const LocalSite& site) {
  std::size_t longest = 0;
  for (const std::string& allele : site.alleles) longest = std::max(longest, allele.size());
  return local_flank + static_cast<std::int64_t>(longest) + slack;
}

LocalHaplotypes local_haplotypes(const LocalSite& site, std::span<const std::uint8_t> left,
                                 std::span<const std::uint8_t> right) {
  const std::int64_t flank = haplotype_flank(site);
  STARDOSE_EXPECT(std::ssize(left) == flank && std::ssize(right) == flank);
  LocalHaplotypes result;
  result.begin = site.position - flank;
  result.end = site.alleles_end() + flank;
  result.allele_begin = flank;
  for (const std::string& allele : site.alleles) {
    auto& bases = result.bases.emplace_back(left.begin(), left.end());
    for (const char base : allele) bases.push_back(base_number(base));
    bases.insert(bases.end(), right.begin(), right.end());
    result.same_length = result.same_length && allele.size() == site.alleles.front().size();
  }
  std::int64_t shortest = size_of(result.bases.front());
  for (const auto& bases : result.bases) shortest = std::min(shortest, size_of(bases));
  const std::int64_t from_left = shared_prefix(result.bases);
  const std::int64_t from_right = shared_suffix(result.bases);
  result.left_shared = std::min(from_left, shortest - from_right);
  result.right_shared = std::min(from_right, shortest - from_left);
  result.left_limit = result.same_length ? site.end() : site.position + shared_prefix(site.alleles);
  result.right_limit = result.same_length ? site.begin() : site.alleles_end() - shared_suffix(site.alleles);
  const std::int64_t step = smallest_step(site);
  const std::int64_t repeat = std::max<std::int64_t>(0, from_left + from_right - shortest);
  const std::int64_t units = step == 0 ? 1 : std::clamp<std::int64_t>(1 + repeat / step, 1, indel_quality.size());
  result.is_run = step == 1 && repeat >= shortest_run;
  result.length_quality = indel_quality.at(static_cast<std::size_t>(units - 1));
  return result;
}

}  // namespace stardose::genomics
