// Keyed hashes through OpenSSL.
#include "genomics/pseudonyms.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <set>
#include <vector>

#include "genomics/basics/utf8.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

constexpr std::size_t least_key = 32;
constexpr std::size_t greatest_key = 4096;
constexpr std::size_t fewest_different_bytes = 8;  // 32 drawn bytes have fewer once in 10^29 times
constexpr std::size_t hash_letters = 26;           // of 5 bits: 130 of the hash
constexpr std::size_t check_letters = 6;

struct State {
  std::string key;
  std::vector<std::string> paths;  // hidden ones, the longest first
  bool hides_words = false;
};

State& state() {
  static State the_state;
  return the_state;
}

[[noreturn]] void refuse(const std::string& file, const std::string& why, const std::string& help) {
  throw InputError{Fault::usage, {file, "", why, help}};
}

constexpr const char* how_to_make = "make one with `stardose pseudonym make-key FILE`";

std::string read_key(const std::string& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) refuse(file, std::string{"the key cannot be opened: "} + std::strerror(errno), how_to_make);
  struct stat status {};
  std::string key(greatest_key + 1, '\0');
  const bool is_known = fstat(descriptor, &status) == 0;
  const ssize_t got = is_known ? read(descriptor, key.data(), key.size()) : -1;
  close(descriptor);
  if (!is_known || !S_ISREG(status.st_mode) || got < 0)
    refuse(file, "the key is no file that can be read", how_to_make);
  if ((status.st_mode & 077U) != 0) {
    refuse(file, "others than its owner may read or write the key", "take that from them: `chmod 600 FILE`");
  }
  key.resize(static_cast<std::size_t>(got));
  if (key.size() < least_key) refuse(file, "the key has fewer than 32 bytes", how_to_make);
  if (key.size() > greatest_key) refuse(file, "the key has more than 4096 bytes", how_to_make);
  if (std::set<char>(key.begin(), key.end()).size() < fewest_different_bytes) {
    refuse(file, "the key is not random: it has hardly any different bytes", how_to_make);
  }
  return key;
}

using Digest = std::array<unsigned char, 32>;

/// `purpose`: so that a name and a path of the same letters have nothing in common.
Digest keyed_hash(char purpose, std::string_view text) {
  std::string message{purpose};
  message += text;
  Digest digest{};
  unsigned size = 0;
  const std::string& key = state().key;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  STARDOSE_EXPECT(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, message.size(), digest.data(),
                       &size) != nullptr &&
                  size == digest.size());
  return digest;
}

/// RFC 4648's alphabet; the first bits of the digest.
std::string letters_of(const Digest& digest, std::size_t count) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  for (std::size_t k = 0; k < count; ++k) {
    unsigned letter = 0;
    for (std::size_t bit = 5 * k; bit < 5 * k + 5; ++bit) {
      letter = 2 * letter + ((static_cast<unsigned>(digest[bit / 8]) >> (7 - bit % 8)) & 1U);
    }
    text += alphabet[letter];
  }
  return text;
}

std::string with_check(const std::string& body) { return body + letters_of(keyed_hash('c', body), check_letters); }

std::string pseudonym_of(char purpose, std::string_view text) {
  return with_check("P" + letters_of(keyed_hash(purpose, text), hash_letters));
}

bool is_pseudonym(const std::string& name) {
  constexpr std::size_t body = 1 + hash_letters;
  return name.size() == body + check_letters && name.front() == 'P' && with_check(name.substr(0, body)) == name;
}

/// What tells readers of a record what kind of file it was.
std::string_view ending_of(const std::string& path) {
  for (const std::string_view ending : {".vcf.gz", ".vcf.bgz", ".vcf", ".bcf", ".bam", ".cram", ".bed", ".bim", ".fam",
                                        ".tsv", ".csv", ".json", ".bai", ".csi", ".crai"}) {
    if (path.ends_with(ending)) return ending;
  }
  return {};
}

bool is_beside_another(const std::string& ending) {
  static constexpr std::array<std::string_view, 5> endings = {".bai", ".csi", ".crai", ".bim", ".fam"};
  return std::ranges::find(endings, ending) != endings.end();
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

}  // namespace

std::string drawn_key() {
  std::array<unsigned char, 64> bytes{};
  STARDOSE_EXPECT(RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1);
  return {bytes.begin(), bytes.end()};
}

void use_pseudonyms(const std::string& key_file) { state().key = read_key(key_file); }

void forget_pseudonyms() { state() = {}; }

bool pseudonyms_in_use() { return !state().key.empty(); }

std::string pseudonym_key_name() { return pseudonyms_in_use() ? letters_of(keyed_hash('k', ""), hash_letters) : ""; }

std::string known_as(std::string name) {
  name = utf8_of_latin1(std::move(name));
  if (!pseudonyms_in_use() || name.empty() || is_pseudonym(name)) return name;
  return pseudonym_of('s', name);
}

std::string asked_as(const std::string& name) {
  return name.starts_with('^') ? "^" + known_as(name.substr(1)) : known_as(name);
}

void hide_path(const std::string& path) {
  auto& paths = state().paths;
  if (!pseudonyms_in_use() || path.empty() || path == "-") return;
  const auto is_before = [](const std::string& one, const std::string& other) {
    return one.size() != other.size() ? one.size() > other.size() : one < other;
  };
  const auto at = std::ranges::lower_bound(paths, path, is_before);
  if (at != paths.end() && *at == path) return;
  paths.insert(at, path);
  // What lies beside it under its name with another ending: an index, or the rest of a PLINK fileset.
  const std::filesystem::path itself{path};
  if (is_beside_another(itself.extension().string())) return;
  const bool is_fileset = itself.extension() == ".bed";
  for (const char* ending : is_fileset ? std::vector{".bim", ".fam"} : std::vector{".bai", ".csi", ".crai"}) {
    hide_path(std::filesystem::path{itself}.replace_extension(ending).string());
  }
}

void hide_words() { state().hides_words = true; }

std::string shown_word(std::string word) {
  return pseudonyms_in_use() || state().hides_words ? "(not shown, as it may be a name)" : word;
}

std::string shown_path(const std::string& path) {
  const auto& paths = state().paths;
  if (std::ranges::find(paths, path) == paths.end()) return path;
  return pseudonym_of('p', path) + std::string{ending_of(path)};
}

std::string without_paths(std::string text) {
  for (const std::string& path : state().paths) {
    for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path, at)) {
      const bool is_inside_a_word = at > 0 && is_letter_or_digit(text[at - 1]) && is_letter_or_digit(path.front());
      const std::string shown = is_inside_a_word ? path : shown_path(path);
      text.replace(at, path.size(), shown);
      at += shown.size();
    }
  }
  return text;
}

}  // namespace stardose::genomics
