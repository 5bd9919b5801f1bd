// Writing and printing reports.
#include "pipeline/sinks/report_writer.h"

#include <algorithm>

#include "pipeline/sinks/file_digest.h"
#include "pipeline/sinks/output_file.h"

namespace stardose::pipeline {

ReportWriter::ReportWriter(const std::string& folder, const Wanted& wanted)
    : folder_{folder + "/report"}, wants_digests_{wanted.digests} {
  make_folder(folder);
  if (wanted.reports()) make_folder(folder_);
  if (wanted.pdf) printer_.emplace();
}

void ReportWriter::write(RenderedSamples& samples) const {
  for (const RenderedFile& report : samples.reports) {
    write_file(folder_ + "/" + report.name, report.text, false);
    if (printer_ && report.name.ends_with(".html")) print(report.name, samples);
  }
}

void ReportWriter::print(const std::string& page, RenderedSamples& samples) const {
  const std::string name = page.substr(0, page.size() - 4) + "pdf";
  printer_->print(folder_ + "/" + page, folder_ + "/" + name);
  if (!wants_digests_) return;
  const auto sample = std::ranges::find_if(
      samples.samples, [&](const PartSample& one) { return one.line && one.line->page + ".html" == page; });
  sample->reports.push_back({name, file_sha256(folder_ + "/" + name)});
}

}  // namespace stardose::pipeline
