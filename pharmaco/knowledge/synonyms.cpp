// Looking up laboratory words.
#include "pharmaco/knowledge/synonyms.h"

#include <algorithm>
#include <array>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* file = "synonyms.tsv";

std::string folded_word(std::string_view written) {
  std::string text = folded(written);
  constexpr std::string_view british = "metaboliser";
  for (std::size_t at = text.find(british); at != std::string::npos; at = text.find(british, at)) {
    text.replace(at, british.size(), "metabolizer");
  }
  return text;
}

}  // namespace

std::vector<std::string> phenotypes_of(const Gene& gene) {
  std::vector<std::string> all;
  for (const auto& [functions, phenotype] : gene.phenotype.by_functions) all.push_back(phenotype);
  for (const ScoreBand& band : gene.phenotype.by_score) all.push_back(band.phenotype);
  if (!all.empty()) all.emplace_back(PhenotypeRule::indeterminate);
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::optional<std::string> Synonyms::phenotype(const Gene& gene, std::string_view written) const {
  const std::vector<std::string> known = phenotypes_of(gene);
  if (known.empty()) return std::string{written};
  const std::string word = folded_word(written);
  const auto own = std::ranges::find(known, word, [](const std::string& name) { return folded_word(name); });
  if (own != known.end()) return *own;
  for (const std::string_view of : {std::string_view{gene.symbol}, std::string_view{}}) {
    const auto words = phenotypes_.find(of);
    if (words == phenotypes_.end()) continue;
    const auto meant = words->second.find(word);
    if (meant != words->second.end() && std::ranges::find(known, meant->second) != known.end()) return meant->second;
  }
  return std::nullopt;
}

std::string_view Synonyms::allele(const Gene& gene, std::string_view written) const {
  const auto words = alleles_.find(gene.symbol);
  if (words == alleles_.end()) return written;
  const auto meant = words->second.find(folded_word(written));
  return meant == words->second.end() ? written : std::string_view{meant->second};
}

std::optional<NoResultWord> Synonyms::no_result(std::string_view written) const {
  const auto word = no_results_.find(folded_word(written));
  return word == no_results_.end() ? std::nullopt : std::optional{word->second};
}

Synonyms load_synonyms(const CatalogueFiles& files, const std::vector<Gene>& genes, CatalogueFaults& faults) {
  static constexpr std::array<std::string_view, 5> columns = {"gene", "kind", "written", "meant", "source"};
  Synonyms synonyms;
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return synonyms;
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    const std::string gene{row.cells[0]};
    const std::string_view kind = row.cells[1];
    const std::string word = folded_word(row.cells[2]);
    const std::string meant{row.cells[3]};
    const auto known = std::ranges::find(genes, gene, &Gene::symbol);
    const auto has_phenotype = [&](const Gene& one) {
      const std::vector<std::string> all = phenotypes_of(one);
      return std::ranges::find(all, meant) != all.end();
    };
    if (word.empty() || row.cells[4].empty()) faults.add(file, row.line, "`written` and `source` must be given");
    if (!gene.empty() && known == genes.end()) {
      faults.add(file, row.line, "no such gene: " + gene);
      continue;
    }
    bool is_new = true;
    if (kind == "phenotype") {
      const bool fits = gene.empty() ? std::ranges::any_of(genes, has_phenotype) : has_phenotype(*known);
      if (!fits) faults.add(file, row.line, "no gene has this phenotype: " + meant);
      is_new = synonyms.phenotypes_[gene].emplace(word, meant).second;
    } else if (kind == "allele" && !gene.empty()) {
      if (!known->find_allele(meant)) faults.add(file, row.line, gene + " has no such allele: " + meant);
      is_new = synonyms.alleles_[gene].emplace(word, meant).second;
    } else if ((kind == "not_tested" || kind == "no_result") && gene.empty() && meant.empty()) {
      const NoResultWord means = kind == "no_result" ? NoResultWord::no_result : NoResultWord::not_tested;
      is_new = synonyms.no_results_.emplace(word, means).second;
    } else {
      faults.add(file, row.line, "expected kind phenotype; allele with a gene; not_tested or no_result without");
    }
    if (!is_new) faults.add(file, row.line, "the word is there twice: " + std::string{row.cells[2]});
  }
  return synonyms;
}

}  // namespace stardose::pharmaco
