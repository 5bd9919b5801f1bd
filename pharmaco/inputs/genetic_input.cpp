// From readings of a gene to one value.
#include "pharmaco/inputs/genetic_input.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "genomics/expect.h"
#include "genomics/sites/site.h"
#include "pharmaco/covariates/covariate.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

using Kind = DoseInput::Kind;

/// A value, or why there is none.
struct Answer {
  InputValue value;
  std::string why;
};

Answer no_answer(std::string why) { return {{}, std::move(why)}; }

Answer category(std::string name, std::string shown) {
  return {{.state = InputValue::State::given, .category = std::move(name), .shown = std::move(shown)}, {}};
}

Answer number(double value, std::string shown) {
  return {{.state = InputValue::State::given, .number = value, .shown = std::move(shown)}, {}};
}

/// The two alleles of a diplotype; nullopt: it is no pair of the catalogue's alleles.
std::optional<std::pair<const NamedAllele*, const NamedAllele*>> pair_of(const Gene& gene,
                                                                         const std::string& diplotype) {
  const auto names = split(diplotype, "/");
  if (names.size() != 2) return std::nullopt;
  const auto first = gene.find_allele(names[0]);
  const auto second = gene.find_allele(names[1]);
  if (!first || !second) return std::nullopt;
  return std::pair{&gene.alleles[*first], &gene.alleles[*second]};
}

bool is_listed(const std::vector<std::string>& list, const NamedAllele& allele) {
  return std::ranges::find(list, allele.reported_name()) != list.end();
}

bool has_function(const NamedAllele& allele) {
  return !allele.function.empty() && !allele.function.starts_with("Unknown") &&
         !allele.function.starts_with("Uncertain");
}

class GeneReader {
 public:
  GeneReader(const DoseInput& input, const Gene& gene) : input_{input}, gene_{gene} {}

  Answer read(const GeneReading& reading) const {
    if (input_.kind == Kind::phenotype) return read_phenotype(reading);
    if (input_.kind == Kind::activity_score) return read_score(reading);
    if (reading.diplotype.empty()) return no_answer("no diplotype is known");
    const auto pair = pair_of(gene_, reading.diplotype);
    if (!pair) return no_answer(reading.diplotype + " is no pair of alleles that the algorithm can use");
    for (const NamedAllele* allele : {pair->first, pair->second}) {
      if (input_.alleles.empty() || is_listed(input_.alleles, *allele)) continue;
      const std::string function = allele->function.empty() ? "" : " (" + allele->function + ")";
      return no_answer("the algorithm has no term for " + gene_.symbol + allele->reported_name() + function);
    }
    if (input_.kind == Kind::diplotype) return read_diplotype(*pair, reading);
    if (input_.kind == Kind::allele_count) return read_count(*pair, reading);
    const bool carried = is_listed(input_.counted, *pair->first) || is_listed(input_.counted, *pair->second);
    return category(carried ? "yes" : "no", reading.diplotype);
  }

 private:
  using Pair = std::pair<const NamedAllele*, const NamedAllele*>;

  Answer read_phenotype(const GeneReading& reading) const {
    const auto group = input_.group_of.find(reading.phenotype);
    if (group == input_.group_of.end()) {
      return no_answer(reading.phenotype.empty() ? "no phenotype is known" : "the phenotype is " + reading.phenotype);
    }
    return category(group->second, (reading.diplotype.empty() ? "" : reading.diplotype + ", ") + reading.phenotype);
  }

  static Answer read_score(const GeneReading& reading) {
    if (!reading.score || reading.score->at_least) return no_answer("no activity score is known");
    return number(reading.score->hundredths / 100.0, to_string(*reading.score));
  }

  Answer read_diplotype(const Pair& pair, const GeneReading& reading) const {
    std::string first = pair.first->reported_name();
    std::string second = pair.second->reported_name();
    const auto& order = input_.alleles;
    if (std::ranges::find(order, second) < std::ranges::find(order, first)) std::swap(first, second);
    return category(first + "/" + second, reading.diplotype);
  }

