// Who vouches for a text: Ed25519 (RFC 8032).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::genomics {

struct Signature {
  std::string key;        ///< the public key's 32 bytes, in hexadecimal
  std::string signature;  ///< 64 bytes, in hexadecimal

  bool operator==(const Signature&) const = default;
};

/// Returns the signature of a text by a private key. Throws InputError (input): the file cannot be read, or holds no
/// Ed25519 private key without a password, as `openssl genpkey -algorithm ed25519` writes it.
[[nodiscard]] Signature sign(std::string_view text, const std::string& private_key_file);

/// Returns a public key's bytes in hexadecimal. Reads a PEM file with the public or the private key. Throws InputError.
[[nodiscard]] std::string public_key(const std::string& key_file);

/// Returns the public keys of a file, in hexadecimal: one or more in PEM, one behind the other. Throws InputError
/// (usage) when there is none, or anything else in PEM.
[[nodiscard]] std::vector<std::string> public_keys(const std::string& key_file);

/// Returns what is wrong with a text's signature, such as `the signature is not that of this WHAT: ...`. Nothing: the
/// holder of the key that it names has signed the text.
[[nodiscard]] std::optional<std::string> signature_fault(const Signature& signature, std::string_view text,
                                                         const std::string& what);

}  // namespace stardose::genomics
