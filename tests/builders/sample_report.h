// A small report and ways to look into its page.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "pharmaco/report/sample_report.h"

namespace stardose::test {

using pharmaco::Advice;
using pharmaco::AdviceBasis;
using pharmaco::AdviceLevel;
using pharmaco::CallStatus;
using pharmaco::GeneFinding;
using pharmaco::OpenCause;
using pharmaco::SampleReport;

inline bool has(std::string_view page, std::string_view text) { return page.find(text) != std::string_view::npos; }

/// Returns the section with this id, from its tag to the end tag.
inline std::string_view section(std::string_view page, const std::string& id) {
  const std::size_t start = page.find("<section id=\"" + id + "\"");
  REQUIRE(start != std::string_view::npos);
  return page.substr(start, page.find("</section>", start) - start);
}

inline Advice make_advice(const std::string& drug, AdviceLevel level, const std::string& sentence,
                          const AdviceBasis& basis) {
  Advice advice;
  advice.drug = drug;
  advice.source = "CPIC";
  advice.guideline = "cpic-" + drug + "-" + basis.gene;
  advice.level = level;
  advice.sentence = sentence;
  advice.consequence = "Expected: consequence of " + drug + ".";
  advice.strength = "strong";
  advice.version = "2022-03-14";
  advice.pmids = {"35034351"};
  advice.basis = {basis};
  return advice;
}

inline GeneFinding make_gene(const std::string& gene, CallStatus status, const std::string& diplotype,
                             const std::string& phenotype) {
  GeneFinding finding;
  finding.gene = gene;
  finding.status = status;
  if (!diplotype.empty()) finding.diplotypes = {diplotype};
  if (!phenotype.empty()) finding.phenotypes = {phenotype};
  finding.basis = "variants";
  finding.sites_total = 10;
  return finding;
}

inline SampleReport make_report() {
  SampleReport report;
  report.sample = "S1";
  report.program_version = "0.1.0";
  report.catalogue_release = "2026.11";
  report.catalogue_date = "2026-11-21";
  report.assembly = "GRCh38";
  report.genes = {make_gene("CYP2C19", CallStatus::called, "*2/*2", "Poor Metabolizer"),
                  make_gene("CYP2D6", CallStatus::no_call, "", ""),
                  make_gene("RYR1", CallStatus::called, "c.1A>G/c.2A>G", "Indeterminate"),
                  make_gene("TPMT", CallStatus::called, "*1/*1", "Normal Metabolizer")};
  report.genes[1].reason = "copy number decides this gene";
  report.genes[1].sites_missing = 3;
  report.genes[1].open = OpenCause::missing_positions;
  const AdviceBasis cyp2c19 = {"CYP2C19", "*2/*2", "Poor Metabolizer"};
  Advice clopidogrel =
      make_advice("clopidogrel", AdviceLevel::action, "Choose another drug. Options: prasugrel.", cyp2c19);
  clopidogrel.alternatives = {"prasugrel"};
  Advice dpwg = make_advice("clopidogrel", AdviceLevel::caution, "Give more clopidogrel than usual.", cyp2c19);
  dpwg.source = "DPWG";
  dpwg.strength = "";
  dpwg.dose_percent = "200";
  dpwg.dose_limit = "150 mg/day";
  dpwg.alternatives = {"ticagrelor"};
  report.advice = {
      make_advice("azathioprine", AdviceLevel::none, "Use azathioprine as usual.",
                  {"TPMT", "*1/*1", "Normal Metabolizer"}),
      clopidogrel,
      dpwg,
      make_advice("codeine", AdviceLevel::unknown, "No advice on codeine.", {"CYP2D6", "", "no result"}),
      make_advice("mavacamten", AdviceLevel::unknown, "No advice on mavacamten.", cyp2c19),
      make_advice("phenytoin", AdviceLevel::unknown, "No advice on phenytoin.", {"HLA-B", "", "no result"})};
  report.attributions = {"Facts of CPIC, CC0."};
  return report;
}

}  // namespace stardose::test
