// A value of a document with its path, and what a reader wants of it.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "learning/document/value.h"

namespace stardose::learning {

/// Whole numbers that are taken, both included.
struct Bounds {
  std::int64_t lowest = 0;
  std::int64_t highest = INT32_MAX;
};

/// Points into the document, which must outlive it. Everything throws InputError (input) with the path, such as
/// `learner.gradient_booster.model.trees[3].left_children`, where the value is not what is asked for.
class Field {
 public:
  static Field root(const Document& document) { return Field{document.file, {}, document.root}; }

  /// Returns a member; it must be there.
  [[nodiscard]] Field at(std::string_view name) const;
  [[nodiscard]] std::optional<Field> find(std::string_view name) const;
  /// Refuses members of other names: what is not understood is not ignored.
  void only(std::initializer_list<std::string_view> names) const;
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] std::vector<Field> items() const;
  [[nodiscard]] std::size_t size() const;  ///< of an array

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] double number() const;
  [[nodiscard]] std::int64_t integer(Bounds bounds) const;
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::vector<double> numbers() const;
  [[nodiscard]] std::vector<double> numbers_or_null() const;  ///< null reads as NaN
  /// Text is rounded to float at once. Requires nothing of the size: doubles of UBJSON are rounded.
  [[nodiscard]] std::vector<float> floats() const;
  /// true and false read as 1 and 0.
  [[nodiscard]] std::vector<std::int64_t> integers(Bounds bounds) const;
  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_->held); }
  [[nodiscard]] bool is_text() const { return std::holds_alternative<std::string>(value_->held); }

  [[noreturn]] void fail(const std::string& why, const std::string& help) const;

 private:
  Field(const std::string& file, std::string path, const Value& value)
      : file_{&file}, path_{std::move(path)}, value_{&value} {}

  [[noreturn]] void wrong(const std::string& expected) const;
  template <class Held>
  const Held& as(const char* expected) const;
  template <class Number>
  Number number_of(const Value& value) const;
  std::int64_t integer_of(const Value& value, Bounds bounds) const;

  const std::string* file_;
  std::string path_;
  const Value* value_;
};

/// Reads all of a text as a number, rounded once; nothing where it is anything else. NaN and infinities are numbers.
template <class Number>
[[nodiscard]] std::optional<Number> parse_number(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace stardose::learning
