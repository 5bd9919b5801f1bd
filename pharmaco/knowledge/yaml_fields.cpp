// YAML mappings with known keys.
#include "pharmaco/knowledge/yaml_fields.h"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/nearest_name.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t largest_yaml = 1 << 20;  // yaml-cpp reads a megabyte or two a second

/// Empties comment lines: yaml-cpp reads each of their characters as dearly as any other, and numbers must not shift.
std::string without_comments(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (text.front() != '#') kept += text.substr(0, end);
    kept += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return kept;
}

/// Counts the nodes that a text stands for when its aliases are written out, and throws when they are too many: a few
/// lines can stand for more than a computer's memory.
class SizeCheck : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(mark, anchor, 1); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = sizes_.find(anchor);
    if (known == sizes_.end()) throw YAML::ParserException{mark, "an alias (*) that stands for what it is in"};
    add(mark, 0, known->second);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                const std::string& /*value*/) override {
    add(mark, anchor, 1);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({mark, anchor, 1});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open_.push_back({mark, anchor, 1});
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YAML::Mark mark;
    YAML::anchor_t anchor;
    std::size_t size;
  };

  void close() {
    const Open closed = open_.back();
    open_.pop_back();
    add(closed.mark, closed.anchor, closed.size);
  }
  void add(const YAML::Mark& mark, YAML::anchor_t anchor, std::size_t size) {
    constexpr std::size_t most = 1'000'000;
    if (anchor != 0) sizes_[anchor] = size;
    if (open_.empty()) return;
    open_.back().size += size;
    if (open_.back().size > most) throw YAML::ParserException{mark, "aliases (*) that stand for too much"};
  }

  std::vector<Open> open_;
  std::map<YAML::anchor_t, std::size_t> sizes_;
};

// Only a text with anchors has aliases; most have no & at all, and are not read twice. Of several documents the first
// alone is used; yaml-cpp finds no end of them in `,&`.
void check_aliases(const std::string& text) {
  if (text.find('&') == std::string::npos) return;
  std::istringstream stream{text};
  YAML::Parser parser{stream};
  SizeCheck check;
  (void)parser.HandleNextDocument(check);
}

}  // namespace

std::size_t line_of(const YAML::Node& node) {
  const bool placed = node.IsDefined() && !node.Mark().is_null();
  return placed ? static_cast<std::size_t>(node.Mark().line) + 1 : 0;
}

void note_faults(const std::string& file, CatalogueFaults& faults, const std::function<void()>& read) {
  try {
    read();
  } catch (const YAML::Exception& error) {
    faults.add(file, error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.line) + 1,
               "has keys, lists or values where it should not: " + error.msg);
  }
}

void refuse_faults(const CatalogueFaults& faults, const std::string& help) {
  const std::vector<std::string>& lines = faults.lines();
  if (lines.empty()) return;
  constexpr std::size_t shown = 20;
  std::string text = help;
  for (std::size_t i = 1; i < std::min(lines.size(), shown); ++i) text += "\nalso " + genomics::printable(lines[i]);
  if (lines.size() > shown) text += "\nand " + std::to_string(lines.size() - shown) + " more";
  throw genomics::InputError{genomics::Fault::input, {"", "", lines.front(), text}};
}

YAML::Node parse_yaml(const std::string& file, const std::string& text, CatalogueFaults& faults) {
  try {
    const std::string kept = without_comments(text);
    if (kept.size() > largest_yaml) {
      faults.add(file, 0, "is larger than 1 MB, which no such file has to be");
      return YAML::Node{YAML::NodeType::Undefined};
    }
    check_aliases(kept);
    return YAML::Load(kept);
  } catch (const YAML::Exception& error) {
    faults.add(file, error.mark.is_null() ? 0 : static_cast<std::size_t>(error.mark.line) + 1,
               "not YAML: " + error.msg + " (star names must be quoted)");
  }
  return YAML::Node{YAML::NodeType::Undefined};
}

std::string unknown_word(const std::string& word, const std::vector<std::string_view>& known) {
  const std::string nearest = genomics::nearest_name(word, {known.begin(), known.end()});
  std::string said = nearest.empty() ? "; there are " : "; did you mean `" + nearest + "`? There are ";
  for (std::size_t k = 0; k < known.size(); ++k) said.append(k == 0 ? "" : ", ").append(known[k]);
  return known.empty() ? "; there are none" : said;
}

YamlFields::YamlFields(std::string file, const YAML::Node& node, const std::vector<std::string_view>& known,
                       CatalogueFaults& faults)
    : file_{std::move(file)}, node_{node}, line_{line_of(node)}, faults_{faults} {
  if (!node_.IsDefined() || !node_.IsMap()) {
    faults_.add(file_, line_, "expected `key: value` lines");
    node_.reset(YAML::Node{YAML::NodeType::Map});  // an assignment would change the document
    return;
  }
  std::map<std::string, std::size_t> lines;  // yaml-cpp looks a key up by going through all of them
  for (const auto& item : node_) {
    const auto key = item.first.as<std::string>("");
    const auto [first, is_new] = lines.emplace(key, line_of(item.second));
    if (!is_new) faults_.add(file_, first->second, key + ": the key is there twice");
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    faults_.add(file_, first->second, key + ": unknown key" + unknown_word(key, known));
  }
}

void YamlFields::fault(const std::string& key, const std::string& why) const {
  const YAML::Node at = node_[key];
  faults_.add(file_, at.IsDefined() ? line_of(at) : line_, key + ": " + why);
}

std::string YamlFields::text(const std::string& key) const {
  if (!has(key)) fault(key, "the key is missing");
  return text_or(key, "");
}

std::string YamlFields::text_or(const std::string& key, const std::string& otherwise) const {
  if (!has(key)) return otherwise;
  if (!node_[key].IsScalar()) {
    fault(key, "expected a text");
    return otherwise;
  }
  return node_[key].Scalar();
}

std::vector<YAML::Node> YamlFields::items(const std::string& key) const {
  std::vector<YAML::Node> nodes;
  if (!has(key)) return nodes;
  if (!node_[key].IsSequence()) fault(key, "expected a list");
  for (std::size_t k = 0; node_[key].IsSequence() && k < node_[key].size(); ++k) nodes.push_back(node_[key][k]);
  return nodes;
}

std::vector<std::pair<std::string, YAML::Node>> YamlFields::entries(const std::string& key) const {
  std::vector<std::pair<std::string, YAML::Node>> entries;
  if (!has(key)) return entries;
  if (!node_[key].IsMap()) {
    fault(key, "expected names, each with what it is");
    return entries;
  }
  for (const auto& item : node_[key]) {
    if (!item.first.IsScalar()) fault(key, "expected names, each with what it is");
    entries.emplace_back(item.first.Scalar(), item.second);
  }
  return entries;
}

std::vector<std::string> YamlFields::list(const std::string& key) const {
  std::vector<std::string> items;
  if (!has(key)) return items;
  if (!node_[key].IsSequence()) fault(key, "expected a list");
  for (const auto& item : node_[key]) {
    if (item.IsScalar()) {
      items.push_back(item.Scalar());
    } else {
      fault(key, "expected a list of texts");
    }
  }
  return items;
}

}  // namespace stardose::pharmaco
