"""What the tests of determinism run: every command that writes something, in a folder of its own, and all that it leaves."""

import gzip
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data-samples"
PROGRAM = Path(os.environ.get("STARDOSE", ROOT / "build/release/stardose")).resolve()

FAMILY = ["--input", "family.vcf.gz"]
BOTH = FAMILY + ["--input", "reads.bam"]
COVARIATES = ["--covariates", "patients.tsv"]
EVERY_FORMAT = "calls,guidance,coverage,dosing,features,html,json,fhir,multiqc"
RUN = ["run", *BOTH, *COVARIATES, "--outside-calls", "outside_calls.tsv", "--medications-file", "medications.tsv", "--truth",
       "truth.tsv", "--dose", "warfarin", "--features", "set.yaml", "--rank-by-frequency", "EUR", "--write", EVERY_FORMAT]
LEARN = ["--data", "made_up_cohort.tsv"]
RECORD = "OUT/records/p-2fc7a3e5fe64.twin.json"

# Name: commands, one after the other. OUT is a folder for results; THREADS becomes `--threads N` where threads are asked for.
JOBS = {
    "run": [RUN + ["THREADS", "--ro-crate", "-o", "OUT"]],
    "run, streamed": [["run", *FAMILY, "--no-index", "--write", "calls,guidance", "THREADS", "-o", "OUT"]],
    "run, GRCh37": [["run", "--input", "family_grch37.vcf.gz", "--write", "calls,guidance", "THREADS", "-o", "OUT"]],
    "run, dosages": [["run", *FAMILY, "--write", "dosages", "--dosage-sites", "all", "THREADS", "-o", "OUT"]],
    "dose": [["dose", "warfarin", *COVARIATES, *BOTH, "THREADS", "-o", "OUT"]],
    "explain": [["explain", "ambiguous", "SLCO1B1", *FAMILY, "--rank-by-frequency", "EUR"]],
    "genotype": [["genotype", "--input", "reads.bam", "THREADS", "-o", "OUT/a.vcf.gz"],
                 ["genotype", "--input", "reads.bam", "THREADS", "-o", "OUT/a.bcf"]],
    "annotate": [["annotate", "family.vcf.gz", "THREADS", "-W", "-o", "OUT/a.vcf.gz"],
                 ["annotate", "family.vcf.gz", "THREADS", "-W", "-o", "OUT/a.bcf"]],
    "polygenic": [["polygenic", "--score", "made_up_score.txt", *FAMILY, "THREADS", "-o", "OUT"]],
    "features": [["features", "set.yaml", *COVARIATES, *FAMILY, "--genotypes", "all", "--matrix", "npy,mtx", "THREADS", "-o", "OUT"]],
    "train": [["train", "learners.yaml", *LEARN, "THREADS", "--output", "OUT/model.json"],
              ["score", "OUT/model.json", "--table", "made_up_cohort.tsv", "--id", "subject", "THREADS", "-o", "OUT/scored"]],
    "train, classes": [["train", "classes.yaml", *LEARN, "THREADS", "--output", "OUT/model.json"],
                       ["score", "OUT/model.json", "--table", "made_up_cohort.tsv", "--id", "subject", "THREADS", "-o", "OUT/scored"]],
    "twin": [["twin", "start", "warfarin", *COVARIATES, *FAMILY, "THREADS", "-o", "OUT/records"],
             ["twin", "add", RECORD, "--events", "treatment.tsv"],
             ["twin", "advise", RECORD, "--json"]],
    "twin, all of it": [["twin", "start", "warfarin", *COVARIATES, *FAMILY, "THREADS", "-o", "OUT/records"],
                        ["twin", "add", RECORD, "--events", "treatment.tsv"],
                        ["twin", "update", RECORD, "--json"],
                        ["twin", "forecast", RECORD, "--json"],
                        ["twin", "advise", RECORD, "--html", "OUT/page.html"],
                        ["twin", "batch", "--patients", "OUT/records", "THREADS", "-o", "OUT/batch"]],
    "concordance": [["run", *FAMILY, "--write", "calls", "-o", "OUT"],
                    ["concordance", "--truth", "truth.tsv", "--calls", "OUT/calls.tsv", "--output", "OUT/concordance.tsv"]],
    "knowledge": [["knowledge", "list"]],
}

SET = """set: some
inputs:
  age: {}
  weight: {}
  height: {}
  cyp2c9: {diplotype: CYP2C9, alleles: ["*1", "*2", "*3"]}
  score: {score: CYP2C9}
  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}
derived:
  surface: {unit: m2, value: {root: {ratio: [{product: [height in cm, weight in kg]}, 3600]}}}
features: {age: age in decades, weight: {}, cyp2c9: {}, score: {}, vkorc1: {}, surface: {}}
"""

