// Sink: text into a file that gets its name later.
#pragma once

#include <string>

#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

/// Writes text as it comes. The file, which must outlive it, is closed by whoever has it.
class TextSink {
 public:
  explicit TextSink(OutputFile& file) : file_{file} {}

  void put(const std::string& text) { file_.write(text); }
  void close() {}

 private:
  OutputFile& file_;
};

}  // namespace stardose::pipeline
