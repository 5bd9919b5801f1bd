#!/usr/bin/env nextflow
// Calls, guidance and a page for each person of a sheet of samples, and one MultiQC report.

nextflow.preview.topic = true // of Nextflow 24; later ones have topics without it

include { PHARMACOGENES } from './workflows/pharmacogenes'

workflow {
    main:
    PHARMACOGENES(params.input)
}
