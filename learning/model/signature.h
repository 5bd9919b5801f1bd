// Who vouches for a model.
#pragma once

#include <optional>
#include <string>

#include "genomics/signature.h"

namespace stardose::learning {

struct Model;

/// What is signed is model_json() of the model without its signature: the same for every way of writing the same file.
using genomics::Signature;

/// Returns the signature of a model by a private key. Throws InputError as genomics::sign() does.
[[nodiscard]] Signature sign(const Model& model, const std::string& private_key_file);

/// Returns what is wrong with a model's signature: not that of this model, or no signature at all. Nothing: the holder
/// of the key that it names has signed the model.
[[nodiscard]] std::optional<std::string> signature_fault(const Model& model);

}  // namespace stardose::learning
