// Start, rows and separators, end.
#include "pipeline/sinks/table_file.h"

#include <filesystem>
#include <utility>

namespace stardose::pipeline {

namespace {

const std::string& in_folder(const std::string& path) {
  make_folder(std::filesystem::path{path}.parent_path().string());
  return path;
}

}  // namespace

TableFile::TableFile(const std::string& path, TableFrame frame) : frame_{std::move(frame)}, file_{in_folder(path)} {
  file_.write(frame_.start);
}

void TableFile::put(std::string_view rows) {
  if (!is_first_) file_.write(frame_.separator);
  is_first_ = false;
  file_.write(rows);
}

void TableFile::close() {
  file_.write(frame_.end);
  file_.close(true);
}

}  // namespace stardose::pipeline
