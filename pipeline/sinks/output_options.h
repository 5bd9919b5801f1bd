// What the user says about results.
#pragma once

#include <string>
#include <vector>

namespace stardose::pipeline {

struct OutputOptions {
  /// Folder for the results; made if missing.
  std::string folder = "results";
  /// Any of: calls, guidance, html, json.
  std::vector<std::string> write = {"calls", "guidance", "html", "json"};
};

}  // namespace stardose::pipeline
