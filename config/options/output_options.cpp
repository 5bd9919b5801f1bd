// What is written, where, and how the machine is used.
#include "config/options/option_parts.h"
#include "pipeline/available_threads.h"

namespace stardose::config {

namespace {

using pipeline::Limits;
using pipeline::OutputOptions;

}  // namespace

std::vector<Option> output_options() {
  return {
      {.name = "output",
       .help = "Folder for the results, relative to where the program is run; made if missing.",
       .value = "FOLDER",
       .field = field<&Settings::output, &OutputOptions::folder>,
       .letter = 'o',
       .decides = false,
       .commands = of_all},
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
       .commands = of_all},
      {.name = "max-in-flight",
       .help = "Pieces of work held in memory at once; more uses more memory.",
       .value = "N",
       .field = field<&Settings::limits, &Limits::max_in_flight>,
       .greatest = 1'000'000,
       .decides = false,
       .commands = of_all},
      {.name = "resume",
       .help = "Keep a journal of finished samples in the output folder, and do not do again what it has of the same "
               "inputs, settings, catalogue and version.",
       .field = field<&Settings::output, &OutputOptions::resume>,
       .decides = false},
      {.name = "ro-crate",
       .help = "Also write ro-crate-metadata.json: inputs, settings, catalogue and results with their SHA-256, as a "
               "Process Run Crate.",
       .field = field<&Settings::output, &OutputOptions::ro_crate>,
       .decides = false},
      {.name = "timestamps",
       .help =
           "Also write into run.json when, where and in how many seconds; otherwise the same run gives the same bytes.",
       .field = field<&Settings::output, &OutputOptions::timestamps>,
       .decides = false,
       .commands = of_cohorts},
      {.name = "strict",
       .help = "End with exit code 7 when a gene could not be called, a dose not be worked out, or none be advised.",
       .field = field<&Settings::strict>,
       .commands = of_catalogues},
  };
}

}  // namespace stardose::config
