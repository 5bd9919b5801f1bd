// Reading a table of coefficients.
#include "learning/import/coefficient_table.h"

#include <algorithm>
#include <array>
#include <set>

#include "learning/document/lines.h"

namespace stardose::learning {

namespace {

constexpr std::array<std::string_view, 6> known_columns = {"feature", "coefficient", "unit",
                                                           "lowest",  "highest",     "mean"};
constexpr const char* how_it_looks =
    "a table has the columns feature and coefficient, if wanted unit, lowest, highest and mean, and a row a feature";
constexpr std::array links = {LinkFunction::identity, LinkFunction::logistic, LinkFunction::exponential,
                              LinkFunction::signed_square};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Cells between tabs, or commas where the line has no tab; quotes around a cell do not count.
std::vector<std::string_view> cells_of(std::string_view line) {
  const char separator = line.find('\t') != std::string_view::npos ? '\t' : ',';
  std::vector<std::string_view> cells;
  for (bool more = true; more;) {
    const std::size_t end = line.find(separator);
    std::string_view cell = trimmed(line.substr(0, end));
    if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    cells.push_back(cell);
    more = end != std::string_view::npos;
    if (more) line.remove_prefix(end + 1);
  }
  return cells;
}

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

class TableReader {
 public:
  TableReader(const std::string& file, std::string_view text) : lines_{file, without_mark(text), how_it_looks} {
    model_.source = "a table of coefficients";
    model_.outputs = {"prediction"};
  }

  Model run() {
    LinearModel linear{{}, {0}};
    while (lines_.next()) {
      const std::string_view line = trimmed(lines_.line());
      if (line.empty()) continue;
      if (line.starts_with('#')) {
        read_comment(line.substr(1));
      } else if (columns_.empty()) {
        read_header();
      } else {
        read_row(linear);
      }
    }
    if (columns_.empty()) lines_.fail_whole("the table is empty");
    model_.method = std::move(linear);
    if (const auto fault = fault_of(model_)) lines_.fail_whole(*fault);
    return std::move(model_);
  }

 private:
  void read_comment(std::string_view comment) {
    comment = trimmed(comment);
    if (!comment.starts_with("link:")) return;
    const std::string_view name = trimmed(comment.substr(5));
    const auto found = std::ranges::find(links, name, [](LinkFunction link) { return to_string(link); });
    if (found == links.end()) {
      lines_.fail("a link that a table cannot have: " + std::string{name} +
                  " (identity, logistic, exponential and signed_square can)");
    }
    model_.link.function = *found;
  }

  void read_header() {
    columns_ = cells_of(lines_.line());
    for (const std::string_view column : columns_) {
      if (std::ranges::find(known_columns, column) == known_columns.end()) {
        lines_.fail("a column that is not known: " + std::string{column});
      }
      if (std::ranges::count(columns_, column) > 1) lines_.fail("a column is there twice: " + std::string{column});
    }
    for (const char* column : {"feature", "coefficient"}) {
      if (std::ranges::find(columns_, column) == columns_.end()) lines_.fail("lacks the column " + std::string{column});
    }
  }

  std::string_view cell(const std::vector<std::string_view>& cells, std::string_view column) const {
    const auto place = std::ranges::find(columns_, column) - columns_.begin();
    return static_cast<std::size_t>(place) < cells.size() ? cells[static_cast<std::size_t>(place)] : std::string_view{};
  }
  std::optional<double> number(const std::vector<std::string_view>& cells, std::string_view column) const {
    const std::string_view text = cell(cells, column);
    if (text.empty()) return std::nullopt;
    return lines_.finite(text);
  }

  void read_row(LinearModel& linear) {
    const std::vector<std::string_view> cells = cells_of(lines_.line());
    if (cells.size() != columns_.size()) lines_.fail("has more or fewer cells than the header");
    const std::string name{cell(cells, "feature")};
    const double coefficient = lines_.finite(cell(cells, "coefficient"));
    if (name == "(Intercept)") {
      if (has_intercept_) lines_.fail("a second intercept");
      has_intercept_ = true;
      linear.intercepts[0] = coefficient;
      return;
    }
    if (!names_.insert(name).second) lines_.fail("two features of one name: " + name);
    model_.features.push_back({name, std::string{cell(cells, "unit")}, number(cells, "lowest"),
                               number(cells, "highest"), number(cells, "mean")});
    linear.weights.push_back(coefficient);
  }

  Lines lines_;
  std::vector<std::string_view> columns_;
  bool has_intercept_ = false;
  std::set<std::string> names_;
  Model model_;
};

}  // namespace

bool is_coefficient_table(std::string_view text) {
  const std::string no_file;
  Lines lines{no_file, without_mark(text)};
  while (lines.next()) {
    const std::string_view line = trimmed(lines.line());
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = cells_of(line);
    return std::ranges::find(cells, "feature") != cells.end() && std::ranges::find(cells, "coefficient") != cells.end();
  }
  return false;
}

Model read_coefficient_table(const std::string& file, std::string_view text) { return TableReader{file, text}.run(); }

}  // namespace stardose::learning
