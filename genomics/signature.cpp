// Signing and checking by OpenSSL.
#include "genomics/signature.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <cstdio>
#include <memory>

#include "genomics/expect.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

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

[[noreturn]] void fail(Fault fault, const std::string& file, const std::string& why) {
  throw InputError{fault,
                   {file, "", why,
                    "make a pair of keys: `openssl genpkey -algorithm ed25519 -out KEY.pem` and `openssl pkey -in "
                    "KEY.pem -pubout -out PUBLIC.pem`"}};
}

/// A key with a password is refused rather than asked for: there may be nobody to answer.
int no_password(char* /*to*/, int /*size*/, int /*writes*/, void* /*data*/) { return -1; }

constexpr const char* other_kind = "is a key of another kind than Ed25519";

File open_key(Fault fault, const std::string& path) {
  File file{std::fopen(path.c_str(), "rb"), &std::fclose};
  if (!file) fail(fault, path, "cannot open the key");
  return file;
}

Key read_key(const std::string& path, bool is_private) {
  const File file = open_key(Fault::input, path);
  Key key{is_private ? PEM_read_PrivateKey(file.get(), nullptr, no_password, nullptr)
                     : PEM_read_PUBKEY(file.get(), nullptr, no_password, nullptr),
          &EVP_PKEY_free};
  if (key && EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) fail(Fault::input, path, other_kind);
  return key;
}

std::string hex_of_public(const Key& key) {
  Bytes bytes(key_bytes);
  std::size_t size = bytes.size();
  STARDOSE_EXPECT(EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) == 1 && size == key_bytes);
  return hex_of(bytes);
}

const unsigned char* unsigned_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: as OpenSSL takes them
}

/// One block of a PEM file.
struct Block {
  std::string kind;  ///< `PUBLIC KEY`
  Bytes bytes;
};

/// Returns nothing at the end of the file.
std::optional<Block> next_block(std::FILE& file, const std::string& path) {
  char* kind = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;
  ERR_clear_error();
  const int found = PEM_read(&file, &kind, &header, &bytes, &size);
  const bool is_end = found != 1 && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  std::optional<Block> block;
  if (found == 1) block = Block{kind, Bytes(bytes, bytes + size)};
  OPENSSL_free(kind);
  OPENSSL_free(header);
  OPENSSL_free(bytes);
  if (!block && !is_end) fail(Fault::usage, path, "is damaged: it has half a key in PEM");
  return block;
}

}  // namespace

Signature sign(std::string_view text, const std::string& private_key_file) {
  const Key key = read_key(private_key_file, true);
  if (!key) fail(Fault::input, private_key_file, "holds no private key in PEM, or one with a password");
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
  fail(Fault::input, key_file, "holds no key in PEM");
}

std::vector<std::string> public_keys(const std::string& key_file) {
  const File file = open_key(Fault::usage, key_file);
  std::vector<std::string> keys;
  while (const auto block = next_block(*file, key_file)) {
    if (block->kind != PEM_STRING_PUBLIC) fail(Fault::usage, key_file, "has something else than public keys in PEM");
    const unsigned char* bytes = block->bytes.data();
    const Key key{d2i_PUBKEY(nullptr, &bytes, static_cast<long>(block->bytes.size())), &EVP_PKEY_free};
    if (!key) fail(Fault::usage, key_file, "is damaged: it has a public key that is none");
    if (EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) fail(Fault::usage, key_file, other_kind);
    keys.push_back(hex_of_public(key));
  }
  if (keys.empty()) fail(Fault::usage, key_file, "holds no public key in PEM");
  return keys;
}

std::optional<std::string> signature_fault(const Signature& signature, std::string_view text, const std::string& what) {
  const auto key_read = bytes_of_hex(signature.key, key_bytes);
  const auto bytes = bytes_of_hex(signature.signature, signature_bytes);
  if (!key_read || !bytes) return "the signature is damaged";
  const Key key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key_read->data(), key_read->size()),
                &EVP_PKEY_free};
  if (!key) return "the signature names a key that is none";
  const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  STARDOSE_EXPECT(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1);
  if (EVP_DigestVerify(context.get(), bytes->data(), bytes->size(), unsigned_bytes(text), text.size()) == 1) {
    return std::nullopt;
  }
  return "the signature is not that of this " + what + ": the file was changed after it was signed";
}

}  // namespace stardose::genomics
