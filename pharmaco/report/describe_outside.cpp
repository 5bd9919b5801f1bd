// Wording of outside calls.
#include "pharmaco/report/describe_outside.h"

#include <algorithm>
#include <string>
#include <vector>

#include "pharmaco/report/describe.h"
#include "pharmaco/report/proxy_finding.h"

namespace stardose::pharmaco {

namespace {

std::string join(const std::vector<std::string>& items, const char* separator) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : separator) + item;
  return text;
}

/// `*1/*2`, or what is known without a diplotype.
std::string shown(const GeneFinding& finding) {
  if (!finding.diplotypes.empty()) return join(finding.diplotypes, " or ");
  if (!finding.phenotypes.empty()) return join(finding.phenotypes, " or ");
  return finding.activity_scores.empty() ? "no result" : "activity score " + join(finding.activity_scores, " or ");
}

/// Where variants of the input say something too. Whoever brings a call has preferred it: it may rest on reads, copies
/// or typing that a list of variants does not show.
void remark_on_own(const GeneFinding& own, GeneFinding& finding) {
  if (own.status == CallStatus::no_call || own.diplotypes == finding.diplotypes) return;
  std::string text = (own.from_reads ? "The reads of the input say " : "The variants of the input say ") + shown(own);
  const bool same_phenotype = !own.phenotypes.empty() && own.phenotypes == finding.phenotypes;
  if (same_phenotype) {
    text += ", with the same phenotype";
  } else if (!own.diplotypes.empty() && !own.phenotypes.empty()) {
    text += " (" + join(own.phenotypes, " or ") + ")";
  }
  text += finding.status == CallStatus::no_call ? "; they are set aside, because the outside call without a result"
                                                : "; the outside call";
  finding.remarks.push_back(text + " goes before them, as it was brought in on purpose.");
}

void remark_on_itself(const OutsideResult& outside, GeneFinding& finding) {
  for (const Contradiction& found : outside.contradictions) {
    finding.remarks.push_back("The outside call contradicts itself: it states " + found.first +
                              ", which is taken, and " + found.second + ".");
  }
  if (!outside.not_known.empty()) {
    finding.remarks.push_back("Not known by the catalogue: " + join(outside.not_known, ", ") + ".");
  }
  if (!outside.no_typing.empty()) {
    finding.remarks.push_back(
        "No typing of two fields (*57:01), so that it rules no allele out: " + join(outside.no_typing, ", ") + ".");
  }
  if (outside.result.status != CallStatus::no_call) {
    for (const std::string& note : outside.notes) finding.remarks.push_back(note + ".");
  }
  if (outside.one_copy_typed) {
    finding.remarks.emplace_back(
        "One allele is given and is taken for both copies; bring both where only one was typed.");
  }
}

bool have_one_in_common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(a, [&](const std::string& item) { return std::ranges::find(b, item) != b.end(); });
}

/// `*1/*4 (Intermediate Metabolizer)`.
std::string with_phenotype(const GeneFinding& finding) {
  const bool both = !finding.diplotypes.empty() && !finding.phenotypes.empty();
  return shown(finding) + (both ? " (" + join(finding.phenotypes, " or ") + ")" : "");
}

}  // namespace

std::string contradiction_by_reads(const GeneFinding& own, const GeneFinding& finding) {
  if (!own.from_reads || own.status == CallStatus::no_call) return {};
  const bool has_diplotypes = !own.diplotypes.empty() && !finding.diplotypes.empty();
  const bool agree = has_diplotypes ? have_one_in_common(own.diplotypes, finding.diplotypes)
                                    : have_one_in_common(own.phenotypes, finding.phenotypes);
  if (agree) return {};
  return finding.gene + ": the outside call says " + with_phenotype(finding) + ", the reads say " +
         with_phenotype(own) + "; the outside call goes first.";
}

GeneFinding describe_outside_call(const Gene& gene, const OutsideResult& outside, const GeneFinding& own) {
  GeneFinding finding;
  finding.gene = gene.symbol;
  finding.has_guidance = gene.has_guidance;
  finding.status = outside.result.status;
  finding.basis = "outside call";
  for (const GeneReading& reading : outside.result.readings) {
    const auto& known = finding.diplotypes;
    if (reading.diplotype.empty() || std::ranges::find(known, reading.diplotype) != known.end()) continue;
    finding.diplotypes.push_back(reading.diplotype);
  }
  describe_readings(outside.result, finding);
  if (finding.status == CallStatus::no_call) {
    finding.reason = "the outside call is without a result";
    if (!outside.notes.empty()) finding.reason += ": " + join(outside.notes, "; ");
  }
  if (finding.status == CallStatus::ambiguous) finding.reason = "the outside calls of the gene differ";
  const bool is_unknown =
      std::ranges::find(finding.phenotypes, PhenotypeRule::indeterminate) != finding.phenotypes.end();
  if (is_unknown) finding.open = OpenCause::unknown_effect;
  remark_on_itself(outside, finding);
  remark_on_own(own, finding);
  add_proxies(own.proxies, finding);
  return finding;
}

}  // namespace stardose::pharmaco
