// Choices of alleles, and their quick scores.
#include "pharmaco/structure/allele_content.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "pharmaco/knowledge/natural_order.h"

namespace stardose::pharmaco {

namespace {

// A symbol that fewer than this share of the fragments show is an error of reading.
constexpr double least_seen = 0.025;
constexpr double many_fragments = 30;  // at a site, of all copies
constexpr double symbol_error = 0.01;
constexpr double reach = 20;  // nats under the best
constexpr std::size_t most_configurations = 600;
// A feature speaks against a number of copies by so many nats at most: where it was not counted among the gene's own
// fragments, a silent variant of the paralog may be what was seen.
constexpr double feature_cap = 20;
constexpr double feature_cap_shared = 5;
// Two alike are more common than their share squared, as shares differ between populations (F_ST of human populations,
// a few in a hundred).
constexpr double inbreeding = 0.03;
constexpr double least_weight = 0.34;  // of a feature that long reads show with all others
// Fragments of the gene, and share of the fragments that tell whose they are, without which both are counted.
constexpr double least_of_gene = 3;
constexpr double least_told = 0.5;
constexpr std::size_t most_choices = 150;  // of one form: the likeliest by their shares
// Latent symbols up to this cost count as open in the quick score.
constexpr float open_cost = 1.5F;

}  // namespace

AlleleContent::AlleleContent(const CopyModel& model, const FragmentPatterns& patterns,
                             const std::vector<HaplotypeForm>& forms)
    : model_{&model}, patterns_{&patterns}, forms_{&forms}, by_form_(forms.size()) {
  for (const NamedAllele& allele : model.gene().alleles) {
    const auto& known = model.structure().allele_shares;
    const auto at = std::ranges::find(known, allele.reported_name(), &KnownShare::haplotype);
    shares_.push_back(std::max(at == known.end() ? model.structure().other_allele_share : at->share, 1e-9));
  }
  find_features();
  find_alleles();
}

// Where most fragments tell whose they are, those of the gene decide; else both together.
bool AlleleContent::tells_origin(std::size_t column) const {
  const auto& counts = patterns_->gene_counts[column];
  const double gene = std::accumulate(counts.begin(), counts.end(), 0.0);
  return gene >= least_of_gene && gene + patterns_->paralog_totals[column] >= least_told * patterns_->total(column);
}

bool AlleleContent::is_seen(std::size_t column, std::uint8_t symbol) const {
  const auto& counts = tells_origin(column) ? patterns_->gene_counts[column] : patterns_->counts[column];
  const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
  return counts[symbol] >= std::max(1.0, least_seen * total);
}

void AlleleContent::find_features() {
  const auto& columns = model_->structure().columns;
  std::vector<std::size_t> feature_columns(columns.size());
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (!columns[column].site || patterns_->total(column) <= 0) continue;
    for (std::size_t symbol = 1; symbol < patterns_->counts[column].size(); ++symbol) {
      const auto number = static_cast<std::uint8_t>(symbol);
      if (!is_seen(column, number)) continue;
      const bool of_gene = tells_origin(column);
      const auto& counts = of_gene ? patterns_->gene_counts[column] : patterns_->counts[column];
      const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
      features_.push_back({column, number, counts[symbol], total - counts[symbol], 1, of_gene});
      feature_columns[column] = 1;
    }
  }
  // Fragments that show several features count once altogether.
  std::vector<double> shown(columns.size());
  std::vector<double> together(columns.size());
  for (const Pattern& pattern : patterns_->patterns) {
    std::size_t here = 0;
    for (const SeenSymbol& seen : patterns_->of(pattern)) here += feature_columns[seen.column];
    for (const SeenSymbol& seen : patterns_->of(pattern)) {
      shown[seen.column] += pattern.fragments;
      together[seen.column] += static_cast<double>(here) * pattern.fragments;
    }
  }
  for (Feature& feature : features_) {
    feature.weight = std::max(least_weight, shown[feature.column] / std::max(together[feature.column], 1.0));
  }
}

// An allele stays if at each site the fragments show one of the symbols that it allows.
void AlleleContent::find_alleles() {
  const Gene& gene = model_->gene();
  const auto& columns = model_->structure().columns;
  for (std::size_t allele = 0; allele < gene.alleles.size(); ++allele) {
    if (!gene.alleles[allele].is_defined) continue;
    bool stays = true;
    for (std::size_t column = 0; stays && column < columns.size(); ++column) {
      if (!columns[column].site || patterns_->total(column) < 1) continue;
      const std::uint64_t bits = model_->allowed(allele, *columns[column].site);
      // Of a few fragments none may come from the one copy that has the reference.
      bool seen = (bits & 1) != 0 && patterns_->total(column) < many_fragments;
      for (std::size_t symbol = 0; symbol < patterns_->counts[column].size() && symbol < 64; ++symbol) {
        seen = seen || ((bits >> symbol & 1) != 0 && is_seen(column, static_cast<std::uint8_t>(symbol)));
      }
      stays = seen;
    }
    if (stays) alleles_.push_back(allele);
  }
}

