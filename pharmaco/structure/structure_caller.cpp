// Coarse to fine: structures, then alleles, then whole fragments.
#include "pharmaco/structure/structure_caller.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "genomics/expect.h"
#include "pharmaco/structure/allele_content.h"
#include "pharmaco/structure/copy_model.h"
#include "pharmaco/structure/fragment_likelihood.h"
#include "pharmaco/structure/fragment_patterns.h"
#include "pharmaco/structure/haplotype_forms.h"
#include "pharmaco/structure/structure_naming.h"
#include "pharmaco/structure/structure_ranking.h"

namespace stardose::pharmaco {

namespace {

// Fewer fragments than this at all columns together are not a sample of the gene.
constexpr int least_fragments = 30;
// Nor are fewer reads than this, flanks included, a measure of depth: their number is certain to a tenth at best.
constexpr double least_reads = 100;
// Copies of one haplotype that are weighed: what the depth says and some more; without a scale, what has been seen.
constexpr int most_copies_ever = 13;
constexpr int most_copies_unscaled = 5;
constexpr int copies_to_spare = 3;
// Sets of copies that are weighed by whole fragments.
constexpr std::size_t most_fits = 60;
constexpr std::size_t most_thorough = 10;  // once more, thoroughly
// The fragments' word counts for less than it says: they share what is unlike the model (silent variants, places of
// reads), so that they are not independent. Of the simulated diplotypes given at 10x, 30x and 60x, and of our own at
// 30x, none is then called wrong with a posterior of 0.99 (benchmarks/reads.md says how that is run).
constexpr double tempering = 0.7;
constexpr double columns_of_pair = 25;   // of a fragment whose word counts fully
constexpr double least_imbalance = 1.6;  // between two copies of the gene
// Reads without mates rarely show both sides of a breakpoint: a hybrid that imitates plain copies then has nothing that
// speaks for it. How much is left for such hybrids is a guess.
constexpr double unseen_by_single_reads = 0.02;
constexpr double long_read = 1000;         // bases; shows breakpoints without a mate
constexpr double least_mentioned = 0.001;  // of a reading

/// One run over one sample.
class Weighing {
 public:
  Weighing(const Gene& gene, const StructureColumns& columns, const genomics::ReadEvidence& evidence,
           const std::optional<DepthScale>& genome)
      : gene_{gene},
        structure_{*gene.structure},
        unseen_{evidence.has_pairs || evidence.mean_read_length >= long_read ? 0 : unseen_by_single_reads},
        patterns_{fold(evidence, columns, structure_)},
        depth_{evidence, columns, structure_, genome},
        counts_{structure_, patterns_, depth_.is_uneven()},
        model_{gene, patterns_},
        fragments_{model_, patterns_, depth_.is_uneven()} {}

  StructureCall call() {
    call_.fragments = patterns_.fragments;
    call_.scale = depth_.where();
    call_.reason = why_not();
    if (call_.reason != NoStructureReason::none) return std::move(call_);
    forms_ = haplotype_forms(structure_, most_copies());
    pairs_ = rank_forms(structure_, forms_, counts_, depth_, patterns_);
    call_.ordinary = ordinary();
    if (structure_.counts_by_depth_alone() && !copies_decide()) return std::move(call_);
    AlleleContent content{model_, patterns_, forms_};
    const std::vector<Configuration> configurations = content.configurations(pairs_);
    if (configurations.empty()) {
      call_.reason = NoStructureReason::fits_nothing;
      return std::move(call_);
    }
    weigh(configurations, content);
    decide(configurations, content);
    return std::move(call_);
  }

 private:
  struct Weighed {
    std::size_t configuration = 0;
    double score = 0;
    CopiesFit fit;
  };

  // Depth alone: whether the copies fit and are such that their alleles matter. If not, the evidence is all there is.
  [[nodiscard]] bool copies_decide() {
    const HaplotypeForm& first = forms_[pairs_.front().first];
    const HaplotypeForm& second = forms_[pairs_.front().second];
    if (!depth_.fits(copies_by_region(structure_, first, second))) {
      call_.reason = NoStructureReason::fits_nothing;
      call_.ordinary = 0;
    }
    if (call_.reason == NoStructureReason::none && decides(gene_, call_)) return true;
    add_evidence(first, second);
    return false;
  }

  [[nodiscard]] NoStructureReason why_not() const {
    if (!structure_.counts_by_depth_alone()) {
      return patterns_.fragments < least_fragments ? NoStructureReason::no_reads : NoStructureReason::none;
    }
    if (depth_.reads() < least_reads) return NoStructureReason::no_reads;
    return depth_.is_sure() ? NoStructureReason::none : NoStructureReason::no_depth_scale;
  }

