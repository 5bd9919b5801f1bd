// Who vouches for a model: Ed25519 (RFC 8032) over the text of its file.
#pragma once

#include <optional>
#include <string>

namespace stardose::learning {

struct Model;

/// What is signed is model_json() of the model without its signature: the same for every way of writing the same file.
struct Signature {
  std::string key;        ///< the public key's 32 bytes, in hexadecimal
  std::string signature;  ///< 64 bytes, in hexadecimal

  bool operator==(const Signature&) const = default;
};

/// Returns the signature of a model by a private key. Throws InputError (input): the file cannot be read, or holds no
/// Ed25519 private key without a password, as `openssl genpkey -algorithm ed25519` writes it.
[[nodiscard]] Signature sign(const Model& model, const std::string& private_key_file);

/// Returns a public key's bytes in hexadecimal. Reads a PEM file with the public or the private key. Throws InputError.
[[nodiscard]] std::string public_key(const std::string& key_file);

/// Returns what is wrong with a model's signature: not that of this model, or no signature at all. Nothing: the holder
/// of the key that it names has signed the model.
[[nodiscard]] std::optional<std::string> signature_fault(const Model& model);

}  // namespace stardose::learning
