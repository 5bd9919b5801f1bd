// Reading calls.tsv.
#include "pharmaco/inputs/called_genes.h"

#include <array>
#include <span>

#include "genomics/pseudonyms.h"
#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_call.h"

namespace stardose::pharmaco {

namespace {

std::vector<std::string> list_of(std::string_view cell) {
  if (cell.empty() || cell == ".") return {};
  std::vector<std::string> items;
  for (const std::string_view item : split(cell, ";")) items.emplace_back(trimmed(item));
  return items;
}

/// One call for each diplotype; what a single one gives is taken as the table has it, whatever its alleles are named.
std::vector<OutsideCall> calls_of(const std::vector<std::string>& diplotypes,
                                  const std::vector<std::string>& phenotypes, const std::vector<std::string>& scores) {
  std::vector<OutsideCall> calls;
  if (diplotypes.size() > 1) {
    for (const std::string& diplotype : diplotypes) calls.push_back({.diplotype = diplotype});
    return calls;
  }
  OutsideCall call;
  if (!diplotypes.empty()) call.diplotype = diplotypes.front();
  if (phenotypes.size() == 1) call.phenotypes = phenotypes;
  if (scores.size() == 1) call.score = read_activity_score(scores.front());
  if (call.has_result()) calls.push_back(std::move(call));
  return calls;
}

}  // namespace

std::set<std::string> defined_alleles(const Gene& gene) {
  std::set<std::string> names;
  for (const NamedAllele& allele : gene.alleles) {
    if (allele.is_defined) names.insert(allele.reported_name());
  }
  return names;
}

void put_over(PatientGenetics& genetics, const PatientGenetics& more) {
  for (const auto& [symbol, gene] : more.genes) {
    KnownGene& own = genetics.genes[symbol];
    // Which alleles a panel tests is often told beside calls that come from elsewhere.
    std::set<std::string> tested = own.tested;
    tested.insert(gene.tested.begin(), gene.tested.end());
    const std::optional<int> copies = gene.copies ? gene.copies : own.copies;
    if (!gene.result.readings.empty()) own = gene;
    own.copies = copies;
    if (gene.result.readings.empty()) {
      own.tested = std::move(tested);
    } else {
      own.tested = gene.tested;
    }
  }
  for (const auto& [rsid, genotype] : more.genotypes) genetics.genotypes[rsid] = genotype;
  for (const auto& [name, score] : more.scores) genetics.scores[name] = score;
}

std::map<std::string, PatientGenetics> read_called_genes(const std::string& path, const KnowledgeBase& knowledge) {
  static constexpr std::array<std::string_view, 4> needed = {"sample", "gene", "status", "diplotype"};
  static constexpr std::array<std::string_view, 6> more = {"phenotype",     "activity_score", "basis",
                                                           "sites_missing", "sites_assumed",  "copies"};
  const UserTable table{path, "calls", "--calls"};
  if (table.rows().size() < 2) {
    throw genomics::InputError{genomics::Fault::input,
                               {path, "", "the calls have no rows", "give the calls.tsv of `stardose run`"}};
  }
  const auto at = find_columns(table, table.rows().front(), {needed, more, true});
  std::map<std::string, PatientGenetics> samples;
  for (const UserTable::Row& row : std::span{table.rows()}.subspan(1)) {
    const std::string sample = genomics::known_as(std::string{row.cell(at[0])});
    PatientGenetics& genetics = samples[sample];
    const Gene* gene = knowledge.find_gene(row.cell(at[1]));
    if (gene == nullptr) continue;
    if (genetics.genes.contains(gene->symbol)) {
      table.fail(row, "a second call of " + gene->symbol + " for sample " + sample, "give the calls of one run");
    }
    KnownGene known{.source = "calls"};
    if (row.cell(at[2]) != "no_call") {
      const auto calls = calls_of(list_of(row.cell(at[3])), list_of(row.cell(at[4])), list_of(row.cell(at[5])));
      known.result = read_outside_calls(*gene, calls).result;
    }
    known.result.gene = gene->symbol;
    std::int64_t copies = 0;
    if (read_number(row.cell(at[9]), copies)) known.copies = static_cast<int>(copies);
    const bool from_variants = row.cell(at[6]).starts_with("variants");
    if (from_variants && row.cell(at[7]) == "0" && row.cell(at[8]) == "0") known.tested = defined_alleles(*gene);
    genetics.genes.emplace(gene->symbol, std::move(known));
  }
  return samples;
}

}  // namespace stardose::pharmaco
