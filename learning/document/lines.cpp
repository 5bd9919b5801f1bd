// Lines and words.
#include "learning/document/lines.h"

#include <algorithm>
#include <cmath>

#include "genomics/input_error.h"

namespace stardose::learning {

bool Lines::next() {
  if (rest_.empty()) return false;
  const std::size_t end = std::min(rest_.find('\n'), rest_.size());
  line_ = rest_.substr(0, end);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  ++number_;
  return true;
}

void Lines::fail(const std::string& why) const {
  throw genomics::InputError{genomics::Fault::input, {*file_, "line " + std::to_string(number_), why, help_}};
}

void Lines::fail_whole(const std::string& why) const {
  throw genomics::InputError{genomics::Fault::input, {*file_, "", why, help_}};
}

double Lines::finite(std::string_view text) const {
  const auto number = parse_number<double>(text);
  if (!number || !std::isfinite(*number)) fail("not a number: " + std::string{text});
  return *number;
}

std::int64_t Lines::integer(std::string_view text, Bounds bounds) const {
  const auto number = parse_integer(text);
  if (!number || *number < bounds.lowest || *number > bounds.highest) {
    fail("not a whole number from " + std::to_string(bounds.lowest) + " to " + std::to_string(bounds.highest) + ": " +
         std::string{text});
  }
  return *number;
}

std::vector<double> Lines::numbers(std::string_view text) const {
  std::vector<double> numbers;
  for (const std::string_view word : words_of(text)) numbers.push_back(finite(word));
  return numbers;
}

std::vector<std::int64_t> Lines::integers(std::string_view text, Bounds bounds) const {
  std::vector<std::int64_t> numbers;
  for (const std::string_view word : words_of(text)) numbers.push_back(integer(word, bounds));
  return numbers;
}

bool has_repeats(std::vector<std::int64_t> numbers) {
  std::ranges::sort(numbers);
  return std::ranges::adjacent_find(numbers) != numbers.end();
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  constexpr std::string_view blanks = " \t";
  for (std::size_t at = 0; (at = text.find_first_not_of(blanks, at)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace stardose::learning
