// 208 GeT-RM genomes, phased, against the consensus diplotypes: counts by gene, and a reason for every difference.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "pharmaco/concordance/concordance.h"
#include "tests/builders/concordance.h"
#include "tests/shared/in_process_calls.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace {

using pharmaco::Agreement;

const std::string truth_path = "cases/getrm/truth.tsv";
const std::string expected_path = STARDOSE_SOURCE_DIR "/tests/shared/getrm_concordance.tsv";

std::string vcf_of(const std::string& gene) { return shared_path("cases/getrm/vcf/" + gene + ".vcf.gz"); }

/// Calls as calls.tsv would have them. What the panel does not list is hom-ref by construction; CYP2D6 from small
/// variants shows what can and cannot be seen that way.
pharmaco::OurCalls calls_of(const std::string& gene) {
  genomics::VariantInputOptions input;
  input.files = {vcf_of(gene)};
  pharmaco::CallingOptions options;
  options.genes = {gene};
  options.assume_reference = true;
  options.from_small_variants = {gene};
  pharmaco::OurCalls calls;
  for (const auto& [key, finding] : call_in_process(input, options).findings) {
    const bool called = finding.status != pharmaco::CallStatus::no_call;
    calls[key] = called ? pharmaco::OurCall{finding.diplotypes, finding.phenotypes, {}}
                        : pharmaco::OurCall{{}, {}, finding.reason};
  }
  return calls;
}

std::string shown(const TableRow& row) {
  std::string text;
  for (const char* column :
       {"compared", "equal", "alias", "among", "same_phenotype", "different", "no_call", "not_comparable"}) {
    text += std::string{column} + " " + row.at(column) + ", ";
  }
  return text;
}

std::string shown(const pharmaco::GeneCounts& counts) {
  std::string text = "compared " + std::to_string(counts.compared()) + ", ";
  for (std::size_t i = 0; i < counts.of.size(); ++i) {
    text += std::string{to_string(static_cast<Agreement>(i))} + " " + std::to_string(counts.of.at(i)) + ", ";
  }
  return text;
}

/// (gene, truth, call) of a difference; how many there are.
using Differences = std::map<std::tuple<std::string, std::string, std::string>, int>;

Differences expected_differences(const std::string& gene) {
  static const std::set<std::string> causes{"input", "panel", "phase", "structure", "catalogue", "consensus", "person"};
  Differences expected;
  for (const TableRow& row : read_table(STARDOSE_SOURCE_DIR "/tests/shared/getrm_differences.tsv")) {
    CHECK_MESSAGE(causes.contains(row.at("cause")), row.at("cause"));
    CHECK_FALSE(row.at("reason").empty());
    if (row.at("gene") == gene) expected[{gene, row.at("truth"), row.at("call")}] = std::stoi(row.at("samples"));
  }
  return expected;
}

void check_gene(const std::string& gene) {
  if (!shared_is_there()) return;
  const auto aliases = test::embedded_aliases(embedded_knowledge());
  const std::vector<pharmaco::TruthRow> truths = pharmaco::read_truth_table(shared_path(truth_path));
  const pharmaco::Concordance found = compare_tables(embedded_knowledge(), aliases, truths, calls_of(gene), {});
  const std::vector<TableRow> rows = read_table(expected_path);
  const auto row = std::ranges::find(rows, gene, [](const TableRow& one) { return one.at("gene"); });
  REQUIRE(row != rows.end());
  CHECK_EQ(shown(found.genes.at(gene)), shown(*row));
  Differences differences;
  for (const pharmaco::Pair& pair : found.pairs) {
    const Agreement agreement = pair.comparison.agreement;
    const bool agrees =
        agreement == Agreement::equal || agreement == Agreement::alias || agreement == Agreement::not_comparable;
    if (!agrees) ++differences[{gene, pair.truth, pair.call}];
  }
  for (const auto& [difference, samples] : differences) {
    const auto& [symbol, truth, call] = difference;
    const Differences expected = expected_differences(gene);
    const auto known = expected.find(difference);
    CHECK_MESSAGE((known != expected.end() && known->second == samples), symbol, ": truth ", truth, ", call ", call,
                  ", samples ", samples);
  }
  CHECK_EQ(differences.size(), expected_differences(gene).size());
}

}  // namespace

TEST_SUITE("shared: getrm") {
#define GETRM_GENE(GENE) \
  TEST_CASE(GENE) { check_gene(GENE); }
#include "getrm_genes.inc"
#undef GETRM_GENE

  TEST_CASE("every gene with a truth and variants is compared") {
    if (!shared_is_there()) return;
    std::set<std::string> there;
    for (const TableRow& row : read_table(shared_path(truth_path))) {
      const std::string& gene = row.at("gene");
      if (embedded_knowledge().find_gene(gene) != nullptr && std::filesystem::exists(vcf_of(gene))) there.insert(gene);
    }
    std::set<std::string> listed;
    for (const TableRow& row : read_table(expected_path)) listed.insert(row.at("gene"));
    listed.erase("total");
    CHECK(there == listed);
  }
}

}  // namespace stardose::tests
