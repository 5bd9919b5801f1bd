// A tree of YAML becomes entries; what a workflow file may not hold becomes faults.
#include "config/workflow_document.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace stardose::config {

namespace {

using Kind = YamlNode::Kind;
using Extra = YamlNode::Extra;
using Shape = WorkflowEntry::Shape;

Shape shape_of(Kind kind) {
  switch (kind) {
    case Kind::nothing: return Shape::nothing;
    case Kind::text: return Shape::text;
    case Kind::list: return Shape::list;
    case Kind::map: return Shape::keys;
  }
  return Shape::nothing;
}

TextPlace place_at(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<int>(lines) + 1, static_cast<int>(byte - line_start) + 1};
}

/// yaml-cpp would take them as part of a key or a text.
std::size_t find_control_character(std::string_view text) {
  const auto found = std::ranges::find_if(
      text, [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f; });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

/// Returns the first tab before a key or an entry; npos: none. Empty lines and comments may have any.
std::size_t find_indenting_tab(std::string_view text) {
  std::size_t tab = std::string_view::npos;
  bool indenting = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool blank = c == ' ' || c == '\t' || c == '\r';
    if (c == '\n' || (indenting && c == '#')) tab = std::string_view::npos;
    if (indenting && c == '\t') tab = std::min(tab, i);
    if (indenting && !blank && c != '\n' && tab != std::string_view::npos) return tab;
    indenting = c == '\n' || (indenting && blank);
  }
  return std::string_view::npos;
}

/// Returns the first thing in a value that YAML allows and we do not.
std::optional<WorkflowFault> find_fault(const YamlNode& node) {
  switch (node.extra) {
    case Extra::anchor:
      return WorkflowFault{node.place, "an anchor (&) cannot be used", "quote text that begins with &"};
    case Extra::alias: return WorkflowFault{node.place, "an alias (*) cannot be used", "quote star names: '*2'"};
    case Extra::tag: return WorkflowFault{node.place, "a tag (!) cannot be used", "quote text that begins with !"};
    case Extra::none: break;
  }
  if (!node.on_one_line) {
    return WorkflowFault{node.place, "text goes on in the next line",
                         "close the quote on the same line; begin each entry of a list with `- `"};
  }
  for (const YamlNode& child : node.children) {
    if (auto fault = find_fault(child)) return fault;
  }
  return std::nullopt;
}

std::optional<WorkflowFault> find_list_fault(const YamlNode& list, const TextPlace& key) {
  if (list.kind != Kind::list) return std::nullopt;
  for (const YamlNode& entry : list.children) {
    if (entry.kind == Kind::nothing) {
      return WorkflowFault{key, "a list has an empty entry", "remove it, or write what is missing"};
    }
    if (entry.kind == Kind::text) continue;
    return WorkflowFault{entry.place, "a list cannot hold lists or keys", "quote text that holds `: ` or brackets"};
  }
  return std::nullopt;
}

void add_entry(const YamlNode& key, const YamlNode& value, WorkflowDocument& document) {
  WorkflowEntry entry{.key = key.text, .place = key.place, .shape = shape_of(value.kind)};
  auto fault = find_fault(key);
  if (!fault && key.kind != Kind::text) fault = {key.place, "a key must be a word", "write `key: value`, one a line"};
  if (!fault) fault = find_fault(value);
  if (!fault) fault = find_list_fault(value, key.place);
  entry.faulty = fault.has_value();
  if (fault) document.faults.push_back(*std::move(fault));

  if (value.kind == Kind::text) entry.texts.push_back({value.text, value.place, value.quoted});
  if (value.kind == Kind::list) {
    for (const YamlNode& item : value.children) entry.texts.push_back({item.text, item.place, item.quoted});
  }
  document.entries.push_back(std::move(entry));
}

}  // namespace

WorkflowDocument parse_workflow(std::string text) {
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  WorkflowDocument document;
  if (const std::size_t byte = find_control_character(text); byte != std::string::npos) {
    document.faults.push_back({place_at(text, byte), "not a text file", "a workflow file is YAML text in UTF-8"});
    return document;
  }
  const std::size_t tab = find_indenting_tab(text);
  const bool cut = tab != std::string::npos;
  if (cut) {
    document.faults.push_back({place_at(text, tab), "a tab before a key or an entry", "indent with blanks"});
    text.erase(tab);
  }

  YamlTree tree = read_yaml(text);
  if (tree.fault && !cut) document.faults.push_back(*std::move(tree.fault));
  if (!tree.root || tree.root->kind == Kind::nothing) return document;
  const YamlNode& root = *tree.root;
  if (root.kind != Kind::map) {
    if (cut) return document;
    document.faults.push_back({root.place,
                               root.kind == Kind::list ? "expected keys with values; found: a list"
                                                       : "expected keys with values; found: text",
                               "write `key: value`, one a line, with a blank behind the colon"});
    return document;
  }
  // What stands directly before a cut may go on behind it.
  const std::size_t whole = root.children.size() - (cut && !root.children.empty() ? 2 : 0);
  for (std::size_t i = 0; i + 1 < whole; i += 2) add_entry(root.children[i], root.children[i + 1], document);
  return document;
}

}  // namespace stardose::config
