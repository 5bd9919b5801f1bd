// Whose signatures a site trusts (--require-signatures).
#pragma once

#include <string>

namespace stardose::genomics {

/// From now on only what one of the public keys of this file has signed is used. Said again with another file, both
/// must have the key. Call on one thread, before anything is opened. Throws InputError as public_keys() does.
void require_signatures(const std::string& key_file);

[[nodiscard]] bool signatures_required();

/// Anybody's signature, and none, will do again: for tests.
void forget_required_signatures();

/// Throws Untrusted where signatures are required and `key`, which has signed the file, is none of those trusted. `key`
/// empty: nobody has signed it. That the signature is the file's has been checked before.
void check_signer(const std::string& file, const std::string& key);

}  // namespace stardose::genomics
