// A YAML document as a tree with places; hides yaml-cpp, whose own nodes forget repeated keys and anchors.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace stardose::config {

/// Counted from 1, in bytes.
struct TextPlace {
  int line = 1;
  int column = 1;
  auto operator<=>(const TextPlace&) const = default;
};

/// Something in the file that cannot stay as it is.
struct WorkflowFault {
  TextPlace place;
  std::string why;
  std::string help;
};

struct YamlNode {
  enum class Kind { nothing, text, list, map };
  enum class Extra { none, anchor, alias, tag };

  Kind kind = Kind::nothing;
  TextPlace place;  ///< of a value that is nothing: of what follows
  std::string text;
  bool quoted = false;
  /// false: the text goes on in the next line, often because a quote is not closed.
  bool on_one_line = true;
  Extra extra = Extra::none;
  std::vector<YamlNode> children;  ///< a list's entries; a map's keys and values in turn
};

struct YamlTree {
  /// The first document; none when the text holds nothing or ends in a fault before a value is complete.
  std::optional<YamlNode> root;
  std::optional<WorkflowFault> fault;
};

/// Reads the first document. A map that breaks off in a fault keeps its complete keys and values.
/// Requires: no byte order mark and no control characters but tabs and line ends.
[[nodiscard]] YamlTree read_yaml(const std::string& text);

}  // namespace stardose::config
