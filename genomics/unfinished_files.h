// Files under a name that is not yet theirs, so that a program that is told to end can take them away.
#pragma once

#include <mutex>
#include <string>
#include <utility>

namespace stardose::genomics {

namespace detail {

[[nodiscard]] std::unique_lock<std::mutex> hold_unfinished();
void list_unfinished(const std::string& path);
void strike_unfinished(const std::string& path);

}  // namespace detail

/// Lists the path and returns what `create` does, which makes the file.
template <class Create>
auto begin_unfinished(const std::string& path, const Create& create) {
  const auto hold = detail::hold_unfinished();
  detail::list_unfinished(path);
  return create();
}

/// Returns what `rename` does, which gives the file its name or removes it, and takes the path from the list.
template <class Rename>
auto end_unfinished(const std::string& path, const Rename& rename) {
  const auto hold = detail::hold_unfinished();
  detail::strike_unfinished(path);
  return rename();
}

/// Removes the listed files, and folders that are listed and empty, for a program that ends in this very moment: who
/// begins or ends a file from now on waits for ever.
void remove_unfinished_for_good();

}  // namespace stardose::genomics
