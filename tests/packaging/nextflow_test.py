"""The Nextflow module and pipeline, run for real: here, on SLURM and as a stub."""

import csv
import json
import re
import unittest

from recipe_test_case import PACKAGING, ROOT, SAMPLES, TOOLS, RecipeTestCase, need, need_slurm, run

PIPELINE = PACKAGING / "nf-core"
MODULE = PIPELINE / "modules/nf-core/stardose/run"
FAMILY = ["--input", SAMPLES / "family.vcf.gz", "--outside-calls", SAMPLES / "outside_calls.tsv", "--dose", "warfarin",
          "--covariates", SAMPLES / "patients.tsv", "--medications-file", SAMPLES / "medications.tsv"]


class NextflowTestCase(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("java")
        if not (TOOLS / "nextflow").is_dir():
            raise unittest.SkipTest("skipped: build/recipes/nextflow is not there; ./dev test-nextflow fetches it")

    def nextflow(self, *words, **more):
        return run(ROOT / "tests/packaging/nextflow", "run", *words, folder=self.folder, **more)


class Pipeline(NextflowTestCase):
    def setUp(self):
        super().setUp()
        need("multiqc")

    def check_results(self):
        results = self.folder / "results"
        family = self.by_hand(*FAMILY)
        reads = self.by_hand("--input", SAMPLES / "reads.bam")
        for table in ("calls.tsv", "guidance.tsv", "dosing.tsv"):
            self.assert_same_bytes(results / "family" / table, family / table)
        self.assert_same_bytes(results / "reads/coverage.tsv", reads / "coverage.tsv")
        self.assert_same_files(results / "family/report", family / "report")
        self.assert_same_files(results / "reads/report", reads / "report")
        for table in ("calls.tsv", "guidance.tsv"):
            rows = (reads / table).read_text().splitlines(keepends=True)
            self.assertTrue((results / table).read_text() == (family / table).read_text() + "".join(rows[1:]), table)
        version = run("stardose", "--version").split()[1]
        self.assertIn(f"STARDOSE_RUN:\n  stardose: {version}\n", (results / "pipeline_info/versions.yml").read_text())
        page = (results / "multiqc_report.html").read_text()
        for sample in ("mother", "stent_reads"):
            self.assertTrue(sample in page, sample)

    def test_here_it_gives_what_runs_by_hand_give_and_resumes(self):
        said = self.nextflow(PIPELINE, "-profile", "local,test")
        self.assertEqual(said.count("Submitted process"), 3, said)
        self.check_results()
        said = self.nextflow(PIPELINE, "-profile", "local,test", "-resume")
        self.assertEqual(said.count("Cached process"), 3, said)

    def test_on_slurm_it_gives_the_same(self):
        need_slurm()
        self.nextflow(PIPELINE, "-profile", "slurm,test")
        self.check_results()
        self.assertIn("#SBATCH", (next(self.folder.glob("work/*/*/.command.run"))).read_text())

    def test_a_stub_makes_the_files_that_a_run_makes(self):
        self.nextflow(PIPELINE, "-profile", "local,test", "-stub-run")
        results = self.folder / "results"
        for name in ("family/calls.tsv", "family/report/family.html", "reads/run.json", "multiqc_report.html"):
            self.assertTrue((results / name).is_file(), name)
        self.assertIn("stardose: ", (results / "pipeline_info/versions.yml").read_text())

    def test_a_mistake_in_the_input_is_said_once_and_not_tried_again(self):
        (self.folder / "bad.vcf").write_text("nothing")
        (self.folder / "sheet.csv").write_text("sample,file,index\nbad,bad.vcf,\n")
        said = self.nextflow(PIPELINE, "-profile", "local", "--input", "sheet.csv", fails=True)
        self.assertIn("error: bad.vcf: ", said)
        self.assertEqual(said.count("Submitted process"), 1, said)

    def test_a_name_that_could_be_a_command_is_refused(self):
        for row in ("a;touch hacked,family.vcf.gz,,", "a,family.vcf.gz,,$(touch hacked)"):
            (self.folder / "sheet.csv").write_text(f"sample,file,index,dose\n{row}\n")
            self.assertIn("each row has a sample", self.nextflow(PIPELINE, "--input", "sheet.csv", fails=True))
        self.assertEqual(list(self.folder.rglob("hacked")), [])


class Module(NextflowTestCase):
    """What tests/main.nf.test asks, without nf-test, which is not to be had from a package registry."""

    SCRIPT = """
nextflow.preview.topic = true
include { STARDOSE_RUN } from '%s/main.nf'
workflow {
    STARDOSE_RUN([[id: 'other name', single_end: true], %s], [[:], [], []], [[:], []])
    STARDOSE_RUN.out.calls.view { meta, table -> "meta ${meta} ${table.name}" }
}
"""

    def module(self, *files, stub=False):
        script = self.folder / "main.nf"
        script.write_text(self.SCRIPT % (MODULE, ", ".join(files)))
        config = self.folder / "nextflow.config"
        config.write_text((MODULE / "tests/nextflow.config").read_text() + """
process {
    withName: STARDOSE_RUN {
        ext.prefix = 'given'
        publishDir = [path: 'results', mode: 'copy']
    }
}
""")
        return self.nextflow(script, *(["-stub-run"] if stub else []))

    def file(self, name):
        return f"file('{SAMPLES}/{name}')"

    def test_the_id_is_nobodys_name_and_the_prefix_names_the_results(self):
        said = self.module(self.file("family.vcf.gz"), "[]", self.file("outside_calls.tsv"), "[]", "[]")
        self.assertIn("meta [id:other name, single_end:true] calls.tsv", said)
        family = self.by_hand(*FAMILY[:4], "--write", "calls,guidance,html,json,multiqc")
        self.assert_same_bytes(self.folder / "results/given/calls.tsv", SAMPLES / "expected/calls.tsv")
        self.assert_same_bytes(self.folder / "results/given/guidance.tsv", family / "guidance.tsv")
        self.assert_same_files(self.folder / "results/given/report", family / "report")
        self.assert_same_files(self.folder / "results/given/multiqc", family / "multiqc")

    def test_reads_come_with_their_index(self):
        self.module(self.file("reads.bam"), self.file("reads.bam.csi"), "[]", "[]", "[]")
        self.assert_same_bytes(self.folder / "results/given/calls.tsv", SAMPLES / "expected/reads/calls.tsv")

    def test_a_stub_emits_calls(self):
        said = self.module(self.file("family.vcf.gz"), "[]", "[]", "[]", "[]", stub=True)
        self.assertIn("meta [id:other name, single_end:true] calls.tsv", said)


class Descriptions(unittest.TestCase):
    """What is said of module and pipeline is what they have."""

    def test_meta_names_every_input_and_output_in_order(self):
        import yaml
        meta = yaml.safe_load((MODULE / "meta.yml").read_text())
        script = (MODULE / "main.nf").read_text()
        inputs = script[script.index("input:"):script.index("output:")]
        declared = re.findall(r"(?:val|path)\((\w+)\)", inputs)
        self.assertEqual([name for group in meta["input"] for part in group for name in part], declared)
        outputs = script[script.index("output:"):script.index("when:")]
        self.assertEqual(list(meta["output"]), re.findall(r"emit: (\w+)", outputs))
        for name, groups in meta["output"].items():
            if not name.startswith("versions"):
                self.assertIn(f'path("{next(iter(groups[0][1]))}")', outputs)
        self.assertGreaterEqual(len(meta["keywords"]), 3)
        self.assertEqual(meta["name"], re.search(r"process (\w+)", script)[1].lower())
        version = next(iter(meta["topics"]["versions"][0][2]))
        self.assertIn(f'eval("{version}")', outputs)
        self.assertEqual(run("bash", "-c", version).strip(), run("stardose", "--version").split()[1])

    def test_the_schemas_describe_the_parameters_and_the_sheet(self):
        from jsonschema import Draft202012Validator
        schema = json.loads((PIPELINE / "nextflow_schema.json").read_text())
        Draft202012Validator.check_schema(schema)
        described = {name for group in schema["$defs"].values() for name in group["properties"]}
        config = (PIPELINE / "nextflow.config").read_text()
        block = config[config.index("params {"):config.index("}\n")]
        self.assertEqual(described, set(re.findall(r"^\s+(\w+)\s+=", block, re.MULTILINE)))
        sheet = json.loads((PIPELINE / "assets/schema_input.json").read_text())
        Draft202012Validator.check_schema(sheet)
        validator = Draft202012Validator(sheet)
        with open(PIPELINE / "assets/samplesheet.csv", encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        validator.validate(rows)
        self.assertEqual(set(rows[0]), set(sheet["items"]["properties"]))
        for bad in ({"sample": "a b", "file": "a.bam"}, {"sample": "a"}, {"sample": "a", "file": "a.txt"},
                    {"sample": "a", "file": "a.vcf", "dose": "$(x)"}):
            self.assertTrue(list(validator.iter_errors([bad])), bad)


if __name__ == "__main__":
    unittest.main()
