// Real haplotypes read, and others made up.
#include "benchmarks/data/panel.h"

#include <htslib/vcf.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <tuple>

#include "benchmarks/data/random.h"

namespace stardose::bench {

namespace {

using Use = std::function<void(const DonorRecord&)>;

constexpr std::size_t made_up_donors = 4000;
constexpr std::int64_t longest_site = 100;

auto order(const Position& place) { return std::tie(place.contig, place.position); }

void carry(DonorRecord& record, std::size_t donors, std::uint32_t carriers, Random& random) {
  record.alleles.assign(donors, 0);
  for (std::uint32_t k = 0; k < carriers; ++k) {
    record.alleles[random.below(donors)] = static_cast<std::int8_t>(1 + random.below(record.place.alts.size()));
  }
}

void use_position(const Position& place, std::size_t donors, Random& random, const Use& use) {
  DonorRecord record{place, {}};
  carry(record, donors, 1 + random.below(donors / 1000), random);  // rare: one in 2,000 on average
  use(record);
}

bool touches_position(const std::vector<Position>& positions, const Position& place) {
  const Position from{place.contig, place.position - longest_site, {}, {}};
  auto at = std::lower_bound(positions.begin(), positions.end(), from,
                             [](const Position& a, const Position& b) { return order(a) < order(b); });
  for (; at != positions.end() && at->contig == place.contig && at->position <= place.end(); ++at) {
    if (place.position <= at->end()) return true;
  }
  return false;
}

void make_up(const PanelPlan& plan, const std::vector<Position>& positions, const Use& use) {
  Random random{11};
  std::vector<Position> places = positions;
  while (static_cast<std::int64_t>(places.size()) < plan.records) {
    const Position& near = positions[random.below(positions.size())];
    const std::int64_t most = std::min<std::int64_t>(20'000, contigs[static_cast<std::size_t>(near.contig)].length / 4);
    const auto base = random.below(4);
    Position place{near.contig,
                   near.position + random.below(static_cast<std::uint64_t>(most)),
                   std::string(1, "ACGT"[base]),
                   {std::string(1, "ACGT"[(base + 1 + random.below(3)) % 4])}};
    if (place.position < contigs[static_cast<std::size_t>(near.contig)].length && !touches_position(positions, place)) {
      places.push_back(place);
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const Position& a, const Position& b) { return order(a) < order(b); });
  for (const Position& place : places) {
    if (touches_position(positions, place)) {
      use_position(place, made_up_donors, random, use);
      continue;
    }
    DonorRecord record{place, {}};
    const double most = std::log(static_cast<double>(made_up_donors) / 2);
    carry(record, made_up_donors, static_cast<std::uint32_t>(std::exp(random.fraction() * most)), random);
    use(record);
  }
}

/// A BCF, read from the start.
class RealHaplotypes {
 public:
  explicit RealHaplotypes(const std::string& path)
      : path_{path}, file_{bcf_open(path.c_str(), "r")}, header_{file_ ? bcf_hdr_read(file_) : nullptr} {
    if (header_ == nullptr) give_up(path + ": cannot be read");
  }
  ~RealHaplotypes() {
    std::free(genotypes_);
    bcf_destroy(record_);
    bcf_hdr_destroy(header_);
    bcf_close(file_);
  }
  RealHaplotypes(const RealHaplotypes&) = delete;
  RealHaplotypes& operator=(const RealHaplotypes&) = delete;

  bool next() {
    const int status = bcf_read(file_, header_, record_);
    if (status < -1) give_up(path_ + ": cannot be read to its end");
    return status == 0;
  }
  [[nodiscard]] std::size_t donors() const { return 2U * static_cast<std::size_t>(bcf_hdr_nsamples(header_)); }
  [[nodiscard]] Position place() {
    bcf_unpack(record_, BCF_UN_STR);
    Position place{contig_number(bcf_seqname(header_, record_)), record_->pos, record_->d.allele[0], {}};
    for (int k = 1; k < static_cast<int>(record_->n_allele); ++k) place.alts.emplace_back(record_->d.allele[k]);
    return place;
  }
  void read_alleles(std::vector<std::int8_t>& into) {
    const int count = bcf_get_genotypes(header_, record_, &genotypes_, &capacity_);
    into.assign(donors(), -1);
    const bool diploid = count == static_cast<int>(donors());
    for (std::size_t k = 0; count > 0 && k < donors(); ++k) {
      const std::int32_t own = genotypes_[diploid ? k : k / 2];
      const std::int32_t value = own == bcf_int32_vector_end ? genotypes_[k - 1] : own;  // haploid: both alike
      into[k] = static_cast<std::int8_t>(bcf_gt_is_missing(value) ? -1 : bcf_gt_allele(value));
    }
  }

 private:
  const std::string& path_;
  htsFile* file_;
  bcf_hdr_t* header_;
  bcf1_t* record_ = bcf_init();
  std::int32_t* genotypes_ = nullptr;
  int capacity_ = 0;
};

/// Which records to take, and which positions have none.
struct Choice {
  std::vector<bool> at_position;  // of each record
  std::vector<bool> found;        // of each position
  std::int64_t taken = 0;
};

Choice look_through(const std::string& path, const std::vector<Position>& positions) {
  Choice choice{{}, std::vector<bool>(positions.size(), false), 0};
  RealHaplotypes real{path};
  std::size_t ahead = 0;
  while (real.next()) {
    const Position place = real.place();
    while (ahead < positions.size() && order(positions[ahead]) < order(place)) ++ahead;
    bool hit = false;
    for (std::size_t k = ahead; k < positions.size() && order(positions[k]) == order(place); ++k) {
      if (positions[k].ref != place.ref) continue;
      choice.found[k] = hit = true;
    }
    choice.at_position.push_back(hit);
    choice.taken += hit ? 1 : 0;
  }
  return choice;
}

void use_real(const PanelPlan& plan, const std::vector<Position>& positions, const Use& use) {
  const Choice choice = look_through(plan.haplotypes, positions);
  const std::int64_t missing = std::count(choice.found.begin(), choice.found.end(), false);
  const std::int64_t others = static_cast<std::int64_t>(choice.at_position.size()) - choice.taken;
  const std::int64_t wanted = std::clamp<std::int64_t>(plan.records - choice.taken - missing, 0, others);
  RealHaplotypes real{plan.haplotypes};
  Random random{12};
  DonorRecord record;
  std::size_t ahead = 0;
  std::int64_t other = 0;
  const auto use_positions_before = [&](const Position* place) {
    for (; ahead < positions.size() && (place == nullptr || order(positions[ahead]) < order(*place)); ++ahead) {
      if (!choice.found[ahead]) use_position(positions[ahead], real.donors(), random, use);
    }
  };
  for (std::size_t number = 0; real.next(); ++number) {
    bool keep = choice.at_position[number];
    if (!keep) {
      keep = other * wanted / others != (other + 1) * wanted / others;
      ++other;
    }
    if (!keep) continue;
    record.place = real.place();
    use_positions_before(&record.place);
    real.read_alleles(record.alleles);
    use(record);
  }
  use_positions_before(nullptr);
}

}  // namespace

void for_each_donor_record(const PanelPlan& plan, const std::vector<Position>& positions, const Use& use) {
  if (plan.haplotypes.empty()) {
    make_up(plan, positions, use);
  } else {
    use_real(plan, positions, use);
  }
}

}  // namespace stardose::bench
