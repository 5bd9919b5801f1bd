version 1.0

# Calls the genes that matter for drugs, says what they mean, and looks up what CPIC and DPWG advise.
# Decision support for professionals; not a medical device.
workflow stardose {
  input {
    Array[File]+ samples
    Array[File] indexes = []
    String name = "results"
    File? workflow_file
    File? reference
    File? reference_index
    Array[File] outside_calls = []
    File? covariates
    Array[String] dose = []
    File? medications
    Array[String] genes = []
    Boolean assume_reference = false
    Array[String] write = ["calls", "guidance", "coverage", "dosing", "html", "json", "multiqc"]
    Int cpu = 1
    Int memory_mb = 1000
    String docker = "stardose:0.1.0"
  }

  call stardose_run {
    input:
      samples = samples,
      indexes = indexes,
      name = name,
      workflow_file = workflow_file,
      reference = reference,
      reference_index = reference_index,
      outside_calls = outside_calls,
      covariates = covariates,
      dose = dose,
      medications = medications,
      genes = genes,
      assume_reference = assume_reference,
      write = write,
      cpu = cpu,
      memory_mb = memory_mb,
      docker = docker
  }

  output {
    File? calls = stardose_run.calls
    File? guidance = stardose_run.guidance
    File? coverage = stardose_run.coverage
    File? dosing = stardose_run.dosing
    Array[File] pages = stardose_run.pages
    Array[File] documents = stardose_run.documents
    Array[File] multiqc = stardose_run.multiqc
    File run = stardose_run.run
  }

  meta {
    description: "Pharmacogene calls, guidance and reports from VCF, BCF, BAM or CRAM files"
  }
}

task stardose_run {
  input {
    Array[File]+ samples
    Array[File] indexes = []
    String name = "results"
    File? workflow_file
    File? reference
    File? reference_index
    Array[File] outside_calls = []
    File? covariates
    Array[String] dose = []
    File? medications
    Array[String] genes = []
    Boolean assume_reference = false
    Array[String] write = ["calls", "guidance", "coverage", "dosing", "html", "json", "multiqc"]
    Int cpu = 1
    Int memory_mb = 1000
    String docker = "stardose:0.1.0"
  }

  # An index is looked for beside its file, which an engine may have put elsewhere: links bring them together.
  command <<<
    set -euo pipefail
    mkdir -p inputs
    while read -r file; do
      if [ -n "$file" ]; then ln -s "$file" inputs/; fi
    done < <(cat ~{write_lines(samples)} ~{write_lines(indexes)})
    if [ -n "~{reference}" ]; then ln -s ~{reference} ~{reference_index} inputs/; fi
    while read -r file; do
      printf 'inputs/%s\n' "$(basename "$file")"
    done < ~{write_lines(samples)} > inputs.txt
    stardose run ~{workflow_file} \
      --input-list inputs.txt \
      --output '~{name}' \
      ~{if defined(reference) then "--reference 'inputs/" + basename(select_first([reference])) + "'" else ""} \
      ~{true="--outside-calls" false="" length(outside_calls) > 0} ~{sep=" --outside-calls " outside_calls} \
      ~{"--covariates " + covariates} \
      ~{true="--dose" false="" length(dose) > 0} ~{sep="," dose} \
      ~{"--medications-file " + medications} \
      ~{true="--genes" false="" length(genes) > 0} ~{sep="," genes} \
      ~{true="--assume-reference" false="" assume_reference} \
      --write ~{sep="," write} \
      --threads ~{cpu}
  >>>

  output {
    File? calls = name + "/calls.tsv"
    File? guidance = name + "/guidance.tsv"
    File? coverage = name + "/coverage.tsv"
    File? dosing = name + "/dosing.tsv"
    Array[File] pages = glob(name + "/report/*.html")
    Array[File] documents = glob(name + "/report/*.json")
    Array[File] multiqc = glob(name + "/multiqc/*")
    File run = name + "/run.json"
  }

  runtime {
    docker: docker
    cpu: cpu
    memory: memory_mb + " MB"
  }

  parameter_meta {
    samples: "VCF or BCF files (one cohort, split by region) and BAM or CRAM files (each one sample)"
    indexes: "of these files, where there are any"
    name: "of the folder with the results; samples keep the names that their files give them"
    workflow_file: "a StarDose workflow file; what is said here replaces what it says"
    reference: "FASTA of the same assembly; CRAM needs it"
    outside_calls: "TSV files of calls made elsewhere, such as HLA types"
    covariates: "TSV or CSV, a row a patient, for doses"
    dose: "drugs to work out doses of"
    medications: "TSV of what patients take"
    genes: "genes to call; all unless said"
    assume_reference: "DANGEROUS unless the VCF leaves out what equals the reference: takes a position that is in no record for it"
    write: "what to write"
  }

  meta {
    description: "stardose run"
  }
}
