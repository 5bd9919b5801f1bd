// Who vouches for a catalogue: the list of its files in catalogue.sig, and a signature of the list.
#pragma once

#include <string>

#include "genomics/signature.h"
#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// Beside release.yaml.
inline constexpr const char* signature_file = "catalogue.sig";

/// What is in a folder, whoever has signed it: folder_files() without a look at the signature.
[[nodiscard]] CatalogueFiles unchecked_files(const std::string& folder);

/// Returns what catalogue.sig says when the holder of a private key signs these files: a heading, a line for each file
/// as `sha256sum` writes it, the key and its signature of the lines before. Throws InputError: as genomics::sign()
/// does, and (catalogue) for a file that a line cannot name.
[[nodiscard]] std::string catalogue_signature(const CatalogueFiles& files, const std::string& private_key_file);

/// Returns the public key whose holder signed these files; `text` is their catalogue.sig. Throws Untrusted: the
/// signature is damaged or not that of its list, or a file is not as the list has it, is not on it, or on it and not
/// there.
[[nodiscard]] std::string checked_signer(const CatalogueFiles& files, const std::string& text);

/// The same by the catalogue.sig in the folder that they are of; empty: there is none, and nobody has signed them.
[[nodiscard]] std::string signer_of(const CatalogueFiles& files);

/// Returns whose signature the catalogue of a folder bears; empty: nobody's, or no folder is named, as the embedded one
/// is part of the program. Throws InputError as folder_files() does.
[[nodiscard]] std::string catalogue_signer(const std::string& folder);

}  // namespace stardose::pharmaco
