// From records to rows.
#include "genomics/matrix/matrix_rows.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/row_counts.h"

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
  if (bed.size() + dosages.size() * sizeof(float) < least) return;
  use(*this);
  bim.clear();
  bed.clear();
  dosages.clear();
}

MatrixRowMaker::MatrixRowMaker(std::span<const int> columns, std::size_t file_samples,
                               const GenotypeThresholds& thresholds, RowPlan plan)
    : columns_{columns}, judge_{thresholds}, plan_{std::move(plan)} {
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

// An identifier that says which allele is counted, where the file's does not or cannot stand in a table of PLINK.
void MatrixRowMaker::describe(const RecordAlleles& alleles, std::string_view id, std::string& bim) const {
  const std::string position = std::to_string(alleles.position + 1);
  const std::string_view ref = alleles.alleles.front();
  const bool is_word = !id.empty() && id.find_first_of(" \t") == std::string_view::npos;
  const bool own_id = is_word && id != "." && alleles.alleles.size() == 2;
  for (const int number : counted_) {
    const std::string_view alt = alleles.alleles[static_cast<std::size_t>(number)];
    std::string others{ref};
    if (plan_.every_allele && alleles.alleles.size() > 2) {
      others.clear();
      for (const std::string_view other : alleles.alleles) {
        if (other != alt) (others += others.empty() ? "" : ",") += other;
      }
    }
    (bim += alleles.contig) += '\t';
    if (own_id) {
      bim += id;
    } else {
      ((((((bim += alleles.contig) += ':') += position) += ':') += ref) += ':') += alt;
    }
    (((((bim += "\t0\t") += position) += '\t') += alt) += '\t') += others;
    bim += '\n';
  }
}

bool MatrixRowMaker::fill_dosages(VariantRecord& record, std::vector<float>& dosages) {
  if (!record.read_dosages(columns_, static_cast<std::size_t>(alleles_) - 1, written_)) return false;
  const std::size_t alternatives = static_cast<std::size_t>(alleles_) - 1;
  for (const int number : counted_) {
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      const float* const of_sample = written_.data() + k * alternatives;
      dosages.push_back(number == 0 ? 2 - std::accumulate(of_sample, of_sample + alternatives, 0.0F)
                                    : of_sample[number - 1]);
    }
  }
  return true;
}

void MatrixRowMaker::add_dosages_of(const std::string& bed, std::vector<float>& dosages) const {
  constexpr std::array<float, 4> copies = {2, std::numeric_limits<float>::quiet_NaN(), 1, 0};
  const std::span<const std::uint8_t> bytes{reinterpret_cast<const std::uint8_t*>(bed.data()), bed.size()};
  const std::size_t size = bed_row_size(columns_.size());
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    const auto row = bytes.subspan(at, size);
    for (std::size_t k = 0; k < columns_.size(); ++k) dosages.push_back(copies[code_at(row, k)]);
  }
}

void MatrixRowMaker::add(VariantRecord& record, MatrixRows& rows) {
  const RecordAlleles alleles = record.alleles();
  if (plan_.wants && !plan_.wants(alleles)) return;
  alleles_ = static_cast<int>(alleles.alleles.size());
  counted_.clear();
  if (plan_.every_allele && alleles_ > 2) counted_.push_back(0);
  for (int number = 1; number < alleles_; ++number) {
    if (is_counted(alleles.alleles[static_cast<std::size_t>(number)])) counted_.push_back(number);
  }
  if (counted_.empty()) return;
  if (!plan_.dosages || !fill_dosages(record, rows.dosages)) {
    std::string& bed = plan_.dosages ? codes_ : rows.bed;
    if (plan_.dosages) bed.clear();
    const std::size_t before = bed.size();
    if (!fill_plain(record, bed)) {
      bed.resize(before);
      if (!fill_decoded(record, bed)) return;
    }
    if (plan_.dosages) add_dosages_of(bed, rows.dosages);
  }
  describe(alleles, record.id(), rows.bim);
}

}  // namespace stardose::genomics
