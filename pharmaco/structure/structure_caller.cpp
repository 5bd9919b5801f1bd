// Coarse to fine: structures, then alleles, then whole fragments.
#include "pharmaco/structure/structure_caller.h"

#include <algorithm>
#include <cmath>
#include <map>

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
// Copies of one haplotype that are weighed: what the depth says and some more; without a scale, what has been seen.
constexpr int most_copies_ever = 13;
constexpr int most_copies_unscaled = 5;
constexpr int copies_to_spare = 3;
// Sets of copies that are weighed by whole fragments.
constexpr std::size_t most_fits = 200;
// The fragments' word counts half: they share what is unlike the model (silent variants, places of reads), so that they
// are not independent. Chosen on simulated diplotypes, so that no wrong one has a posterior of 0.99.
constexpr double tempering = 0.5;
constexpr double least_posterior = 0.8;    // of a call
constexpr double least_mentioned = 0.001;  // of a reading

/// One run over one sample.
class Weighing {
 public:
  Weighing(const Gene& gene, const StructureColumns& columns, const genomics::ReadEvidence& evidence,
           const std::optional<DepthScale>& genome)
      : gene_{gene},
        structure_{*gene.structure},
        patterns_{fold(evidence, columns, structure_)},
        depth_{evidence, columns, structure_, genome},
        counts_{structure_, patterns_, depth_.is_uneven()},
        model_{gene, patterns_},
        fragments_{model_, patterns_, depth_.is_uneven()} {}

  StructureCall call() {
    call_.fragments = patterns_.fragments;
    call_.scale = depth_.where();
    if (patterns_.fragments < least_fragments) {
      call_.reason = NoStructureReason::no_reads;
      return std::move(call_);
    }
    forms_ = haplotype_forms(structure_, most_copies());
    pairs_ = rank_forms(structure_, forms_, counts_, depth_, patterns_);
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

  [[nodiscard]] int most_copies() {
    if (!depth_.has_scale()) return most_copies_unscaled;
    double measured = 0;
    const double per_copy = depth_.scale();
    for (std::size_t region = 0; region < structure_.depth.size(); ++region) {
      measured = std::max(measured, depth_.measured(region, per_copy));
    }
    return std::min(most_copies_ever, static_cast<int>(measured) + copies_to_spare);
  }

  [[nodiscard]] std::vector<CopyCount> copies_of(const Configuration& configuration, const AlleleContent& content) {
    std::vector<CopyCount> copies;
    for (const std::size_t number : {configuration.first, configuration.second}) {
      const HaplotypeChoice& choice = content.choice(number);
      const HaplotypeForm& form = forms_[choice.form];
      for (std::size_t part = 0; part < choice.parts.size(); ++part) {
        const std::size_t kind = structure_.shapes[form.shape].parts[part].kind;
        copies.emplace_back(fragments_.add(kind, choice.parts[part].allele), form.copies[part]);
      }
    }
    std::ranges::sort(copies);
    return copies;
  }

  // Arrangements of the same copies on two chromosomes have one likelihood.
  void weigh(const std::vector<Configuration>& configurations, const AlleleContent& content) {
    std::map<std::vector<CopyCount>, CopiesFit> known;
    std::vector<std::vector<CopyCount>> sets;
    for (const Configuration& configuration : configurations) {
      sets.push_back(copies_of(configuration, content));
      known.try_emplace(sets.back());
      if (known.size() >= most_fits) break;
    }
    for (auto& [copies, fit] : known) fit = fragments_.fit(copies);
    for (std::size_t number = 0; number < sets.size(); ++number) {
      const CopiesFit& fit = known.at(sets[number]);
      const Configuration& configuration = configurations[number];
      weighed_.push_back(
          {number, tempering * fit.log_likelihood - fit.silent + pairs_[configuration.pair].depth + configuration.prior,
           fit});
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
    for (StructureReading& reading : call_.readings) reading.posterior /= all;
    std::ranges::stable_sort(call_.readings, std::greater<>{}, &StructureReading::posterior);
    std::erase_if(call_.readings, [](const StructureReading& reading) { return reading.posterior < least_mentioned; });
    const StructureReading& best = call_.readings.front();
    call_.status = best.posterior >= least_posterior ? CallStatus::called : CallStatus::ambiguous;
    if (call_.status == CallStatus::ambiguous && !depth_.has_scale() && call_.readings[1].copies != best.copies) {
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
