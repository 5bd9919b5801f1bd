// From records to rows.
#include "genomics/matrix/matrix_rows.h"

#include <algorithm>
#include <numeric>

#include "genomics/matrix/bed_row.h"

namespace stardose::genomics {

namespace {

bool is_counted(std::string_view alt) { return alt != "*" && alt != "<*>" && alt != "<NON_REF>" && alt != "."; }

/// Appends a row to fill.
std::span<std::uint8_t> open_row(std::string& bed, std::size_t samples) {
  const std::size_t before = bed.size();
  bed.resize(before + bed_row_size(samples));
  return {reinterpret_cast<std::uint8_t*>(bed.data()) + before, bed.size() - before};
}

}  // namespace

void MatrixRows::hand_over(const std::function<void(const MatrixRows&)>& use, std::size_t least) {
  if (bed.size() < least) return;
  use(*this);
  bim.clear();
  bed.clear();
}

MatrixRowMaker::MatrixRowMaker(std::span<const int> columns, std::size_t file_samples,
                               const GenotypeThresholds& thresholds)
    : columns_{columns}, judge_{thresholds} {
  std::vector<int> all(file_samples);
  std::iota(all.begin(), all.end(), 0);
  whole_file_ = std::ranges::equal(columns, all);
}

bool MatrixRowMaker::fill_plain(VariantRecord& record, std::string& bed) {
  return whole_file_ && std::ranges::all_of(counted_, [&](int number) {
           return record.fill_plain_row(judge_, {number, alleles_}, open_row(bed, columns_.size()));
         });
}

bool MatrixRowMaker::fill_decoded(VariantRecord& record, std::string& bed) {
  if (!record.read_genotypes(columns_, genotypes_)) return false;
  record.judge_genotypes(judge_, columns_, genotypes_);
  for (const int number : counted_) {
    fill_bed_row(genotypes_, {number, alleles_}, open_row(bed, columns_.size()));
  }
  return true;
}

// An identifier that says which allele is counted, where the file's does not.
void MatrixRowMaker::describe(const RecordAlleles& alleles, std::string_view id, std::string& bim) const {
  const std::string position = std::to_string(alleles.position + 1);
  const std::string_view ref = alleles.alleles.front();
  const bool own_id = id != "." && !id.empty() && alleles.alleles.size() == 2;
  for (const int number : counted_) {
    const std::string_view alt = alleles.alleles[static_cast<std::size_t>(number)];
    (bim += alleles.contig) += '\t';
    if (own_id) {
      bim += id;
    } else {
      ((((((bim += alleles.contig) += ':') += position) += ':') += ref) += ':') += alt;
    }
    (((((bim += "\t0\t") += position) += '\t') += alt) += '\t') += ref;
    bim += '\n';
  }
}

void MatrixRowMaker::add(VariantRecord& record, MatrixRows& rows) {
  const RecordAlleles alleles = record.alleles();
  alleles_ = static_cast<int>(alleles.alleles.size());
  counted_.clear();
  for (int number = 1; number < alleles_; ++number) {
    if (is_counted(alleles.alleles[static_cast<std::size_t>(number)])) counted_.push_back(number);
  }
  const std::size_t before = rows.bed.size();
  if (counted_.empty()) return;
  if (!fill_plain(record, rows.bed)) {
    rows.bed.resize(before);
    if (!fill_decoded(record, rows.bed)) return;
  }
  describe(alleles, record.id(), rows.bim);
}

}  // namespace stardose::genomics
