// Genotypes, row by row.
#include "pipeline/write_genotypes.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <span>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/io/cohort_reader.h"
#include "genomics/io/plink_fileset.h"
#include "genomics/io/sample_selection.h"
#include "genomics/matrix/bed_row.h"
#include "genomics/sites/site_index.h"
#include "pharmaco/knowledge/user_table.h"
#include "pipeline/read_shards.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

/// One matrix, opened with the first samples that are known.
class MatrixWriter {
 public:
  explicit MatrixWriter(const GenotypesJob& job) : job_{job} {}

  /// `chosen`: the rows of the matrix, unless the job names them.
  GenotypeMatrix& for_samples(const std::vector<std::string>& samples, const std::vector<std::string>& chosen) {
    if (!matrix_) {
      make_folder(job_.matrix.folder);
      samples_ = samples;
      patients_ = job_.patients.empty() ? chosen : job_.patients;
      matrix_.emplace(job_.matrix, patients_, samples);
    }
    return *matrix_;
  }
  [[nodiscard]] const std::vector<std::string>& samples() const { return samples_; }

  GenotypesSummary close() {
    if (!matrix_) {
      throw InputError{Fault::input,
                       {job_.input.files.front(), "", "no record has genotypes", "give a file with genotypes"}};
    }
    const std::vector<std::string> lost = matrix_->not_found();
    if (!lost.empty() && matrix_->variants() == 0) {
      throw InputError{Fault::mismatch,
                       {job_.input.files.front(), "",
                        "none of the " + std::to_string(lost.size()) + " variant(s) asked for is in it, the first is " +
                            genomics::printable(lost.front()),
                        "write IDs as the input has them, or `chrom:pos:other:counted`"}};
    }
    if (!lost.empty()) {
      job_.warn(std::to_string(lost.size()) + " of " + std::to_string(job_.matrix.variants.size()) +
                " variant(s) are not in the input, the first is " + genomics::printable(lost.front()));
    }
    matrix_->close();
    return {patients_.size(), matrix_->variants(), false};
  }

 private:
  const GenotypesJob& job_;
  std::optional<GenotypeMatrix> matrix_;
  std::vector<std::string> samples_;
  std::vector<std::string> patients_;
};

GenotypesSummary from_variant_files(const GenotypesJob& job, const std::stop_token& stop) {
  const genomics::SiteIndex no_sites{{}};
  genomics::ReadingPlan plan{no_sites};
  bound_rows(plan, job.input.files, job.limits);
  plan.rows.dosages = job.matrix.dosages;
  genomics::CohortReader reader{job.input, plan};
  MatrixWriter writer{job};
  plan.use_rows = [&](const genomics::MatrixRows& rows) {
    if (stop.stop_requested()) throw Stopped{};
    if (!rows.bim.empty()) writer.for_samples(reader.samples(), reader.samples()).put(rows);
  };
  if (read_shards(reader, plan, job.limits, stop)) return {0, 0, true};
  for (const std::string& warning : reader.finish().warnings) job.warn(warning);
  return writer.close();
}

GenotypesSummary from_filesets(const GenotypesJob& job, const std::stop_token& stop) {
  if (job.matrix.dosages) {
    throw InputError{Fault::usage,
                     {job.input.files.front(), "--genotype-field", "a .bed holds no dosages", "leave it at GT"}};
  }
  MatrixWriter writer{job};
  for (const std::string& path : job.input.files) {
    const genomics::PlinkFileset fileset{path};
    const genomics::SampleSelection selection = select_samples(job.input, path, fileset.samples());
    GenotypeMatrix& matrix = writer.for_samples(fileset.samples(), selection.names);
    if (fileset.samples() != writer.samples()) {
      throw InputError{Fault::mismatch,
                       {path, "", "its samples are not those of the first input, or in another order",
                        "give filesets of one cohort split by chromosome together"}};
    }
    std::vector<std::uint8_t> row(genomics::bed_row_size(fileset.samples().size()));
    try {
      fileset.for_each_row([&](const genomics::BimRow& variant, std::size_t number) {
        if (stop.stop_requested()) throw Stopped{};
        fileset.read_rows(number, row);
        matrix.put(variant, row);
      });
    } catch (const Stopped&) {
      return {0, 0, true};
    }
  }
  return writer.close();
}

}  // namespace

GenotypesSummary write_genotypes(const GenotypesJob& job, const std::stop_token& stop) {
  const auto beds = std::ranges::count_if(job.input.files, genomics::is_plink_bed);
  if (beds != 0 && beds != static_cast<std::ptrdiff_t>(job.input.files.size())) {
    throw InputError{
        Fault::usage,
        {"", "input", "some inputs are PLINK filesets and some are not", "take them in runs of their own"}};
  }
  return beds != 0 ? from_filesets(job, stop) : from_variant_files(job, stop);
}

std::set<std::string, std::less<>> read_variant_choice(const std::string& which) {
  std::set<std::string, std::less<>> ids;
  if (which == "all") return ids;
  const pharmaco::UserTable table{which, "variants", "--genotypes"};
  for (const pharmaco::UserTable::Row& row : table.rows()) ids.emplace(row.cell(0));
  if (ids.empty()) {
    throw InputError{Fault::input, {which, "", "it names no variant", "write an ID a line, or give `all`"}};
  }
  return ids;
}

}  // namespace stardose::pipeline
