// Reading i/n.
#include "pipeline/parts/shard_choice.h"

#include <charconv>

#include "genomics/input_error.h"

namespace stardose::pipeline {

ShardChoice parse_shard(const std::string& text) {
  if (text.empty()) return {};
  constexpr std::size_t most = 1'000'000;
  ShardChoice choice{0, 0, true};
  const char* const end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, choice.number);
  const bool is_pair = first == std::errc{} && slash != end && *slash == '/';
  const auto [rest, second] = is_pair ? std::from_chars(slash + 1, end, choice.count) : std::from_chars_result{};
  const bool is_read = is_pair && second == std::errc{} && rest == end;
  if (is_read && choice.number >= 1 && choice.number <= choice.count && choice.count <= most) return choice;
  throw genomics::InputError{genomics::Fault::usage,
                             {"", "shard", "is no part of a run: " + genomics::printable(text),
                              "write the part and their number, 1/10 to 10/10"}};
}

}  // namespace stardose::pipeline