STEPS = """
columns:
  age: {unit: years}
  height: {unit: cm}
  weight: {unit: kg}
  male: {}
  race: {levels: [White, Asian, Black, Mixed or unknown]}
  vkorc1_count: {}
  cyp2c9_loss: {}
id: subject
seed: 5
steps:
  all:
    - fill: {columns: [age, height, weight], by: median}
    - fill: {columns: [male, vkorc1_count, cyp2c9_loss], by: mean}
    - one_hot: {columns: [race], missing: zeros}
    - standardise: {}
  parts:
    - fill: {columns: [age, weight], by: neighbours, on: [male], neighbours: 3}
    - fill: {columns: [height], by: regression, on: [weight, age]}
    - fill: {columns: [male, vkorc1_count, cyp2c9_loss], by: mean}
    - one_hot: {columns: [race], missing: zeros}
    - products: {left: [age], right: [weight]}
    - transform: {columns: [weight], by: log}
    - standardise: {}
    - components: {columns: [height, weight, age], count: 2, name: size}
folds: [{name: 3-fold, kind: random, folds: 3, seed: 1}]
"""

LEARNERS = "recipe: learners" + STEPS + """
target: {column: dose, name: dose, unit: mg/week, power: 0.5}
intervals: {level: 0.8}
contenders:
  - {name: ridge, learner: ridge, grid: {penalty: [0.001, 0.1]}, steps: parts}
  - {name: net, learner: elastic_net, steps: all}
  - {name: absolute, learner: least_absolute_deviation, settings: {penalty: 0.01}, steps: all}
  - {name: trees, learner: gradient_boosting, settings: {rounds: 40}, steps: all}
  - {name: forest, learner: random_forest, settings: {trees: 20}, steps: all}
  - {name: kernel, learner: kernel_ridge, steps: all}
  - {name: support, learner: rbf_svm, steps: all}
  - {name: network, learner: perceptron, settings: {epochs: 10, networks: 2, activation: tanh}, steps: all}
  - {name: neighbours, learner: nearest_neighbours, settings: {weight: inverse_distance}, steps: all}
"""

CLASSES = "recipe: classes" + STEPS + """
target: {column: smoker, name: smoker, classes: ["0", "1"]}
keep: [{column: smoker, is: ["0", "1"]}]
contenders:
  - {name: logistic, learner: logistic, steps: all}
  - {name: bayes, learner: naive_bayes, steps: all}
  - {name: trees, learner: gradient_boosting, settings: {rounds: 30}, steps: all}
  - {name: network, learner: perceptron, settings: {epochs: 10, networks: 2}, steps: all}
"""


def copy_inputs(folder):
    """All that the jobs read."""
    for path in SAMPLES.iterdir():
        if path.is_file() and path.suffix not in (".py", ".sh", ".md"):
            shutil.copy(path, folder / path.name)
    for name, text in (("set.yaml", SET), ("learners.yaml", LEARNERS), ("classes.yaml", CLASSES)):
        (folder / name).write_text(text)


def files_of(folder):
    """Everything below the folder: its bytes by name, without journals and locks."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("resume.journal", ".stardose.lock")}


def words_of(words, threads):
    """The command's words, with its threads if so many are asked for."""
    filled = []
    for word in words:
        if word != "THREADS":
            filled.append(word)
        elif threads is not None:
            filled += ["--threads", str(threads)]
    return filled


def results(commands, folder, threads=None, before=(), limit=600, **more):
    """Runs the commands in `folder`, `before` in front of each; returns every file that they left, and what they printed."""
    out = folder / "OUT"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    printed = {}
    for number, words in enumerate(commands):
        done = subprocess.run([*before, str(PROGRAM), *words_of(words, threads)], cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit, check=False, **more)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(words)}: exit code {done.returncode}: {done.stderr.decode()[-2000:]}")
        printed[f"printed by command {number + 1}"] = done.stdout + done.stderr
    found = files_of(out) | printed
    shutil.rmtree(out)
    return found


def differences(one, other):
    """Names of what is not the same, with the first line that differs."""
    told = [f"{name} is in one alone" for name in sorted(one.keys() ^ other.keys())]
    for name in sorted(one.keys() & other.keys()):
        if one[name] == other[name]:
            continue
        for a, b in zip(one[name].splitlines(), other[name].splitlines()):
            if a != b:
                at = next((k for k, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                told.append(f"{name}: ...{a[max(0, at - 30):at + 60]!r} beside ...{b[max(0, at - 30):at + 60]!r}")
                break
        else:
            told.append(f"{name}: one is longer")
    return told


def unzipped_family(folder):
    """The family's records as lines: those of the header, and the others."""
    lines = gzip.open(folder / "family.vcf.gz", "rt").read().splitlines(keepends=True)
    return [line for line in lines if line.startswith("#")], [line for line in lines if not line.startswith("#")]
