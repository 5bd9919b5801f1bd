// Reading a file through.
#include "pipeline/sinks/file_digest.h"

#include <fstream>

#include "genomics/basics/sha256.h"
#include "genomics/input_error.h"

namespace stardose::pipeline {

std::string file_sha256(const std::string& path) {
  constexpr std::streamsize piece = 1 << 20;
  std::ifstream file{path, std::ios::binary};
  genomics::Sha256 sha;
  std::string bytes(static_cast<std::size_t>(piece), '\0');
  while (file) {
    file.read(bytes.data(), piece);
    sha.update({bytes.data(), static_cast<std::size_t>(file.gcount())});
  }
  if (file.eof()) return sha.hex();
  throw genomics::InputError{genomics::Fault::input,
                             {path, "", "cannot be read", "check that the file is there, and its permissions"}};
}

}  // namespace stardose::pipeline
