// Negative binomial depth with a scale that is integrated over.
#include "pharmaco/structure/depth_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace stardose::pharmaco {

namespace {

// Relative standard deviation of a region's depth beyond counting: content of G and C and mapping, as it is between
// regions of some kilobases of PCR-free short-read genomes at 30x; a short region has more.
constexpr double spread_long = 0.06;
constexpr double spread_short = 0.09;
constexpr double long_region = 4000;
// Where the windows beside the gene differ by less than that, so do the regions; but never less than this, as a few
// windows may agree by chance.
constexpr double least_long = 0.03;
constexpr double least_short = 0.05;
constexpr double least_flank = 0.03;
constexpr double spread_captured = 0.6;
// Flanks further apart than this are not those of an evenly read genome.
constexpr double even_flanks = 0.25;
constexpr double even_sides = 0.3;            // of the deepest window of the other side
constexpr double spread_flank = 0.09;         // of one neighbourhood against another
constexpr double long_read = 2000;            // bases
constexpr std::int64_t nearest_flank = 2000;  // bases from the gene's sites
constexpr double spread_no_scale = 1.2;       // a factor of three either way
// Reads from elsewhere that map here, in copies; keeps the depth of no copy from being impossible.
constexpr double stray_copies = 0.03;
// Depth alone counts copies where the flanks and the other genes differ by no more than this factor (a copy of two is
// one of 1.5 or 2), and the other genes by no more than captured ones do among themselves.
constexpr double most_apart = 1.35;
constexpr double even_genes = 0.35;
// Copies measured may be so far from those expected, and so much further for each: 2 are 1.3 to 2.7. A sample in which
// no structure that is known comes so near has another.
constexpr double copies_off = 0.4;
constexpr double copies_off_each = 0.15;
constexpr int grid_points = 49;
constexpr double grid_width = 3.5;  // standard deviations either way

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

double log_sum(const std::vector<double>& logs) {
  const double most = *std::ranges::max_element(logs);
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - most);
  return most + std::log(sum);
}

}  // namespace

DepthModel::DepthModel(const genomics::ReadEvidence& evidence, const StructureColumns& columns,
                       const GeneStructure& structure, const std::optional<DepthScale>& genome) {
  read_length_ = std::max(evidence.mean_read_length, 1.0);
  regions_.resize(structure.depth.size());
  by_depth_alone_ = structure.counts_by_depth_alone();
  count(evidence, columns, structure);
  set_scale(flanks_, genome);
  for (Counted& region : regions_) {
    if (!region.used) continue;
    const double evenly = region.length >= long_region ? std::min(spread_long, std::max(least_long, unrest_))
                                                       : std::min(spread_short, std::max(least_short, unrest_));
    const double spread = uneven_ ? spread_captured : evenly;
    region.size = 1 / (spread * spread);
  }
}

void DepthModel::count(const genomics::ReadEvidence& evidence, const StructureColumns& columns,
                       const GeneStructure& structure) {
  for (std::size_t i = 0; i < columns.depths().size(); ++i) {
    const AskedDepth& asked = columns.depths()[i];
    const double bases = static_cast<double>(evidence.regions.at(columns.first_region() + i).bases);
    const auto length = static_cast<double>(asked.length);
    if (structure.depth[asked.region].counts == DepthCounts::flank) {
      double& deepest = deepest_flank_.at(asked.before ? 0 : 1);
      deepest = std::max(deepest, bases / length);
      // A slice of long reads thins out towards its ends. Where depth alone counts copies, all flanks are far from the
      // gene, beyond what may be deleted with it, and is_sure() asks that they agree.
      if (!by_depth_alone_ && read_length_ >= long_read && asked.distance > nearest_flank) continue;
      flanks_.push_back(bases / length);
      flank_bases_ += bases;
      flank_length_ = length;
      continue;
    }
    Counted& region = regions_[asked.region];
    region.used = true;
    region.length += length;
    region.reads += bases;  // bases until the length is known
  }
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    Counted& region = regions_[i];
    // Copies of both are counted wherever their reads lie: the depths of the places add up.
    if (structure.depth[i].counts == DepthCounts::both) {
      region.length /= static_cast<double>(std::max<std::size_t>(structure.depth[i].places.size(), 1));
    }
    region.reads /= std::min(read_length_, std::max(region.length, 1.0));
    // Nothing at all is what a slice that ends before the region shows; only the gene itself may be gone.
    if (region.reads <= 0 && structure.depth[i].counts != DepthCounts::gene) region.used = false;
  }
}

