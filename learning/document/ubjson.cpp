// A recursive reader of UBJSON.
#include "learning/document/ubjson.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"

namespace stardose::learning {

namespace {

using genomics::Fault;
using genomics::InputError;

class UbjsonReader {
 public:
  explicit UbjsonReader(Document& document) : file_{document.file}, bytes_{document.bytes} {}

  Value whole() {
    Value value = read(marker(), 0);
    if (at_ != bytes_.size()) fail("something follows the end of the document");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw InputError{Fault::input,
                     {file_, "byte " + std::to_string(at_ + 1), why,
                      "the file is damaged or no UBJSON: write it again with the program that trained the model"}};
  }

  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - at_) fail("the file ends within a value");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }

  char marker() {
    char c = 'N';  // no-op
    while (c == 'N') c = take(1).front();
    return c;
  }

  bool next_is(char c) const { return at_ < bytes_.size() && bytes_[at_] == c; }

  /// Bytes of a number; 0 for another marker.
  static std::size_t width_of(char type) {
    switch (type) {
      case 'i':
      case 'U': return 1;
      case 'I': return 2;
      case 'l':
      case 'd': return 4;
      case 'L':
      case 'D': return 8;
      default: return 0;
    }
  }

  Value number(char type) {
    const std::size_t width = width_of(type);
    std::uint64_t bits = 0;  // big-endian
    for (const char byte : take(width)) bits = bits << 8 | static_cast<unsigned char>(byte);
    switch (type) {
      case 'i': return {static_cast<std::int64_t>(static_cast<std::int8_t>(bits))};
      case 'U': return {static_cast<std::int64_t>(bits)};
      case 'I': return {static_cast<std::int64_t>(static_cast<std::int16_t>(bits))};
      case 'l': return {static_cast<std::int64_t>(static_cast<std::int32_t>(bits))};
      case 'L': return {static_cast<std::int64_t>(bits)};
      case 'd': return {static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))};
      default: return {std::bit_cast<double>(bits)};
    }
  }

  std::size_t length() {
    const char type = take(1).front();
    if (width_of(type) == 0 || type == 'd' || type == 'D') fail("a length is no whole number");
    const std::int64_t count = std::get<std::int64_t>(number(type).held);
    // Every item takes a byte or more: what the file cannot hold is never asked of the memory.
    if (count < 0 || static_cast<std::uint64_t>(count) > bytes_.size() - at_) fail("a length does not fit the file");
    return static_cast<std::size_t>(count);
  }

  std::string string() {
    const std::string_view text = take(length());
    if (genomics::find_not_utf8(text) != std::string_view::npos) fail("a text is not UTF-8");
    return std::string{text};
  }

  std::string character() {
    const std::string_view text = take(1);
    if (static_cast<unsigned char>(text.front()) >= 0x80) fail("a character is not ASCII");
    return std::string{text};
  }

  Value read(char type, int depth) {
    if (depth > deepest_nesting) fail("values are nested too deep");
    switch (type) {
      case 'Z': return {};
      case 'T': return {true};
      case 'F': return {false};
      case 'S': return {string()};
      case 'C': return {character()};
      case '[': return {array(depth)};
      case '{': return {object(depth)};
      default: break;
    }
    if (width_of(type) == 0) fail("an unknown kind of value");
    return number(type);
  }

  /// `$` and the type of all items, `#` and their number: either, both (in that order) or none.
  struct Header {
    char type = 0;
    bool counted = false;
    std::size_t count = 0;
  };

  Header header() {
    Header header;
    if (next_is('$')) {
      header.type = take(2).back();
      if (width_of(header.type) == 0) fail("an unknown kind of items");
      if (!next_is('#')) fail("typed items have no number");
    }
    if (next_is('#')) {
      ++at_;
      header.counted = true;
      header.count = length();
    }
    return header;
  }

  Array array(int depth) {
    const Header header = this->header();
    Array items;
    if (header.counted) {
      if (header.type != 0 && header.count > (bytes_.size() - at_) / width_of(header.type)) {
        fail("a length does not fit the file");
      }
      items.reserve(header.type != 0 ? header.count : 0);
      for (std::size_t k = 0; k < header.count; ++k) {
        items.push_back(header.type != 0 ? number(header.type) : read(marker(), depth + 1));
      }
      return items;
    }
    for (char type = marker(); type != ']'; type = marker()) items.push_back(read(type, depth + 1));
    return items;
  }

  void add_member(Object& members, int depth, char type) {
    std::string name = string();
    if (members.size() == most_members) fail("too many names in one object");
    if (std::ranges::any_of(members, [&](const auto& member) { return member.first == name; })) {
      fail("a name is there twice: " + name);
    }
    members.emplace_back(std::move(name), type != 0 ? number(type) : read(marker(), depth + 1));
  }

  Object object(int depth) {
    const Header header = this->header();
    Object members;
    if (header.counted) {
      for (std::size_t k = 0; k < header.count; ++k) add_member(members, depth, header.type);
      return members;
    }
    while (!next_is('}')) {
      if (next_is('N')) {
        ++at_;
      } else {
        add_member(members, depth, 0);
      }
    }
    ++at_;
    return members;
  }

  const std::string& file_;
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

void parse_ubjson(Document& document) { document.root = UbjsonReader{document}.whole(); }

}  // namespace stardose::learning
