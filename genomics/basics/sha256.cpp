// SHA-256 through OpenSSL's EVP interface.
#include "genomics/basics/sha256.h"

#include <openssl/evp.h>

#include "genomics/expect.h"

namespace stardose::genomics {

struct Sha256::State {
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> owner{EVP_MD_CTX_new()};
  EVP_MD_CTX* context = owner.get();
};

Sha256::Sha256() : state_{std::make_unique<State>()} {
  STARDOSE_EXPECT(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  STARDOSE_EXPECT(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::vector<unsigned char> Sha256::bytes() {
  std::vector<unsigned char> digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  STARDOSE_EXPECT(EVP_DigestFinal_ex(state_->context, digest.data(), &size) == 1);
  digest.resize(size);
  return digest;
}

std::string Sha256::hex() {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes()) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

}  // namespace stardose::genomics
