// Genes and variants told in a table of patients.
#include "pharmaco/inputs/gene_columns.h"

#include <algorithm>

#include "genomics/input_error.h"
#include "pharmaco/covariates/covariate_cell.h"
#include "pharmaco/inputs/input_reader.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"

namespace stardose::pharmaco {

namespace {

using Kind = GeneColumn::Kind;

std::string complement(const std::string& bases) {
  std::string other{bases.rbegin(), bases.rend()};
  for (char& base : other) {
    base = base == 'A' ? 'T' : base == 'T' ? 'A' : base == 'C' ? 'G' : base == 'G' ? 'C' : base;
  }
  return other;
}

std::vector<std::string> letters_of(const genomics::Site& site) {
  std::vector<std::string> letters = site.alts;
  letters.insert(letters.begin(), site.ref);
  return letters;
}

bool is_letter_of(const genomics::Site& site, const std::string& letter) {
  const auto letters = letters_of(site);
  return std::ranges::find(letters, letter) != letters.end();
}

bool reads_alike_on_both_strands(const genomics::Site& site) {
  return std::ranges::any_of(letters_of(site),
                             [&](const std::string& one) { return is_letter_of(site, complement(one)); });
}

std::optional<GeneColumn> variant_column(const PatientColumns& known, const KnowledgeBase& knowledge,
                                         std::string_view heading, std::optional<Refusal>& refusal) {
  const std::size_t end = heading.find_first_of("_ (");
  const std::string rsid{heading.substr(0, end)};
  const std::string suffix = end == std::string_view::npos ? "" : folded(heading.substr(end + 1));
  GeneColumn column{.kind = suffix == "coding" ? Kind::coding : Kind::forward};
  for (const Gene& gene : knowledge.genes) {
    if (column.site == nullptr) column.site = find_site(gene, rsid);
    if (column.site != nullptr && column.gene == nullptr) column.gene = &gene;
  }
  if (column.site == nullptr) return std::nullopt;
  if (const auto letters = known.letters.find(rsid); letters != known.letters.end()) column.letters = letters->second;
  const std::string either = "name the column " + rsid + "_forward (letters as in a VCF) or " + rsid + "_coding";
  if (!suffix.empty() && suffix != "coding" && suffix != "forward") {
    refusal = Refusal{"unknown column: " + std::string{heading}, either};
  } else if (suffix.empty() && reads_alike_on_both_strands(*column.site)) {
    refusal = Refusal{rsid + " has the same letters on both strands, and the column does not say which", either};
  } else if (column.kind == Kind::coding && column.letters.empty()) {
    refusal = Refusal{"no algorithm says how publications write " + rsid, "name the column " + rsid + "_forward"};
  }
  return column;
}

/// `A/G`, `A|G` or `AG`
std::vector<std::string> two_letters(std::string_view cell) {
  for (const std::string_view separator : {"/", "|"}) {
    const auto parts = split(cell, separator);
    if (parts.size() == 2) return {std::string{trimmed(parts[0])}, std::string{trimmed(parts[1])}};
  }
  if (cell.size() == 2) return {std::string{cell.substr(0, 1)}, std::string{cell.substr(1)}};
  return {};
}

std::string example_of(const Gene& gene) {
  return "write it as `stardose knowledge show " + gene.symbol + "` does, such as " +
         gene.alleles.front().reported_name() + "/" + gene.alleles.front().reported_name();
}

}  // namespace

void add_letters(const std::vector<DoseInput>& inputs, PublishedLetters& letters) {
  for (const DoseInput& input : inputs) {
    if (input.rsid.empty() || letters.contains(input.rsid)) continue;
    for (const auto& [ours, theirs] : input.letters) letters[input.rsid][theirs] = ours;
  }
}

std::optional<GeneColumn> read_gene_heading(const PatientColumns& known, const KnowledgeBase& knowledge,
                                            std::string_view heading, std::optional<Refusal>& refusal) {
  heading = trimmed(heading);
  if (heading.starts_with("rs")) return variant_column(known, knowledge, heading, refusal);
  const std::size_t end = std::min(heading.find_first_of("_ "), heading.size());
  const Gene* gene = knowledge.find_gene(heading.substr(0, end));
  if (gene == nullptr) return std::nullopt;
  static const std::map<std::string, Kind> kinds = {{"", Kind::either},
                                                    {"diplotype", Kind::diplotype},
                                                    {"phenotype", Kind::phenotype},
                                                    {"activity score", Kind::activity_score},
                                                    {"alleles tested", Kind::alleles_tested},
                                                    {"copies", Kind::copies}};
  const auto kind = kinds.find(folded(heading.substr(std::min(end + 1, heading.size()))));
  if (kind == kinds.end()) {
    refusal =
        Refusal{"unknown column: " + std::string{heading}, "a gene's columns are " + gene->symbol +
                                                               ", and with _diplotype, _phenotype, _activity_score, "
                                                               "_copies or _alleles_tested behind it"};
    return GeneColumn{};
  }
  return GeneColumn{.kind = kind->second, .gene = gene};
}

namespace {

/// `A and G`, on the strand that the column is on.
std::string known_letters(const GeneColumn& column) {
  std::string known;
  if (column.kind == Kind::coding) {
    for (const auto& [theirs, ours] : column.letters) known += (known.empty() ? "" : " and ") + theirs;
  } else {
    for (const std::string& letter : letters_of(*column.site)) known += (known.empty() ? "" : " and ") + letter;
  }
  return known;
}

}  // namespace

std::optional<Refusal> GeneCells::add(const GeneColumn& column, std::string_view cell) {
  if (is_not_known(cell)) return std::nullopt;
  if (is_spreadsheet_date(cell)) {
    return Refusal{column.gene->symbol + " cannot be read",
                   "a spreadsheet has made a date of it: format the column as text and enter it again"};
  }
  if (column.site != nullptr) return add_genotype(column, cell);
  Said& said = genes_[column.gene->symbol];
  const bool is_diplotype = cell.find('/') != std::string_view::npos || cell.starts_with('*');
  if (column.kind == Kind::diplotype || (column.kind == Kind::either && is_diplotype)) {
    said.call.diplotype = cell;
    return std::nullopt;
  }
  if (column.kind == Kind::alleles_tested) return add_tested(*column.gene, cell);
  if (column.kind == Kind::copies) {
    std::int64_t copies = 0;
    constexpr std::int64_t most = 20;
    if (!read_number(cell, copies) || copies < 0 || copies > most) {
      return Refusal{column.gene->symbol + " has no number of copies", "write a whole number such as 2"};
    }
    said.copies = static_cast<int>(copies);
    return std::nullopt;
  }
  if (column.kind == Kind::activity_score) {
    said.call.score = read_activity_score(cell);
    if (said.call.score) return std::nullopt;
    return Refusal{column.gene->symbol + " has no activity score", "write a number such as 1.5"};
  }
  return add_phenotype(*column.gene, cell);
}

std::optional<Refusal> GeneCells::add_tested(const Gene& gene, std::string_view cell) {
  for (const std::string_view part : split(cell, cell.find(';') == std::string_view::npos ? "," : ";")) {
    const auto allele = gene.find_allele(trimmed(part));
    if (!allele) return Refusal{gene.symbol + " has not all of the alleles tested", example_of(gene)};
    genes_[gene.symbol].tested.insert(gene.alleles[*allele].reported_name());
  }
  return std::nullopt;
}

std::optional<Refusal> GeneCells::add_phenotype(const Gene& gene, std::string_view cell) {
  const auto phenotype = knowledge_.synonyms.phenotype(gene, cell);
  if (!phenotype) {
    return Refusal{gene.symbol + " is neither a diplotype nor a phenotype of the gene", example_of(gene)};
  }
  genes_[gene.symbol].call.phenotypes = {*phenotype};
  return std::nullopt;
}

std::optional<Refusal> GeneCells::add_genotype(const GeneColumn& column, std::string_view cell) {
  const genomics::Site& site = *column.site;
  std::vector<std::string> letters = two_letters(cell);
  const std::string known = known_letters(column);
  const std::string why = site.rsid + " has letters that are none of its";
  const std::string help =
      "its letters are " + known + ", written like " + known.substr(0, 1) + "/" + known.substr(0, 1);
  if (letters.empty()) return Refusal{why, help};
  for (std::string& letter : letters) {
    if (column.kind != Kind::coding) {
      if (is_letter_of(site, letter)) continue;
      const bool other_strand = is_letter_of(site, complement(letter));
      return Refusal{why, other_strand ? "on the forward strand, as in a VCF, its letters are " + known +
                                             "; for the gene's own strand name the column " + site.rsid + "_coding"
                                       : help};
    }
    const auto ours = column.letters.find(letter);
    if (ours == column.letters.end()) return Refusal{why, help};
    letter = ours->second;
  }
  std::ranges::sort(letters);
  const KnownGenotype said{letters[0], letters[1], "covariates"};
  const auto [at, is_new] = genotypes_.emplace(site.rsid, said);
  if (!is_new && (at->second.first != said.first || at->second.second != said.second)) {
    return Refusal{site.rsid + " is given twice, and differently", "give one column of it"};
  }
  return std::nullopt;
}

PatientGenetics GeneCells::result(std::optional<Refusal>& refusal) const {
  PatientGenetics genetics{.genotypes = genotypes_};
  for (const auto& [symbol, said] : genes_) {
    const Gene& gene = *knowledge_.find_gene(symbol);
    const OutsideResult outside = read_outside_calls(gene, std::vector{said.call});
    if (!outside.not_known.empty()) {
      refusal = Refusal{symbol + " has an allele that is not known", example_of(gene)};
    }
    if (!outside.contradictions.empty()) {
      refusal = Refusal{"what is said of " + symbol + " contradicts itself", "give what the laboratory reported"};
    }
    genetics.genes.emplace(symbol, KnownGene{outside.result, said.tested, "covariates", said.copies});
  }
  return genetics;
}

}  // namespace stardose::pharmaco
