// What a process has read and written: for the log that a site keeps (--audit-log), and so that no output takes the
// place of an input.
#pragma once

#include <string>
#include <vector>

namespace stardose::genomics {

struct Trail {
  std::vector<std::string> read;     ///< paths, each once, in the order in which they were noted
  std::vector<std::string> written;  ///< likewise
  std::string catalogue;             ///< SHA-256; empty: none was opened
};

/// From now on what is written is noted, and the catalogue; before, or without, noting them does nothing.
void keep_trail();

/// May be called on any thread. What is to be read is noted before any of it is.
void note_read(const std::string& path);
void note_written(const std::string& path);
void note_catalogue(const std::string& digest);

[[nodiscard]] Trail trail();

/// A file that goes on being written, such as the log itself: no output may take its place either.
void note_log(const std::string& path);

/// Throws InputError (usage) where writing `path` would take the place of a file that was noted as read or as a log, by
/// whatever name either has. What is no regular file takes no place.
void refuse_input(const std::string& path);

}  // namespace stardose::genomics
