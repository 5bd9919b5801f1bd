// YAML mappings with known keys.
#include "pharmaco/knowledge/yaml_fields.h"

#include <algorithm>
#include <set>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"

namespace stardose::pharmaco {

namespace {

/// Empties comment lines: yaml-cpp reads each of their characters as dearly as any other, and numbers must not shift.
std::string without_comments(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (text.front() != '#') kept += text.substr(0, end);
    kept += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kept;
}

}  // namespace

void note_faults(const std::string& file, CatalogueFaults& faults, const std::function<void()>& read) {
  try {
    read();
  } catch (const YAML::Exception& error) {
    faults.add(file, error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.line) + 1,
               "has keys, lists or values where it should not: " + error.msg);
  }
}

void refuse_faults(const CatalogueFaults& faults, const std::string& help) {
  const std::vector<std::string>& lines = faults.lines();
  if (lines.empty()) return;
  constexpr std::size_t shown = 20;
  std::string text = help;
  for (std::size_t i = 1; i < std::min(lines.size(), shown); ++i) text += "\nalso " + genomics::printable(lines[i]);
  if (lines.size() > shown) text += "\nand " + std::to_string(lines.size() - shown) + " more";
  throw genomics::InputError{genomics::Fault::input, {"", "", lines.front(), text}};
}

YAML::Node parse_yaml(const std::string& file, const std::string& text, CatalogueFaults& faults) {
  try {
    return YAML::Load(without_comments(text));
  } catch (const YAML::Exception& error) {
    faults.add(file, error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.line) + 1,
               "not YAML: " + error.msg + " (star names must be quoted)");
  }
  return YAML::Node{YAML::NodeType::Undefined};
}

YamlFields::YamlFields(std::string file, const YAML::Node& node, std::initializer_list<std::string_view> known,
                       CatalogueFaults& faults)
    : file_{std::move(file)}, node_{node}, faults_{faults} {
  if (!node_.IsMap()) {
    faults_.add(file_, 0, "expected `key: value` lines");
    node_ = YAML::Node{YAML::NodeType::Map};
    return;
  }
  std::set<std::string> seen;
  for (const auto& item : node_) {
    const auto key = item.first.as<std::string>("");
    if (!seen.insert(key).second) fault(key, "the key is there twice");
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::string nearest = genomics::nearest_name(key, {known.begin(), known.end()});
    fault(key, nearest.empty() ? "unknown key" : "unknown key; did you mean `" + nearest + "`?");
  }
}

void YamlFields::fault(const std::string& key, const std::string& why) const {
  const YAML::Node at = node_[key];
  const bool placed = at.IsDefined() && !at.Mark().is_null();
  faults_.add(file_, placed ? static_cast<std::size_t>(at.Mark().line) + 1 : 0, key + ": " + why);
}

std::string YamlFields::text(const std::string& key) const {
  if (!has(key)) fault(key, "the key is missing");
  return text_or(key, "");
}

std::string YamlFields::text_or(const std::string& key, const std::string& otherwise) const {
  if (!has(key)) return otherwise;
  if (!node_[key].IsScalar()) {
    fault(key, "expected a text");
    return otherwise;
  }
  return node_[key].Scalar();
}

std::vector<std::string> YamlFields::list(const std::string& key) const {
  std::vector<std::string> items;
  if (!has(key)) return items;
  if (!node_[key].IsSequence()) fault(key, "expected a list");
  for (const auto& item : node_[key]) {
    if (item.IsScalar()) {
      items.push_back(item.Scalar());
    } else {
      fault(key, "expected a list of texts");
    }
  }
  return items;
}

}  // namespace stardose::pharmaco
