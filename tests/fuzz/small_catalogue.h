// A part of the catalogue that holds together, small enough to be loaded thousands of times.
#pragma once

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "pharmaco/dosing/dosing_library.h"

namespace stardose::fuzz {

inline std::vector<std::string> faults_of(const pharmaco::CatalogueFiles& files) {
  pharmaco::CatalogueFaults faults{"fuzz"};
  const pharmaco::KnowledgeBase knowledge = load_knowledge(files, faults);
  if (faults.none()) (void)load_dosing(files, knowledge, faults);
  return faults.lines();
}

/// Leaves out the lines of tables that faults name: rows about what was left out before. false: there was none.
inline bool leave_out_faulty_lines(pharmaco::CatalogueFiles& files, const std::vector<std::string>& faults) {
  std::map<std::string, std::set<std::size_t>> lines;
  for (const std::string& fault : faults) {
    const std::size_t colon = fault.find(':');
    if (fault.substr(0, colon).ends_with(".tsv"))
      lines[fault.substr(0, colon)].insert(std::stoul(fault.substr(colon + 1)));
  }
  for (const auto& [path, numbers] : lines) {
    std::istringstream text{files.texts.at(path)};
    std::string kept;
    std::size_t number = 0;
    for (std::string line; std::getline(text, line);) {
      if (!numbers.contains(++number)) kept += line + "\n";
    }
    files.texts[path] = kept;
  }
  return !lines.empty();
}

/// Leaves guidelines out, but for a few with phenotypes, activity scores, lone alleles and several genes.
inline void leave_out_guidelines(std::string& table) {
  std::istringstream text{table};
  table.clear();
  for (std::string line; std::getline(text, line);) {
    bool is_kept = line.starts_with('#') || line.starts_with("guideline\t");
    for (const char* id : {"cpic-azathioprine-", "cpic-amikacin-", "cpic-codeine-", "dpwg-phenytoin-CYP2C9"}) {
      is_kept = is_kept || line.starts_with(id);
    }
    if (is_kept) table += line + "\n";
  }
}

/// `changeable`: the files, in the order that the seeds count by.
struct SmallCatalogue {
  pharmaco::CatalogueFiles files;
  std::vector<std::string> changeable;
};

/// A few genes of every kind, with what is said of them. Ends the program where that does not load.
inline SmallCatalogue small_catalogue() {
  SmallCatalogue small{pharmaco::embedded_files(), {}};
  const std::set<std::string> genes = {"NUDT15", "TPMT", "VKORC1", "CYP2C9", "MT-RNR1", "CYP2D6"};
  std::erase_if(small.files.texts, [&](const auto& file) {
    const std::string& path = file.first;
    if (path.starts_with("genes/")) return !genes.contains(path.substr(6, path.find('/', 6) - 6));
    return path.starts_with("fhir/") || path == "proxies.tsv" ||
           (path.starts_with("dosing/") && path.find("warfarin") == std::string::npos);
  });
  leave_out_guidelines(small.files.texts.at("guidance/guidelines.tsv"));
  leave_out_guidelines(small.files.texts.at("guidance/recommendations.tsv"));
  std::vector<std::string> faults = faults_of(small.files);
  while (!faults.empty() && leave_out_faulty_lines(small.files, faults)) faults = faults_of(small.files);
  for (const std::string& fault : faults) std::fprintf(stderr, "%s\n", fault.c_str());
  if (!faults.empty()) std::abort();
  for (const auto& [path, text] : small.files.texts) small.changeable.push_back(path);
  return small;
}

}  // namespace stardose::fuzz
