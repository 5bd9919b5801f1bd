// Comparing names run by run.
#include "pharmaco/knowledge/natural_order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace stardose::pharmaco {

namespace {

/// `lower_case` has no capitals.
bool is_word(std::string_view text, std::string_view lower_case) {
  return std::ranges::equal(text, lower_case, {}, [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

int rank(std::string_view name) {
  static constexpr std::array<std::string_view, 3> first = {"any", "all", "reference"};
  static constexpr std::array<std::string_view, 2> last = {"other", "unknown"};
  const auto is_name = [name](std::string_view word) { return is_word(name, word); };
  if (std::ranges::any_of(first, is_name)) return 0;
  return std::ranges::any_of(last, is_name) ? 2 : 1;
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
