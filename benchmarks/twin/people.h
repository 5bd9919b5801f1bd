// The people of the benchmark's data sets.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/inputs/patient.h"
#include "pharmaco/kinetics/history.h"

namespace stardose::bench {

struct Person {
  std::string id;
  pharmaco::Patient patient;
  pharmaco::History history;
};

/// Days; in the order of the files. Throw what read_delimited throws.
[[nodiscard]] std::vector<Person> read_example(const std::string& folder);
[[nodiscard]] std::vector<Person> read_virtual_warfarin(const std::string& folder);
[[nodiscard]] std::vector<Person> read_warfarin(const std::string& folder);
[[nodiscard]] std::vector<Person> read_phenobarbital(const std::string& folder);
[[nodiscard]] std::vector<Person> read_quinidine(const std::string& folder);

}  // namespace stardose::bench
