// Comparing names run by run.
#include "pharmaco/knowledge/natural_order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace stardose::pharmaco {

namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

int rank(std::string_view name) {
  static constexpr std::array first = {"any", "all", "reference"};
  static constexpr std::array last = {"other", "unknown"};
  const std::string text = lower(name);
  if (std::find(first.begin(), first.end(), text) != first.end()) return 0;
  return std::find(last.begin(), last.end(), text) != last.end() ? 2 : 1;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

std::string_view take_run(std::string_view& text) {
  std::size_t size = 1;
  while (size < text.size() && is_digit(text[size]) == is_digit(text.front())) ++size;
  const std::string_view run = text.substr(0, size);
  text.remove_prefix(size);
  return run;
}

// < 0, 0 or > 0. Numbers are compared by length after leading zeros, so that no size overflows.
int compare_runs(std::string_view a, std::string_view b) {
  if (is_digit(a.front()) != is_digit(b.front())) return is_digit(a.front()) ? -1 : 1;
  if (!is_digit(a.front())) return a.compare(b);
  while (a.size() > 1 && a.front() == '0') a.remove_prefix(1);
  while (b.size() > 1 && b.front() == '0') b.remove_prefix(1);
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

}  // namespace

bool natural_less(std::string_view a, std::string_view b) {
  if (rank(a) != rank(b)) return rank(a) < rank(b);
  while (!a.empty() && !b.empty()) {
    const int order = compare_runs(take_run(a), take_run(b));
    if (order != 0) return order < 0;
  }
  return a.empty() && !b.empty();
}

}  // namespace stardose::pharmaco
