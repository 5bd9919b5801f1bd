// Writing a PLINK 1 fileset.
#include "pipeline/sinks/plink_files.h"

#include <algorithm>

#include "genomics/input_error.h"

namespace stardose::pipeline {

PlinkFiles::PlinkFiles(const std::string& folder)
    : bed_{folder + "/dosages.bed"}, bim_{folder + "/dosages.bim"}, fam_{folder + "/dosages.fam"} {
  bed_.write(genomics::bed_magic);
}

void PlinkFiles::put(const genomics::MatrixRows& rows) {
  bed_.write(rows.bed);
  bim_.write(rows.bim);
}

// Family, sample, father, mother, sex and phenotype; 0 and -9: not known.
void PlinkFiles::close(std::span<const std::string> samples) {
  std::string lines;
  for (const std::string& sample : samples) ((lines += "0\t") += sample) += "\t0\t0\t0\t-9\n";
  fam_.write(lines);
  fam_.close(true);
  bim_.close(true);
  bed_.close(true);
}

void check_fam_names(std::span<const std::string> samples) {
  const auto unfit = std::ranges::find_if(samples, [](const std::string& sample) {
    return sample == "0" || std::ranges::any_of(sample, [](unsigned char c) { return c <= ' ' || c == 0x7F; });
  });
  if (unfit == samples.end()) return;
  throw genomics::InputError{
      genomics::Fault::mismatch,
      {"dosages.fam", *unfit, "a .fam can hold no sample of this name: it is 0 or has white space",
       "rename it with `bcftools reheader`, or write dosages of the catalogue's positions"}};
}

}  // namespace stardose::pipeline
