// Bases as text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stardose::tests {

inline char complement(char base) {
  switch (base) {
    case 'A': return 'T';
    case 'C': return 'G';
    case 'G': return 'C';
    case 'T': return 'A';
    default: return 'N';
  }
}

inline std::string reverse_complement(std::string_view bases) {
  std::string turned(bases.rbegin(), bases.rend());
  std::transform(turned.begin(), turned.end(), turned.begin(), complement);
  return turned;
}

/// (title, upper-case bases) of each record of a FASTA's lines.
inline std::vector<std::pair<std::string, std::string>> fasta_records(const std::vector<std::string>& lines) {
  std::vector<std::pair<std::string, std::string>> records;
  for (const std::string& line : lines) {
    if (line.starts_with('>')) {
      records.emplace_back(line.substr(1), "");
    } else if (!records.empty()) {
      for (const char c : line) records.back().second += static_cast<char>(c & ~0x20);  // upper case
    }
  }
  return records;
}

}  // namespace stardose::tests
