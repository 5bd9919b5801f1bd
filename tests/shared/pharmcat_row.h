// One row of PharmCAT's cases (cases/pharmcat/README.md), and our answer to it.
#pragma once

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "genomics/io/cohort_reader.h"
#include "pharmaco/calling/gene_caller.h"
#include "pharmaco/calling/gene_patterns.h"
#include "pharmaco/calling/lowest_function.h"
#include "pharmaco/knowledge/embedded_catalogue.h"
#include "pharmaco/knowledge/gene_loader.h"
#include "pharmaco/phenotype/phenotyper.h"
#include "pharmaco/report/describe.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/shared/definition_file.h"
#include "tests/shared/shared_folder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

inline std::string pharmcat_path(const std::string& path) { return shared_path("cases/pharmcat/" + path); }

/// What we say: of matches and recommended pairs only where we called from variants ourselves.
struct RowAnswer {
  std::string status;
  std::vector<std::string> diplotypes;
  std::vector<std::string> phenotypes;
  std::vector<std::string> scores;  ///< activity scores
  std::vector<pharmaco::MatchFinding> matches;
  std::vector<std::string> recommended;  ///< the two alleles that guidance goes by

  /// `called | *1/*2 = 51 | phenotype | activity score`, as in the table of deliberate differences.
  [[nodiscard]] std::string text() const {
    std::string words = status;
    std::vector<std::string> scored;
    for (const pharmaco::MatchFinding& match : matches) {
      if (match.is_called) scored.push_back(match.diplotype + " = " + std::to_string(match.score));
    }
    for (const auto* list : {scored.empty() ? &diplotypes : &scored, &phenotypes, &scores}) {
      words += " | " + (list->empty() ? "." : join_text(*list, "; "));
    }
    return words;
  }
};

/// Loads one gene of the embedded catalogue; all of them would take longer than a case.
inline pharmaco::Gene catalogue_gene(const std::string& symbol) {
  pharmaco::CatalogueFiles files{"embedded", {}};
  for (const pharmaco::EmbeddedFile& file : pharmaco::embedded_catalogue()) {
    if (file.path.starts_with("genes/" + symbol + "/")) files.texts.emplace(file.path, file.text);
  }
  pharmaco::CatalogueFaults faults{"embedded"};
  pharmaco::Gene gene = load_gene(files, symbol, faults);
  faults.raise();
  return gene;
}

inline pharmaco::Gene gene_of(const TableRow& row) {
  pharmaco::Gene gene = catalogue_gene(row.at("gene"));
  const std::string& definitions = row.at("definitions");
  if (!definitions.starts_with("default"))
    gene = read_definition_file(pharmcat_path("definitions/" + definitions), gene);
  if (row.at("exemptions") == "n") {
    gene.required.clear();
    gene.preferences.clear();
  }
  return gene;
}

/// Some files have records out of order, which the program refuses: a file out of order hides truncation and faulty
/// merges. Their content is sound, so the test sorts them.
inline std::string sorted_copy(const std::string& path, const TempFolder& folder) {
  std::string header;
  std::vector<std::tuple<std::string, long, std::string>> records;
  for (const std::string& line : lines_of(path)) {
    if (line.starts_with("#")) {
      header += line + "\n";
      continue;
    }
    const std::vector<std::string> cells = split_text(line, "\t");
    records.emplace_back(cells.at(0), std::stol(cells.at(1)), line);
  }
  std::ranges::stable_sort(records, {}, [](const auto& r) { return std::pair{std::get<0>(r), std::get<1>(r)}; });
  for (const auto& [contig, position, line] : records) header += line + "\n";
  return folder.write(std::filesystem::path{path}.filename().string(), header);
}

inline std::string input_of(const TableRow& row, const TempFolder& folder) {
  return sorted_copy(pharmcat_path("vcf/" + row.at("vcf")), folder);
}

