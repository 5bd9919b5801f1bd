// Signing and checking by OpenSSL.
#include "learning/model/signature.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "learning/model/model.h"
#include "learning/model/model_file.h"

namespace stardose::learning {

namespace {

using Bytes = std::vector<unsigned char>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using File = std::unique_ptr<std::FILE, decltype(&std::fclose)>;

constexpr std::size_t key_bytes = 32;
constexpr std::size_t signature_bytes = 64;

std::string hex_of(const Bytes& bytes) {
  std::string text;
  for (const unsigned char byte : bytes) {
    text += "0123456789abcdef"[byte >> 4U];
    text += "0123456789abcdef"[byte & 15U];
  }
  return text;
}

std::optional<Bytes> bytes_of_hex(const std::string& text, std::size_t size) {
  if (text.size() != 2 * size) return std::nullopt;
  Bytes bytes;
  for (std::size_t k = 0; k < size; ++k) {
    const std::string pair = text.substr(2 * k, 2);
    if (pair.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
    bytes.push_back(static_cast<unsigned char>(std::stoul(pair, nullptr, 16)));
  }
  return bytes;
}

[[noreturn]] void fail(const std::string& file, const std::string& why) {
  throw genomics::InputError{
      genomics::Fault::input,
      {file, "", why,
       "make a pair of keys: `openssl genpkey -algorithm ed25519 -out KEY.pem` and `openssl pkey -in "
       "KEY.pem -pubout -out PUBLIC.pem`"}};
}

/// A key with a password is refused rather than asked for: there may be nobody to answer.
int no_password(char* /*to*/, int /*size*/, int /*writes*/, void* /*data*/) { return -1; }

Key read_key(const std::string& path, bool is_private) {
  const File file{std::fopen(path.c_str(), "rb"), &std::fclose};
  if (!file) fail(path, "cannot open the key");
  Key key{is_private ? PEM_read_PrivateKey(file.get(), nullptr, no_password, nullptr)
                     : PEM_read_PUBKEY(file.get(), nullptr, no_password, nullptr),
          &EVP_PKEY_free};
  if (key && EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) fail(path, "is a key of another kind than Ed25519");
  return key;
}

std::string hex_of_public(const Key& key) {
  Bytes bytes(key_bytes);
  std::size_t size = bytes.size();
  STARDOSE_EXPECT(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) == 1 && size == key_bytes);
  return hex_of(bytes);
}

std::string signed_text(Model model) {
  model.signature.reset();
  return model_json(model);
}

const unsigned char* unsigned_bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: as OpenSSL takes them
}

}  // namespace

Signature sign(const Model& model, const std::string& private_key_file) {
  const Key key = read_key(private_key_file, true);
  if (!key) fail(private_key_file, "holds no private key in PEM, or one with a password");
  const std::string text = signed_text(model);
  const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  Bytes bytes(signature_bytes);
  std::size_t size = bytes.size();
  STARDOSE_EXPECT(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  STARDOSE_EXPECT(EVP_DigestSign(context.get(), bytes.data(), &size, unsigned_bytes(text), text.size()) == 1 &&
                  size == signature_bytes);
  return {hex_of_public(key), hex_of(bytes)};
}

std::string public_key(const std::string& key_file) {
  if (const Key key = read_key(key_file, false)) return hex_of_public(key);
  if (const Key key = read_key(key_file, true)) return hex_of_public(key);
  fail(key_file, "holds no key in PEM");
}

std::optional<std::string> signature_fault(const Model& model) {
  if (!model.signature) return "the model is not signed";
  const auto key_read = bytes_of_hex(model.signature->key, key_bytes);
  const auto signature = bytes_of_hex(model.signature->signature, signature_bytes);
  if (!key_read || !signature) return "the signature is damaged";
  const Key key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_read->data(), key_read->size()),
                &EVP_PKEY_free};
  if (!key) return "the signature names a key that is none";
  const std::string text = signed_text(model);
  const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  STARDOSE_EXPECT(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  const int verdict =
      EVP_DigestVerify(context.get(), signature->data(), signature->size(), unsigned_bytes(text), text.size());
  if (verdict != 1) return "the signature is not that of this model: the file was changed after it was signed";
  return std::nullopt;
}

}  // namespace stardose::learning
