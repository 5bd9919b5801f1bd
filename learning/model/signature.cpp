// The text of a model that is signed.
#include "learning/model/signature.h"

#include "learning/model/model.h"
#include "learning/model/model_file.h"

namespace stardose::learning {

namespace {

std::string signed_text(Model model) {
  model.signature.reset();
  return model_json(model);
}

}  // namespace

Signature sign(const Model& model, const std::string& private_key_file) {
  return genomics::sign(signed_text(model), private_key_file);
}

std::optional<std::string> signature_fault(const Model& model) {
  if (!model.signature) return "the model is not signed";
  return genomics::signature_fault(*model.signature, signed_text(model), "model");
}

}  // namespace stardose::learning