inline pharmaco::GeneCall call_row(const TableRow& row, const pharmaco::Gene& gene) {
  const TempFolder folder;
  std::vector<genomics::Site> sites = gene.sites;
  sites.insert(sites.end(), gene.extra_sites.begin(), gene.extra_sites.end());
  const genomics::SiteIndex index{std::move(sites)};
  const genomics::Cohort cohort =
      // The cases are about calling; one of them has an AD of too few numbers.
      genomics::read_cohort({.files = {input_of(row, folder)}, .check_format = false},
                            {index, false, {{0, gene.sites.size()}}});
  const auto named = std::ranges::find(cohort.samples, row.at("sample"));
  if (row.at("sample") != "." && named == cohort.samples.end()) throw std::runtime_error{"no such sample"};
  const auto sample = row.at("sample") == "." ? 0 : static_cast<std::size_t>(named - cohort.samples.begin());
  const auto patterns = pharmaco::find_patterns(cohort.genotypes, 0, gene.sites.size());
  const pharmaco::GenePattern& pattern = patterns.distinct[patterns.of_sample[sample]];
  const pharmaco::CallerOptions options{.from_small_variants = row.at("call_cyp2d6") == "y",
                                        .find_combinations = row.at("find_combinations") == "y",
                                        .all_matches = true};
  return pharmaco::GeneCaller{gene, options}.call(pattern.genotypes, pattern.phase_sets);
}

/// The two alleles that a reading goes by: of a strand with several, the one that works least.
inline std::vector<std::string> recommended_pairs(const pharmaco::Gene& gene, const pharmaco::GeneCall& call,
                                                  const pharmaco::GeneResult& result) {
  std::vector<std::string> pairs;
  if (!call.inferred.empty()) {
    return {to_text(gene, {{{call.inferred[0]}, {}}, {{call.inferred[1]}, {}}, 0})};
  }
  for (const pharmaco::GeneReading& reading : result.readings) {
    pairs.push_back(reading.diplotype);
    const auto from = std::ranges::find_if(call.diplotypes, [&](const pharmaco::Diplotype& diplotype) {
      return to_text(gene, diplotype) == reading.diplotype;
    });
    if (from == call.diplotypes.end() || gene.calling != pharmaco::CallingMethod::lowest_function) continue;
    pharmaco::Diplotype worst{{{worst_allele(gene, from->first.alleles)}, {}}, {}, 0};
    if (from->has_second()) worst.second.alleles = {worst_allele(gene, from->second.alleles)};
    if (from->has_second() && name_less(gene, worst.second, worst.first)) std::swap(worst.first, worst.second);
    pairs.back() = to_text(gene, worst);
  }
  return pairs;
}

inline RowAnswer called_answer(const TableRow& row) {
  const pharmaco::Gene gene = gene_of(row);
  const pharmaco::GeneCall call = call_row(row, gene);
  const pharmaco::GeneResult result = read_phenotype(gene, call);
  const pharmaco::GeneFinding finding = describe_call(gene, call, result);
  return {std::string{to_string(finding.status)},
          finding.diplotypes,
          finding.phenotypes,
          finding.activity_scores,
          finding.matches,
          recommended_pairs(gene, call, result)};
}

/// `a second call of CYP2D6 for sample S`: the error without file and place.
inline std::string refusal_of(const ProgramResult& run) {
  for (const std::string& line : split_text(run.err, "\n")) {
    if (line.starts_with("error: ")) return "refused: " + line.substr(line.rfind(": ") + 2);
  }
  return "refused: " + run.err;
}

/// With calls made elsewhere, by the program itself.
inline RowAnswer program_answer(const TableRow& row) {
  const TempFolder folder;
  std::vector<std::string> args{"run",
                                "--input",
                                input_of(row, folder),
                                "--genes",
                                row.at("gene"),
                                "--outside-calls",
                                pharmcat_path("outside/" + row.at("outside_calls")),
                                "--write",
                                "calls",
                                "--output",
                                folder / "out"};
  if (row.at("find_combinations") == "y") args.emplace_back("--find-combinations");
  const ProgramResult run = run_program(args);
  if (run.exit_code != 0) return {refusal_of(run), {}, {}, {}, {}, {}};
  const TableRow ours = read_table(folder / "out/calls.tsv").front();
  const auto list = [&](const char* column) {
    return ours.at(column) == "." ? std::vector<std::string>{} : split_text(ours.at(column), ";");
  };
  return {ours.at("status"), list("diplotype"), list("phenotype"), list("activity_score"), {}, {}};
}

inline RowAnswer answer_to(const TableRow& row) {
  const bool has_outside = !row.at("outside_calls").empty() && row.at("outside_calls") != ".";
  return has_outside ? program_answer(row) : called_answer(row);
}

}  // namespace stardose::tests
