// Tab-separated tables with a header line, plain or gzipped.
#pragma once

#include <htslib/hts.h>
#include <htslib/kseq.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::tests {

using TableRow = std::map<std::string, std::string>;

inline std::vector<std::string> split_text(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.emplace_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + separator.size();
  }
}

inline std::string join_text(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

/// Lines of a text file, gzipped or not. Throws when it cannot be read.
inline std::vector<std::string> lines_of(const std::string& path) {
  const std::unique_ptr<htsFile, int (*)(htsFile*)> file{hts_open(path.c_str(), "r"), &hts_close};
  if (!file) throw std::runtime_error{"cannot read " + path};
  kstring_t text{0, 0, nullptr};
  std::vector<std::string> lines;
  int status = 0;
  while ((status = hts_getline(file.get(), KS_SEP_LINE, &text)) >= 0) lines.emplace_back(text.s, text.l);
  std::free(text.s);  // NOLINT: HTSlib allocates with malloc
  if (status < -1) throw std::runtime_error{"cannot read to the end: " + path};
  return lines;
}

/// Rows by column name. Lines starting with # before the header are left out.
inline std::vector<TableRow> read_table(const std::string& path) {
  std::vector<TableRow> rows;
  std::vector<std::string> header;
  for (const std::string& line : lines_of(path)) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells = split_text(line, "\t");
    if (header.empty()) {
      header = std::move(cells);
      continue;
    }
    cells.resize(header.size());
    TableRow& row = rows.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

}  // namespace stardose::tests
