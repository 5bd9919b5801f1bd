// Reading and checking the tables of fhir/.
#include "pharmaco/knowledge/fhir_codes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "genomics/expect.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

constexpr std::string_view loinc = "http://loinc.org";

void check_code(const std::string& file, std::size_t line, const Code& code, CatalogueFaults& faults) {
  if (code.system == loinc && !has_check_digit(code.code)) {
    faults.add(file, line, "not a LOINC code, its last digit is wrong: " + code.code);
  }
}

/// Of a table with a key and the three parts of a code.
FhirCodes::Table load_table(const CatalogueFiles& files, const std::string& file, std::string_view key,
                            CatalogueFaults& faults) {
  FhirCodes::Table table;
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) {
    faults.add(file, 0, "the file is missing");
    return table;
  }
  const std::array<std::string_view, 4> columns = {key, "system", "code", "display"};
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    Code code{std::string{row.cells[1]}, std::string{row.cells[2]}, std::string{row.cells[3]}};
    check_code(file, row.line, code, faults);
    if (!table.emplace(row.cells[0], std::move(code)).second) {
      faults.add(file, row.line, "a second time: " + std::string{row.cells[0]});
    }
  }
  return table;
}

bool is_hgnc(std::string_view number) {
  static constexpr std::string_view prefix = "HGNC:";
  return number.starts_with(prefix) && number.size() > prefix.size() &&
         std::ranges::all_of(number.substr(prefix.size()), [](char c) { return c >= '0' && c <= '9'; });
}

void load_genes(const CatalogueFiles& files, FhirCodes& codes, CatalogueFaults& faults) {
  static const std::string file = "fhir/genes.tsv";
  static constexpr std::array<std::string_view, 4> columns = {"gene", "hgnc", "phenotype_test", "alleles"};
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) return faults.add(file, 0, "the file is missing");
  for (const auto& row : read_tsv(file, text->second, columns, faults).rows) {
    const std::string gene{row.cells[0]};
    const Code hgnc{codes.of("gene").system, std::string{row.cells[1]}, gene};
    if (!is_hgnc(hgnc.code)) faults.add(file, row.line, "not HGNC's number: " + hgnc.code);
    if (!codes.genes.emplace(gene, hgnc).second) faults.add(file, row.line, "a second time: " + gene);
    if (!row.cells[2].empty()) {
      const Code test{std::string{loinc}, std::string{row.cells[2]}, {}};
      check_code(file, row.line, test, faults);
      codes.phenotype_tests.emplace(gene, test);
    }
    if (row.cells[3].empty()) continue;
    const std::string nomenclature{row.cells[3]};
    if (!codes.codes.contains(nomenclature)) faults.add(file, row.line, "not in codes.tsv: " + nomenclature);
    codes.nomenclatures.emplace(gene, nomenclature);
  }
}

}  // namespace

const std::set<std::string_view>& needed_codes() {
  static const std::set<std::string_view> keys = {"laboratory", "genetics",     "report",      "genotype",
                                                  "haplotype",  "gene_studied", "medication",  "evidence",
                                                  "GRCh37",     "GRCh38",       "implication", "knowledge_base",
                                                  "pipeline",   "conclusion",   "not_known",   "not_tested",
                                                  "gene",       "rxnorm",       "ucum"};
  return keys;
}

const Code& FhirCodes::of(std::string_view key) const {
  const auto code = codes.find(key);
  STARDOSE_EXPECT(code != codes.end());
  return code->second;
}

bool has_check_digit(std::string_view loinc) {
  const std::size_t dash = loinc.find('-');
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (dash == std::string_view::npos || loinc.size() != dash + 2 || !is_digit(loinc.back())) return false;
  const std::string_view body = loinc.substr(0, dash);
  const std::string_view number = body.substr(body.starts_with("LA") || body.starts_with("LL") ? 2 : 0);
  if (number.empty() || !std::ranges::all_of(number, is_digit)) return false;
  int sum = 0;
  for (std::size_t k = 0; k < body.size(); ++k) {
    const int value = body[body.size() - 1 - k] - '0';
    sum += k % 2 == 0 ? 2 * value / 10 + 2 * value % 10 : value;
  }
  return (10 - sum % 10) % 10 == loinc.back() - '0';
}

FhirCodes load_fhir_codes(const CatalogueFiles& files, CatalogueFaults& faults) {
  static constexpr std::string_view folder = "fhir/";
  FhirCodes codes;
  const auto first = files.texts.lower_bound(std::string{folder});
  if (first == files.texts.end() || !first->first.starts_with(folder)) return codes;
  codes.codes = load_table(files, "fhir/codes.tsv", "key", faults);
  bool complete = true;
  for (const std::string_view key : needed_codes()) {
    if (codes.codes.contains(key)) continue;
    complete = false;
    faults.add("fhir/codes.tsv", 0, "no row of: " + std::string{key});
  }
  codes.phenotypes = load_table(files, "fhir/phenotypes.tsv", "phenotype", faults);
  codes.actions = load_table(files, "fhir/actions.tsv", "action", faults);
  if (complete) load_genes(files, codes, faults);
  return codes;
}

}  // namespace stardose::pharmaco