void DepthModel::set_scale(std::vector<double> flanks, const std::optional<DepthScale>& genome) {
  double gene = 0;
  for (const Counted& region : regions_) {
    if (region.length > 0) {
      gene = std::max(gene, region.reads * std::min(read_length_, region.length) / region.length);
    }
  }
  double scale = std::max(gene / 2, 0.1);
  double sd = spread_no_scale;
  where_ = "nothing but the gene itself";
  const std::size_t asked = flanks.size();
  // Slices end somewhere, and panels leave the flanks out: places with next to nothing tell nothing.
  std::ranges::sort(flanks, std::greater<>{});
  const double much = flanks.empty() ? 0 : flanks[flanks.size() / 4];
  std::erase_if(flanks, [&](double depth) { return depth < 0.3 * much || depth < 0.02 * gene || depth <= 0; });
  if (flanks.size() >= 3) {
    const double middle = median(flanks);
    std::vector<double> off;
    for (const double depth : flanks) off.push_back(std::abs(depth - middle));
    const double spread = 1.4826 * median(off) / middle;  // of the median deviation to the standard one
    uneven_ = spread > even_flanks;
    has_scale_ = !uneven_;
    scale = middle / 2;
    // What the windows differ by beyond counting; mates are counted twice in a window. Where nothing but depth counts
    // copies it stays unknown: the windows are far from the gene, and even there need not mean even here.
    const double counted = std::sqrt(2 * read_length_ / (middle * flank_length_));
    if (!by_depth_alone_) unrest_ = std::sqrt(std::max(0.0, spread * spread - counted * counted));
    const double elsewhere = std::clamp(unrest_, least_flank, spread_flank);
    sd = uneven_ ? spread_no_scale : std::hypot(elsewhere, spread / std::sqrt(static_cast<double>(flanks.size())));
    where_ = uneven_ ? "the gene's surroundings, which were read unevenly" : "the gene's surroundings";
  } else {
    uneven_ = !genome;
  }
  is_sure_ = has_scale_ && 2 * flanks.size() >= asked;
  if (genome && genome->depth_per_copy > 0) {
    const double apart = std::abs(std::log(scale / genome->depth_per_copy));
    is_sure_ = is_sure_ && apart <= std::log(most_apart) && genome->relative_sd <= even_genes;
  }
  if (genome && genome->depth_per_copy > 0 && !uneven_) {
    const double weight = 1 / (sd * sd);
    const double genome_sd = std::hypot(genome->relative_sd, spread_flank);
    const double genome_weight = 1 / (genome_sd * genome_sd);
    const double apart = std::log(scale / genome->depth_per_copy);
    scale = std::exp((weight * std::log(scale) + genome_weight * std::log(genome->depth_per_copy)) /
                     (weight + genome_weight));
    // Two estimates that contradict each other are worth less than either.
    sd = std::hypot(1 / std::sqrt(weight + genome_weight), has_scale_ ? apart / 4 : 0);
    where_ = has_scale_ ? "the gene's surroundings and the other genes" : "the other genes";
    has_scale_ = true;
  }
  for (int point = 0; point < grid_points; ++point) {
    const double z = grid_width * (2.0 * point / (grid_points - 1) - 1);
    scales_.push_back(scale * std::exp(z * sd));
    log_prior_.push_back(-z * z / 2);
  }
  const double all = log_sum(log_prior_);
  for (double& value : log_prior_) value -= all;
}

const std::vector<double>& DepthModel::table(std::size_t region, double copies) {
  std::vector<double>& found = tables_[{region, static_cast<int>(std::lround(copies * 2))}];
  if (!found.empty()) return found;
  const Counted& counted = regions_[region];
  const double each = counted.length / std::min(read_length_, counted.length);
  for (const double scale : scales_) {
    const double mean = std::max((copies + stray_copies) * scale * each, 1e-9);
    found.push_back(counted.size * std::log(counted.size / (counted.size + mean)) +
                    counted.reads * std::log(mean / (counted.size + mean)));
  }
  return found;
}

std::vector<double> DepthModel::weights(std::span<const double> copies) {
  std::vector<double> logs = log_prior_;
  for (std::size_t region = 0; region < regions_.size(); ++region) {
    if (!regions_[region].used) continue;
    const std::vector<double>& more = table(region, copies[region]);
    for (std::size_t point = 0; point < logs.size(); ++point) logs[point] += more[point];
  }
  return logs;
}

double DepthModel::log_likelihood(std::span<const double> copies) { return log_sum(weights(copies)); }

double DepthModel::depth_per_copy(std::span<const double> copies) {
  const std::vector<double> logs = weights(copies);
  const double all = log_sum(logs);
  double mean = 0;
  for (std::size_t point = 0; point < logs.size(); ++point) mean += std::exp(logs[point] - all) * scales_[point];
  return mean;
}

bool DepthModel::is_read_on_both_sides() const {
  const auto [least, most] = std::ranges::minmax(deepest_flank_);
  return least >= even_sides * most;
}

double DepthModel::reads() const {
  double sum = 0;
  for (const Counted& region : regions_) sum += region.reads;
  return sum + flank_bases_ / read_length_;
}

bool DepthModel::fits(std::span<const double> copies) {
  return std::ranges::all_of(excess(copies), [](const Excess& of) { return std::abs(of.copies) <= of.allowed; });
}

bool DepthModel::shows_fewer(std::span<const double> copies) {
  return std::ranges::any_of(excess(copies), [](const Excess& of) { return of.copies < -of.allowed; });
}

std::vector<DepthModel::Excess> DepthModel::excess(std::span<const double> copies) {
  const double per_copy = depth_per_copy(copies);
  std::vector<Excess> found;
  for (std::size_t region = 0; region < regions_.size(); ++region) {
    if (!regions_[region].used) continue;
    found.push_back({measured(region, per_copy) - copies[region], copies_off + copies_off_each * copies[region]});
  }
  return found;
}

double DepthModel::measured(std::size_t region, double per_copy) const {
  const Counted& counted = regions_[region];
  if (!counted.used || per_copy <= 0) return 0;
  return counted.reads * std::min(read_length_, counted.length) / counted.length / per_copy;
}

}  // namespace stardose::pharmaco
