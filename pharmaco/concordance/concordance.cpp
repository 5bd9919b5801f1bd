// Pairing truths with calls, and counting.
#include "pharmaco/concordance/concordance.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

namespace {

std::string joined(const std::set<std::string>& names) {
  constexpr std::size_t most = 8;
  std::string text;
  std::size_t told = 0;
  for (const std::string& name : names) {
    if (told++ < most) text += (text.empty() ? "" : ", ") + name;
  }
  return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

/// Rows of one sample and gene, best source first. Rows of sources that are not asked for are not there.
using TruthsOfPair = std::map<std::pair<std::string, std::string>, std::vector<const TruthRow*>>;

TruthsOfPair pair_up(const std::vector<TruthRow>& truths, const std::vector<std::string>& sources) {
  for (const std::string& source : sources) {
    if (std::ranges::find(truths, source, &TruthRow::source) != truths.end()) continue;
    std::set<std::string> known;
    for (const TruthRow& row : truths) known.insert(row.source);
    throw InputError{Fault::usage,
                     {"", "--source", "no row of the truth has the source " + source, "it has " + joined(known)}};
  }
  const auto rank = [&](const TruthRow* row) { return std::ranges::find(sources, row->source) - sources.begin(); };
  TruthsOfPair pairs;
  for (const TruthRow& row : truths) {
    const bool wanted = sources.empty() || std::ranges::find(sources, row.source) != sources.end();
    if (wanted) pairs[{row.gene, row.sample}].push_back(&row);
  }
  for (auto& [pair, rows] : pairs) std::ranges::stable_sort(rows, {}, rank);
  return pairs;
}

std::string text_of(const OurCall& call) {
  const auto& shown = call.diplotypes.empty() ? call.phenotypes : call.diplotypes;
  std::string text;
  for (const std::string& one : shown) text += (text.empty() ? "" : ";") + one;
  return text;
}

Pair compare_pair(const GeneNames& names, const std::vector<const TruthRow*>& rows, const OurCall& call) {
  std::vector<Comparison> comparisons;
  for (const TruthRow* row : rows) comparisons.push_back(compare(names, row->diplotype, call));
  const auto chosen = std::ranges::find_if(
      comparisons, [](const Comparison& one) { return one.agreement != Agreement::not_comparable; });
  const auto number = static_cast<std::size_t>(chosen == comparisons.end() ? 0 : chosen - comparisons.begin());
  const TruthRow& row = *rows[number];
  Pair pair{row.sample, row.gene, row.diplotype, row.source, text_of(call), comparisons[number], {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool says_more =
        i != number && comparisons[i].agreement != Agreement::not_comparable && rows[i]->diplotype != row.diplotype;
    if (!says_more) continue;
    const std::string who = rows[i]->source.empty() ? "" : rows[i]->source + ": ";
    pair.other_truths += (pair.other_truths.empty() ? "" : "; ") + who + rows[i]->diplotype + " (" +
                         std::string{to_string(comparisons[i].agreement)} + ")";
  }
  return pair;
}

/// What of the truth cannot be compared, and why.
struct Unpaired {
  std::set<std::string> samples;  ///< not in the calls
  std::set<std::string> genes_not_called;
  std::set<std::string> genes_not_known;
};

std::vector<std::string> warnings_of(const Unpaired& unpaired) {
  std::vector<std::string> warnings;
  const auto add = [&](std::size_t count, const char* one, const char* many, const std::set<std::string>& names) {
    if (count > 0) warnings.push_back(std::to_string(count) + (count == 1 ? one : many) + joined(names));
  };
  add(unpaired.samples.size(),
      " sample of the truth is not in the calls: ", " samples of the truth are not in the calls: ", unpaired.samples);
  add(unpaired.genes_not_called.size(), " gene of the truth is not in the calls: ",
      " genes of the truth are not in the calls: ", unpaired.genes_not_called);
  std::set<std::string> not_known;
  for (const std::string& gene : unpaired.genes_not_known) not_known.insert(genomics::shown_word(gene));
  add(unpaired.genes_not_known.size(),
      " gene of the truth is not in the catalogue: ", " genes of the truth are not in the catalogue: ", not_known);
  return warnings;
}

}  // namespace

int GeneCounts::compared() const { return std::accumulate(of.begin(), of.end(), 0) - count(Agreement::not_comparable); }

void GeneCounts::add(const Comparison& comparison) {
  ++of.at(static_cast<std::size_t>(comparison.agreement));
  if (comparison.agreement == Agreement::not_comparable) return;
  one_assay += comparison.one_assay ? 1 : 0;
  several_truths += comparison.several_truths ? 1 : 0;
}

void GeneCounts::add(const GeneCounts& other) {
  for (std::size_t i = 0; i < of.size(); ++i) of.at(i) += other.of.at(i);
  one_assay += other.one_assay;
  several_truths += other.several_truths;
}

Concordance compare_tables(const KnowledgeBase& knowledge, const AliasTable& aliases,
                           const std::vector<TruthRow>& truths, const OurCalls& calls,
                           const std::vector<std::string>& sources) {
  std::set<std::string> samples;
  std::set<std::string> genes;
  for (const auto& [key, call] : calls) {
    samples.insert(key.first);
    genes.insert(key.second);
  }
  Concordance concordance;
  Unpaired unpaired;
  std::map<std::string, GeneNames> names;
  for (const auto& [key, rows] : pair_up(truths, sources)) {
    const auto& [symbol, sample] = key;
    const Gene* gene = knowledge.find_gene(symbol);
    if (gene == nullptr) {
      unpaired.genes_not_known.insert(symbol);
      continue;
    }
    if (!samples.contains(sample)) unpaired.samples.insert(sample);
    if (!genes.contains(symbol)) unpaired.genes_not_called.insert(symbol);
    const auto call = calls.find({sample, symbol});
    if (call == calls.end()) continue;
    const GeneNames& of_gene = names.try_emplace(symbol, *gene, aliases).first->second;
    concordance.pairs.push_back(compare_pair(of_gene, rows, call->second));
    concordance.genes[symbol].add(concordance.pairs.back().comparison);
  }
  concordance.warnings = warnings_of(unpaired);
  if (concordance.pairs.empty()) {
    throw InputError{Fault::mismatch,
                     {"", "", "no sample and gene are both in the truth and in the calls",
                      unpaired.samples.empty()
                          ? "the genes differ: compare the gene columns"
                          : "samples must have the same names in both; the truth has " + joined(unpaired.samples)}};
  }
  return concordance;
}

}  // namespace stardose::pharmaco
