__license__ = "Apache-2.0"

import shutil
import tempfile
from pathlib import Path

from snakemake.shell import shell

# Inputs with a flag of their own. What else is named is an index, there to be seen by the workflow; what has no name, or is
# called `samples`, holds variants or reads.
FLAGS = {
    "ref": "--reference",
    "outside_calls": "--outside-calls",
    "covariates": "--covariates",
    "medications": "--medications-file",
    "truth": "--truth",
}
# What the program writes into its folder, by the name of the rule's output.
WRITTEN = {
    "calls": "calls.tsv",
    "guidance": "guidance.tsv",
    "coverage": "coverage.tsv",
    "dosing": "dosing.tsv",
    "dosages": "dosages.tsv",
    "matches": "matches.tsv",
    "multiqc": "multiqc",
    "run": "run.json",
}
PAGES = ("html", "json", "pdf")  # `html` is the page of the one sample that there is, `report` the folder of all


def listed(value):
    return [value] if isinstance(value, str) else list(value)


inputs = dict(snakemake.input.items())
named = {path for paths in inputs.values() for path in listed(paths)}
samples = [path for path in snakemake.input if path not in named] + listed(inputs.get("samples", []))
flags = []
for path in samples:
    flags += ["--input", path]
for name, flag in FLAGS.items():
    for path in listed(inputs.get(name, [])):
        flags += [flag, path]

outputs = dict(snakemake.output.items())
unknown = set(outputs) - set(WRITTEN) - set(PAGES) - {"report"}
if unknown or not outputs:
    raise ValueError(f"outputs are to be named, among {', '.join([*WRITTEN, *PAGES, 'report'])}; found: {sorted(unknown)}")
kinds = [name for name in outputs if name not in ("report", "run", "matches")]
if "report" in outputs:
    kinds += [kind for kind in snakemake.params.get("pages", ["html", "json"]) if kind not in kinds]
if kinds:
    flags += ["--write", ",".join(kinds)]
if "matches" in outputs:
    flags.append("--all-matches")

workflow = inputs.get("workflow", "")
extra = snakemake.params.get("extra", "")
log = snakemake.log_fmt_shell(stdout=True, stderr=True)

# The program gives files their names; the rule's are given here, once all is written.
with tempfile.TemporaryDirectory() as folder:
    results = Path(folder) / "results"
    shell(
        "stardose run {workflow:q} {flags:q} --threads {snakemake.threads} --output {results:q} {extra} {log}"
        if workflow
        else "stardose run {flags:q} --threads {snakemake.threads} --output {results:q} {extra} {log}"
    )
    for name, path in outputs.items():
        if name == "report":
            source = results / "report"
        elif name in PAGES:
            pages = [page for page in (results / "report").glob(f"*.{name}") if page.name != "index.html"]
            if len(pages) != 1:
                raise ValueError(f"{name} is for one sample, and there are {len(pages)}: ask for `report`, a folder")
            source = pages[0]
        else:
            source = results / WRITTEN[name]
        if Path(path).is_dir():
            shutil.rmtree(path)
        if source.is_dir():
            shutil.copytree(source, path)
        else:
            shutil.copyfile(source, path)
