// Gathering the tables, and their digest.
#include "pharmaco/knowledge/catalogue_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"
#include "genomics/trusted_keys.h"
#include "pharmaco/knowledge/catalogue_signature.h"
#include "pharmaco/knowledge/embedded_catalogue.h"

namespace stardose::pharmaco {

using genomics::Fault;
using genomics::InputError;

namespace {

constexpr std::string_view model_ending = ".json";

std::string text_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw InputError{Fault::catalogue, {path, "", "cannot be read", "check your permission"}};
  return text.str();
}

}  // namespace

std::string CatalogueFiles::digest() const {
  genomics::Sha256 sha;
  for (const auto& [path, text] : texts) {
    sha.update(path + '\0' + std::to_string(text.size()) + '\0');
    sha.update(text);
  }
  return sha.hex();
}

LargeFile LargeFile::embedded(std::string name, std::string_view text) {
  LargeFile file;
  file.name_ = std::move(name);
  file.embedded_ = text;
  return file;
}

LargeFile LargeFile::on_disk(std::string path) {
  LargeFile file;
  file.name_ = std::move(path);
  file.is_on_disk_ = true;
  return file;
}

std::string LargeFile::text() const { return is_on_disk_ ? text_of(name_) : std::string{embedded_}; }

CatalogueFiles embedded_files() {
  CatalogueFiles files{"embedded", {}, {}};
  for (const EmbeddedFile& file : embedded_catalogue()) {
    if (file.path.ends_with(model_ending)) {
      files.models.emplace(file.path, LargeFile::embedded(std::string{file.path}, file.text));
    } else {
      files.texts.emplace(file.path, file.text);
    }
  }
  return files;
}

CatalogueFiles unchecked_files(const std::string& folder) {
  namespace fs = std::filesystem;
  constexpr const char* help = "give a folder shaped like the one `stardose knowledge export` writes";
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    throw InputError{Fault::catalogue, {folder, "", "no such folder", help}};
  }
  CatalogueFiles files{folder, {}, {}};
  for (const auto& entry : fs::recursive_directory_iterator{folder}) {
    const fs::path& path = entry.path();
    const std::string name = path.lexically_relative(folder).generic_string();
    if (!entry.is_regular_file() || name.starts_with("convert/")) continue;
    if (path.extension() == model_ending) files.models.emplace(name, LargeFile::on_disk(path.string()));
    if (path.extension() != ".tsv" && path.extension() != ".yaml") continue;
    files.texts.emplace(name, text_of(path.string()));
  }
  if (!files.texts.contains("release.yaml")) {
    throw InputError{Fault::catalogue, {folder, "", "not a catalogue: it has no release.yaml", help}};
  }
  return files;
}

CatalogueFiles folder_files(const std::string& folder) {
  CatalogueFiles files = unchecked_files(folder);
  genomics::check_signer(folder, signer_of(files));
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
