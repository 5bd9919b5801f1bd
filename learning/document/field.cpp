// Typed access to values.
#include "learning/document/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "genomics/input_error.h"

namespace stardose::learning {

namespace {

constexpr const char* damaged =
    "the file is damaged, or of a version that is not known: write it again, or say so to us";

}  // namespace

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  if (text == "NaN" || text == "-NaN") return std::numeric_limits<Number>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<Number>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<Number>::infinity();
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template std::optional<float> parse_number<float>(std::string_view);
template std::optional<double> parse_number<double>(std::string_view);

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

void Field::fail(const std::string& why, const std::string& help) const {
  throw genomics::InputError{genomics::Fault::input, {*file_, path_, why, help}};
}

void Field::wrong(const std::string& expected) const { fail("expected " + expected, damaged); }

template <class Held>
const Held& Field::as(const char* expected) const {
  const Held* held = std::get_if<Held>(&value_->held);
  if (held == nullptr) wrong(expected);
  return *held;
}

std::optional<Field> Field::find(std::string_view name) const {
  const std::string before = path_.empty() ? "" : path_ + ".";
  for (const auto& [member, value] : as<Object>("an object")) {
    if (member == name) return Field{*file_, fmt::format("{}{}", before, member), value};
  }
  return std::nullopt;
}

Field Field::at(std::string_view name) const {
  auto field = find(name);
  if (!field) fail("lacks `" + std::string{name} + "`", damaged);
  return *field;
}

void Field::only(std::initializer_list<std::string_view> names) const {
  for (const auto& [member, value] : as<Object>("an object")) {
    if (std::ranges::find(names, member) == names.end()) {
      fail("has `" + member + "`, which is not known", damaged);
    }
  }
}

std::vector<std::string> Field::names() const {
  std::vector<std::string> names;
  for (const auto& [member, value] : as<Object>("an object")) names.push_back(member);
  return names;
}

std::vector<Field> Field::items() const {
  std::vector<Field> items;
  for (const Value& item : as<Array>("a list")) {
    items.push_back(Field{*file_, path_ + "[" + std::to_string(items.size()) + "]", item});
  }
  return items;
}

std::size_t Field::size() const { return as<Array>("a list").size(); }

std::string Field::text() const { return as<std::string>("a text"); }

bool Field::boolean() const { return as<bool>("true or false"); }

template <class Number>
Number Field::number_of(const Value& value) const {
  if (const auto* text = std::get_if<NumberText>(&value.held)) {
    const auto number = parse_number<Number>(text->text);
    if (!number) wrong("numbers that can be held; one is " + std::string{text->text});
    return *number;
  }
  if (const auto* number = std::get_if<double>(&value.held)) return static_cast<Number>(*number);
  if (const auto* number = std::get_if<std::int64_t>(&value.held)) return static_cast<Number>(*number);
  wrong("a number");
}

std::int64_t Field::integer_of(const Value& value, Bounds bounds) const {
  std::optional<std::int64_t> number;
  if (const auto* text = std::get_if<NumberText>(&value.held)) number = parse_integer(text->text);
  if (const auto* held = std::get_if<std::int64_t>(&value.held)) number = *held;
  if (const auto* held = std::get_if<bool>(&value.held)) number = *held ? 1 : 0;
  if (!number || *number < bounds.lowest || *number > bounds.highest) {
    wrong("whole numbers from " + std::to_string(bounds.lowest) + " to " + std::to_string(bounds.highest));
  }
  return *number;
}

double Field::number() const { return number_of<double>(*value_); }

std::int64_t Field::integer(Bounds bounds) const { return integer_of(*value_, bounds); }

std::vector<std::string> Field::texts() const {
  std::vector<std::string> texts;
  for (const Field& item : items()) texts.push_back(item.text());
  return texts;
}

std::vector<double> Field::numbers() const {
  std::vector<double> numbers;
  for (const Value& item : as<Array>("a list of numbers")) numbers.push_back(number_of<double>(item));
  return numbers;
}

std::vector<double> Field::numbers_or_null() const {
  std::vector<double> numbers;
  for (const Value& item : as<Array>("a list of numbers")) {
    const bool is_null = std::holds_alternative<std::monostate>(item.held);
    numbers.push_back(is_null ? std::numeric_limits<double>::quiet_NaN() : number_of<double>(item));
  }
  return numbers;
}

std::vector<float> Field::floats() const {
  std::vector<float> numbers;
  for (const Value& item : as<Array>("a list of numbers")) numbers.push_back(number_of<float>(item));
  return numbers;
}

std::vector<std::int64_t> Field::integers(Bounds bounds) const {
  std::vector<std::int64_t> numbers;
  for (const Value& item : as<Array>("a list of whole numbers")) numbers.push_back(integer_of(item, bounds));
  return numbers;
}

}  // namespace stardose::learning
