// CYP2D6 diplotypes as texts.
#include "diplotype_text.h"

#include <algorithm>
#include <array>
#include <regex>
#include <stdexcept>

#include "tests/shared/text_table.h"

namespace stardose::tests {
namespace {

constexpr std::array<std::string_view, 6> verdict_words{"exact",           "same content", "ambiguous",
                                                        "ambiguous wrong", "wrong",        "no call"};
constexpr std::array<std::string_view, 7> hybrids{"*13", "*36", "*61", "*63", "*68", "*83", "*141"};

Copies read_copies(const std::string& text, const FormerNames& former) {
  static const std::regex one{R"(\*?(\d+)[A-WYZ]?\d?(\.\d+)?( ?[xX](\d+))?(\([a-z]+\))?)"};
  Copies copies;
  for (const std::string& part : split_text(text, "+")) {
    std::smatch found;
    if (!std::regex_match(part, found, one)) throw std::runtime_error{"not a haplotype: " + text};
    std::string name = "*" + found[1].str();
    if (const auto now = former.find(name); now != former.end()) name = now->second;
    copies.insert(copies.end(), found[4].matched ? std::stoul(found[4]) : 1U, name);
  }
  std::sort(copies.begin(), copies.end());
  return copies;
}

Copies content_of(const NamedCopies& copies) {
  Copies all = copies.first;
  all.insert(all.end(), copies.second.begin(), copies.second.end());
  std::erase(all, "*5");
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

FormerNames read_former_names(const std::string& path, const std::string& gene) {
  FormerNames names;
  for (const TableRow& row : read_table(path)) {
    if (row.at("gene") == gene) names[row.at("truth")] = row.at("ours");
  }
  return names;
}

NamedCopies read_named_copies(std::string_view text, const FormerNames& former) {
  const auto sides = split_text(text, "/");
  if (sides.size() != 2) throw std::runtime_error{"not a diplotype: " + std::string{text}};
  NamedCopies copies{read_copies(sides[0], former), read_copies(sides[1], former)};
  if (copies.second < copies.first) std::swap(copies.first, copies.second);
  return copies;
}

std::string_view to_string(Verdict verdict) { return verdict_words.at(static_cast<std::size_t>(verdict)); }

Verdict verdict_of(std::string_view word) {
  const auto found = std::find(verdict_words.begin(), verdict_words.end(), word);
  if (found == verdict_words.end()) throw std::runtime_error{"no verdict: " + std::string{word}};
  return static_cast<Verdict>(found - verdict_words.begin());
}

Verdict judge(const std::string& truth, const std::vector<std::string>& called, const FormerNames& former) {
  if (called.empty()) return Verdict::no_call;
  const NamedCopies wanted = read_named_copies(truth, former);
  const auto is_truth = [&](const std::string& text) { return read_named_copies(text, former) == wanted; };
  if (called.size() > 1) {
    return std::any_of(called.begin(), called.end(), is_truth) ? Verdict::ambiguous : Verdict::ambiguous_wrong;
  }
  if (is_truth(called.front())) return Verdict::exact;
  return content_of(read_named_copies(called.front(), former)) == content_of(wanted) ? Verdict::same_content
                                                                                     : Verdict::wrong;
}

std::string_view structural_class(std::string_view text, const FormerNames& former) {
  const NamedCopies copies = read_named_copies(text, former);
  Copies all = copies.first;
  all.insert(all.end(), copies.second.begin(), copies.second.end());
  if (std::find(all.begin(), all.end(), "*5") != all.end()) return "deletion";
  if (text.find("*4.013") != std::string_view::npos) return "hybrid";  // the one suballele with the paralog's exon 9
  for (const std::string_view hybrid : hybrids) {
    if (std::find(all.begin(), all.end(), hybrid) != all.end()) return "hybrid";
  }
  return all.size() > 2 ? "duplication" : "none";
}

}  // namespace stardose::tests
