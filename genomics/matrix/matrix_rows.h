// Records as rows of a PLINK 1 fileset: what a .bim says of them, and a .bed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/genotype_judge.h"
#include "genomics/io/genotype_thresholds.h"
#include "genomics/io/variant_file.h"

namespace stardose::genomics {

/// Rows, ready to be written one after the other.
struct MatrixRows {
  static constexpr std::size_t many = 1 << 20;  ///< bytes of `bed` that are worth a write

  std::string bim;             ///< a line each
  std::string bed;             ///< bed_row_size() bytes each
  std::vector<float> dosages;  ///< in place of `bed`: copies in each sample, NaN where they are not known

  /// Calls `use` and forgets the rows, unless they are fewer bytes than `least`.
  void hand_over(const std::function<void(const MatrixRows&)>& use, std::size_t least);
};

/// Which rows are made, and of what.
struct RowPlan {
  /// Says which records are wanted at all; called on any thread. Empty: all are.
  std::function<bool(const RecordAlleles&)> wants = {};
  /// true: a record with several alternatives has a row for REF, too, and A2 lists all its other alleles; false: a row
  /// for each alternative, and A2 is REF.
  bool every_allele = false;
  /// true: rows are MatrixRows::dosages, FORMAT/DS where a record has it and else GT.
  bool dosages = false;
};

/// What a .bed begins with: its mark, and that rows are variants.
inline constexpr std::string_view bed_magic{"\x6C\x1B\x01", 3};

/// Makes a row for every alternative of a record, in their order. A sample that has another alternative has no copy of
/// this one. Alleles that stand for others' records or for nothing seen (`*`, `<*>`, `<NON_REF>`) have no row, nor have
/// records without genotypes. Reused from record to record.
class MatrixRowMaker {
 public:
  /// `columns` are those of the file's `file_samples` that are wanted, in order. Genotypes that fall short of a
  /// threshold are missing.
  MatrixRowMaker(std::span<const int> columns, std::size_t file_samples, const GenotypeThresholds& thresholds,
                 RowPlan plan = {});

  void add(VariantRecord& record, MatrixRows& rows);

 private:
  [[nodiscard]] bool fill_plain(VariantRecord& record, std::string& bed);
  [[nodiscard]] bool fill_decoded(VariantRecord& record, std::string& bed);
  [[nodiscard]] bool fill_dosages(VariantRecord& record, std::vector<float>& dosages);
  void add_dosages_of(const std::string& bed, std::vector<float>& dosages) const;
  void describe(const RecordAlleles& alleles, std::string_view id, std::string& bim) const;

  std::span<const int> columns_;
  GenotypeJudge judge_;
  RowPlan plan_;
  bool whole_file_;  // the columns are the file's, in its order
  std::vector<int> counted_;
  int alleles_ = 0;  // of the record at hand
  std::vector<RecordGenotype> genotypes_;
  std::string codes_;           // rows on their way to dosages
  std::vector<float> written_;  // DS of the record at hand: alternative by alternative
};

}  // namespace stardose::genomics
