// A table that is written sample by sample.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/parts/result_table.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

/// Has its name when it is closed. Throws InputError (output).
class TableFile {
 public:
  /// Makes the folder that it is in.
  TableFile(const std::string& path, TableFrame frame);

  /// Writes the rows of one sample.
  void put(std::string_view rows);
  void close();

 private:
  TableFrame frame_;
  OutputFile file_;
  bool is_first_ = true;
};

}  // namespace stardose::pipeline
