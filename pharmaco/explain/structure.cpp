// The argument from depth and differences.
#include "pharmaco/explain/structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pharmaco/report/describe_structure.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

constexpr std::size_t readings_shown = 6;

void write_copies(const CallToExplain& what, const StructureFinding& figures, Page& page) {
  page.heading("WHAT THE READS SAY OF COPIES");
  std::string basis;
  if (!what.gene.sites.empty()) {
    basis = fmt::format("{} read pairs or reads say something of {}. ", figures.fragments, what.gene.symbol);
  }
  if (figures.depth_per_copy > 0) {
    basis += fmt::format("One copy has {:.1f} reads over a base{}{}.", figures.depth_per_copy,
                         figures.scale.empty() ? "" : ", from ", figures.scale);
  }
  page.paragraph(basis.empty() ? "Nothing: see the reason above." : basis);
  if (figures.stretches.empty()) return;
  std::vector<std::vector<std::string>> rows = {{"stretch", "copies measured", "expected", "rests on"}};
  for (const StretchFinding& stretch : figures.stretches) {
    rows.push_back({stretch.stretch, fmt::format("{:.2f}", stretch.measured), expected_copies(stretch.expected),
                    rests_on(stretch)});
  }
  page.table(rows);
}

void write_readings(const StructureCall& call, Page& page) {
  page.heading("WHICH DIPLOTYPES EXPLAIN THEM");
  if (call.readings.empty()) {
    page.paragraph("None: see the reason above.");
    return;
  }
  page.paragraph(
      "Copies, hybrids and small variants are weighed together: how well each diplotype explains depth, differences "
      "and variants, times how common it is.");
  for (std::size_t k = 0; k < std::min(call.readings.size(), readings_shown); ++k) {
    const StructureReading& reading = call.readings[k];
    page.item("  - ",
              fmt::format("{}, {} probable: {} ({} {}).", reading.diplotype, percent(reading.posterior),
                          reading.structure, reading.copies, reading.copies == 1 ? "copy" : "copies"),
              4);
  }
  if (call.readings.size() > readings_shown) {
    page.paragraph(fmt::format("and {} more, less probable.", call.readings.size() - readings_shown));
  }
  if (call.readings.size() == 1) page.paragraph("No other has a probability of one in a thousand.");
}

void write_phenotype(const CallToExplain& what, Page& page) {
  const PhenotypeMethod method = what.gene.phenotype.method;
  if (what.result.readings.empty() || method == PhenotypeMethod::none) return;
  page.heading("FROM DIPLOTYPE TO PHENOTYPE");
  page.paragraph(method == PhenotypeMethod::activity_score
                     ? "Rule: activity values of all copies are added, and bands of the sum have names (CPIC)."
                     : "Rule: the functions of both haplotypes have a name together (CPIC); what several copies on one "
                       "chromosome do is not known.");
  for (const GeneReading& reading : what.result.readings) {
    page.item("  - ", fmt::format("{}: {}.", reading.diplotype, in_words(reading)), 4);
  }
}

}  // namespace

void write_structure(const CallToExplain& what, const StructureFinding& figures, Page& page) {
  write_copies(what, figures, page);
  write_readings(*what.structure, page);
  write_phenotype(what, page);
}

}  // namespace stardose::pharmaco
