// Gene reports and rows of PharmCAT as diplotypes.
#include "pharmaco/phenotype/outside_formats/pharmcat.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_formats/text_lines.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

const std::string not_called = "PharmCAT did not call it";
const std::string as_written = "give the file as PharmCAT wrote it";
constexpr std::string_view unknown_allele = "Unknown";

const Json* member(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() && !found->is_null() ? &*found : nullptr;
}

std::string text_in(const Json& json, const char* key) {
  const Json* found = member(json, key);
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string{};
}

const Json* list_in(const Json& json, const char* key) {
  const Json* found = member(json, key);
  return found != nullptr && found->is_array() && !found->empty() ? found : nullptr;
}

std::string allele_in(const Json& diplotype, const char* key) {
  const Json* allele = member(diplotype, key);
  return allele == nullptr ? std::string{} : text_in(*allele, "name");
}

bool is_single(const Json& diplotype) { return allele_in(diplotype, "allele2").empty(); }

/// Those to take: of parts of haplotypes, what PharmCAT's own advice rests on.
const Json* diplotypes_of(const Json& report) {
  const Json* source = list_in(report, "sourceDiplotypes");
  const Json* advised = list_in(report, "recommendationDiplotypes");
  if (source == nullptr || advised == nullptr) return source;
  const bool in_parts = list_in(report, "matcherComponentHaplotypes") != nullptr;
  const bool lone = std::ranges::any_of(*source, is_single) && std::ranges::none_of(*advised, is_single);
  return in_parts || lone ? advised : source;
}

/// `*57:01 positive;*58:01 negative`; empty: none that says something.
std::string phenotypes_in(const Json& diplotype) {
  const Json* list = list_in(diplotype, "phenotypes");
  std::string text;
  for (const Json& phenotype : list == nullptr ? Json::array() : *list) {
    if (!phenotype.is_string() || phenotype == "n/a" || phenotype == "No Result") continue;
    text += (text.empty() ? "" : ";") + phenotype.get<std::string>();
  }
  return text;
}

bool is_unknown(const Json& diplotype) {
  return allele_in(diplotype, "allele1") == unknown_allele || allele_in(diplotype, "allele2") == unknown_allele;
}

void read_diplotype(const Json& diplotype, ForeignCall& call) {
  const std::string first = allele_in(diplotype, "allele1");
  const std::string second = allele_in(diplotype, "allele2");
  if (first.empty()) {
    call.phenotype = phenotypes_in(diplotype);
  } else {
    call.diplotypes.push_back(second.empty() ? first : first + "/" + second);
  }
}

class ReportReader {
 public:
  ReportReader(const std::string& path, std::string_view text) : path_{path}, words_{text} {}

  void read(const std::string& gene, const Json& report, const std::string& sample) {
    if (text_in(report, "callSource") == "NONE") return;
    ForeignCall call{words_.line_of(gene), sample, gene, {}, {}, {}};
    if (member(report, "sourceDiplotypes") == nullptr) {
      fail_at(path_, call.line, "no sourceDiplotypes of gene " + gene, as_written);
    }
    const Json* list = diplotypes_of(report);
    if (list != nullptr && std::ranges::none_of(*list, is_unknown)) {
      for (const Json& diplotype : *list) read_diplotype(diplotype, call);
    }
    if (call.diplotypes.empty() && call.phenotype.empty()) call.note = not_called;
    if (seen_[gene].insert(call.diplotypes).second) calls_.push_back(std::move(call));
  }

  std::vector<ForeignCall> take() { return std::move(calls_); }

 private:
  const std::string& path_;
  WordFinder words_;
  // PharmCAT tells a gene once for each source of guidelines, as a rule in the same way. What says otherwise of its
  // diplotype is another call.
  std::map<std::string, std::set<std::vector<std::string>>> seen_;
  std::vector<ForeignCall> calls_;
};

bool is_report(const Json& value) { return value.is_object() && value.contains("sourceDiplotypes"); }

const Json* genes_in(const Json& json) {
  const Json* genes = member(json, "geneReports");
  return genes == nullptr ? member(json, "genes") : genes;
}

