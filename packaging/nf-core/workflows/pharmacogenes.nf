include { STARDOSE_RUN } from '../modules/nf-core/stardose/run/main'
include { MULTIQC      } from '../modules/local/multiqc/main'

// A file beside the sheet, or wherever its whole path says; nothing where the cell is empty.
def beside(sheet, cell) {
    if (!cell) {
        return []
    }
    return file(cell ==~ /^(\/|[a-z0-9]+:\/\/).*/ ? cell : "${sheet.parent}/${cell}", checkIfExists: true)
}

// Of each row: name, drugs and files. The first two become words of a command, so they are checked as assets/schema_input.json
// has it.
def rows_of(path) {
    if (!path) {
        error("--input is missing: a sheet of samples, such as assets/samplesheet.csv")
    }
    def sheet = file(path, checkIfExists: true)
    return sheet.splitCsv(header: true).collect { row ->
        if (!(row.sample ==~ /[A-Za-z0-9_.-]+/) || !((row.dose ?: '') ==~ /[A-Za-z0-9_.,-]*/) || !row.file) {
            error("${sheet}: each row has a sample (letters, digits, _ . -), a file, and drugs or nothing; found: ${row}")
        }
        [row.sample, row.dose] +
            ['file', 'index', 'outside_calls', 'covariates', 'medications'].collect { name -> beside(sheet, row[name]) }
    }
}

def optional(path) {
    return path ? file(path, checkIfExists: true) : []
}

workflow PHARMACOGENES {
    take:
    samplesheet // its path

    main:
    ch_samples = channel.fromList(rows_of(samplesheet))
        // Rows of one name are one run: a cohort that is split by region.
        .groupTuple()
        .map { name, doses, files, indexes, outside_calls, covariates, medications ->
            [[id: name, dose: doses.findAll().unique().join(',')], files] +
                [indexes, outside_calls, covariates, medications].collect { paths -> paths.flatten().unique() }
        }

    STARDOSE_RUN(
        ch_samples,
        [[:], optional(params.fasta), optional(params.fasta_fai)],
        [[:], optional(params.workflow_file)],
    )

    ch_calls = STARDOSE_RUN.out.calls
        .map { _meta, table -> table }
        .collectFile(name: 'calls.tsv', keepHeader: true, sort: { table -> table.parent.name }, storeDir: params.outdir)
    ch_guidance = STARDOSE_RUN.out.guidance
        .map { _meta, table -> table }
        .collectFile(name: 'guidance.tsv', keepHeader: true, sort: { table -> table.parent.name }, storeDir: params.outdir)

    ch_versions = channel.topic('versions')
        .unique()
        .map { process, tool, version -> "${process.tokenize(':').last()}:\n  ${tool}: ${version}\n" }
        .collectFile(name: 'versions.yml', sort: true, storeDir: "${params.outdir}/pipeline_info")

    MULTIQC(STARDOSE_RUN.out.multiqc.map { _meta, documents -> documents }.collect())

    emit:
    calls    = ch_calls
    guidance = ch_guidance
    report   = MULTIQC.out.report
    versions = ch_versions
}
