// Where the cases and genomes outside of the repository are, if they are.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace stardose::tests {

inline std::string shared_path(const std::string& path) { return STARDOSE_SOURCE_DIR "/../shared/" + path; }

/// Says so when the folder is not there; CTest then shows the test as skipped.
inline bool shared_is_there() {
  const bool there = std::filesystem::exists(shared_path("cases"));
  if (!there) MESSAGE("skipped: ", shared_path(""), " is not there");
  return there;
}

}  // namespace stardose::tests
