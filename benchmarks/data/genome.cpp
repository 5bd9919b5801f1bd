// Reading the list of positions.
#include "benchmarks/data/genome.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace stardose::bench {

int contig_number(std::string_view name) {
  const auto* at = std::find_if(contigs.begin(), contigs.end(), [&](const Contig& c) { return c.name == name; });
  return at == contigs.end() ? -1 : static_cast<int>(at - contigs.begin());
}

void give_up(const std::string& why) {
  std::fprintf(stderr, "stardose_bench_data: %s\n", why.c_str());
  std::exit(1);
}

std::vector<Position> read_positions(const std::string& path) {
  std::ifstream file{path};
  if (!file) give_up(path + ": cannot be read");
  std::vector<Position> positions;
  std::string contig;
  std::string alts;
  Position entry;
  while (file >> contig >> entry.position >> entry.ref >> alts) {
    entry.contig = contig_number(contig);
    if (entry.contig < 0) give_up(path + ": no such contig: " + contig);
    --entry.position;
    entry.alts.clear();
    std::istringstream list{alts};
    for (std::string alt; std::getline(list, alt, ',');) entry.alts.push_back(alt);
    positions.push_back(entry);
  }
  if (positions.empty()) give_up(path + ": no positions");
  return positions;
}

}  // namespace stardose::bench
