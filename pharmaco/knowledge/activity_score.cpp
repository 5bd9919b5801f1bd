// Activity scores as text.
#include "pharmaco/knowledge/activity_score.h"

#include <cctype>

namespace stardose::pharmaco {

std::string to_string(ActivityScore score) {
  std::string text = score.at_least ? ">=" : "";
  text += std::to_string(score.hundredths / 100) + "." + std::to_string(score.hundredths % 100 / 10);
  if (score.hundredths % 10 != 0) text += std::to_string(score.hundredths % 10);
  return text;
}

std::optional<ActivityScore> read_activity_score(std::string_view text) {
  ActivityScore score;
  for (const std::string_view sign : {">=", "\u2265"}) {
    if (!text.starts_with(sign)) continue;
    score.at_least = true;
    text.remove_prefix(sign.size());
  }
  int decimals = -1;
  int digits = 0;
  for (const char c : text) {
    if (c == '.' && decimals < 0) {
      decimals = 0;
    } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 && decimals < 2 && digits < 6) {
      score.hundredths = score.hundredths * 10 + (c - '0');
      ++digits;
      if (decimals >= 0) ++decimals;
    } else {
      return std::nullopt;
    }
  }
  if (digits == 0 || decimals == 0) return std::nullopt;
  for (int k = decimals < 0 ? 0 : decimals; k < 2; ++k) score.hundredths *= 10;
  return score;
}

}  // namespace stardose::pharmaco
