// Files with records in a few places: few bins, and what an index puts down for another one is in nobody's way.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "genomics/reads/read_plan.h"
#include "genomics/sites/site_index.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/cohort.h"
#include "tests/builders/vcf_builder.h"

namespace stardose::test::islands {

inline constexpr int on_contig = 3;
inline constexpr int records = 40;  ///< of each
inline constexpr int passed = 5;    ///< of each, before what plan() asks for
inline constexpr int read_size = 10;
inline constexpr int bases = (records - passed) * read_size;  ///< of each, that plan() asks for

/// 1-based position of a record.
inline int position(int island, int record) { return 1'000'201 + 100'000 * island + 100 * record; }

template <class Add>
void for_each_record(const Add& add) {
  for (const std::string contig : {"chr1", "chr10", "chr22"}) {
    for (int island = 0; island < on_contig; ++island) {
      for (int record = 0; record < records; ++record) add(contig, position(island, record));
    }
  }
}

inline AlignmentBuilder reads() {
  AlignmentBuilder builder;
  for_each_record([&](const std::string& contig, int position) {
    builder.read("r 0 " + contig + " " + std::to_string(position) + " 60 10M", "ACGTACGTAC");
  });
  return builder;
}

inline genomics::ReadPlan plan() {
  genomics::ReadPlan plan;
  for (const std::string contig : {"chr1", "chr10", "chr22"}) {
    for (int island = 0; island < on_contig; ++island) {
      plan.depth_regions.push_back({contig, position(island, passed) - 1, position(island, records) - 1});
    }
  }
  return plan;
}

inline VcfBuilder variants() {
  VcfBuilder builder;
  for_each_record([&](const std::string& contig, int position) {
    builder.record(contig + " " + std::to_string(position) + " A G", "0/1");
  });
  return builder;
}

/// All of them.
inline genomics::SiteIndex sites() {
  std::vector<genomics::Site> all;
  for_each_record([&](const std::string& contig, int position) { all.push_back(site(contig, position, "A", {"G"})); });
  return genomics::SiteIndex{std::move(all)};
}

}  // namespace stardose::test::islands
