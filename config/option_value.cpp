// Checks of single values: text, words of a list, true or false, whole numbers.
#include "config/option_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "genomics/basics/control_characters.h"
#include "genomics/expect.h"
#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"

namespace stardose::config {

namespace {

using Text = std::string& (*)(Settings&);
using List = std::vector<std::string>& (*)(Settings&);
using TrueOrFalse = bool& (*)(Settings&);

/// Digits only and no leading zero: `012` is 10 to some readers of YAML and 12 to others.
std::optional<long> whole_number(const std::string& text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  long number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{}) return std::nullopt;
  return number;
}

/// Digits, and perhaps a point and digits: `0.2`.
std::optional<double> fraction(const std::string& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string whole = text.substr(0, point);
  const std::string rest = text.substr(std::min(point + 1, text.size()));
  if (!whole_number(whole) || !std::ranges::all_of(rest, is_digit)) return std::nullopt;
  if (point < text.size() && rest.empty()) return std::nullopt;
  double number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} ? std::optional{number} : std::nullopt;
}

class Storing {
 public:
  Storing(const Option& option, const std::vector<std::string>& values, Settings& settings)
      : option_{option}, values_{values}, settings_{settings} {}

  std::optional<Mistake> operator()(Text field) const {
    const std::string& text = values_.front();
    Settings defaults;
    if (text.empty() && !field(defaults).empty()) return found("nothing", "give a value, or leave it out");
    if (auto mistake = wrong_item(0)) return mistake;
    field(settings_) = text;
    return std::nullopt;
  }

  std::optional<Mistake> operator()(List field) const {
    const bool needs_one = option_.at_least_one || !option_.choices.empty();
    if (values_.empty() && needs_one) return found("an empty list", "give at least one");
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (auto mistake = wrong_item(i)) return mistake;
      if (!seen.insert(values_[i]).second)
        return Mistake{"repeated entry: " + genomics::shown_word(values_[i]), "name it once", i};
    }
    field(settings_) = values_;
    return std::nullopt;
  }

  std::optional<Mistake> operator()(TrueOrFalse field) const {
    const std::string& text = values_.front();
    if (text != "true" && text != "false")
      return found(genomics::shown_word(text), "write `true` or `false`, in lower case");
    field(settings_) = text == "true";
    return std::nullopt;
  }

  std::optional<Mistake> operator()(double& (*field)(Settings&)) const {
    const std::string& text = values_.front();
    const auto number = fraction(text);
    if (!number) return found(genomics::shown_word(text), "write it as `0.2`");
    if (*number > option_.greatest_fraction) return found(text, "choose a number in that range");
    field(settings_) = *number;
    return std::nullopt;
  }

  template <class Number>
  std::optional<Mistake> operator()(Number& (*field)(Settings&)) const {
    const std::string& text = values_.front();
    const bool is_automatic = option_.automatic != nullptr && text == "auto";
    const auto number = is_automatic ? option_.automatic() : whole_number(text);
    if (!number) return found(genomics::shown_word(text), "write digits only, without leading zeros");
    if (*number < option_.least || *number > option_.greatest) return found(text, "choose a number in that range");
    field(settings_) = static_cast<Number>(*number);
    return std::nullopt;
  }

 private:
  [[nodiscard]] Mistake found(const std::string& what, std::string help, std::size_t item = 0) const {
    return {expected_but_found(option_, what), std::move(help), item};
  }

  [[nodiscard]] static Mistake control_character(std::size_t item) {
    return {"text holds a line break, a tab or another control character", "remove it", item};
  }

  [[nodiscard]] std::optional<Mistake> wrong_item(std::size_t i) const {
    const std::string& item = values_[i];
    if (item.empty() && is_list(option_)) return found("an empty entry", "remove it, or write what is missing", i);
    if (genomics::has_control_character(item)) return control_character(i);
    if (!option_.choices.empty() && std::ranges::find(option_.choices, item) == option_.choices.end()) {
      const std::string near = genomics::nearest_name(item, option_.choices);
      return found(genomics::shown_word(item),
                   near.empty() ? "choose among those" : fmt::format("did you mean `{}`?", near), i);
    }
    return std::nullopt;
  }

  const Option& option_;
  const std::vector<std::string>& values_;
  Settings& settings_;
};

}  // namespace

bool is_list(const Option& option) { return std::holds_alternative<List>(option.field); }

bool is_bare_word(const Option& option) { return !is_list(option) && !std::holds_alternative<Text>(option.field); }

std::string expected_value(const Option& option) {
  const std::string choices = fmt::format("{}", fmt::join(option.choices, ", "));
  if (!choices.empty()) return (is_list(option) ? "a list of any of " : "one of ") + choices;
  if (is_list(option)) return option.path ? "a path or a list of paths" : "a list of names";
  if (std::holds_alternative<Text>(option.field)) return "a path";
  if (std::holds_alternative<TrueOrFalse>(option.field)) return "true or false";
  if (std::holds_alternative<double& (*)(Settings&)>(option.field)) {
    return fmt::format("a number from 0 to {}", option.greatest_fraction);
  }
  return fmt::format("a whole number from {} to {}{}", option.least, option.greatest,
                     option.automatic == nullptr ? "" : ", or auto");
}

std::string expected_but_found(const Option& option, const std::string& found) {
  return fmt::format("expected {}; found: {}", expected_value(option), found);
}

std::optional<Mistake> store(const Option& option, const std::vector<std::string>& values, Settings& settings) {
  STARDOSE_EXPECT(is_list(option) || values.size() == 1);
  return std::visit(Storing{option, values, settings}, option.field);
}

}  // namespace stardose::config
