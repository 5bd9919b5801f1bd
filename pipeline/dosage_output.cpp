// Dosages: a table of the catalogue's alternatives, or a fileset of all records.
#include "pipeline/dosage_output.h"

#include <algorithm>
#include <utility>

#include "genomics/input_error.h"
#include "pipeline/run.h"
#include "pipeline/sinks/text_sink.h"
#include "pipeline/sources/batch_source.h"
#include "pipeline/stages/render_dosages.h"

namespace stardose::pipeline {

DosageOutput::DosageOutput(const OutputOptions& options, std::function<void()> on_writing)
    : folder_{options.folder},
      wanted_{std::ranges::find(options.write, "dosages") != options.write.end()},
      all_{options.dosage_sites == "all"},
      on_writing_{std::move(on_writing)} {
  if (all_ || options.dosage_sites == "catalogue") return;
  throw genomics::InputError{genomics::Fault::usage,
                             {"", "dosage-sites", "no such sites: " + options.dosage_sites, "choose catalogue or all"}};
}

void DosageOutput::refuse_rows_of_reads() const {
  if (!takes_rows()) return;
  throw genomics::InputError{genomics::Fault::usage,
                             {"", "dosage-sites", "all is for the records of variant files; an alignment has none",
                              "choose catalogue, or give variant files alone"}};
}

void DosageOutput::put(const genomics::MatrixRows& rows, const std::vector<std::string>& samples) {
  if (!fileset_) {
    check_fam_names(samples);
    on_writing_();
    make_folder(folder_);
    fileset_.emplace(folder_);
  }
  fileset_->put(rows);
}

bool DosageOutput::write_table(const genomics::Cohort& cohort, const genomics::SiteIndex& sites, bool assume_reference,
                               const Limits& limits, const std::stop_token& stop) {
  if (!wanted_ || all_) return false;
  constexpr std::size_t lines_at_once = 8;
  const RenderDosages render{cohort, sites, assume_reference};
  table_.emplace(folder_ + "/dosages.tsv").write(render.header());
  TextSink sink{*table_};
  BatchSource lines{render.size(), lines_at_once};
  return run(lines, render, sink, limits, stop).stopped;
}

void DosageOutput::close(const genomics::Cohort& cohort) {
  if (table_) table_->close(true);
  if (fileset_) fileset_->close(cohort.samples);
}

}  // namespace stardose::pipeline
