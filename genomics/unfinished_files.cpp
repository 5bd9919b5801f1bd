// The list, and one lock over it.
#include "genomics/unfinished_files.h"

#include <cstdio>
#include <vector>

namespace stardose::genomics {

namespace {

struct List {
  std::mutex lock;
  std::vector<std::string> paths;  // in the order in which they were begun
};

// Never destroyed: a signal may come while the program ends.
List& the_list() {
  static List* const list = new List;
  return *list;
}

}  // namespace

namespace detail {

std::unique_lock<std::mutex> hold_unfinished() { return std::unique_lock{the_list().lock}; }

void list_unfinished(const std::string& path) { the_list().paths.push_back(path); }

void strike_unfinished(const std::string& path) { std::erase(the_list().paths, path); }

}  // namespace detail

void remove_unfinished_for_good() {
  List& list = the_list();
  list.lock.lock();  // and never unlocked
  // A folder was listed before what is in it.
  for (auto path = list.paths.rbegin(); path != list.paths.rend(); ++path) std::remove(path->c_str());
}

}  // namespace stardose::genomics
