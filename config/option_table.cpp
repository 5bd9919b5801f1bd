// The table of options.
#include "config/option_table.h"

#include <algorithm>

#include "genomics/reads/aligned_read.h"
#include "pipeline/available_threads.h"

namespace stardose::config {

namespace {

using genomics::AlignmentInputOptions;
using genomics::GenotypeThresholds;
using genomics::ReadFilter;
using genomics::VariantInputOptions;
using pharmaco::CallingOptions;
using pharmaco::DosingOptions;
using pharmaco::FeatureOptions;
using pharmaco::MedicationOptions;
using pharmaco::PatientOptions;
using pharmaco::PolygenicOptions;
using pharmaco::RankingOptions;
using pharmaco::TwinOptions;
using pipeline::Limits;
using pipeline::OutputOptions;

/// field<&Settings::limits, &Limits::threads>(settings) is settings.limits.threads.
template <auto... Members>
auto& field(Settings& settings) {
  return (settings.*....*Members);
}

template <auto Member>
auto& ranking_field(Settings& settings) {
  return settings.calling.ranking.*Member;
}

/// What every subcommand that reads a cohort has.
const std::vector<Subcommand> both = {Subcommand::run, Subcommand::polygenic};
const std::vector<Subcommand> scores = {Subcommand::polygenic};
const std::vector<Subcommand> twins = {Subcommand::twin};
const std::vector<Subcommand> every = {Subcommand::run, Subcommand::polygenic, Subcommand::twin};
const std::vector<Subcommand> of_catalogue = {Subcommand::run, Subcommand::twin};

template <auto Member>
auto& score_field(Settings& settings) {
  return settings.polygenic.*Member;
}

template <auto Member>
auto& twin_field(Settings& settings) {
  return settings.twin.*Member;
}

/// own_field<&Settings::strict>(settings) is settings.strict.
template <auto Member>
auto& own_field(Settings& settings) {
  return settings.*Member;
}

}  // namespace

// One table, long because it is all of it. NOLINTNEXTLINE(readability-function-size)
const std::vector<Option>& options() {
  static const std::vector<Option> table = {
      {.name = "input",
       .help = "Variant files (VCF, VCF.gz, BCF, or - for standard input; several are one cohort split by region) and "
               "alignments (BAM, CRAM; each is one sample), in any mixture.",
       .value = "FILE",
       .field = field<&Settings::input, &VariantInputOptions::files>,
       .path = true,
       .commands = both},
      {.name = "input-list",
       .help = "File with more inputs, a path a line, relative to the file's folder; - for standard input.",
       .value = "FILE",
       .field = own_field<&Settings::input_list>,
       .path = true},
      {.name = "samples",
       .help = "Samples to keep; a ^ before the first name leaves the named ones out; none named: all.",
       .value = "NAMES",
       .field = field<&Settings::input, &VariantInputOptions::samples>,
       .letter = 's',
       .commands = both},
      {.name = "samples-file",
       .help = "File with one sample name a line, added to those of samples.",
       .value = "FILE",
       .field = field<&Settings::input, &VariantInputOptions::samples_file>,
       .letter = 'S',
       .path = true,
       .commands = both},
      {.name = "assembly",
       .help = "What the input is on; auto finds out, and a header that says otherwise is refused.",
       .value = "NAME",
       .field = field<&Settings::input, &VariantInputOptions::assembly>,
       .choices = {"auto", "GRCh37", "GRCh38"},
       .commands = both},
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
       .commands = both},
      {.name = "min-depth",
       .help = "Least number of reads (DP, MIN_DP) with which a genotype counts, half of it on a single copy; 0: any.",
       .value = "N",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_depth>,
       .least = 0,
       .greatest = 1'000'000,
       .commands = both},
      {.name = "min-genotype-quality",
       .help = "Least quality (GQ, GQX, RGQ) with which a genotype counts; 0: any.",
       .value = "N",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_genotype_quality>,
       .least = 0,
       .greatest = 1'000'000,
       .commands = both},
      {.name = "min-allele-balance",
       .help = "Least share of the reads (AD) for each allele with which a heterozygous genotype counts; 0: any.",
       .value = "FRACTION",
       .field = field<&Settings::input, &VariantInputOptions::thresholds, &GenotypeThresholds::min_allele_balance>,
       .greatest_fraction = 0.5,
       .commands = both},
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
      {.name = "min-callable",
       .help = "Least share of a gene's positions that reads must cover with min-depth for a call from an alignment.",
       .value = "FRACTION",
       .field = field<&Settings::calling, &CallingOptions::min_callable>},
      {.name = "genes",
       .help = "Genes to call, as the catalogue spells them; none named: all.",
       .value = "NAMES",
       .field = field<&Settings::calling, &CallingOptions::genes>},
      {.name = "assume-reference",
       .help = "Take a position that is in no record of the variant files as homozygous reference; false: as not "
               "covered. Without meaning for alignments.",
       .field = field<&Settings::calling, &CallingOptions::assume_reference>},
      {.name = "from-small-variants",
       .help = "Genes decided by structure (CYP2D6) that are to be called from small variants all the same.",
       .value = "NAMES",
       .field = field<&Settings::calling, &CallingOptions::from_small_variants>},
      {.name = "find-combinations",
       .help = "Where no pair of named alleles explains the variants, say which alleles and variants together do.",
       .field = field<&Settings::calling, &CallingOptions::find_combinations>},
      {.name = "all-matches",
       .help = "Also report the diplotypes that explain the variants less well, with scores, in matches.tsv.",
       .field = field<&Settings::calling, &CallingOptions::all_matches>},
      {.name = "outside-calls",
       .help = "Files of calls made elsewhere: TSV (gene, diplotype, phenotype, activity score), or as PharmCAT, Aldy, "
               "Cyrius and StellarPGx write them.",
       .value = "FILE",
       .field = field<&Settings::calling, &CallingOptions::outside_calls>,
       .path = true},
      {.name = "rank-by-frequency",
       .help = "Order the diplotypes of an ambiguous gene by probability, from allele frequencies in this group: AFR, "
               "AMR, EAS, EUR, SAS or all.",
       .value = "GROUP",
       .field = ranking_field<&RankingOptions::population>},
      {.name = "call-from",
       .help =
           "With rank-by-frequency: call an ambiguous gene when its first diplotype has this probability in percent; "
           "100: never.",
       .value = "PERCENT",
       .field = ranking_field<&RankingOptions::call_from>,
       .greatest = 100},
      {.name = "dose",
       .help = "Drugs (warfarin), or dosing algorithms by name, to work out doses of; their genes are called whatever "
               "genes says.",
       .value = "NAMES",
       .field = field<&Settings::dosing, &DosingOptions::dose>},
      {.name = "covariates",
       .help = "TSV or CSV, a row a patient: sample, and what is asked for with its unit (weight_kg).",
       .value = "FILE",
       .field = field<&Settings::patients, &PatientOptions::covariates>,
       .path = true},
      {.name = "unit",
       .help = "Units of columns of covariates that do not say theirs: weight=lb.",
       .value = "NAME=UNIT",
       .field = field<&Settings::patients, &PatientOptions::units>},
      {.name = "polygenic",
       .help = "scores.tsv of `stardose polygenic`, for features and models that ask for scores.",
       .value = "FILE",
       .field = field<&Settings::patients, &PatientOptions::polygenic>,
       .path = true},
      {.name = "features",
       .help =
           "YAML file of features to make of each sample a row for models (workflows/README.md, \"Features\"); their "
           "genes are called whatever genes says.",
       .value = "SET",
       .field = field<&Settings::features, &FeatureOptions::features>,
       .path = true},
      {.name = "medications",
       .help =
           "Medicines that the patient takes, by name, ATC code or RxNorm number: they come first in the report. Of "
           "a run with one sample.",
       .value = "NAMES",
       .field = field<&Settings::medications, &MedicationOptions::medications>},
      {.name = "medications-file",
       .help = "TSV with the columns sample and medication, a row a medicine, for any number of samples.",
       .value = "FILE",
       .field = field<&Settings::medications, &MedicationOptions::medications_file>,
       .path = true},
      {.name = "knowledge",
       .help = "Folder with a catalogue to use instead of the built-in one.",
       .value = "FOLDER",
       .field = own_field<&Settings::knowledge>,
       .path = true,
       .commands = of_catalogue},
      {.name = "require-signatures",
       .help = require_signatures_help,
       .value = "KEYS",
       .field = own_field<&Settings::require_signatures>,
       .path = true,
       .decides = false,
       .commands = of_catalogue},
      {.name = "patients",
       .help =
           "Records of patients (`stardose twin start` makes them), or folders whose records are meant, *.twin.json.",
       .value = "RECORD",
       .field = twin_field<&TwinOptions::patients>,
       .path = true,
       .commands = twins},
      {.name = "events",
       .help =
           "TSV of events to add first: patient, time, what, value, unit, and for courses of doses times and every. "
           "What a record has already is left out.",
       .value = "FILE",
       .field = twin_field<&TwinOptions::events>,
       .path = true,
       .commands = twins},
      {.name = "horizon",
       .help = "Days of the forecast.",
       .value = "N",
       .field = twin_field<&TwinOptions::horizon>,
       .greatest = 365,
       .commands = twins},
      {.name = "draws",
       .help = "Draws of what may be true of a patient; more are finer and take longer.",
       .value = "N",
       .field = twin_field<&TwinOptions::draws>,
       .least = 100,
       .greatest = 100'000,
       .commands = twins},
      {.name = "seed",
       .help = "Of the draws; the same seed gives the same numbers to the last digit.",
       .value = "N",
       .field = twin_field<&TwinOptions::seed>,
       .least = 0,
       .greatest = 1'000'000'000,
       .commands = twins},
      {.name = "score",
       .help = "Scoring files of the PGS Catalog, plain or .gz; or tables with ID, effect_allele and a column a score.",
       .value = "FILE",
       .field = score_field<&PolygenicOptions::scores>,
       .path = true,
       .commands = scores},
      {.name = "min-overlap",
       .help =
           "Least share of a score's variants, by number and by weight, that the input must have; else it is refused.",
       .value = "FRACTION",
       .field = score_field<&PolygenicOptions::min_overlap>,
       .commands = scores},
      {.name = "palindromes",
       .help =
           "A/T and C/G variants: frequency counts those whose strand effect allele frequencies tell, exclude none, "
           "keep all, on the input's strand.",
       .value = "WHICH",
       .field = score_field<&PolygenicOptions::palindromes>,
       .choices = {"frequency", "exclude", "keep"},
       .commands = scores},
      {.name = "strand-flips",
       .help = "Take alleles that fit only as complements for those of the other strand: unambiguous or none.",
       .value = "WHICH",
       .field = score_field<&PolygenicOptions::strand_flips>,
       .choices = {"unambiguous", "none"},
       .commands = scores},
      {.name = "impute-missing",
       .help =
           "What a missing genotype is worth: the mean of the cohort, what the reference frequency makes one expect, "
           "or none.",
       .value = "HOW",
       .field = score_field<&PolygenicOptions::impute_missing>,
       .choices = {"cohort", "reference", "none"},
       .commands = scores},
      {.name = "frequencies",
       .help = "TSV of effect allele frequencies, in place of those in scoring files.",
       .value = "FILE",
       .field = score_field<&PolygenicOptions::frequencies>,
       .path = true,
       .commands = scores},
      {.name = "reference-scores",
       .help = "TSV of what a reference population scores (score, mean, sd; or PGS and SUM a person), for z.",
       .value = "FILE",
       .field = score_field<&PolygenicOptions::reference_scores>,
       .path = true,
       .commands = scores},
      {.name = "genotype-field",
       .help = "GT counts alleles; DS takes imputed dosages where a record has them.",
       .value = "FIELD",
       .field = score_field<&PolygenicOptions::genotype_field>,
       .choices = {"GT", "DS"},
       .commands = scores},
      {.name = "output",
       .help = "Folder for the results, relative to where the program is run; made if missing.",
       .value = "FOLDER",
       .field = field<&Settings::output, &OutputOptions::folder>,
       .letter = 'o',
       .decides = false,
       .commands = every},
      {.name = "write",
       .help =
           "Results to write: any of calls, guidance, coverage (of alignments), dosing and features (where they are "
           "asked for), html, pdf (needs chromium or weasyprint), json, fhir (HL7 FHIR R4), multiqc, dosages.",
       .value = "KINDS",
       .field = field<&Settings::output, &OutputOptions::write>,
       .choices = {"calls", "guidance", "coverage", "dosing", "features", "html", "pdf", "json", "fhir", "multiqc",
                   "dosages"}},
      {.name = "fhir-system",
       .help = "URI of your own under which sample names are identifiers (https://lab.example/samples): bundles name "
               "the patient by it, and no other system's ids are theirs.",
       .value = "URI",
       .field = field<&Settings::output, &OutputOptions::fhir_system>},
      {.name = "truth",
       .help = "TSV of known diplotypes (sample, gene, diplotype): report/index.html says how the calls agree with it.",
       .value = "FILE",
       .field = field<&Settings::output, &OutputOptions::truth>,
       .path = true},
      {.name = "dosage-sites",
       .help = "Whose dosages: catalogue (dosages.tsv) or all, every record of the input (dosages.bed, .bim, .fam).",
       .value = "WHICH",
       .field = field<&Settings::output, &OutputOptions::dosage_sites>,
       .choices = {"catalogue", "all"}},
      {.name = "shard",
       .help = "Do the i-th of n parts of the samples; `stardose merge` puts the parts' folders together.",
       .value = "I/N",
       .field = field<&Settings::output, &OutputOptions::shard>,
       .decides = false},
      {.name = "threads",
       .help =
           "Threads to use in all; auto: those that the job was given (SLURM_CPUS_PER_TASK, else the processors that "
           "it may run on). The answer is the same for any number.",
       .value = "N",
       .field = field<&Settings::limits, &Limits::threads>,
       .letter = '@',
       .greatest = 1024,
       .automatic = pipeline::available_threads,
       .decides = false,
       .commands = every},
      {.name = "max-in-flight",
       .help = "Pieces of work held in memory at once; more uses more memory.",
       .value = "N",
       .field = field<&Settings::limits, &Limits::max_in_flight>,
       .greatest = 1'000'000,
       .decides = false,
       .commands = every},
      {.name = "resume",
       .help = "Keep a journal of finished samples in the output folder, and do not do again what it has of the same "
               "inputs, "
               "settings, catalogue and version.",
       .field = field<&Settings::output, &OutputOptions::resume>,
       .decides = false},
      {.name = "ro-crate",
       .help = "Also write ro-crate-metadata.json: inputs, settings, catalogue and results with their SHA-256, as a "
               "Process "
               "Run Crate.",
       .field = field<&Settings::output, &OutputOptions::ro_crate>,
       .decides = false},
      {.name = "timestamps",
       .help =
           "Also write into run.json when, where and in how many seconds; otherwise the same run gives the same bytes.",
       .field = field<&Settings::output, &OutputOptions::timestamps>,
       .decides = false,
       .commands = both},
      {.name = "strict",
       .help = "End with exit code 7 when a gene could not be called, a dose not be worked out, or none be advised.",
       .field = own_field<&Settings::strict>,
       .commands = of_catalogue},
  };
  return table;
}

const Option* find_option(const std::string& name) {
  const auto found = std::ranges::find(options(), name, &Option::name);
  return found == options().end() ? nullptr : &*found;
}

std::vector<const Option*> options_of(Subcommand command) {
  std::vector<const Option*> chosen;
  for (const Option& option : options()) {
    if (std::ranges::find(option.commands, command) != option.commands.end()) chosen.push_back(&option);
  }
  return chosen;
}

std::vector<std::string> option_names(Subcommand command) {
  std::vector<std::string> names;
  for (const Option* option : options_of(command)) names.push_back(option->name);
  return names;
}

}  // namespace stardose::config
