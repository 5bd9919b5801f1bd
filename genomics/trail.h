// What a process has read and written, for the log that a site keeps (--audit-log).
#pragma once

#include <string>
#include <vector>

namespace stardose::genomics {

struct Trail {
  std::vector<std::string> read;     ///< paths, each once, in the order in which they were noted
  std::vector<std::string> written;  ///< likewise
  std::string catalogue;             ///< SHA-256; empty: none was opened
};

/// From now on things are noted; before, or without, noting does nothing.
void keep_trail();

/// May be called on any thread.
void note_read(const std::string& path);
void note_written(const std::string& path);
void note_catalogue(const std::string& digest);

[[nodiscard]] Trail trail();

}  // namespace stardose::genomics
