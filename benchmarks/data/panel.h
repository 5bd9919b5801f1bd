// Haplotypes that cohorts are put together from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "benchmarks/data/genome.h"

namespace stardose::bench {

/// One record and the allele of every donor haplotype; -1: not known.
struct DonorRecord {
  Position place;
  std::vector<std::int8_t> alleles;
};

/// Where haplotypes come from and how many records are wanted.
struct PanelPlan {
  std::string haplotypes;    ///< BCF of phased genomes; empty: haplotypes are made up
  std::int64_t records = 0;  ///< in all; 0: at the catalogue's positions alone
};

/// Calls `use` for each record in order of position: real ones, thinned evenly to the number wanted, and every position
/// of the catalogue, with rare carriers where there is no real record of it. Without real haplotypes, made-up ones
/// whose frequencies fall off as 1/x, as in a population of constant size. The donors are the same in every record.
void for_each_donor_record(const PanelPlan& plan, const std::vector<Position>& positions,
                           const std::function<void(const DonorRecord&)>& use);

}  // namespace stardose::bench
