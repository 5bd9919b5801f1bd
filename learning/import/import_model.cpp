// Telling kinds of files apart.
#include "learning/import/import_model.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"
#include "learning/document/json.h"
#include "learning/document/ubjson.h"
#include "learning/import/coefficient_table.h"
#include "learning/import/liblinear.h"
#include "learning/import/libsvm.h"
#include "learning/import/lightgbm.h"
#include "learning/import/xgboost.h"
#include "learning/model/model_file.h"

namespace stardose::learning {

namespace {

using genomics::Fault;
using genomics::InputError;

// Numbers in text take some ten times their length in memory while they are read.
constexpr std::size_t largest_file = std::size_t{1} << 30;

std::string bytes_of(const std::string& path) {
  if (std::filesystem::is_directory(path))
    throw InputError{Fault::input, {path, "", "is a folder", "give a model in it"}};
  std::ifstream file{path == "-" ? "/dev/stdin" : path, std::ios::binary};
  if (!file) throw InputError{Fault::input, {path, "", "cannot open the model", "check the path"}};
  std::string bytes;
  for (std::array<char, 1 << 16> piece{}; file;) {
    file.read(piece.data(), piece.size());
    bytes.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > largest_file) {
      throw InputError{Fault::input, {path, "", "the model is larger than 1 GiB", "train with fewer or smaller trees"}};
    }
  }
  if (file.bad()) throw InputError{Fault::input, {path, "", "cannot be read to its end", "make or fetch it again"}};
  return bytes;
}

/// A JSON object goes on with a name or its end, UBJSON with a length or a count.
bool is_json(std::string_view bytes) {
  const std::size_t open = bytes.find_first_not_of(" \t\r\n");
  if (open == std::string_view::npos || bytes[open] != '{') return false;
  const std::size_t next = bytes.find_first_not_of(" \t\r\n", open + 1);
  return next == std::string_view::npos || bytes[next] == '"' || bytes[next] == '}';
}

Model read_document(const Document& document) {
  if (is_model_file(document)) return read_model(document);
  if (is_xgboost(document)) return read_xgboost(document);
  throw InputError{Fault::input,
                   {document.file, "", "is JSON, but neither a model of stardose nor of XGBoost",
                    "XGBoost's models are written by save_model(); dump_model() leaves out what a prediction needs"}};
}

[[noreturn]] void refuse(const std::string& file, std::string_view bytes) {
  if (bytes.empty()) throw InputError{Fault::input, {file, "", "is empty", "make or fetch it again"}};
  if (bytes.starts_with('\x80')) {
    throw InputError{Fault::input,
                     {file, "", "is a pickle, which can run code: such a file is never loaded",
                      "save the model in its library's own format (XGBoost JSON, LightGBM text, ...)"}};
  }
  if (bytes.starts_with("\x1f\x8b") || bytes.starts_with("PK\x03\x04")) {
    throw InputError{Fault::input,
                     {file, "", "is compressed", "unpack it; pickles and archives of them are never loaded"}};
  }
  if (bytes.starts_with("binf") || bytes.starts_with("bs64")) {
    throw InputError{Fault::input,
                     {file, "", "is a model of XGBoost in its old binary format",
                      "write it again: booster.save_model('model.json')"}};
  }
  throw InputError{Fault::input,
                   {file, "", "is no model of a known kind",
                    "known are stardose and XGBoost JSON, XGBoost UBJSON, the texts of LightGBM, liblinear and libsvm, "
                    "and a table with the columns feature and coefficient"}};
}

bool has_text_format(std::string_view text) {
  return is_lightgbm(text) || is_liblinear(text) || is_libsvm(text) || is_coefficient_table(text);
}

/// Names of another encoding would go to results, and are no names of a table that is UTF-8.
void check_utf8(const std::string& file, std::string_view text) {
  const std::size_t bad = genomics::find_not_utf8(text);
  if (bad == std::string_view::npos) return;
  const auto line = 1 + std::ranges::count(text.substr(0, bad), '\n');
  throw InputError{Fault::input,
                   {file, "line " + std::to_string(line), "is not UTF-8: it holds a byte that begins no character",
                    "save the model with names in UTF-8"}};
}

}  // namespace

Model import_model(const std::string& path) { return import_model_from(path, bytes_of(path)); }

Model import_model_from(const std::string& file, std::string bytes) {
  Document document{file, std::move(bytes)};
  const std::string_view text = document.bytes;
  if (is_json(text)) {
    check_utf8(file, text);
    parse_json(document);
    return read_document(document);
  }
  if (text.starts_with('{')) {
    parse_ubjson(document);
    return read_document(document);
  }
  if (has_text_format(text)) check_utf8(file, text);
  if (is_lightgbm(text)) return read_lightgbm(file, text);
  if (is_liblinear(text)) return read_liblinear(file, text);
  if (is_libsvm(text)) return read_libsvm(file, text);
  if (is_coefficient_table(text)) return read_coefficient_table(file, text);
  refuse(file, text);
}

}  // namespace stardose::learning
