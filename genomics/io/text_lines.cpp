// Reading lines through HTSlib, which unpacks gzip and BGZF and leaves plain text as it is.
#include "genomics/io/text_lines.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include "genomics/basics/line_ends.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {
constexpr std::size_t piece = 1 << 18;
}

TextLines::TextLines(std::string path, std::string what) : path_{std::move(path)}, what_{std::move(what)} {
  hts_set_log_level(HTS_LOG_OFF);  // what it would say of a damaged file is in the message
  errno = 0;
  file_.reset(bgzf_open(path_.c_str(), "r"));
  if (!file_) {
    const std::string reason = errno == 0 ? "" : std::string{": "} + std::strerror(errno);
    throw InputError{Fault::input,
                     {path_, "", "cannot open the " + what_ + reason, "check the path and your permission to read it"}};
  }
  if (fill() && std::string_view{text_.data(), end_}.starts_with("\xef\xbb\xbf")) begin_ = 3;
}

bool TextLines::fill() {
  if (begin_ > 0) std::memmove(text_.data(), text_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (text_.size() < end_ + piece) text_.resize(end_ + piece);
  const ssize_t got = bgzf_read(file_.get(), text_.data() + end_, piece);
  if (got < 0) {
    throw InputError{Fault::input,
                     {path_, "", "the " + what_ + " cannot be read to its end",
                      "it is a folder, or was cut off or damaged; make or fetch it again"}};
  }
  if (std::memchr(text_.data() + end_, '\0', static_cast<std::size_t>(got)) != nullptr) {
    throw InputError{Fault::input,
                     {path_, "", "is not a text: the " + what_ + " holds a zero byte",
                      "give a text in UTF-8, plain or compressed by gzip, and not a spreadsheet"}};
  }
  end_ += static_cast<std::size_t>(got);
  return got > 0;
}

bool TextLines::next(std::string_view& line) {
  std::size_t searched = 0;
  for (;;) {
    const void* newline = end_ > begin_ + searched
                              ? std::memchr(text_.data() + begin_ + searched, '\n', end_ - begin_ - searched)
                              : nullptr;
    if (newline != nullptr) {
      const std::size_t size = static_cast<std::size_t>(static_cast<const char*>(newline) - text_.data()) - begin_;
      line = {text_.data() + begin_, size};
      begin_ += size + 1;
      break;
    }
    searched = end_ - begin_;
    if (fill()) continue;
    if (searched == 0) return false;
    line = {text_.data() + begin_, end_ - begin_};
    begin_ = end_;
    break;
  }
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  ++number_;
  if (find_lone_return(line) != std::string_view::npos) fail(lone_return, lone_return_help);
  return true;
}

void TextLines::fail(const std::string& why, const std::string& help) const {
  throw InputError{Fault::input, {path_, std::to_string(number_), why, help}};
}

}  // namespace stardose::genomics
