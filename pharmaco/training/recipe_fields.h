// What recipes are made of: mappings with known keys, numbers, words and lists.
#pragma once

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

/// One mapping of a recipe; faults are collected, and what is at fault reads as its usual value.
class RecipeFields {
 public:
  RecipeFields(const std::string& file, const YAML::Node& node, const std::vector<std::string_view>& known,
               CatalogueFaults& faults)
      : fields_{file, node, known, faults} {}

  [[nodiscard]] bool has(const std::string& key) const { return fields_.has(key); }
  [[nodiscard]] YAML::Node node(const std::string& key) const { return fields_.node(key); }
  [[nodiscard]] std::string text(const std::string& key) const { return fields_.text(key); }
  [[nodiscard]] std::string text_or(const std::string& key, const std::string& otherwise) const {
    return fields_.text_or(key, otherwise);
  }
  /// A list, or one word in place of a list of one.
  [[nodiscard]] std::vector<std::string> texts(const std::string& key) const;
  [[nodiscard]] std::vector<double> numbers(const std::string& key) const;
  [[nodiscard]] std::optional<double> number(const std::string& key) const;
  [[nodiscard]] double number_or(const std::string& key, double otherwise) const {
    return number(key).value_or(otherwise);
  }
  [[nodiscard]] std::uint64_t count_or(const std::string& key, std::uint64_t otherwise) const;
  [[nodiscard]] bool yes(const std::string& key) const;
  /// Returns the place of a word among those that there are; of none, `otherwise`.
  template <class Enum>
  [[nodiscard]] Enum word(const std::string& key, std::span<const std::string_view> words, Enum otherwise) const {
    if (!has(key)) return otherwise;
    const std::string written = text(key);
    const auto found = std::ranges::find(words, written);
    if (found != words.end()) return static_cast<Enum>(found - words.begin());
    fault(key, "unknown: " + written + unknown_word(written, {words.begin(), words.end()}));
    return otherwise;
  }
  void fault(const std::string& key, const std::string& why) const { fields_.fault(key, why); }

 private:
  YamlFields fields_;
};

/// Reads a number; `.inf` too.
[[nodiscard]] std::optional<double> recipe_number(const YAML::Node& node);

}  // namespace stardose::pharmaco
