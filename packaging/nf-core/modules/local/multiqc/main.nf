process MULTIQC {
    label 'process_single'

    conda "bioconda::multiqc=1.35"
    container 'biocontainers/multiqc:1.35--pyhdfd78af_0'

    input:
    path documents, stageAs: '?/*'

    output:
    path "multiqc_report.html", emit: report
    tuple val("${task.process}"), val('multiqc'), eval("multiqc --version | sed 's/.* //'"), topic: versions, emit: versions_multiqc

    script:
    def args = task.ext.args ?: ''
    """
    multiqc --force --no-data-dir --filename multiqc_report.html ${args} .
    """

    stub:
    """
    touch multiqc_report.html
    """
}
