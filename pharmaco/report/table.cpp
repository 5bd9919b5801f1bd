// Tab-separated cells.
#include "pharmaco/report/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "genomics/basics/table_cell.h"
#include "pharmaco/report/describe_structure.h"

namespace stardose::pharmaco {

namespace {

std::string join(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

/// Appends one cell after another.
class RowText {
 public:
  RowText& operator<<(std::string_view text) {
    row_ += '\t';
    row_ += cell(text);
    return *this;
  }
  RowText& operator<<(int number) { return *this << std::string_view{std::to_string(number)}; }

  [[nodiscard]] std::string end() { return row_ + '\n'; }

 private:
  std::string row_;
};

// A table has no pictures: what the reads show of copies stands among its remarks.
std::string remarks_cell(const GeneFinding& finding) {
  std::string text = join(finding.remarks, " ");
  const auto add = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
  if (!finding.structure) return text;
  if (!finding.runner_up.empty()) add(fmt::format("Next: {}, {}.", finding.runner_up, finding.runner_up_why));
  if (!finding.structure->stretches.empty()) {
    add(fmt::format("Copies measured (expected): {}.", copies_in_words(*finding.structure)));
  }
  return text;
}

}  // namespace

std::string cell(std::string_view text) { return text.empty() ? "." : genomics::table_cell(text); }

std::string_view calls_header() {
  return "sample\tgene\tstatus\tdiplotype\tphenotype\tactivity_score\treason\tbasis\tphasing\tsites_total\t"
         "sites_seen\tsites_in_blocks\tsites_assumed\tsites_missing\tsites_filtered\tsites_undocumented\tuntested_"
         "alleles\tremarks\tcould_also_be\tposterior\tcopies\tstructure\n";
}

std::string_view guidance_header() {
  return "sample\tdrug\tlevel\taction\trecommendation\tdose_percent\tdose_limit\talternatives\texpected\tpopulation\t"
         "genes\tresults\tsource\tstrength\tguideline\tnote\n";
}

std::string_view matches_header() {
  return "sample\tgene\trank\tscore\tcalled\tdiplotype\tphenotype\tactivity_score\n";
}

std::string_view coverage_header() {
  return "sample\tgene\tposition\tdepth\tusable_depth\tmapping_quality\tcallable\n";
}

std::vector<std::string> match_rows(const GeneFinding& finding) {
  std::vector<std::string> rows;
  int rank = 0;
  for (std::size_t k = 0; k < finding.matches.size(); ++k) {
    const MatchFinding& match = finding.matches[k];
    if (k == 0 || match.score != finding.matches[k - 1].score) rank = static_cast<int>(k) + 1;
    RowText row;
    row << finding.gene << rank << match.score << (match.is_called ? "yes" : "no") << match.diplotype << match.phenotype
        << match.activity_score;
    rows.push_back(row.end());
  }
  return rows;
}

std::string calls_row(const GeneFinding& finding) {
  std::vector<std::string> posteriors;
  for (const double posterior : finding.posteriors) posteriors.push_back(fmt::format("{:.4f}", posterior));
  std::vector<std::string> copies;
  for (const int count : finding.structure ? finding.structure->copies : std::vector<int>{}) {
    const std::string text = std::to_string(count);
    if (std::ranges::find(copies, text) == copies.end()) copies.push_back(text);
  }
  RowText row;
  row << finding.gene << to_string(finding.status) << join(finding.diplotypes, ";") << join(finding.phenotypes, ";")
      << join(finding.activity_scores, ";") << finding.reason << finding.basis << finding.phasing << finding.sites_total
      << finding.sites_seen << finding.sites_in_blocks << finding.sites_assumed << finding.sites_missing
      << finding.sites_filtered << finding.sites_undocumented << static_cast<int>(finding.untested_alleles.size())
      << remarks_cell(finding) << join(finding.could_also_be, ";") << join(posteriors, ";") << join(copies, ";")
      << (finding.structure ? join(finding.structure->structures, " | ") : std::string{});
  return row.end();
}

std::string coverage_rows(const GeneCoverage& gene, std::string_view sample_cell) {
  std::string rows;
  for (const PositionCoverage& at : gene.positions) {
    fmt::format_to(std::back_inserter(rows), "{}\t{}\t{}\t{}\t{}\t{}\t{}\n", sample_cell, cell(gene.gene), at.position,
                   at.depth, at.usable, at.mapping_quality, at.is_callable ? "yes" : "no");
  }
  return rows;
}

std::string guidance_row(const Advice& advice) {
  std::vector<std::string> genes;
  std::vector<std::string> results;
  for (const AdviceBasis& basis : advice.basis) {
    genes.push_back(basis.gene);
    results.push_back((basis.diplotype.empty() ? "." : basis.diplotype) + " " +
                      (basis.phenotype.empty() ? "." : basis.phenotype));
  }
  RowText row;
  row << advice.drug << to_string(advice.level) << advice.action << advice.sentence << advice.dose_percent
      << advice.dose_limit << join(advice.alternatives, " | ") << advice.consequence << advice.population
      << join(genes, " | ") << join(results, " | ") << advice.source << advice.strength << advice.guideline
      << advice.note;
  return row.end();
}

}  // namespace stardose::pharmaco
