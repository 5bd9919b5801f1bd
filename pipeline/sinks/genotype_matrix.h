// Sink: copies of alleles in each patient as a NumPy array and a MatrixMarket matrix, variant after variant.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/matrix/bim_row.h"
#include "genomics/matrix/matrix_rows.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

struct GenotypeMatrixOptions {
  std::string folder;
  bool npy = true;
  bool market = false;
  bool dosages = false;                         ///< rows come as MatrixRows::dosages
  std::set<std::string, std::less<>> variants;  ///< IDs or chrom:pos:other:counted; none: all
};

/// Writes genotypes.npy (a row a patient, a column a variant, columns one after the other: int8 with -1 for missing, or
/// of dosages float32 with NaN), genotypes.mtx, genotypes.variants.tsv and genotypes.patients.tsv as rows come in, and
/// names them at close(). Keeps nothing but names: memory does not grow with variants. Throws InputError (output).
class GenotypeMatrix {
 public:
  /// `patients` are the matrix's rows; `samples` those of the rows that will come. Throws InputError (mismatch) for a
  /// patient who is not among them.
  GenotypeMatrix(GenotypeMatrixOptions options, std::vector<std::string> patients,
                 const std::vector<std::string>& samples);

  void put(const genomics::MatrixRows& rows);
  /// `row`: as of a .bed, of all samples.
  void put(const genomics::BimRow& variant, std::span<const std::uint8_t> row);
  void close();

  [[nodiscard]] std::size_t variants() const { return variants_; }
  /// Those that were asked for and did not come.
  [[nodiscard]] std::vector<std::string> not_found() const;

 private:
  [[nodiscard]] bool is_wanted(const genomics::BimRow& variant);
  void describe(const genomics::BimRow& variant);
  void write_codes(std::span<const std::uint8_t> row);
  void write_dosages(std::span<const float> values);
  void add_entry(std::size_t patient, double value);

  GenotypeMatrixOptions options_;
  std::vector<std::string> patients_;
  std::size_t samples_;
  std::vector<std::size_t> places_;  // of each patient among the samples
  bool in_order_;
  std::optional<OutputFile> npy_;
  std::optional<OutputFile> market_;
  OutputFile names_;
  std::set<std::string, std::less<>> found_;
  std::size_t variants_ = 0;
  std::size_t entries_ = 0;
  std::string bytes_;  // of the variant at hand
  std::string lines_;
};

}  // namespace stardose::pipeline
