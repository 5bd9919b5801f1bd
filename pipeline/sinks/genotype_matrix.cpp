// Genotypes for programs that fit models.
#include "pipeline/sinks/genotype_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <map>
#include <numeric>
#include <utility>

#include "genomics/basics/table_cell.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/matrix/row_counts.h"
#include "learning/frame/frame_matrix.h"

namespace stardose::pipeline {

namespace {

using genomics::table_cell;

constexpr std::size_t worth_a_write = 1 << 20;

/// Copies by the codes of a .bed; -1: missing.
constexpr std::array<std::int8_t, 4> copies_of_code = {2, -1, 1, 0};

/// By a byte of a .bed: copies of its four samples, as bytes.
std::array<std::array<char, 4>, 256> make_quads() {
  std::array<std::array<char, 4>, 256> quads{};
  for (std::size_t byte = 0; byte < quads.size(); ++byte) {
    for (std::size_t k = 0; k < 4; ++k) quads[byte][k] = static_cast<char>(copies_of_code[byte >> (2 * k) & 3]);
  }
  return quads;
}

std::vector<std::size_t> places_among(const std::vector<std::string>& patients,
                                      const std::vector<std::string>& samples) {
  std::map<std::string_view, std::size_t> place_of;
  for (std::size_t k = 0; k < samples.size(); ++k) place_of.emplace(samples[k], k);
  std::vector<std::size_t> places;
  for (const std::string& patient : patients) {
    const auto found = place_of.find(patient);
    if (found == place_of.end()) {
      throw genomics::InputError{
          genomics::Fault::mismatch,
          {"", "", "sample " + genomics::printable(patient) + " is not in the input with the genotypes",
           "names must be the same in both, letter by letter"}};
    }
    places.push_back(found->second);
  }
  return places;
}

std::string full_name(const genomics::BimRow& variant) {
  return fmt::format("{}:{}:{}:{}", variant.contig, variant.position + 1, variant.others, variant.counted);
}

}  // namespace

GenotypeMatrix::GenotypeMatrix(GenotypeMatrixOptions options, std::vector<std::string> patients,
                               const std::vector<std::string>& samples)
    : options_{std::move(options)},
      patients_{std::move(patients)},
      samples_{samples.size()},
      places_{places_among(patients_, samples)},
      in_order_{patients_ == samples},
      names_{options_.folder + "/genotypes.variants.tsv"} {
  if (options_.npy) {
    npy_.emplace(options_.folder + "/genotypes.npy").write(std::string(learning::npy_header_size, ' '));
  }
  if (options_.market) {
    market_.emplace(options_.folder + "/genotypes.mtx").write(std::string(learning::market_header_size, ' '));
  }
  names_.write("number\tid\tchrom\tpos\tcounted\tother\n");
}

bool GenotypeMatrix::is_wanted(const genomics::BimRow& variant) {
  if (options_.variants.empty()) return true;
  auto wanted = options_.variants.find(variant.id);
  if (wanted == options_.variants.end()) wanted = options_.variants.find(full_name(variant));
  if (wanted == options_.variants.end()) return false;
  found_.insert(*wanted);
  return true;
}

void GenotypeMatrix::describe(const genomics::BimRow& variant) {
  names_.write(fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", variants_, table_cell(variant.id), table_cell(variant.contig),
                           variant.position + 1, table_cell(variant.counted), table_cell(variant.others)));
  ++variants_;
}

void GenotypeMatrix::add_entry(std::size_t patient, double value) {
  ++entries_;
  if (std::isnan(value)) {
    fmt::format_to(std::back_inserter(lines_), "{} {} NaN\n", patient + 1, variants_);
  } else {
    fmt::format_to(std::back_inserter(lines_), "{} {} {}\n", patient + 1, variants_, value);
  }
}

void GenotypeMatrix::write_codes(std::span<const std::uint8_t> row) {
  static const auto quads = make_quads();
  bytes_.clear();
  if (in_order_) {
    for (const std::uint8_t byte : row) bytes_.append(quads[byte].data(), 4);
    bytes_.resize(patients_.size());
  } else {
    for (const std::size_t place : places_) {
      bytes_ += static_cast<char>(copies_of_code[genomics::code_at(row, place)]);
    }
  }
  if (npy_) npy_->write(bytes_);
  if (!market_) return;
  for (std::size_t k = 0; k < bytes_.size(); ++k) {
    const auto copies = static_cast<std::int8_t>(bytes_[k]);
    if (copies != 0) add_entry(k, copies < 0 ? std::nan("") : copies);
  }
}

void GenotypeMatrix::write_dosages(std::span<const float> values) {
  bytes_.clear();
  for (std::size_t k = 0; k < places_.size(); ++k) {
    const float value = values[places_[k]];
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof value);
    if (market_ && value != 0) add_entry(k, static_cast<double>(value));
  }
  if (npy_) npy_->write(bytes_);
}

void GenotypeMatrix::put(const genomics::BimRow& variant, std::span<const std::uint8_t> row) {
  if (!is_wanted(variant)) return;
  describe(variant);
  write_codes(row);
  if (market_ && lines_.size() >= worth_a_write) {
    market_->write(lines_);
    lines_.clear();
  }
}

void GenotypeMatrix::put(const genomics::MatrixRows& rows) {
  const std::size_t size = genomics::bed_row_size(samples_);
  std::string_view lines = rows.bim;
  for (std::size_t number = 0; !lines.empty(); ++number) {
    const std::size_t end = lines.find('\n');
    genomics::BimRow variant;
    STARDOSE_EXPECT(genomics::read_bim_row(lines.substr(0, end), variant) == nullptr);
    lines.remove_prefix(end + 1);
    if (!options_.dosages) {
      put(variant, {reinterpret_cast<const std::uint8_t*>(rows.bed.data()) + number * size, size});
    } else if (is_wanted(variant)) {
      describe(variant);
      write_dosages(std::span{rows.dosages}.subspan(number * samples_, samples_));
    }
  }
  if (!market_) return;
  market_->write(lines_);
  lines_.clear();
}

std::vector<std::string> GenotypeMatrix::not_found() const {
  std::vector<std::string> missing;
  std::ranges::set_difference(options_.variants, found_, std::back_inserter(missing));
  return missing;
}

void GenotypeMatrix::close() {
  std::string patients = "number\tsample\n";
  for (std::size_t k = 0; k < patients_.size(); ++k) patients += fmt::format("{}\t{}\n", k, table_cell(patients_[k]));
  write_file(options_.folder + "/genotypes.patients.tsv", patients, true);
  names_.close(true);
  if (npy_) {
    npy_->rewrite_start(learning::npy_header(options_.dosages ? "<f4" : "|i1", patients_.size(), variants_, true));
    npy_->close(true);
  }
  if (market_) {
    market_->write(lines_);
    market_->rewrite_start(learning::market_header(patients_.size(), variants_, entries_));
    market_->close(true);
  }
}

}  // namespace stardose::pipeline
