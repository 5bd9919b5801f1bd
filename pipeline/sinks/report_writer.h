// The reports of samples as files.
#pragma once

#include <optional>
#include <string>

#include "pipeline/sinks/pdf_printer.h"
#include "pipeline/stages/render_samples.h"

namespace stardose::pipeline {

/// Writes pages and documents into FOLDER/report, each named when it is whole, and prints pages if that is wanted.
class ReportWriter {
 public:
  /// Makes the folder. Throws InputError: it cannot be made, or there is no program that prints.
  ReportWriter(const std::string& folder, const Wanted& wanted);

  /// Adds what was printed to the samples' reports, if those are told. Throws InputError (output).
  void write(RenderedSamples& samples) const;

 private:
  void print(const std::string& page, RenderedSamples& samples) const;

  std::string folder_;
  bool wants_digests_;
  std::optional<PdfPrinter> printer_;
};

}  // namespace stardose::pipeline
