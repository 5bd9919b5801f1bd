// To standard error.
#include "pipeline/commands/tell_failed.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <string>

#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"

namespace stardose::pipeline {

void warn_of(const std::string& text) { fmt::print(stderr, "warning: {}\n", genomics::without_paths(text)); }

void tell_failed(const std::vector<FailedAlignment>& failed) {
  if (failed.empty()) return;
  std::vector<std::string> names;
  for (const FailedAlignment& each : failed) {
    fmt::print(stderr, "error: {}\n", each.error.what());
    if (!each.error.parts().help.empty())
      fmt::print(stderr, "help: {}\n", genomics::without_paths(each.error.parts().help));
    names.push_back(genomics::printable(each.sample.empty() ? genomics::shown_path(each.path) : each.sample));
  }
  fmt::print(stderr, "failed, and in no result: {}\n", fmt::join(names, ", "));
}

}  // namespace stardose::pipeline
