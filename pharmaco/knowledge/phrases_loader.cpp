// From phrases.yaml to Phrases.
#include "pharmaco/knowledge/phrases_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "pharmaco/knowledge/yaml_fields.h"

namespace stardose::pharmaco {

namespace {

constexpr const char* file = "guidance/phrases.yaml";

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 10> slots = {"drug",        "dose", "limit",  "alternatives", "monitor",
                                                    "consequence", "text", "source", "gene",         "condition"};
// What the program says of its own accord.
constexpr std::array<std::string_view, 4> own_actions = {"standard", "undetermined", "no_result", "no_advice"};
constexpr std::array<std::string_view, 4> levels = {"action", "caution", "none", "unknown"};
constexpr std::array<std::string_view, 21> templates = {
    "consequence",      "dose",       "if_used",     "limit",    "alternatives",
    "monitor",          "note",       "population",  "version",  "no_diplotype",
    "carriers_only",    "all_action", "any_action",  "too_many", "possibility",
    "possibility_none", "gene_is",    "gene_scores", "score",    "standard_incomplete",
    "other_readings"};

class PhrasesLoader {
 public:
  PhrasesLoader(const YAML::Node& root, CatalogueFaults& faults)
      : fields_{file,
                root,
                {"actions", "consequences", "monitor", "populations", "strengths", "levels", "templates"},
                faults},
        faults_{faults} {}

  Phrases load() {
    return {section("actions", own_actions, false), section("consequences", {}, false), section("monitor", {}, false),
            section("populations", {}, false),      section("strengths", {}, false),    section("levels", levels, true),
            section("templates", templates, true)};
  }

 private:
  void fault(const YAML::Node& at, const std::string& why) {
    faults_.add(file, at.Mark().is_null() ? 0 : static_cast<std::size_t>(at.Mark().line) + 1, why);
  }

  void check_slots(const YAML::Node& at, const std::string& key, std::string_view phrase) {
    for (std::size_t open = phrase.find('{'); open != std::string_view::npos; open = phrase.find('{', open + 1)) {
      const std::string_view slot = phrase.substr(open + 1, phrase.find('}', open) - open - 1);
      if (std::ranges::find(slots, slot) == slots.end()) fault(at, key + ": unknown slot {" + std::string{slot} + "}");
    }
  }

  /// `closed`: no other keys than those needed.
  Phrases::Words section(const std::string& name, Names needed, bool closed) {
    Phrases::Words words;
    const YAML::Node node = fields_.node(name);
    if (!node.IsDefined() || !node.IsMap()) {
      fields_.fault(name, "expected `key: phrase` lines");
      return words;
    }
    for (const auto& item : node) {
      const std::string key = item.first.IsScalar() ? item.first.Scalar() : "";
      const std::string phrase = item.second.IsScalar() ? item.second.Scalar() : "";
      if (key.empty() || phrase.empty()) fault(item.first, name + ": expected `key: phrase`");
      if (closed && std::ranges::find(needed, key) == needed.end()) {
        fault(item.first, fmt::format("{}: unknown key {}", name, key));
      }
      if (!words.emplace(key, phrase).second)
        fault(item.first, fmt::format("{}: the key is there twice: {}", name, key));
      check_slots(item.second, key, phrase);
    }
    for (const std::string_view key : needed) {
      if (!words.contains(key)) fields_.fault(name, "the key is missing: " + std::string{key});
    }
    return words;
  }

  YamlFields fields_;
  CatalogueFaults& faults_;
};

}  // namespace

Phrases load_phrases(const CatalogueFiles& files, CatalogueFaults& faults) {
  const auto text = files.texts.find(file);
  if (text == files.texts.end()) {
    faults.add(file, 0, "the file is missing");
    return {};
  }
  return PhrasesLoader{parse_yaml(file, text->second, faults), faults}.load();
}

}  // namespace stardose::pharmaco
