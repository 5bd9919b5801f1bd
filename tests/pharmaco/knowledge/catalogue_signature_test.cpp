// catalogue.sig of files that were changed in every way.
#include "pharmaco/knowledge/catalogue_signature.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "genomics/basics/sha256.h"
#include "genomics/untrusted.h"
#include "tests/builders/signing_keys.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::pharmaco;
using namespace stardose::test;
using stardose::genomics::Untrusted;

namespace {

class SignedFolder {
 public:
  SignedFolder() {
    files_.texts = {{"release.yaml", "release: 1\n"}, {"genes/A/sites.tsv", "1\tC\n"}, {"genes/B/sites.tsv", "2\tG\n"}};
    files_.origin = "here";
    files_.models.emplace("m.json", LargeFile::on_disk(folder_.file("m.json", "{}")));
    text_ = catalogue_signature(files_, folder_.file("key.pem", our_private_key));
  }

  [[nodiscard]] CatalogueFiles& files() { return files_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const TempFolder& folder() const { return folder_; }

  /// What the refusal says; empty: there was none.
  [[nodiscard]] std::string refusal(const std::string& text) const {
    try {
      (void)checked_signer(files_, text);
    } catch (const Untrusted& error) {
      return error.what();
    }
    return {};
  }
  [[nodiscard]] std::string refusal() const { return refusal(text_); }

 private:
  TempFolder folder_;
  CatalogueFiles files_;
  std::string text_;
};

std::string sha256_of(const std::string& text) {
  stardose::genomics::Sha256 sha;
  sha.update(text);
  return sha.hex();
}

}  // namespace

TEST_CASE("the signature of a catalogue is a list as sha256sum writes it, and who signed it") {
  SignedFolder folder;
  CHECK_EQ(checked_signer(folder.files(), folder.text()), our_key);
  std::istringstream lines{folder.text()};
  std::vector<std::string> found;
  for (std::string line; std::getline(lines, line);) found.push_back(line);
  REQUIRE_EQ(found.size(), 7);
  CHECK_EQ(found[0], "stardose catalogue 1");
  CHECK_EQ(found[1], sha256_of("1\tC\n") + "  genes/A/sites.tsv");
  CHECK_EQ(found[3], sha256_of("{}") + "  m.json");
  CHECK_EQ(found[5], "key " + our_key);
  CHECK(found[6].starts_with("signature "));
}

TEST_CASE("a file of a signed catalogue that was changed, added, removed or renamed is named") {
  const auto after = [](const auto& change) {
    SignedFolder folder;
    change(folder);
    return folder.refusal();
  };
  CHECK_EQ(after([](SignedFolder& folder) { folder.files().texts["genes/A/sites.tsv"] = "1\tT\n"; }),
           "here/genes/A/sites.tsv: was changed after the catalogue was signed");
  CHECK_EQ(after([](SignedFolder& folder) { (void)folder.folder().file("m.json", "[]"); }),
           "here/m.json: was changed after the catalogue was signed");
  CHECK_EQ(after([](SignedFolder& folder) { folder.files().texts["genes/C/sites.tsv"] = ""; }),
           "here/genes/C/sites.tsv: was not there when the catalogue was signed");
  CHECK_EQ(after([](SignedFolder& folder) {
             folder.files().models.emplace("n.json", LargeFile::on_disk(folder.folder() / "m.json"));
           }),
           "here/n.json: was not there when the catalogue was signed");
  CHECK_EQ(after([](SignedFolder& folder) { folder.files().texts.erase("genes/B/sites.tsv"); }),
           "here/genes/B/sites.tsv: was there when the catalogue was signed, and is not now");
  CHECK_EQ(after([](SignedFolder& folder) { folder.files().models.clear(); }),
           "here/m.json: was there when the catalogue was signed, and is not now");
  CHECK_EQ(after([](SignedFolder& folder) {
             auto& texts = folder.files().texts;
             texts["genes/C/sites.tsv"] = texts["genes/B/sites.tsv"];
             texts.erase("genes/B/sites.tsv");
           }),
           "here/genes/C/sites.tsv: was not there when the catalogue was signed");
  CHECK_EQ(after([](SignedFolder& folder) {
             std::swap(folder.files().texts["genes/A/sites.tsv"], folder.files().texts["genes/B/sites.tsv"]);
           }),
           "here/genes/A/sites.tsv: was changed after the catalogue was signed");
  // One file whose name is the lines of two: the list would be the same.
  CHECK_EQ(after([](SignedFolder& folder) {
             auto& texts = folder.files().texts;
             const std::string second = sha256_of(texts["genes/B/sites.tsv"]) + "  genes/B/sites.tsv";
             texts["genes/A/sites.tsv\n" + second] = texts["genes/A/sites.tsv"];
             texts.erase("genes/A/sites.tsv");
             texts.erase("genes/B/sites.tsv");
           }).substr(0, 23),
           "here/genes/A/sites.tsv?");
}

TEST_CASE("no byte of a signature can be another, be missing, or be added") {
  const SignedFolder folder;
  REQUIRE_EQ(folder.refusal(), "");
  for (std::size_t at = 0; at < folder.text().size(); ++at) {
    CAPTURE(at);
    std::string changed = folder.text();
    changed[at] = static_cast<char>(changed[at] ^ 1);
    CHECK_NE(folder.refusal(changed), "");
    CHECK_NE(folder.refusal(folder.text().substr(0, at)), "");
    CHECK_NE(folder.refusal(folder.text().substr(0, at) + folder.text().substr(at + 1)), "");
    CHECK_NE(folder.refusal(folder.text().substr(0, at) + "\n" + folder.text().substr(at)), "");
  }
  CHECK_NE(folder.refusal(folder.text() + "\n"), "");
  CHECK_NE(folder.refusal(folder.text() + folder.text()), "");
}

TEST_CASE("the signature of another list, or another's key over the same, is refused") {
  SignedFolder folder;
  const std::string key_line = "key " + our_key + "\n";
  const std::size_t at = folder.text().find(key_line);
  REQUIRE(at != std::string::npos);
  SignedFolder other;
  other.files().texts["release.yaml"] = "release: 2\n";
  const std::string others = catalogue_signature(other.files(), other.folder() / "key.pem");
  CHECK_EQ(folder.refusal(folder.text().substr(0, at) + others.substr(others.find(key_line))),
           "here/catalogue.sig: the signature is not that of this list: the file was changed after it was signed");
  const std::string theirs = folder.text().substr(0, at) + "key " + their_key + folder.text().substr(at + 4 + 64);
  CHECK_NE(folder.refusal(theirs), "");
  // Signed anew by somebody else: whole, and of another key.
  const std::string anew = catalogue_signature(folder.files(), folder.folder().file("theirs.pem", their_private_key));
  CHECK_EQ(checked_signer(folder.files(), anew), their_key);
}

TEST_CASE("a file that a line cannot name is not signed") {
  SignedFolder folder;
  folder.files().texts["a\nb.tsv"] = "";
  CHECK_THROWS_AS((void)catalogue_signature(folder.files(), folder.folder() / "key.pem"),
                  stardose::genomics::InputError);
}