  Answer read_count(const Pair& pair, const GeneReading& reading) const {
    int count = 0;
    for (const NamedAllele* allele : {pair.first, pair.second}) {
      if (input_.functions.empty()) {
        count += is_listed(input_.counted, *allele) ? 1 : 0;
        continue;
      }
      if (!has_function(*allele)) {
        return no_answer("how " + gene_.symbol + allele->reported_name() + " works is not known");
      }
      count += std::ranges::find(input_.functions, allele->function) != input_.functions.end() ? 1 : 0;
    }
    return number(count, std::to_string(count) + " (" + reading.diplotype + ")");
  }

  const DoseInput& input_;
  const Gene& gene_;
};

/// `*1/*3 or *1/*18`
std::string listed(const std::vector<GeneReading>& readings) {
  std::string text;
  for (const GeneReading& reading : readings) {
    text += (text.empty() ? "" : " or ") + (reading.diplotype.empty() ? reading.phenotype : reading.diplotype);
  }
  return text;
}

InputValue missing(std::string why) { return {.note = std::move(why)}; }

InputValue read_tested(const DoseInput& input, const PatientGenetics& genetics) {
  std::string untested;
  const auto note = [&](const std::string& what) { untested += (untested.empty() ? "" : ", ") + what; };
  const auto gene = genetics.genes.find(input.gene);
  for (const std::string& allele : input.counted) {
    if (gene == genetics.genes.end() || !gene->second.tested.contains(allele)) note(allele);
  }
  for (const std::string& rsid : input.variants) {
    if (!genetics.genotypes.contains(rsid)) note(rsid);
  }
  return {.state = InputValue::State::given,
          .category = untested.empty() ? "yes" : "no",
          .shown = untested.empty() ? "yes" : "no: " + untested};
}

std::optional<KnownGenotype> known_genotype(const DoseInput& input, const Gene& gene, const PatientGenetics& genetics) {
  if (const auto known = genetics.genotypes.find(input.rsid); known != genetics.genotypes.end()) return known->second;
  const auto call = genetics.genes.find(input.gene);
  if (call == genetics.genes.end() || call->second.unread.contains(input.rsid)) return std::nullopt;
  return genotype_from_call(gene, input.rsid, call->second);
}

InputValue read_genotype(const DoseInput& input, const Gene& gene, const PatientGenetics& genetics) {
  const auto genotype = known_genotype(input, gene, genetics);
  if (!genotype) return missing("no genotype of " + input.rsid);
  const auto first = input.letters.find(genotype->first);
  const auto second = input.letters.find(genotype->second);
  if (first == input.letters.end() || second == input.letters.end()) {
    return missing(input.rsid + " is " + genotype->first + "/" + genotype->second + ", an allele without a term");
  }
  const auto [low, high] = std::minmax(first->second, second->second);
  return {.state = InputValue::State::given,
          .category = low + "/" + high,
          .shown = input.rsid + " " + genotype->first + "/" + genotype->second,
          .note = genotype->source};
}

InputValue read_dosage(const DoseInput& input, const Gene& gene, const PatientGenetics& genetics) {
  const auto genotype = known_genotype(input, gene, genetics);
  if (!genotype) return missing("no genotype of " + input.rsid);
  const std::string& letter = input.counted.front();
  const int copies = (genotype->first == letter ? 1 : 0) + (genotype->second == letter ? 1 : 0);
  return {.state = InputValue::State::given,
          .number = static_cast<double>(copies),
          .shown = input.rsid + " " + genotype->first + "/" + genotype->second,
          .note = genotype->source};
}

