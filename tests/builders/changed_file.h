// A model file of tests/learning/import/models with one thing changed, and what the importer says of it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "genomics/input_error.h"
#include "learning/import/import_model.h"
#include "tests/builders/temp_folder.h"

namespace stardose::test {

class ChangedFile {
 public:
  explicit ChangedFile(const std::string& name)
      : text_{read_bytes(std::string{STARDOSE_SOURCE_DIR "/tests/learning/import/models/"} + name)} {}

  /// Returns the file after the first `from` has become `to`.
  [[nodiscard]] ChangedFile with(const std::string& from, const std::string& to) const {
    ChangedFile changed = *this;
    const std::size_t at = text_.find(from);
    REQUIRE(at != std::string::npos);
    changed.text_.replace(at, from.size(), to);
    return changed;
  }

  /// Says what is wrong after the first `from` has become `to`; `m` is the file's name. `read`: nothing is.
  [[nodiscard]] std::string refusal(const std::string& from, const std::string& to) const {
    return refusal_of(with(from, to).text_);
  }

  /// The same of a file that ends behind the first `last`.
  [[nodiscard]] std::string refusal_cut_behind(const std::string& last) const {
    const std::size_t at = text_.find(last);
    REQUIRE(at != std::string::npos);
    return refusal_of(text_.substr(0, at + last.size()));
  }

 private:
  [[nodiscard]] static std::string refusal_of(const std::string& text) {
    try {
      (void)learning::import_model_from("m", text);
    } catch (const genomics::InputError& error) {
      CHECK_FALSE(error.parts().help.empty());
      return error.what();
    }
    return "read";
  }

  std::string text_;
};

}  // namespace stardose::test