constexpr std::array<std::string_view, 5> column_names = {"Sample ID", "Gene", "Source Diplotype", "Phenotype",
                                                          "Recommendation Lookup Diplotype"};

/// Places of the columns that are read, in the order of column_names.
struct Columns {
  std::optional<std::size_t> sample, gene, diplotype, phenotype, advised;
};

Columns find(const std::vector<std::string_view>& header) {
  const auto at = [&](std::string_view name) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
  };
  return {at(column_names[0]), at(column_names[1]), at(column_names[2]), at(column_names[3]), at(column_names[4])};
}

/// Which of two columns of calls is meant, nobody can say.
void check_once(const std::string& path, const TextLine& header) {
  const auto cells = header.cells();
  for (const std::string_view name : column_names) {
    if (std::ranges::count(cells, name) > 1) {
      fail_at(path, header.number, "the column is there twice: " + std::string{name}, as_written);
    }
  }
}

ForeignCall read_row(const std::string& path, const TextLine& line, const Columns& columns) {
  const auto cells = line.cells();
  const auto cell = [&](std::optional<std::size_t> column) {
    return column && *column < cells.size() ? cells[*column] : std::string_view{};
  };
  ForeignCall call{line.number, std::string{cell(columns.sample)}, std::string{cell(columns.gene)}, {}, {}, {}};
  if (call.gene.empty()) fail_at(path, line.number, "the line names no gene", as_written);
  std::string_view diplotypes = cell(columns.diplotype);
  const bool in_parts =
      diplotypes.find(" AND ") != std::string_view::npos || diplotypes.find('[') != std::string_view::npos;
  if (in_parts) diplotypes = cell(columns.advised);
  if (in_parts && diplotypes.empty()) {
    call.note = "PharmCAT names parts of haplotypes alone: " + std::string{cell(columns.diplotype)};
  } else if (diplotypes.empty()) {
    call.phenotype = cell(columns.phenotype);
    if (call.phenotype.empty()) call.note = not_called;
  } else if (diplotypes == "no call" || diplotypes.find(unknown_allele) != std::string_view::npos) {
    call.note = not_called;
  } else {
    for (const std::string_view item : split(diplotypes, " OR ")) call.diplotypes.emplace_back(trimmed(item));
  }
  return call;
}

}  // namespace

bool is_pharmcat(const Json& json) {
  const Json* genes = genes_in(json);
  return genes != nullptr && genes->is_object() && std::ranges::all_of(*genes, [](const Json& value) {
           return value.is_object() &&
                  (is_report(value) || value.contains("geneSymbol") || std::ranges::all_of(value, is_report));
         });
}

std::vector<ForeignCall> read_pharmcat_json(const std::string& path, std::string_view text, const Json& json) {
  const Json* metadata = member(json, "matcherMetadata");
  const std::string sample = metadata == nullptr ? std::string{} : text_in(*metadata, "sampleId");
  ReportReader reader{path, text};
  for (const auto& [name, value] : genes_in(json)->items()) {
    if (is_report(value) || value.contains("geneSymbol")) {
      reader.read(name, value, sample);
    } else {
      for (const auto& [gene, report] : value.items()) reader.read(gene, report, sample);
    }
  }
  return reader.take();
}

bool is_pharmcat_table(std::string_view text) {
  const auto lines = lines_of(text.substr(0, std::min<std::size_t>(text.size(), 4000)));
  return std::ranges::any_of(lines.begin(), lines.begin() + std::min<std::ptrdiff_t>(2, std::ssize(lines)),
                             [](const TextLine& line) { return find(line.cells()).diplotype.has_value(); });
}

std::vector<ForeignCall> read_pharmcat_table(const std::string& path, std::string_view text) {
  std::vector<ForeignCall> calls;
  std::optional<Columns> columns;
  for (const TextLine& line : lines_of(text)) {
    if (columns) {
      calls.push_back(read_row(path, line, *columns));
      continue;
    }
    const Columns found = find(line.cells());
    if (!found.diplotype) continue;  // the line with the version
    if (!found.gene) fail_at(path, line.number, "no column named Gene", as_written);
    check_once(path, line);
    columns = found;
  }
  return calls;
}

}  // namespace stardose::pharmaco
