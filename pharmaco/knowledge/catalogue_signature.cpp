// Writing and checking catalogue.sig.
#include "pharmaco/knowledge/catalogue_signature.h"

#include <filesystem>
#include <map>
#include <string_view>

#include "genomics/basics/control_characters.h"
#include "genomics/basics/sha256.h"
#include "genomics/untrusted.h"

namespace stardose::pharmaco {

namespace {

using genomics::Untrusted;

constexpr std::string_view heading = "stardose catalogue 1\n";
constexpr std::string_view key_word = "key ";
constexpr std::string_view signature_word = "signature ";
constexpr std::size_t hash_letters = 64;

std::string sha256_of(std::string_view text) {
  genomics::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

/// Path -> SHA-256.
std::map<std::string, std::string> hashes_of(const CatalogueFiles& files) {
  std::map<std::string, std::string> hashes;
  for (const auto& [path, text] : files.texts) hashes.emplace(path, sha256_of(text));
  for (const auto& [path, model] : files.models) hashes.emplace(path, sha256_of(model.text()));
  return hashes;
}

[[noreturn]] void refuse(const CatalogueFiles& files, const std::string& path, const std::string& why) {
  throw Untrusted{{files.origin + "/" + path, "", why,
                   "fetch the catalogue again from those who signed it, or sign it yourself once you know what changed "
                   "(`stardose knowledge diff`, `stardose knowledge sign`)"}};
}

/// What is before `end`, which is left out of the text together with what was before it; empty where there is none.
std::string_view taken(std::string_view& text, std::string_view end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return {};
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return before;
}

/// The parts of catalogue.sig. Its text is that of these parts, to the byte.
struct Signed {
  std::string_view list;  ///< heading and all; what is signed
  genomics::Signature signature;
};

Signed parts_of(const CatalogueFiles& files, std::string_view text) {
  Signed parts;
  const std::size_t key_line = text.rfind("\nkey ");
  std::string_view rest = key_line == std::string_view::npos ? std::string_view{} : text.substr(key_line + 1);
  parts.list = text.substr(0, text.size() - rest.size());
  if (rest.starts_with(key_word)) rest.remove_prefix(key_word.size());
  parts.signature.key = taken(rest, "\n");
  if (rest.starts_with(signature_word)) rest.remove_prefix(signature_word.size());
  parts.signature.signature = taken(rest, "\n");
  const std::string again = std::string{parts.list} + std::string{key_word} + parts.signature.key + "\n" +
                            std::string{signature_word} + parts.signature.signature + "\n";
  if (!text.starts_with(heading) || again != text) refuse(files, signature_file, "the signature is damaged");
  return parts;
}

/// The list is signed, but by anybody: what it says is looked at with care.
std::map<std::string, std::string> listed_in(const CatalogueFiles& files, std::string_view list) {
  std::map<std::string, std::string> hashes;
  list.remove_prefix(heading.size());
  while (!list.empty()) {
    const std::string_view line = taken(list, "\n");
    if (line.size() <= hash_letters + 2 || line.substr(hash_letters, 2) != "  ") {
      refuse(files, signature_file, "the list of signed files is damaged");
    }
    const auto [at, is_new] = hashes.emplace(line.substr(hash_letters + 2), line.substr(0, hash_letters));
    if (!is_new) refuse(files, signature_file, "the list of signed files has one twice: " + at->first);
  }
  return hashes;
}

}  // namespace

std::string catalogue_signature(const CatalogueFiles& files, const std::string& private_key_file) {
  std::string list{heading};
  for (const auto& [path, hash] : hashes_of(files)) {
    if (genomics::has_control_character(path)) {
      throw genomics::InputError{
          genomics::Fault::catalogue,
          {files.origin + "/" + path, "", "the name of the file has control characters", "give it another name"}};
    }
    list += hash + "  " + path + "\n";
  }
  const genomics::Signature signature = genomics::sign(list, private_key_file);
  return list + std::string{key_word} + signature.key + "\n" + std::string{signature_word} + signature.signature + "\n";
}

std::string checked_signer(const CatalogueFiles& files, const std::string& text) {
  const Signed parts = parts_of(files, text);
  if (const auto fault = genomics::signature_fault(parts.signature, parts.list, "list")) {
    refuse(files, signature_file, *fault);
  }
  const std::map<std::string, std::string> listed = listed_in(files, parts.list);
  const std::map<std::string, std::string> found = hashes_of(files);
  for (const auto& [path, hash] : found) {
    const auto at = listed.find(path);
    if (at == listed.end()) refuse(files, path, "was not there when the catalogue was signed");
    if (at->second != hash) refuse(files, path, "was changed after the catalogue was signed");
  }
  for (const auto& [path, hash] : listed) {
    if (!found.contains(path)) refuse(files, path, "was there when the catalogue was signed, and is not now");
  }
  return parts.signature.key;
}

std::string signer_of(const CatalogueFiles& files) {
  const std::string path = files.origin + "/" + signature_file;
  std::error_code error;
  // What cannot be looked at is not the same as what is not there.
  if (std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::not_found) return {};
  return checked_signer(files, LargeFile::on_disk(path).text());
}

std::string catalogue_signer(const std::string& folder) {
  return folder.empty() ? std::string{} : signer_of(folder_files(folder));
}

}  // namespace stardose::pharmaco
