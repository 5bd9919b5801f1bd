// Structural calls to readings and words.
#include "pharmaco/report/describe_structure.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "pharmaco/phenotype/outside_call.h"
#include "pharmaco/report/describe.h"
#include "pharmaco/report/evidence.h"

namespace stardose::pharmaco {

namespace {

// What is left out of an ambiguous call is together less probable than one in a hundred.
constexpr double probability_told = 0.99;
constexpr std::size_t fewest_of_several = 2;

std::size_t told(const StructureCall& call) {
  if (call.status == CallStatus::no_call) return 0;
  if (call.status != CallStatus::ambiguous) return std::min<std::size_t>(call.readings.size(), 1);
  std::size_t count = 0;
  double sum = 0;
  while (count < call.readings.size() && (count < fewest_of_several || sum < probability_told)) {
    sum += call.readings[count++].posterior;
  }
  return count;
}

std::string with_probability(const std::string& diplotype, double posterior) {
  return fmt::format("{} {}", diplotype, percent(posterior));
}

OpenCause cause_of(const StructureCall& call, const GeneFinding& finding) {
  if (call.status == CallStatus::no_call) {
    return call.reason == NoStructureReason::no_reads ? OpenCause::low_coverage : OpenCause::structure;
  }
  const bool is_unknown =
      std::ranges::find(finding.phenotypes, PhenotypeRule::indeterminate) != finding.phenotypes.end();
  if (is_unknown) return OpenCause::unknown_effect;
  return call.status == CallStatus::ambiguous ? OpenCause::structure : OpenCause::none;
}

StructureFinding figures_of(const StructureCall& call) {
  StructureFinding figures;
  for (const CopyEvidence& evidence : call.evidence) {
    figures.stretches.push_back({evidence.stretch, evidence.measured, evidence.expected, evidence.sites});
  }
  figures.depth_per_copy = call.depth_per_copy;
  figures.scale = call.scale;
  figures.fragments = call.fragments;
  return figures;
}

void count_positions(const Gene& gene, const ReadsBehind& reads, GeneFinding& finding) {
  finding.sites_total = static_cast<int>(gene.sites.size());
  finding.sites_seen = static_cast<int>(reads.callable);
  finding.sites_missing = finding.sites_total - finding.sites_seen;
}

void describe_runner_up(const StructureCall& call, std::size_t shown, GeneFinding& finding) {
  if (shown == 0 || shown >= call.readings.size()) return;
  finding.runner_up = call.readings[shown].diplotype;
  finding.runner_up_why = fmt::format("{} probable by the reads", percent(call.readings[shown].posterior));
}

}  // namespace

StructureOutcome describe_structure(const Gene& gene, const StructureCall& call, const ReadsBehind& reads) {
  StructureOutcome outcome;
  GeneResult& result = outcome.result;
  GeneFinding& finding = outcome.finding;
  finding.gene = result.gene = gene.symbol;
  finding.has_guidance = gene.has_guidance;
  finding.status = result.status = call.status;
  finding.from_reads = true;
  finding.reason = to_text(call.reason);
  finding.structure = figures_of(call);
  count_positions(gene, reads, finding);
  std::vector<std::string> unknown;
  std::vector<std::string> ranked;
  for (std::size_t k = 0; k < told(call); ++k) {
    const StructureReading& reading = call.readings[k];
    const OutsideCall as_outside{reading.diplotype, {}, {}};
    OutsideResult read = read_outside_calls(gene, {&as_outside, 1});
    finding.diplotypes.push_back(read.result.readings.front().diplotype);
    finding.posteriors.push_back(reading.posterior);
    finding.structure->copies.push_back(reading.copies);
    finding.structure->structures.push_back(reading.structure);
    ranked.push_back(with_probability(finding.diplotypes.back(), reading.posterior));
    for (std::string& name : read.not_known) {
      if (std::ranges::find(unknown, name) == unknown.end()) unknown.push_back(std::move(name));
    }
    result.readings.push_back(std::move(read.result.readings.front()));
  }
  describe_readings(result, finding);
  if (call.status != CallStatus::no_call) {
    finding.basis = "reads, with copies and hybrids";
    finding.remarks.push_back(fmt::format("Structure: {}.", fmt::join(finding.structure->structures, "; or ")));
  }
  if (call.status == CallStatus::called && finding.posteriors.front() < least_posterior) {
    finding.remarks.push_back(fmt::format(
        "The copies and their alleles: {}; which chromosome has which is likely, but hardly seen by the reads.",
        percent(call.content)));
  }
  if (call.status == CallStatus::ambiguous) {
    finding.reason = "the reads do not decide between several diplotypes";
    result.caveat = fmt::format("{}: by the reads {}.", gene.symbol, fmt::join(ranked, ", "));
    finding.remarks.push_back(fmt::format("By the reads: {}.", fmt::join(ranked, ", ")));
  }
  if (!unknown.empty() && gene.phenotype.method != PhenotypeMethod::none) {
    finding.remarks.push_back(fmt::format("Not known by the catalogue: {}.", fmt::join(unknown, ", ")));
  }
  finding.open = cause_of(call, finding);
  describe_runner_up(call, finding.diplotypes.size(), finding);
  return outcome;
}

void note_copies(const StructureCall& call, GeneFinding& finding) {
  if (finding.status == CallStatus::no_call) return;
  const std::string why = call.ordinary < least_posterior ? to_text(call.reason) : "";
  finding.remarks.push_back(why.empty() ? "Depth shows one whole gene on each chromosome."
                                        : fmt::format("Copies and hybrids were not looked at: {}.", why));
}

std::optional<int> counted_copies(const GeneFinding& finding) {
  if (!finding.structure || finding.structure->copies.empty()) return std::nullopt;
  const std::vector<int>& copies = finding.structure->copies;
  const bool agree = std::ranges::all_of(copies, [&](int one) { return one == copies.front(); });
  return agree ? std::optional{copies.front()} : std::nullopt;
}

std::optional<int> counted_copies(const StructureCall& call) {
  return call.ordinary >= least_posterior ? std::optional{2} : std::nullopt;
}

std::string to_text(NoStructureReason reason) {
  switch (reason) {
    case NoStructureReason::none: return "";
    case NoStructureReason::no_reads: return "too few reads at the gene to tell its copies and alleles";
    case NoStructureReason::no_depth_scale:
      return "the number of copies hangs on the depth, and nothing in the input tells what depth one copy has";
    case NoStructureReason::fits_nothing:
      return "no configuration of copies and hybrids that the catalogue knows explains the reads";
    case NoStructureReason::no_such_contig: return "the input's reference lacks the contig on which the gene lies";
    case NoStructureReason::no_place:
      return "GRCh38 has the gene on an alternate contig alone, where reads are not counted; GRCh37 has it on its "
             "chromosome";
    case NoStructureReason::no_paralog:
      return "the input has next to no reads of the paralog, without which copies and hybrids cannot be told";
    case NoStructureReason::reads_on_alternate_contig:
      return "a part of the gene's reads was aligned to an alternate contig, where they are not read, so that copies "
             "would be missed";
  }
  return "";
}

std::string copies_in_words(const StructureFinding& structure) {
  std::vector<std::string> parts;
  for (const StretchFinding& stretch : structure.stretches) {
    parts.push_back(
        fmt::format("{} {:.2f} ({})", stretch.stretch, stretch.measured, expected_copies(stretch.expected)));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string rests_on(const StretchFinding& stretch) {
  if (stretch.sites == 0) return "depth alone";
  return fmt::format("{} difference{}", stretch.sites, stretch.sites == 1 ? "" : "s");
}

std::string expected_copies(double copies) { return fmt::format("{:.3g}", copies); }

}  // namespace stardose::pharmaco