  [[nodiscard]] bool is_ordinary(const HaplotypeForm& form) const {
    const auto is_whole = [&](const HaplotypeShape::Part& part) {
      const CopyKind& kind = structure_.kinds[part.kind];
      return !kind.is_gene_copy ||
             std::ranges::all_of(kind.sources, [](StretchSource source) { return source == StretchSource::gene; });
    };
    return form.gene_copies == 1 && std::ranges::all_of(structure_.shapes[form.shape].parts, is_whole);
  }

  [[nodiscard]] double ordinary() const {
    double all = 0;
    double plain = 0;
    for (const FormPair& pair : pairs_) {
      const double share = std::exp(pair.score - pairs_.front().score);
      all += share;
      if (is_ordinary(forms_[pair.first]) && is_ordinary(forms_[pair.second])) plain += share;
    }
    return plain / all;
  }

  // A long read shows many columns, each with silent variants that may be set wrongly: its word is not worth more.
  [[nodiscard]] double weight() const {
    const auto& patterns = patterns_.patterns;
    double columns = 0;
    double fragments = 0;
    for (const Pattern& pattern : patterns) {
      columns += static_cast<double>(pattern.count) * pattern.fragments;
      fragments += pattern.fragments;
    }
    return tempering / std::max(1.0, columns / std::max(fragments, 1.0) / columns_of_pair);
  }

  [[nodiscard]] int most_copies() {
    if (!depth_.has_scale()) return most_copies_unscaled;
    double measured = 0;
    const double per_copy = depth_.scale();
    for (std::size_t region = 0; region < structure_.depth.size(); ++region) {
      measured = std::max(measured, depth_.measured(region, per_copy));
    }
    return std::min(most_copies_ever, static_cast<int>(measured) + copies_to_spare);
  }

  [[nodiscard]] std::vector<std::size_t> copies_of(const Configuration& configuration, const AlleleContent& content) {
    std::vector<std::size_t> copies;
    for (const std::size_t number : {configuration.first, configuration.second}) {
      const HaplotypeChoice& choice = content.choice(number);
      const HaplotypeForm& form = forms_[choice.form];
      for (std::size_t part = 0; part < choice.parts.size(); ++part) {
        const std::size_t kind = structure_.shapes[form.shape].parts[part].kind;
        // Each for itself, so that arrangements of the same copies are the same set.
        const std::size_t copy = fragments_.add(kind, choice.parts[part].allele);
        copies.insert(copies.end(), static_cast<std::size_t>(form.copies[part]), copy);
      }
    }
    std::ranges::sort(copies);
    return copies;
  }

  // Arrangements of the same copies on two chromosomes have one likelihood.
  void weigh(const std::vector<Configuration>& configurations, const AlleleContent& content) {
    std::map<std::vector<std::size_t>, CopiesFit> known;
    std::vector<std::vector<std::size_t>> sets;
    for (const Configuration& configuration : configurations) {
      sets.push_back(copies_of(configuration, content));
      known.try_emplace(sets.back());
      if (known.size() >= most_fits) break;
    }
    for (auto& [copies, fit] : known) fit = fragments_.fit(copies, false);
    const auto score = [&](std::size_t number) {
      const CopiesFit& fit = known.at(sets[number]);
      const Configuration& configuration = configurations[number];
      return weight() * fit.log_likelihood - fit.silent + pairs_[configuration.pair].depth + configuration.prior;
    };
    std::vector<std::size_t> order(sets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater<>{}, score);
    std::set<std::vector<std::size_t>> again;
    for (const std::size_t number : order) {
      if (again.size() < most_thorough) again.insert(sets[number]);
    }
    for (const auto& copies : again) known.at(copies) = fragments_.fit(copies, true);
    for (std::size_t number = 0; number < sets.size(); ++number) {
      weighed_.push_back({number, score(number), known.at(sets[number])});
    }
    std::ranges::stable_sort(weighed_, std::greater<>{}, &Weighed::score);
  }

  [[nodiscard]] StructureReading reading_of(const Configuration& configuration, const AlleleContent& content) const {
    const HaplotypeChoice& first = content.choice(configuration.first);
    const HaplotypeChoice& second = content.choice(configuration.second);
    const HaplotypeForm& one = forms_[first.form];
    const HaplotypeForm& two = forms_[second.form];
    StructureReading reading;
    reading.diplotype =
        diplotype_name(haplotype_name(structure_, one, first.parts), haplotype_name(structure_, two, second.parts));
    reading.structure = structure_words(structure_, one, two);
    reading.copies = one.gene_copies + two.gene_copies;
    return reading;
  }

