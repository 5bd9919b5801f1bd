// Sink: dosages.bed, dosages.bim and dosages.fam.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "genomics/matrix/matrix_rows.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

/// A PLINK 1 fileset, written as rows come in and named at close(). Throws InputError (output).
class PlinkFiles {
 public:
  explicit PlinkFiles(const std::string& folder);

  void put(const genomics::MatrixRows& rows);
  /// Writes the .fam, one line a sample, and names all three.
  void close(std::span<const std::string> samples);

 private:
  OutputFile bed_;
  OutputFile bim_;
  OutputFile fam_;
};

/// Throws InputError (mismatch) for a sample whose name a .fam cannot hold: it separates columns by white space, and
/// takes `0` for nobody.
void check_fam_names(std::span<const std::string> samples);

}  // namespace stardose::pipeline
