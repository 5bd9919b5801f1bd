#!/usr/bin/env cwl-runner
cwlVersion: v1.2
class: CommandLineTool
id: stardose-run
label: Pharmacogene calls, guidance and reports
doc: |
  Calls the genes that matter for drugs from VCF, BCF, BAM or CRAM files, says what they mean, and looks up what CPIC and
  DPWG advise. Decision support for professionals; not a medical device.

requirements:
  InlineJavascriptRequirement: {}
hints:
  SoftwareRequirement:
    packages:
      stardose:
        version: ["0.1.0"]
  DockerRequirement:
    dockerPull: stardose:0.1.0 # made by packaging/docker/Dockerfile
  ResourceRequirement:
    coresMin: $(inputs.threads)
    ramMin: 1000
  NetworkAccess:
    networkAccess: false

baseCommand: [stardose, run]
arguments:
  - {prefix: --output, valueFrom: $(inputs.name)}

inputs:
  samples:
    doc: VCF or BCF files (one cohort, split by region) and BAM or CRAM files (each one sample).
    type:
      type: array
      items: File
      inputBinding: {prefix: --input}
    secondaryFiles: [.tbi?, .csi?, .bai?, .crai?]
  name:
    doc: Of the folder with the results. Samples keep the names that their files give them.
    type: string
    default: results
  workflow:
    doc: A StarDose workflow file; what is said here replaces what it says.
    type: File?
    inputBinding: {position: 1}
  reference:
    doc: FASTA of the same assembly; CRAM needs it.
    type: File?
    secondaryFiles: [.fai, .gzi?]
    inputBinding: {prefix: --reference}
  outside_calls:
    doc: TSV files of calls made elsewhere, such as HLA types.
    type:
      - "null"
      - type: array
        items: File
        inputBinding: {prefix: --outside-calls}
  covariates:
    doc: TSV or CSV, a row a patient, for doses.
    type: File?
    inputBinding: {prefix: --covariates}
  dose:
    doc: Drugs to work out doses of.
    type: string[]?
    inputBinding: {prefix: --dose, itemSeparator: ","}
  medications:
    doc: TSV of what patients take.
    type: File?
    inputBinding: {prefix: --medications-file}
  genes:
    doc: Genes to call; all unless said.
    type: string[]?
    inputBinding: {prefix: --genes, itemSeparator: ","}
  assume_reference:
    doc: DANGEROUS unless the VCF leaves out what equals the reference. Takes a position that is in no record for it.
    type: boolean?
    inputBinding: {prefix: --assume-reference}
  write:
    doc: What to write.
    type: string[]
    default: [calls, guidance, coverage, dosing, html, json, multiqc]
    inputBinding: {prefix: --write, itemSeparator: ","}
  threads:
    type: int
    default: 1
    inputBinding: {prefix: --threads}

stderr: $(inputs.name).log

outputs:
  calls:
    doc: A row for each sample and gene.
    type: File?
    format: edam:format_3475
    outputBinding: {glob: $(inputs.name)/calls.tsv}
  guidance:
    doc: A row for each drug and guideline.
    type: File?
    format: edam:format_3475
    outputBinding: {glob: $(inputs.name)/guidance.tsv}
  coverage:
    doc: Depth of each position, of samples from reads.
    type: File?
    format: edam:format_3475
    outputBinding: {glob: $(inputs.name)/coverage.tsv}
  dosing:
    doc: Doses, where they were asked for.
    type: File?
    format: edam:format_3475
    outputBinding: {glob: $(inputs.name)/dosing.tsv}
  pages:
    doc: A page for each person.
    type: File[]
    format: edam:format_2331
    outputBinding: {glob: $(inputs.name)/report/*.html}
  documents:
    doc: The same for programs.
    type: File[]
    format: edam:format_3464
    outputBinding: {glob: $(inputs.name)/report/*.json}
  multiqc:
    doc: What MultiQC finds.
    type: Directory?
    outputBinding: {glob: $(inputs.name)/multiqc}
  run:
    doc: Versions, options, inputs and counts.
    type: File
    format: edam:format_3464
    outputBinding: {glob: $(inputs.name)/run.json}
  log:
    type: stderr

# Of exit codes, none that is said of a mistake is one that a scheduler should try again.
successCodes: [0]
permanentFailCodes: [2, 3, 4, 5, 6, 7, 8]

$namespaces:
  edam: http://edamontology.org/
  s: https://schema.org/
s:license: https://spdx.org/licenses/Apache-2.0
