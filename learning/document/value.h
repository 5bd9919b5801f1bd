// A document of values, however it was written: JSON or UBJSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace stardose::learning {

struct Value;

/// A number as text has it: float or double is decided, and rounded once, by who reads it. NaN and Infinity too.
struct NumberText {
  std::string_view text;  ///< in the document's bytes
};

using Array = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;  ///< no name twice, in the order of the file

struct Value {
  std::variant<std::monostate, bool, NumberText, double, std::int64_t, std::string, Array, Object> held;
};

/// Values and the bytes that their numbers point into: stays where it is made.
struct Document {
  explicit Document(std::string file_name, std::string file_bytes)
      : file{std::move(file_name)}, bytes{std::move(file_bytes)} {}
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  Document(Document&&) = delete;
  Document& operator=(Document&&) = delete;
  ~Document() = default;

  std::string file;  ///< as the user wrote it
  std::string bytes;
  Value root;
};

/// How deep values may be nested: the deepest of XGBoost's files has nine levels.
inline constexpr int deepest_nesting = 64;
/// How many members an object may have: names are compared with each other.
inline constexpr std::size_t most_members = 4096;

}  // namespace stardose::learning
