// Reading files as the program does, and showing what came of it.
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/cohort_reader.h"
#include "tests/builders/genotypes.h"

namespace stardose::test {

/// A site; `position` is 1-based.
inline genomics::Site site(const std::string& contig, int position, const std::string& ref,
                           std::vector<std::string> alts) {
  return {contig, position - 1, ref, std::move(alts), "", false};
}

/// One group: all sites.
inline genomics::Cohort read_with(const genomics::SiteIndex& sites, const genomics::VariantInputOptions& options,
                                  bool assume_reference = false) {
  return read_cohort(options, {sites, assume_reference, {{0, sites.size()}}});
}
inline genomics::Cohort read(const genomics::SiteIndex& sites, const std::string& path) {
  return read_with(sites, {.files = {path}});
}

/// `0/1 1|1@7 .`: the site's genotypes, sample by sample.
inline std::string row(const genomics::Cohort& cohort, std::size_t site) {
  std::string text;
  const auto sets = cohort.genotypes.phase_sets(site);
  for (std::size_t sample = 0; sample < cohort.samples.size(); ++sample) {
    text += (sample == 0 ? "" : " ") + text_of(cohort.genotypes.at(site, sample));
    if (!sets.empty() && sets[sample] != 0) text += "@" + std::to_string(sets[sample]);
  }
  return text;
}

inline std::vector<std::string> rows(const genomics::Cohort& cohort, const genomics::SiteIndex& sites) {
  std::vector<std::string> all;
  for (std::size_t site = 0; site < sites.size(); ++site) all.push_back(row(cohort, site));
  return all;
}

/// Runs `act`, which must throw an InputError, and returns it.
template <class Act>
genomics::InputError input_error_of(const Act& act) {
  std::optional<genomics::InputError> error;
  try {
    act();
  } catch (const genomics::InputError& caught) {
    error = caught;
  }
  REQUIRE_MESSAGE(error.has_value(), "no InputError came");
  return *error;
}

}  // namespace stardose::test
