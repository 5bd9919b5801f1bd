// Coarse to fine: structures, then alleles, then whole fragments.
#include "pharmaco/structure/structure_caller.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "genomics/expect.h"
#include "pharmaco/structure/allele_content.h"
#include "pharmaco/structure/copy_evidence.h"
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
constexpr std::size_t most_fits = 60;           // sets of copies that are weighed by whole fragments
constexpr std::size_t most_thorough = 10;       // once more, thoroughly
constexpr std::size_t most_thorough_alike = 2;  // of the same alleles, at first, so that others have their turn
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
constexpr int copies_of_most = 2;          // of the gene, that most people have
constexpr double least_mentioned = 0.001;  // of a reading
// Of the copies that a reading expects in a stretch, so many must be seen there: what an input leaves out, or has lost,
// would else pass for copies that turn up elsewhere. Slices of long reads thin out towards their ends.
constexpr double least_seen = 0.25;
constexpr double least_seen_of_long = 0.1;

/// One run over one sample.
class Weighing {
 public:
  Weighing(const Gene& gene, const StructureColumns& columns, const genomics::ReadEvidence& evidence,
           const std::optional<DepthScale>& genome)
      : gene_{gene},
        structure_{*gene.structure},
        are_long_{evidence.mean_read_length >= long_read},
        unseen_{evidence.has_pairs || are_long_ ? 0 : unseen_by_single_reads},
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

  [[nodiscard]] double ordinary() const {
    double all = 0;
    double plain = 0;
    for (const FormPair& pair : pairs_) {
      const double share = std::exp(pair.score - pairs_.front().score);
      all += share;
      if (is_ordinary(structure_, forms_[pair.first]) && is_ordinary(structure_, forms_[pair.second])) plain += share;
    }
    return plain / all;
  }

  // A long read shows many columns, each with silent variants that may be set wrongly: its word is not worth more.
  [[nodiscard]] double weight() const {
    return tempering * patterns_.weight / std::max(1.0, patterns_.columns_of_fragment() / columns_of_pair);
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

  [[nodiscard]] std::map<std::string, int> alleles_of(const Configuration& configuration,
                                                      const AlleleContent& content) const {
    std::map<std::string, int> copies;
    for (const std::size_t number : {configuration.first, configuration.second}) {
      const HaplotypeChoice& choice = content.choice(number);
      count_alleles(forms_[choice.form], choice.parts, copies);
    }
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
    std::map<std::map<std::string, int>, std::set<std::vector<std::size_t>>> by_content;
    for (const std::size_t most_alike : {most_thorough_alike, most_thorough}) {
      for (const std::size_t number : order) {
        auto& alike = by_content[alleles_of(configurations[number], content)];
        if (again.size() == most_thorough) break;
        if (alike.size() >= most_alike && !alike.contains(sets[number])) continue;
        alike.insert(sets[number]);
        again.insert(sets[number]);
      }
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

  // Readings, best first, with their posteriors and that of the first one's content.
  void add_readings(const std::vector<Configuration>& configurations, const AlleleContent& content) {
    double all = 0;
    std::map<std::string, std::map<std::string, int>> alleles;  // by diplotype
    for (const Weighed& each : weighed_) {
      StructureReading reading = reading_of(configurations[each.configuration], content);
      reading.posterior = std::exp(each.score - weighed_.front().score);
      all += reading.posterior;
      const auto same = std::ranges::find(call_.readings, reading.diplotype, &StructureReading::diplotype);
      if (same != call_.readings.end()) {
        same->posterior += reading.posterior;
        continue;
      }
      alleles.emplace(reading.diplotype, alleles_of(configurations[each.configuration], content));
      call_.readings.push_back(std::move(reading));
    }
    for (StructureReading& reading : call_.readings) reading.posterior *= (1 - unseen_) / all;
    std::ranges::stable_sort(call_.readings, std::greater<>{}, &StructureReading::posterior);
    for (const StructureReading& reading : call_.readings) {
      if (alleles[reading.diplotype] == alleles[call_.readings.front().diplotype]) call_.content += reading.posterior;
    }
    std::erase_if(call_.readings, [](const StructureReading& reading) { return reading.posterior < least_mentioned; });
  }

  void decide(const std::vector<Configuration>& configurations, const AlleleContent& content) {
    add_readings(configurations, content);
    const double best = call_.readings.front().posterior;
    const bool is_content_sure = !are_long_ && call_.content >= least_content && best >= least_arrangement;
    const bool is_sure = best >= least_posterior || is_content_sure;
    call_.status = is_sure ? CallStatus::called : CallStatus::ambiguous;
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
    if (is_lost() || is_deletion_unseen() || is_gain_unseen(pair)) {
      call_.status = CallStatus::no_call;
      call_.reason = NoStructureReason::fits_nothing;
    }
  }

  // A named allele may be like the paralog at one difference, as *82 of CYP2D6 is in exon 2, and at no two.
  [[nodiscard]] bool is_lost() const {
    int differences = 0;
    for (const CopyEvidence& stretch : call_.evidence) {
      if (!is_missed(stretch) && !is_cut_off(stretch)) continue;
      differences += stretch.sites;
      if (stretch.sites == 0 || differences > 1) return true;
    }
    return false;
  }

  /// Where no chromosome has the gene, long reads cross the gap. None does where a file leaves the gene's reads out.
  [[nodiscard]] bool is_deletion_unseen() const {
    const bool can_be_seen = are_long_ && structure_.deletion_link.has_value();
    return can_be_seen && call_.readings.front().copies == 0 && patterns_.spanning_deletion == 0;
  }

  /// Of long reads, some pieces show what no copy has alone, which a further copy explains. Depth must agree to it.
  [[nodiscard]] bool is_gain_unseen(const FormPair& pair) {
    if (!are_long_ || !depth_.has_scale() || call_.readings.front().copies <= copies_of_most) return false;
    return depth_.shows_fewer(copies_by_region(structure_, forms_[pair.first], forms_[pair.second]));
  }

  /// Copies that should be there, and are not. Where depth is uneven, that of a place says nothing.
  [[nodiscard]] bool is_missed(const CopyEvidence& stretch) const {
    const bool by_depth = stretch.sites == 0;
    if (stretch.expected < 1 || (by_depth && depth_.is_uneven())) return false;
    return stretch.measured < stretch.expected * (by_depth && are_long_ ? least_seen_of_long : least_seen);
  }

  /// No copy at all, beside an end of what was read.
  [[nodiscard]] bool is_cut_off(const CopyEvidence& stretch) const {
    const bool tells = stretch.sites > 0 && !are_long_ && depth_.has_scale();
    return tells && stretch.measured < least_seen && !depth_.is_read_on_both_sides();
  }

  // Shares of fragments alone do not count copies: twice as many of everything look the same.
  [[nodiscard]] bool hangs_on_depth() const {
    const StructureReading& best = call_.readings.front();
    // One that is read twice as often as the other may be there twice.
    if (weighed_.front().fit.imbalance >= least_imbalance) return true;
    const bool differs = call_.readings.size() > 1 && call_.readings[1].copies != best.copies;
    return best.copies > copies_of_most || (call_.status == CallStatus::ambiguous && differs);
  }

  void add_evidence(const HaplotypeForm& first, const HaplotypeForm& second) {
    call_.depth_per_copy = depth_.depth_per_copy(copies_by_region(structure_, first, second));
    call_.evidence = copy_evidence(structure_, first, second, depth_, counts_, call_.depth_per_copy);
  }

  const Gene& gene_;
  const GeneStructure& structure_;
  bool are_long_;
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
