// Gathering the tables, and their digest.
#include "pharmaco/knowledge/catalogue_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "pharmaco/knowledge/embedded_catalogue.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

std::string CatalogueFiles::digest() const {
  genomics::Sha256 sha;
  for (const auto& [path, text] : texts) {
    sha.update(path + '\0' + std::to_string(text.size()) + '\0');
    sha.update(text);
  }
  return sha.hex();
}

CatalogueFiles embedded_files() {
  CatalogueFiles files{"embedded", {}};
  for (const EmbeddedFile& file : embedded_catalogue()) files.texts.emplace(file.path, file.text);
  return files;
}

CatalogueFiles folder_files(const std::string& folder) {
  namespace fs = std::filesystem;
  constexpr const char* help = "give a folder shaped like the one `stardose knowledge export` writes";
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw InputError{Fault::catalogue, {folder, "", "no such folder", help}};
  }
  CatalogueFiles files{folder, {}};
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const fs::path& path = entry.path();
    const std::string name = fs::relative(path, folder).generic_string();
    if (!entry.is_regular_file() || name.starts_with("convert/")) continue;
    if (path.extension() != ".tsv" && path.extension() != ".yaml") continue;
    std::ifstream stream{path, std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw InputError{Fault::catalogue, {path.string(), "", "cannot be read", "check your permission"}};
    files.texts.emplace(name, text.str());
  }
  if (!files.texts.contains("release.yaml")) {
    throw InputError{Fault::catalogue, {folder, "", "not a catalogue: it has no release.yaml", help}};
  }
  return files;
}

void CatalogueFaults::add(const std::string& file, std::size_t line, const std::string& why) {
  lines_.push_back(file + (line == 0 ? "" : ":" + std::to_string(line)) + ": " + why);
}

void CatalogueFaults::raise() const {
  if (lines_.empty()) return;
  constexpr std::size_t shown = 20;
  std::string others;
  for (std::size_t i = 1; i < std::min(lines_.size(), shown); ++i) others += "\n      " + lines_[i];
  if (lines_.size() > shown) others += "\n      and " + std::to_string(lines_.size() - shown) + " more";
  throw InputError{
      Fault::catalogue,
      {origin_, "", lines_.front(),
       others.empty() ? "`stardose knowledge validate DIR` checks a catalogue" : "further faults:" + others}};
}

}  // namespace stardose::pharmaco
