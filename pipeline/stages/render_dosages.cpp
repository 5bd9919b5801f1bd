// Lines of dosages.tsv.
#include "pipeline/stages/render_dosages.h"

#include <fmt/format.h>

#include <iterator>

#include "pharmaco/report/table.h"

namespace stardose::pipeline {

std::string RenderDosages::header() const {
  std::string line = "chrom\tpos\tid\tref\talt";
  for (const std::string& sample : cohort_.samples) (line += '\t') += pharmaco::cell(sample);
  return line + '\n';
}

std::string RenderDosages::operator()(Batch lines) const {
  std::string text;
  for (std::size_t number = lines.begin; number < lines.end; ++number) {
    const genomics::SiteAlternative alternative = alternatives_[number];
    const genomics::Site& site = sites_.site(alternative.site);
    fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t{}", site.contig, site.position + 1,
                   pharmaco::cell(site.rsid), site.ref, site.alts[alternative.code - 1U]);
    append_copies(cohort_.genotypes, alternative, assume_reference_ && cohort_.covered[alternative.site],
                  cohort_.sites->site(alternative.site).base, text);
    text += '\n';
  }
  return text;
}

}  // namespace stardose::pipeline
