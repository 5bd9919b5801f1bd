// Strict reading of the catalogue's small YAML files.
#pragma once

#include <yaml-cpp/yaml.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// One YAML mapping of a file. Faults: not YAML, not a mapping, a key that is repeated or not among those known.
class YamlFields {
 public:
  YamlFields(std::string file, const YAML::Node& node, const std::vector<std::string_view>& known,
             CatalogueFaults& faults);

  [[nodiscard]] bool has(const std::string& key) const { return node_[key].IsDefined(); }
  [[nodiscard]] YAML::Node node(const std::string& key) const { return node_[key]; }
  /// Where the mapping stands; see line_of.
  [[nodiscard]] std::size_t line() const { return line_; }
  /// A missing key is a fault, and reads as empty.
  [[nodiscard]] std::string text(const std::string& key) const;
  [[nodiscard]] std::string text_or(const std::string& key, const std::string& otherwise) const;
  /// A missing key reads as no items.
  [[nodiscard]] std::vector<std::string> list(const std::string& key) const;
  /// A missing key reads as no items.
  [[nodiscard]] std::vector<YAML::Node> items(const std::string& key) const;
  /// Names with what each is; a missing key reads as none.
  [[nodiscard]] std::vector<std::pair<std::string, YAML::Node>> entries(const std::string& key) const;
  void fault(const std::string& key, const std::string& why) const;

 private:
  std::string file_;
  YAML::Node node_;
  std::size_t line_ = 0;
  CatalogueFaults& faults_;
};

/// Returns what to say after "unknown ...": the nearest of those that are known, if one is near, and all of them.
[[nodiscard]] std::string unknown_word(const std::string& word, const std::vector<std::string_view>& known);

/// Returns the line, from 1 on; 0: the node is in no file.
[[nodiscard]] std::size_t line_of(const YAML::Node& node);

/// Throws InputError (input) naming up to 20 faults of a file that a user wrote, unless there are none; `help` is for
/// the first of them.
void refuse_faults(const CatalogueFaults& faults, const std::string& help);

/// Runs `read`. A fault is what yaml-cpp throws of a node that is not of the shape that `read` looked for.
void note_faults(const std::string& file, CatalogueFaults& faults, const std::function<void()>& read);

/// Returns an undefined node after noting the fault when the text is not YAML.
[[nodiscard]] YAML::Node parse_yaml(const std::string& file, const std::string& text, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