InputValue read_polygenic(const DoseInput& input, const PatientGenetics& genetics) {
  const auto score = genetics.scores.find(input.score);
  if (score == genetics.scores.end()) {
    std::string others;
    for (const auto& [name, known] : genetics.scores) others += (others.empty() ? "" : ", ") + name;
    return missing("no polygenic score " + input.score +
                   (others.empty() ? ", as none is given" : "; there is " + others));
  }
  const double value = score->second.on(input.scale);
  if (std::isnan(value)) return missing("the polygenic score " + input.score + " is not known on this scale");
  return {.state = InputValue::State::given, .number = value, .shown = number_text(value), .note = "polygenic scores"};
}

InputValue read_copies(const KnownGene& known) {
  if (!known.copies) return missing(known.result.gene + " was not counted");
  return {.state = InputValue::State::given,
          .number = static_cast<double>(*known.copies),
          .shown = std::to_string(*known.copies),
          .note = known.source};
}

/// The base, or empty, of an allele at the gene's site.
std::string base_of(const NamedAllele& allele, const Gene& gene, std::size_t site) {
  if (!allele.is_defined) return {};
  const auto asked = std::ranges::find(allele.definition, site, &DefinedSite::site);
  if (asked == allele.definition.end()) return gene.sites[site].ref;
  if (std::popcount(asked->allowed) != 1) return {};
  return bases_of(gene.sites[site], static_cast<std::uint8_t>(std::countr_zero(asked->allowed)));
}

}  // namespace

std::optional<KnownGenotype> genotype_from_call(const Gene& gene, std::string_view rsid, const KnownGene& known) {
  const auto found = std::ranges::find(gene.sites, rsid, &genomics::Site::rsid);
  if (found == gene.sites.end()) return std::nullopt;
  const auto site = static_cast<std::size_t>(found - gene.sites.begin());
  std::optional<KnownGenotype> genotype;
  for (const GeneReading& reading : known.result.readings) {
    const auto pair = pair_of(gene, reading.diplotype);
    if (!pair) return std::nullopt;
    std::string first = base_of(*pair->first, gene, site);
    std::string second = base_of(*pair->second, gene, site);
    if (second < first) std::swap(first, second);
    if (first.empty()) return std::nullopt;
    if (genotype && (genotype->first != first || genotype->second != second)) return std::nullopt;
    genotype = KnownGenotype{first, second, known.source};
  }
  return genotype;
}

InputValue read_genetic_input(const DoseInput& input, const PatientGenetics& genetics, const KnowledgeBase& knowledge) {
  STARDOSE_EXPECT(input.kind != Kind::covariate);
  if (input.kind == Kind::tested) return read_tested(input, genetics);
  if (input.kind == Kind::polygenic) return read_polygenic(input, genetics);
  const Gene* gene = knowledge.find_gene(input.gene);
  STARDOSE_EXPECT(gene != nullptr);
  if (input.kind == Kind::genotype) return read_genotype(input, *gene, genetics);
  if (input.kind == Kind::dosage) return read_dosage(input, *gene, genetics);
  const auto known = genetics.genes.find(input.gene);
  if (known == genetics.genes.end()) return missing(input.gene + " was not tested");
  if (input.kind == Kind::copies) return read_copies(known->second);
  if (known->second.result.readings.empty()) return missing(input.gene + " could not be called");
  const GeneReader reader{input, *gene};
  const std::vector<GeneReading>& readings = known->second.result.readings;
  std::optional<Answer> agreed;
  for (const GeneReading& reading : readings) {
    Answer answer = reader.read(reading);
    answer.value.note = known->second.source;
    if (!agreed) agreed = answer;
    const bool differs = agreed->value.is_known() != answer.value.is_known() ||
                         agreed->value.category != answer.value.category || agreed->value.number != answer.value.number;
    if (differs) return missing(input.gene + " is ambiguous: " + listed(readings));
  }
  if (!agreed->value.is_known()) return missing(agreed->why);
  return agreed->value;
}

}  // namespace stardose::pharmaco
