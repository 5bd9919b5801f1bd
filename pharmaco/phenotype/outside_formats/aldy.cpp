// Solutions of Aldy as diplotypes.
#include "pharmaco/phenotype/outside_formats/aldy.h"

#include <map>
#include <set>
#include <utility>

#include "genomics/pseudonyms.h"
#include "pharmaco/phenotype/outside_formats/text_lines.h"

namespace stardose::pharmaco {

namespace {

const std::string whole_file = "give the file as Aldy wrote it, from its first line to its last";

/// Solutions by sample and gene, in the order of the file, equal ones once.
class Solutions {
 public:
  void add(std::size_t line, std::string_view sample, std::string_view gene, std::string_view diplotype) {
    const auto [known, is_new] = numbers_.try_emplace({std::string{sample}, std::string{gene}}, calls_.size());
    if (is_new) calls_.push_back({line, std::string{sample}, std::string{gene}, {}, {}, {}});
    const bool is_other = seen_.emplace(known->second, std::string{diplotype}).second;
    if (is_other) calls_[known->second].diplotypes.emplace_back(diplotype);
  }

  std::vector<ForeignCall> take() { return std::move(calls_); }

 private:
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;
  std::set<std::pair<std::size_t, std::string>> seen_;
  std::vector<ForeignCall> calls_;
};

/// `SAMPLE:NUMBER:DIPLOTYPE`; a sample's name and an allele's may have colons of their own.
struct SolutionColumn {
  std::string_view sample;
  std::string_view diplotype;
};

SolutionColumn cut(const std::string& path, std::size_t line, std::string_view column) {
  for (std::size_t end = column.find(":*"); end != std::string_view::npos; end = column.find(":*", end + 1)) {
    const std::size_t start = column.rfind(':', end - 1);
    if (end == 0 || start == std::string_view::npos || start + 1 == end) continue;
    const std::string_view number = column.substr(start + 1, end - start - 1);
    if (number.find_first_not_of("0123456789") != std::string_view::npos) continue;
    return {column.substr(0, start), column.substr(end + 1)};
  }
  fail_at(path, line, "not a column of Aldy's: " + genomics::shown_word(std::string{column}),
          "columns are SAMPLE:NUMBER:DIPLOTYPE, as Aldy names them");
}

/// `Description="Location within CYP2D6"`.
std::string gene_of(const std::string& path, const std::vector<TextLine>& lines) {
  static constexpr std::string_view words = "Location within ";
  for (const TextLine& line : lines) {
    if (!line.text.starts_with("##INFO=<ID=ANN")) continue;
    const std::size_t start = line.text.find(words);
    if (start == std::string_view::npos) continue;
    const std::string_view rest = line.text.substr(start + words.size());
    return std::string{rest.substr(0, rest.find('"'))};
  }
  fail_at(path, 1, "the header does not say which gene it is about", whole_file);
}

}  // namespace

std::vector<ForeignCall> read_aldy_table(const std::string& path, std::string_view text) {
  Solutions solutions;
  for (const TextLine& line : lines_of(text)) {
    if (line.text.starts_with('#')) continue;
    const auto cells = line.cells();
    if (cells.size() < 4 || cells[0].empty() || cells[1].empty() || cells[3].empty()) {
      fail_at(path, line.number, "the line has not the columns Sample, Gene, SolutionID and Major", whole_file);
    }
    solutions.add(line.number, cells[0], cells[1], cells[3]);
  }
  return solutions.take();
}

std::vector<ForeignCall> read_aldy_vcf(const std::string& path, std::string_view text) {
  static constexpr std::size_t first_column = 9;
  const auto lines = lines_of(text);
  const std::string gene = gene_of(path, lines);
  Solutions solutions;
  for (const TextLine& line : lines) {
    if (!line.text.starts_with("#CHROM")) continue;
    const auto cells = line.cells();
    for (std::size_t k = first_column; k < cells.size(); ++k) {
      const SolutionColumn column = cut(path, line.number, cells[k]);
      solutions.add(line.number, column.sample, gene, column.diplotype);
    }
    return solutions.take();
  }
  fail_at(path, lines.back().number, "the file ends without the line that begins with #CHROM", whole_file);
}

}  // namespace stardose::pharmaco
