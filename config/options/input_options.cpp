// What is read, and which of it counts.
#include "config/options/option_parts.h"
#include "genomics/reads/aligned_read.h"

namespace stardose::config {

namespace {

using genomics::AlignmentInputOptions;
using genomics::GenotypeThresholds;
using genomics::ReadFilter;
using genomics::VariantInputOptions;

}  // namespace

std::vector<Option> input_options() {
  return {
      {.name = "input",
       .help = "Variant files (VCF, VCF.gz, BCF, or - for standard input; several are one cohort split by region) and "
               "alignments (BAM, CRAM; each is one sample), in any mixture.",
       .value = "FILE",
       .field = field<&Settings::input, &VariantInputOptions::files>,
       .path = true,
       .commands = of_cohorts},
      {.name = "input-list",
       .help = "File with more inputs, a path a line, relative to the file's folder; - for standard input.",
       .value = "FILE",
       .field = field<&Settings::input_list>,
       .path = true},
      {.name = "samples",
       .help = "Samples to keep; a ^ before the first name leaves the named ones out; none named: all.",
       .value = "NAMES",
       .field = field<&Settings::input, &VariantInputOptions::samples>,
       .letter = 's',
       .commands = of_cohorts},
      {.name = "samples-file",
       .help = "File with one sample name a line, added to those of samples.",
       .value = "FILE",
       .field = field<&Settings::input, &VariantInputOptions::samples_file>,
       .letter = 'S',
       .path = true,
       .commands = of_cohorts},
      {.name = "assembly",
       .help = "What the input is on; auto finds out, and a header that says otherwise is refused.",
       .value = "NAME",
       .field = field<&Settings::input, &VariantInputOptions::assembly>,
       .choices = {"auto", "GRCh37", "GRCh38"},
       .commands = of_cohorts},
      {.name = "reference",
       .help = "Indexed FASTA of the same assembly: for CRAM the one it was written with (else REF_PATH and REF_CACHE "
               "are asked); of variant files only indels that are not left-aligned need it.",
       .value = "FILE",
       .field = field<&Settings::input, &VariantInputOptions::reference>,
       .path = true},
      {.name = "index",
       .help = "Use the index beside a variant file; false reads the whole file instead.",
       .field = field<&Settings::input, &VariantInputOptions::use_index>},
      {.name = "check-format",
       .help = "Check every field of a VCF that is read against its header and the specification; false: only what "
               "calls are made from.",
       .field = field<&Settings::input, &VariantInputOptions::check_format>},
      {.name = "filters",
       .help = "FILTER and FORMAT/FT values with which a genotype counts; any: every value.",
       .value = "VALUES",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::filters>,
       .at_least_one = true,
       .commands = of_cohorts},
      {.name = "min-depth",
       .help = "Least number of reads (DP, MIN_DP) with which a genotype counts, half of it on a single copy; 0: any.",
       .value = "N",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_depth>,
       .least = 0,
       .greatest = 1'000'000,
       .commands = of_cohorts},
      {.name = "min-genotype-quality",
       .help = "Least quality (GQ, GQX, RGQ) with which a genotype counts; 0: any.",
       .value = "N",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_genotype_quality>,
       .least = 0,
       .greatest = 1'000'000,
       .commands = of_cohorts},
      {.name = "min-allele-balance",
       .help = "Least share of the reads (AD) for each allele with which a heterozygous genotype counts; 0: any.",
       .value = "FRACTION",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_allele_balance>,
       .greatest_fraction = 0.5,
       .commands = of_cohorts},
      {.name = "min-mapping-quality",
       .help = "Least mapping quality with which a read of an alignment counts; where copies and hybrids decide, any "
               "does.",
       .value = "N",
       .field = field<&Settings::alignments, &AlignmentInputOptions::filter, &ReadFilter::min_mapping_quality>,
       .least = 0,
       .greatest = 254},
      {.name = "min-base-quality",
       .help = "Least quality with which a base of a read counts; over 40 none does, whatever an instrument claims.",
       .value = "N",
       .field = field<&Settings::alignments, &AlignmentInputOptions::filter, &ReadFilter::min_base_quality>,
       .least = 0,
       .greatest = genomics::largest_quality},
      {.name = "max-depth",
       .help = "Deepest pile of reads that is used; of a deeper one a part, chosen without regard to alleles; 0: any.",
       .value = "N",
       .field = field<&Settings::alignments, &AlignmentInputOptions::filter, &ReadFilter::max_depth>,
       .least = 0,
       .greatest = 1'000'000},
  };
}

}  // namespace stardose::config
