// The one file that sees yaml-cpp: its events become a tree, its exceptions a fault.
#include "config/yaml_tree.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <utility>

namespace stardose::config {

namespace {

using Kind = YamlNode::Kind;
using Extra = YamlNode::Extra;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// yaml-cpp folds the lines of a text into one, and takes a missing closing quote to stand at the end of the file.
/// rest: the line from where the text begins.
bool ends_on_its_line(std::string_view rest, const std::string& value) {
  const char first = rest.empty() ? '\0' : rest.front();
  if (first == '|' || first == '>') return false;
  if (first != '\'' && first != '"') return rest.starts_with(value);
  for (std::size_t i = 1; i < rest.size(); ++i) {
    const bool escape = first == '"' ? rest[i] == '\\' : rest.substr(i, 2) == "''";
    if (!escape && rest[i] == first) return true;
    if (escape) ++i;
  }
  return false;
}

/// Builds the tree from yaml-cpp's events; the open lists and maps are a stack.
class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(const std::string& text) : lines_{lines_of(text)} {}

  /// Returns the root, without the key or value that was being read when the text broke off.
  std::optional<YamlNode> take_root() {
    if (open_.empty()) return std::move(root_);
    YamlNode root = std::move(open_.front());
    if (root.kind == Kind::map && root.children.size() % 2 == 1) root.children.pop_back();
    return root;
  }

  /// Returns where the document begins, also when it broke off; none when there is none.
  [[nodiscard]] std::optional<TextPlace> start() const { return start_; }

  void OnDocumentStart(const YAML::Mark& mark) override { start_ = {mark.line + 1, mark.column + 1}; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(node(Kind::nothing, mark, "?", anchor)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    YamlNode alias = node(Kind::text, mark, "?", 0);
    alias.extra = Extra::alias;
    add(std::move(alias));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    YamlNode scalar = node(Kind::text, mark, tag, anchor);
    scalar.text = value;
    scalar.quoted = tag == "!";
    scalar.on_one_line = scalar.extra != Extra::none || ends_on_its_line(rest_of_line(mark), value);
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open_.push_back(node(Kind::list, mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open_.push_back(node(Kind::map, mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  /// yaml-cpp gives the tag `?` to what is plain and `!` to what is quoted or, rarely, marked with a bare `!`.
  [[nodiscard]] YamlNode node(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    YamlNode made;
    made.kind = kind;
    made.place = {mark.line + 1, mark.column + 1};
    const bool tagged = tag.size() > 1 || rest_of_line(mark).starts_with('!');
    made.extra = anchor != 0 ? Extra::anchor : tagged ? Extra::tag : Extra::none;
    return made;
  }

  [[nodiscard]] std::string_view rest_of_line(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(mark.line);
    const auto column = static_cast<std::size_t>(mark.column);
    if (line >= lines_.size() || column > lines_[line].size()) return {};
    return lines_[line].substr(column);
  }

  void add(YamlNode made) {
    if (open_.empty())
      root_ = std::move(made);
    else
      open_.back().children.push_back(std::move(made));
  }

  void close() {
    YamlNode closed = std::move(open_.back());
    open_.pop_back();
    add(std::move(closed));
  }

  std::vector<std::string_view> lines_;
  std::vector<YamlNode> open_;
  std::optional<YamlNode> root_;
  std::optional<TextPlace> start_;
};

/// What yaml-cpp says, and what we say instead.
struct Wording {
  const char* message;
  const char* why;
  const char* help;
};

const std::array<Wording, 6> wordings = {{
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "an unquoted star begins a YAML alias", "quote star names: '*2'"},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, "an unquoted star begins a YAML alias", "quote star names: '*2'"},
    {YAML::ErrorMsg::CHAR_IN_ALIAS, "an unquoted star begins a YAML alias", "quote star names: '*2'"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "a bracket is not closed before this place", "close it: `[a, b]`"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "a bracket is not closed before this place", "close it: `[a, b]`"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "an entry of a list stands in the wrong place",
     "write each entry as `- entry` in a line of its own, under its key; quote a lone '-'"},
}};

WorkflowFault fault_of(const YAML::Exception& error) {
  const TextPlace place{error.mark.line + 1, error.mark.column + 1};
  const bool too_deep = dynamic_cast<const YAML::DeepRecursion*>(&error) != nullptr;
  if (too_deep) return {place, "too many brackets", "keys and lists are not nested"};
  for (const Wording& wording : wordings) {
    if (error.msg.starts_with(wording.message)) return {place, wording.why, wording.help};
  }
  return {place, "not YAML: " + error.msg,
          "write `key: value`, one a line; quote text that holds `: ` or begins with a special character"};
}

}  // namespace

YamlTree read_yaml(const std::string& text) {
  TreeBuilder builder{text};
  TreeBuilder second{text};
  std::optional<WorkflowFault> fault;
  try {
    std::istringstream stream{text};
    YAML::Parser parser{stream};
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(second);
  } catch (const YAML::Exception& error) {
    fault = fault_of(error);
  }
  if (second.start())
    fault = {*second.start(), "a second document begins here", "remove the line `---` and what follows"};
  return {builder.take_root(), std::move(fault)};
}

}  // namespace stardose::config
