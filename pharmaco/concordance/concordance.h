// A table of truths beside a table of calls.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "pharmaco/concordance/alias_table.h"
#include "pharmaco/concordance/compare.h"
#include "pharmaco/knowledge/knowledge_base.h"

namespace stardose::pharmaco {

/// One row of the truth table.
struct TruthRow {
  std::string sample;
  std::string gene;
  std::string diplotype;
  std::string source;  ///< who says so; may be empty
};

/// One sample and gene.
struct Pair {
  std::string sample;
  std::string gene;
  std::string truth;   ///< as written
  std::string source;  ///< of the truth
  std::string call;    ///< our diplotypes, joined by `;`; empty: none
  Comparison comparison;
  std::string
      other_truths;  ///< what other rows of the pair say and how we agree with them: `SOURCE: TRUTH (equal); ...`
};

struct GeneCounts {
  std::array<int, agreements> of{};  ///< by Agreement
  int one_assay = 0;                 ///< of those compared: the truth rests on one assay only
  int several_truths = 0;            ///< of those compared: the truth states several diplotypes

  [[nodiscard]] int count(Agreement agreement) const { return of.at(static_cast<std::size_t>(agreement)); }
  /// All but those not comparable; a no call is compared.
  [[nodiscard]] int compared() const;
  /// Equal or equal through an alias.
  [[nodiscard]] int same_diplotype() const { return count(Agreement::equal) + count(Agreement::alias); }
  /// The same diplotype or another of the same phenotype.
  [[nodiscard]] int same_meaning() const { return same_diplotype() + count(Agreement::same_phenotype); }
  void add(const Comparison& comparison);
  void add(const GeneCounts& other);
};

struct Concordance {
  std::vector<Pair> pairs;                  ///< by gene, then sample
  std::map<std::string, GeneCounts> genes;  ///< those with a truth and calls
  std::vector<std::string> warnings;        ///< what could not be compared at all, a line each
};

/// (sample, gene) -> call.
using OurCalls = std::map<std::pair<std::string, std::string>, OurCall>;

/// Reads sample, gene, diplotype and optionally source; other columns are not looked at. Throws InputError.
[[nodiscard]] std::vector<TruthRow> read_truth_table(const std::string& path);

/// Reads sample, gene, diplotype and optionally status, phenotype and reason, as calls.tsv has them. Throws InputError:
/// a sample has a gene twice.
[[nodiscard]] OurCalls read_calls_table(const std::string& path);

/// Of several truths for one sample and gene the first that can be compared counts: by the order of `sources`, then of
/// rows. `sources` empty: all sources, by rows; else others are left out.
/// Throws InputError (mismatch): no sample and gene are in both tables; (usage): a source that no row has.
[[nodiscard]] Concordance compare_tables(const KnowledgeBase& knowledge, const AliasTable& aliases,
                                         const std::vector<TruthRow>& truths, const OurCalls& calls,
                                         const std::vector<std::string>& sources);

}  // namespace stardose::pharmaco
