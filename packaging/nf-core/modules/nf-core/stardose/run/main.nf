process STARDOSE_RUN {
    tag "${meta.id}"
    label 'process_single'

    conda "${moduleDir}/environment.yml"
    container "${workflow.containerEngine in ['singularity', 'apptainer'] && !task.ext.singularity_pull_docker_container
        ? 'https://depot.galaxyproject.org/singularity/stardose:0.1.0--0'
        : 'biocontainers/stardose:0.1.0--0'}"

    input:
    tuple val(meta), path(samples), path(indexes), path(outside_calls), path(covariates), path(medications)
    tuple val(meta2), path(fasta), path(fai)
    tuple val(meta3), path(workflow_file)

    output:
    tuple val(meta), path("${prefix}/calls.tsv")    , emit: calls    , optional: true
    tuple val(meta), path("${prefix}/guidance.tsv") , emit: guidance , optional: true
    tuple val(meta), path("${prefix}/coverage.tsv") , emit: coverage , optional: true
    tuple val(meta), path("${prefix}/dosing.tsv")   , emit: dosing   , optional: true
    tuple val(meta), path("${prefix}/report/*.html"), emit: html     , optional: true
    tuple val(meta), path("${prefix}/report/*.json"), emit: json     , optional: true
    tuple val(meta), path("${prefix}/multiqc/*")    , emit: multiqc  , optional: true
    tuple val(meta), path("${prefix}/run.json")     , emit: run
    tuple val("${task.process}"), val('stardose'), eval("stardose --version | sed '1!d; s/^.* //'"), topic: versions, emit: versions_stardose

    when:
    task.ext.when == null || task.ext.when

    script:
    def args     = task.ext.args ?: ''
    prefix       = task.ext.prefix ?: "${meta.id}"
    def optional = [
        fasta        ? "--reference ${fasta}"                : '',
        covariates   ? "--covariates ${covariates}"          : '',
        medications  ? "--medications-file ${medications}"   : '',
    ] + [outside_calls].flatten().findAll().collect { calls -> "--outside-calls ${calls}" }
    def inputs   = [samples].flatten().collect { file -> "--input ${file}" }.join(' ')
    """
    stardose run ${workflow_file} \\
        ${inputs} \\
        ${optional.findAll().join(' ')} \\
        --threads ${task.cpus} \\
        --output ${prefix} \\
        ${args}
    """

    stub:
    prefix = task.ext.prefix ?: "${meta.id}"
    """
    mkdir -p ${prefix}/report ${prefix}/multiqc
    touch ${prefix}/calls.tsv ${prefix}/guidance.tsv ${prefix}/run.json
    touch ${prefix}/report/${prefix}.html ${prefix}/report/${prefix}.json
    touch ${prefix}/multiqc/stardose_general_mqc.json
    """
}