  void decide(const std::vector<Configuration>& configurations, const AlleleContent& content) {
    double all = 0;
    for (const Weighed& each : weighed_) {
      StructureReading reading = reading_of(configurations[each.configuration], content);
      reading.posterior = std::exp(each.score - weighed_.front().score);
      all += reading.posterior;
      const auto same = std::ranges::find(call_.readings, reading.diplotype, &StructureReading::diplotype);
      if (same != call_.readings.end()) same->posterior += reading.posterior;
      if (same == call_.readings.end()) call_.readings.push_back(std::move(reading));
    }
    for (StructureReading& reading : call_.readings) reading.posterior *= (1 - unseen_) / all;
    std::ranges::stable_sort(call_.readings, std::greater<>{}, &StructureReading::posterior);
    std::erase_if(call_.readings, [](const StructureReading& reading) { return reading.posterior < least_mentioned; });
    const StructureReading& best = call_.readings.front();
    call_.status = best.posterior >= least_posterior ? CallStatus::called : CallStatus::ambiguous;
    if (!depth_.has_scale() && hangs_on_depth()) {
      call_.status = CallStatus::ambiguous;
      call_.reason = NoStructureReason::no_depth_scale;
    }
    // The best of what the catalogue knows is not good enough where it needs variants that no definition has.
    if (weighed_.front().fit.undocumented > 0) {
      call_.status = CallStatus::no_call;
      call_.reason = NoStructureReason::fits_nothing;
    }
    const FormPair& pair = pairs_[configurations[weighed_.front().configuration].pair];
    add_evidence(forms_[pair.first], forms_[pair.second]);
  }

  // Shares of fragments alone do not count copies: twice as many of everything look the same.
  [[nodiscard]] bool hangs_on_depth() const {
    constexpr int copies_of_most = 2;
    const StructureReading& best = call_.readings.front();
    // One that is read twice as often as the other may be there twice.
    if (weighed_.front().fit.imbalance >= least_imbalance) return true;
    const bool differs = call_.readings.size() > 1 && call_.readings[1].copies != best.copies;
    return best.copies > copies_of_most || (call_.status == CallStatus::ambiguous && differs);
  }

  void add_evidence(const HaplotypeForm& first, const HaplotypeForm& second) {
    const std::vector<double> copies = copies_by_region(structure_, first, second);
    call_.depth_per_copy = depth_.depth_per_copy(copies);
    for (std::size_t region = 0; region < structure_.depth.size(); ++region) {
      if (structure_.depth[region].counts == DepthCounts::flank) continue;
      call_.evidence.push_back(
          {structure_.depth[region].name, depth_.measured(region, call_.depth_per_copy), copies[region], 0});
    }
    for (std::size_t stretch = 0; stretch < structure_.stretches.size(); ++stretch) {
      if (counts_.columns(stretch) == 0) continue;
      const double either = (first.either[stretch] + second.either[stretch]) / 2.0;
      const double gene = first.gene[stretch] + second.gene[stretch] + either;
      const double all = gene + first.paralog[stretch] + second.paralog[stretch] + either;
      call_.evidence.push_back(
          {structure_.stretches[stretch], counts_.gene_share(stretch) * all, gene, counts_.columns(stretch)});
    }
  }

  const Gene& gene_;
  const GeneStructure& structure_;
  double unseen_;  ///< probability that is given to nothing that was weighed
  FragmentPatterns patterns_;
  DepthModel depth_;
  StretchCounts counts_;
  CopyModel model_;
  FragmentLikelihood fragments_;
  std::vector<HaplotypeForm> forms_;
  std::vector<FormPair> pairs_;
  std::vector<Weighed> weighed_;
  StructureCall call_;
};

const GeneStructure& structure_of(const Gene& gene) {
  STARDOSE_EXPECT(gene.structure != nullptr);
  return *gene.structure;
}

}  // namespace

StructureCaller::StructureCaller(const Gene& gene, genomics::Assembly assembly)
    : gene_{gene}, columns_{structure_of(gene), gene.contig, assembly} {}

StructureCall StructureCaller::call(const genomics::ReadEvidence& evidence,
                                    const std::optional<DepthScale>& genome) const {
  return Weighing{gene_, columns_, evidence, genome}.call();
}

}  // namespace stardose::pharmaco
