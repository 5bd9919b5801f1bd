// Numbers and lists of YAML.
#include "pharmaco/training/recipe_fields.h"

#include <cmath>
#include <limits>

#include "pharmaco/covariates/unit.h"

namespace stardose::pharmaco {

std::optional<double> recipe_number(const YAML::Node& node) {
  if (!node.IsScalar()) return std::nullopt;
  if (node.Scalar() == ".inf") return std::numeric_limits<double>::infinity();
  double number = 0;
  if (!read_decimal(node.Scalar(), number)) return std::nullopt;
  return number;
}

std::vector<std::string> RecipeFields::texts(const std::string& key) const {
  if (!has(key)) return {};
  const YAML::Node found = node(key);
  if (found.IsScalar()) return {found.Scalar()};
  std::vector<std::string> texts;
  if (!found.IsSequence()) fault(key, "expected a list");
  for (const auto& item : found) {
    if (!item.IsScalar()) fault(key, "expected a list of words");
    texts.push_back(item.IsScalar() ? item.Scalar() : "");
  }
  return texts;
}

std::vector<double> RecipeFields::numbers(const std::string& key) const {
  if (!has(key)) return {};
  const YAML::Node found = node(key);
  std::vector<double> numbers;
  if (!found.IsSequence()) fault(key, "expected a list of numbers");
  for (const auto& item : found) {
    const auto number = recipe_number(item);
    if (!number) fault(key, "expected a list of numbers");
    numbers.push_back(number.value_or(0));
  }
  return numbers;
}

std::optional<double> RecipeFields::number(const std::string& key) const {
  if (!has(key)) return std::nullopt;
  auto number = recipe_number(node(key));
  if (!number) fault(key, "expected a number");
  return number;
}

std::uint64_t RecipeFields::count_or(const std::string& key, std::uint64_t otherwise) const {
  const auto written = number(key);
  if (!written) return otherwise;
  if (*written >= 0 && *written <= 1e9 && *written == std::floor(*written)) return static_cast<std::uint64_t>(*written);
  fault(key, "expected a whole number from 0 to 1000000000");
  return otherwise;
}

bool RecipeFields::yes(const std::string& key) const {
  const std::string written = text_or(key, "no");
  if (written != "yes" && written != "no") fault(key, "expected yes or no");
  return written == "yes";
}

}  // namespace stardose::pharmaco