double AlleleContent::share_of(std::size_t allele) const { return shares_[allele]; }

// Of a kind with names: among copies of the kind, by how common the alleles are that they are like; none is very rare.
double AlleleContent::log_share_of(std::size_t allele, const CopyKind& kind) const {
  if (kind.names.empty()) return std::log(share_of(allele));
  constexpr double least_share = 0.05;
  double all = 0;
  double own = 0;
  for (const CopyName& name : kind.names) {
    const double share = std::max(share_of(name.like), least_share);
    all += share;
    if (name.like == allele) own = share;
  }
  return std::log(std::max(own, least_share) / all);
}

std::vector<PartContent> AlleleContent::contents_of(const CopyKind& kind) const {
  std::vector<PartContent> contents;
  if (!kind.is_gene_copy) return {{std::nullopt, ""}};
  for (const CopyName& name : kind.names) contents.push_back({name.like, name.name});
  if (!kind.names.empty()) return contents;
  for (const std::size_t allele : alleles_) {
    contents.push_back({allele, model_->gene().alleles[allele].reported_name()});
  }
  return contents;
}

const std::vector<std::size_t>& AlleleContent::choices_of(std::size_t form) {
  if (!by_form_[form]) {
    HaplotypeChoice choice;
    choice.form = form;
    std::vector<std::size_t> numbers;
    add_choices(choice, 0, numbers);
    std::ranges::stable_sort(numbers, std::greater<>{}, [&](std::size_t number) { return choices_[number].log_share; });
    if (numbers.size() > most_choices) numbers.resize(most_choices);
    by_form_[form] = std::move(numbers);
  }
  return *by_form_[form];
}

void AlleleContent::add_choices(HaplotypeChoice& choice, std::size_t part, std::vector<std::size_t>& numbers) {
  const HaplotypeForm& form = (*forms_)[choice.form];
  const HaplotypeShape& shape = model_->structure().shapes[form.shape];
  if (part == shape.parts.size()) {
    HaplotypeChoice done = choice;
    finish(done);
    numbers.push_back(choices_.size());
    choices_.push_back(std::move(done));
    return;
  }
  const std::size_t kind = shape.parts[part].kind;
  for (PartContent& content : contents_of(model_->structure().kinds[kind])) {
    // Two parts of one kind differ, or they would be one; where they may change places they stand in order.
    const bool same_kind = part > 0 && shape.parts[part - 1].kind == kind;
    if (same_kind && choice.parts.back().allele == content.allele) continue;
    if (same_kind && form.copies[part] == form.copies[part - 1] && *choice.parts.back().allele > *content.allele)
      continue;
    choice.parts.push_back(std::move(content));
    add_choices(choice, part + 1, numbers);
    choice.parts.pop_back();
  }
}

void AlleleContent::finish(HaplotypeChoice& choice) const {
  const GeneStructure& structure = model_->structure();
  const HaplotypeForm& form = (*forms_)[choice.form];
  const HaplotypeShape& shape = structure.shapes[form.shape];
  choice.least.assign(features_.size(), 0);
  choice.most = choice.least;
  choice.log_share = form.log_share;
  for (std::size_t part = 0; part < choice.parts.size(); ++part) {
    const CopyKind& kind = structure.kinds[shape.parts[part].kind];
    const auto copies = static_cast<std::uint8_t>(form.copies[part]);
    const auto& allele = choice.parts[part].allele;
    if (allele) choice.log_share += log_share_of(*allele, kind);
    for (std::size_t at = 0; at < features_.size(); ++at) {
      const Feature& feature = features_[at];
      // Fragments of the gene come from the stretches that the gene gave.
      const StretchSource source = kind.sources[structure.columns[feature.column].stretch];
      if (feature.of_gene && source == StretchSource::paralog) continue;
      const ExpectedSymbol expected = model_->expected_at(feature.column, shape.parts[part].kind, allele);
      const bool open = expected.cost < open_cost;
      const bool has = expected.symbol == feature.symbol;
      if (has && !open) choice.least[at] = static_cast<std::uint8_t>(choice.least[at] + copies);
      if (has || (open && expected.other == feature.symbol)) {
        choice.most[at] = static_cast<std::uint8_t>(choice.most[at] + copies);
      }
    }
  }
  const std::string name = haplotype_name(structure, form, choice.parts);
  const auto known = std::ranges::find(structure.known_shares, name, &KnownShare::haplotype);
  if (known != structure.known_shares.end()) {
    double like = 0;
    for (std::size_t part = 0; part < choice.parts.size(); ++part) {
      const CopyKind& kind = structure.kinds[shape.parts[part].kind];
      const bool same = std::ranges::count(kind.names, choice.parts[part].name, &CopyName::name) > 1;
      if (same) like += log_share_of(*choice.parts[part].allele, kind);
    }
    choice.log_share = std::log(std::max(known->share * shape.known_part, 1e-12)) + like;
  }
}

