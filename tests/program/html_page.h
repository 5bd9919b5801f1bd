// Reading our own pages: sections, rows and cards as plain text.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::tests {

/// Text of a piece of a page: tags gone, entities resolved.
inline std::string text_of_html(std::string_view html) {
  std::string text;
  while (!html.empty()) {
    if (html.front() == '<') {
      html.remove_prefix(html.find('>') + 1);
      continue;
    }
    struct Entity {
      std::string_view name;
      char meant;
    };
    static constexpr Entity entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    bool resolved = false;
    for (const Entity& entity : entities) {
      if (!html.starts_with(entity.name)) continue;
      text += entity.meant;
      html.remove_prefix(entity.name.size());
      resolved = true;
      break;
    }
    if (resolved) continue;
    if (html.front() != '\n') text += html.front();
    html.remove_prefix(1);
  }
  return text;
}

/// Pieces from each `begin` to the `end` after it, both left out.
inline std::vector<std::string_view> pieces(std::string_view html, std::string_view begin, std::string_view end) {
  std::vector<std::string_view> found;
  for (std::size_t at = html.find(begin); at != std::string_view::npos; at = html.find(begin, at)) {
    at += begin.size();
    const std::size_t stop = html.find(end, at);
    if (stop == std::string_view::npos) throw std::runtime_error{"no end of " + std::string{begin}};
    found.push_back(html.substr(at, stop - at));
    at = stop;
  }
  return found;
}

/// The section with this id.
inline std::string_view section_of(std::string_view page, const std::string& id) {
  const auto found = pieces(page, "<section id=\"" + id + "\"", "</section>");
  return found.empty() ? std::string_view{} : found.front();
}

/// A card of one drug, or of several under one name each.
struct DrugCard {
  std::vector<std::string> drugs;
  std::string level;  ///< its class: action, caution, unknown, none
  std::string text;
};

inline std::vector<DrugCard> cards_of(std::string_view html) {
  std::vector<DrugCard> cards;
  for (const std::string_view card : pieces(html, "<li class=\"drug ", "</li>")) {
    std::string_view name = pieces(card, "<h3>", "</h3>").front();
    name.remove_prefix(name.find("</span>"));
    name = name.substr(0, name.find("<span class=\"note\""));
    DrugCard& read = cards.emplace_back();
    const std::string names = text_of_html(name);
    for (std::size_t at = 0; at <= names.size();) {
      const std::size_t end = std::min(names.find(", ", at), names.size());
      read.drugs.push_back(names.substr(at, end - at));
      at = end + 2;
    }
    read.level = card.substr(0, card.find('"'));
    read.text = text_of_html(card.substr(card.find('>') + 1));
  }
  return cards;
}

}  // namespace stardose::tests
