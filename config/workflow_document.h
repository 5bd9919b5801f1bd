// The keys and values of a workflow file with their places, before anyone asks what they mean.
#pragma once

#include <string>
#include <vector>

#include "config/yaml_tree.h"

namespace stardose::config {

struct WorkflowText {
  std::string text;
  TextPlace place;
  bool quoted = false;
};

/// One `key: value`.
struct WorkflowEntry {
  enum class Shape { nothing, text, list, keys };

  std::string key;
  TextPlace place;
  Shape shape = Shape::nothing;
  std::vector<WorkflowText> texts = {};  ///< the one text, or those of the list
  bool faulty = false;                   ///< what is wrong with the value is among the faults already
};

struct WorkflowDocument {
  std::vector<WorkflowEntry> entries;  ///< in file order, repeated keys included
  std::vector<WorkflowFault> faults;   ///< in no order
};

/// Reads one flat YAML document. Refused: anchors, aliases, tags, texts of several lines, lists in lists, tabs before
/// a key, a second document, anything but text. What stands before a fault is still returned.
[[nodiscard]] WorkflowDocument parse_workflow(std::string text);

}  // namespace stardose::config
