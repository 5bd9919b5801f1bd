// Genotypes of Cyrius as diplotypes.
#include "pharmaco/phenotype/outside_formats/cyrius.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pharmaco/knowledge/tsv.h"
#include "pharmaco/knowledge/user_table.h"
#include "pharmaco/phenotype/outside_formats/text_lines.h"

namespace stardose::pharmaco {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* gene = "CYP2D6";  // the only one that Cyrius calls; its files do not name it

ForeignCall call_of(std::size_t line, std::string_view sample, std::string_view genotype, std::string_view filter) {
  ForeignCall call{line, std::string{sample}, gene, {}, {}, {}};
  if (genotype.empty() || genotype == "None") {
    call.note = "Cyrius has no call";
    if (!filter.empty() && filter != "None") call.note += " (" + std::string{filter} + ")";
    return call;
  }
  for (const std::string_view item : split(genotype, ";")) call.diplotypes.emplace_back(trimmed(item));
  const auto is_open = [](const std::string& diplotype) {
    return diplotype.find('_') != std::string::npos || std::ranges::count(diplotype, '/') != 1;
  };
  if (std::ranges::any_of(call.diplotypes, is_open)) {
    call.diplotypes.clear();
    call.note = "Cyrius names alleles without saying which chromosome has which: " + std::string{genotype};
  } else if (filter != "PASS" && call.diplotypes.size() == 1) {
    call.note = "Cyrius marks the call as " + (filter.empty() ? std::string{"not passed"} : std::string{filter});
    // High copy numbers are counted less well; whatever else did not pass is no diplotype that Cyrius stands by.
    if (filter != "LowQ_high_CN") call.diplotypes.clear();
  }
  return call;
}

std::string_view text_of(const Json& sample, const char* key) {
  const auto found = sample.find(key);
  if (found == sample.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>();
}

}  // namespace

std::vector<ForeignCall> read_cyrius_table(const std::string& path, std::string_view text) {
  std::vector<ForeignCall> calls;
  const auto lines = lines_of(text);
  for (std::size_t k = 1; k < lines.size(); ++k) {
    const auto cells = lines[k].cells();
    if (cells.size() != 3 || cells[0].empty()) {
      fail_at(path, lines[k].number, "the line has not the columns Sample, Genotype and Filter",
              "give the file as Cyrius wrote it");
    }
    calls.push_back(call_of(lines[k].number, cells[0], cells[1], cells[2]));
  }
  return calls;
}

bool is_cyrius(const Json& json) {
  return !json.empty() && std::ranges::all_of(json, [](const Json& sample) {
    return sample.is_object() && sample.contains("Genotype") && sample.contains("Filter");
  });
}

std::vector<ForeignCall> read_cyrius_json(const std::string& path, std::string_view text, const Json& json) {
  std::vector<ForeignCall> calls;
  WordFinder words{text};
  for (const auto& [sample, said] : json.items()) {
    const std::size_t line = words.line_of(sample);
    if (!said["Genotype"].is_string() && !said["Genotype"].is_null()) {
      fail_at(path, line, "the genotype is no text", "give the file as Cyrius wrote it");
    }
    calls.push_back(call_of(line, sample, text_of(said, "Genotype"), text_of(said, "Filter")));
  }
  return calls;
}

}  // namespace stardose::pharmaco