std::vector<std::vector<float>> AlleleContent::feature_table(const FormPair& pair) const {
  std::vector<std::vector<float>> table;
  for (const Feature& feature : features_) {
    const StructureColumn& column = model_->structure().columns[feature.column];
    int all = 0;
    for (const std::size_t form : {pair.first, pair.second}) {
      const HaplotypeForm& at = (*forms_)[form];
      all += at.gene[column.stretch] + at.either[column.stretch];
      if (column.paralog_symbol != no_symbol && !feature.of_gene) all += at.paralog[column.stretch];
    }
    const double cap = feature.of_gene ? feature_cap : feature_cap_shared;
    std::vector<float> row;
    const double found = std::clamp(feature.with / (feature.with + feature.without), symbol_error, 1 - symbol_error);
    for (int copies = 0; copies <= all; ++copies) {
      const double share =
          all == 0 ? 0.5 : std::clamp(static_cast<double>(copies) / all, symbol_error, 1 - symbol_error);
      const double loss =
          feature.with * std::log(share / found) + feature.without * std::log((1 - share) / (1 - found));
      row.push_back(static_cast<float>(feature.weight * std::max(loss, -cap / feature.weight)));
    }
    table.push_back(std::move(row));
  }
  return table;
}

void AlleleContent::add_pair(std::size_t number, const FormPair& pair, std::vector<Configuration>& found,
                             double& best) {
  const auto table = feature_table(pair);
  const std::vector<std::size_t> first = choices_of(pair.first);
  const std::vector<std::size_t> second = choices_of(pair.second);
  const double base = pair.score - (*forms_)[pair.first].log_share - (*forms_)[pair.second].log_share;
  const auto share = [&](std::size_t choice) { return choices_[choice].log_share; };
  const double twice = pair.first == pair.second ? std::log(2) : 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    for (std::size_t j = pair.first == pair.second ? i : 0; j < second.size(); ++j) {
      const HaplotypeChoice& one = choices_[first[i]];
      const HaplotypeChoice& two = choices_[second[j]];
      const bool alike = pair.first == pair.second && i == j;
      const double kin = alike ? std::log1p(inbreeding / std::exp(one.log_share)) : twice;
      double score = base + share(first[i]) + share(second[j]) + kin;
      // Choices come by their shares, and counts only take away.
      if (!alike && score <= best - reach) break;
      for (std::size_t at = 0; at < features_.size() && score > best - reach; ++at) {
        const std::size_t least = one.least[at] + two.least[at];
        const std::size_t most = std::min<std::size_t>(one.most[at] + two.most[at], table[at].size() - 1);
        float better = table[at][std::min(least, table[at].size() - 1)];
        for (std::size_t copies = least + 1; copies <= most; ++copies) better = std::max(better, table[at][copies]);
        score += better;
      }
      if (score <= best - reach) continue;
      best = std::max(best, score);
      const double prior = one.log_share + two.log_share + (pair.first == pair.second ? kin : std::log(2));
      found.push_back({number, first[i], second[j], score, prior});
    }
  }
}

std::vector<Configuration> AlleleContent::configurations(const std::vector<FormPair>& pairs) {
  std::vector<Configuration> found;
  double best = -std::numeric_limits<double>::infinity();
  for (std::size_t number = 0; number < pairs.size(); ++number) add_pair(number, pairs[number], found, best);
  std::erase_if(found, [&](const Configuration& one) { return one.score < best - reach; });
  std::ranges::stable_sort(found, std::greater<>{}, &Configuration::score);
  if (found.size() > most_configurations) found.resize(most_configurations);
  return found;
}

}  // namespace stardose::pharmaco
