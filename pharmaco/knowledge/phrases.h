// The words advice is written with.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace stardose::pharmaco {

/// Closed vocabularies of guidance/phrases.yaml: section -> key -> phrase with {slots}.
struct Phrases {
  using Words = std::map<std::string, std::string, std::less<>>;
  Words actions;
  Words consequences;
  Words monitor;
  Words populations;
  Words strengths;
  Words levels;
  Words templates;
};

/// Returns the phrase with `{slot}` replaced wherever it stands; slots without a value stay as they are.
[[nodiscard]] std::string fill(std::string phrase, const std::map<std::string_view, std::string>& values);

}  // namespace stardose::pharmaco
