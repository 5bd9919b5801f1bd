// Lists of public keys, and who is on them.
#include "genomics/trusted_keys.h"

#include <doctest/doctest.h>

#include "genomics/signature.h"
#include "genomics/untrusted.h"
#include "tests/builders/signing_keys.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using namespace stardose::test;

namespace {

/// What the refusal says; empty: there was none.
std::string refusal(const std::string& key) {
  try {
    check_signer("thing", key);
  } catch (const Untrusted& error) {
    return error.what();
  }
  return {};
}

struct Forgotten {
  ~Forgotten() { forget_required_signatures(); }
};

}  // namespace

TEST_CASE("a signature is of one text and one key, as RFC 8032 has it") {
  const TempFolder folder;
  const std::string key = folder.file("key.pem", our_private_key);
  const Signature signature = sign("", key);
  CHECK_EQ(signature.key, our_key);
  CHECK_EQ(
      signature.signature,
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
      "655141438e7a100b");
  CHECK_FALSE(signature_fault(signature, "", "text"));
  CHECK_EQ(signature_fault(signature, " ", "text").value_or(""),
           "the signature is not that of this text: the file was changed after it was signed");
  CHECK(signature_fault({their_key, signature.signature}, "", "text"));
  CHECK_EQ(signature_fault({our_key, "e5"}, "", "text").value_or(""), "the signature is damaged");
  CHECK_EQ(signature_fault({std::string(64, 'G'), signature.signature}, "", "text").value_or(""),
           "the signature is damaged");
}

TEST_CASE("keys are read from PEM, one behind the other, with what people write between them") {
  const TempFolder folder;
  const std::string both = "the laboratory\n" + our_public_key + "\nthe maker of models\n" + their_public_key;
  CHECK(public_keys(folder.file("both", both)) == std::vector<std::string>{our_key, their_key});
  for (const std::string& text :
       {std::string{}, std::string{"no key\n"}, our_public_key + their_private_key,
        our_public_key + their_public_key.substr(0, 60), our_public_key + "-----BEGIN PUBLIC KEY-----\n",
        std::string{"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}}) {
    CAPTURE(text);
    CHECK_THROWS_AS((void)public_keys(folder.file("wrong", text)), InputError);
  }
  CHECK_THROWS_AS((void)public_keys(folder / "none"), InputError);
  CHECK_THROWS_AS((void)public_keys(folder.path()), InputError);
}

TEST_CASE("where signatures are required, every list must have the signer's key") {
  const Forgotten end;
  const TempFolder folder;
  CHECK_EQ(refusal(""), "");
  require_signatures(folder.file("both.pem", our_public_key + their_public_key));
  CHECK(signatures_required());
  CHECK_EQ(refusal(our_key), "");
  CHECK_EQ(refusal(their_key), "");
  CHECK_EQ(refusal(""), "thing: nobody has signed it, and signatures are required");
  require_signatures(folder.file("ours.pem", our_public_key));
  CHECK_EQ(refusal(our_key), "");
  CHECK_EQ(refusal(their_key), "thing: it is signed by a key that is not trusted, " + their_key);
}
