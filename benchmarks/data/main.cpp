// Makes benchmark inputs that are too large to ship; benchmarks/inputs.py knows which.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/data/genome.h"
#include "benchmarks/data/write_cohort.h"
#include "benchmarks/data/write_genome.h"
#include "benchmarks/data/write_reads.h"

namespace {

using namespace stardose::bench;

constexpr const char* usage =
    "usage: stardose_bench_data genome POSITIONS RECORDS FILE.vcf.gz\n"
    "       stardose_bench_data cohort POSITIONS RECORDS SAMPLES HAPLOTYPES.bcf|- FILE.bcf|FILE.vcf.gz ...\n"
    "       stardose_bench_data reads POSITIONS DEPTH FILE.bam\n"
    "RECORDS of a cohort may be 0: at the catalogue's positions alone";

std::int64_t number(const std::string& text) {
  char* end = nullptr;
  const std::int64_t value = std::strtoll(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || value < 0) give_up("not a number: " + text);
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string_view kind = arguments.empty() ? "" : arguments.front();
  if (kind == "genome" && arguments.size() == 4 && number(arguments[2]) > 0) {
    write_genome(arguments[3], read_positions(arguments[1]), number(arguments[2]));
  } else if (kind == "reads" && arguments.size() == 4) {
    write_reads(arguments[3], read_positions(arguments[1]), number(arguments[2]));
  } else if (kind == "cohort" && arguments.size() >= 6) {
    const PanelPlan plan{arguments[4] == "-" ? "" : arguments[4], number(arguments[2])};
    write_cohort({arguments.begin() + 5, arguments.end()}, read_positions(arguments[1]), plan,
                 static_cast<std::size_t>(number(arguments[3])));
  } else {
    give_up(usage);
  }
  return 0;
}
