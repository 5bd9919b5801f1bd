"""The CWL and WDL descriptions, run for real without containers."""

import json
import shutil
from pathlib import Path

from recipe_test_case import PACKAGING, ROOT, SAMPLES, RecipeTestCase, need, run

CWL = PACKAGING / "cwl/stardose-run.cwl"
WDL = PACKAGING / "wdl/stardose.wdl"
FAMILY = ["--input", SAMPLES / "family.vcf.gz", "--outside-calls", SAMPLES / "outside_calls.tsv", "--dose", "warfarin",
          "--covariates", SAMPLES / "patients.tsv"]


class CommonWorkflowLanguage(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("cwltool")

    def cwltool(self, job, **more):
        said = run("cwltool", "--no-container", "--quiet", "--outdir", self.folder / "out", CWL, job, **more)
        return said if more.get("fails") else json.loads(said[said.index("{"):])

    def test_the_example_gives_what_a_run_by_hand_gives(self):
        outputs = self.cwltool(PACKAGING / "cwl/example.yml")
        family = self.by_hand(*FAMILY)
        for table in ("calls", "guidance", "dosing"):
            self.assert_same_bytes(outputs[table]["path"], family / f"{table}.tsv")
            self.assertTrue(outputs[table]["format"].endswith("format_3475"))
        pages = {page["basename"] for page in outputs["pages"] + outputs["documents"]}
        self.assertEqual(pages, {page.name for page in (family / "report").iterdir()})
        self.assertIsNone(outputs["coverage"])
        self.assertEqual(len(outputs["multiqc"]["listing"]), 4)
        self.assertIn("10 sample(s)", Path(outputs["log"]["path"]).read_text())

    def test_reads_come_with_their_index(self):
        job = self.folder / "job.yml"
        job.write_text(f"samples: [{{class: File, path: {SAMPLES}/reads.bam}}]\nwrite: [calls, coverage]\n"
                       "genes: [CYP2C19, TPMT]\n")
        outputs = self.cwltool(job)
        reads = self.by_hand("--input", SAMPLES / "reads.bam", "--genes", "CYP2C19,TPMT")
        self.assert_same_bytes(outputs["calls"]["path"], reads / "calls.tsv")
        self.assert_same_bytes(outputs["coverage"]["path"], reads / "coverage.tsv")
        self.assertEqual(outputs["pages"], [])

    def test_a_run_that_fails_is_a_failure(self):
        (self.folder / "bad.vcf.gz").write_text("nothing")
        job = self.folder / "job.yml"
        job.write_text(f"samples: [{{class: File, path: {self.folder}/bad.vcf.gz}}]\n")
        self.assertIn("permanentFail", run("cwltool", "--no-container", CWL, job, folder=self.folder, fails=True))

    def test_it_is_valid(self):
        self.assertIn("is valid CWL", run("cwltool", "--validate", CWL))


class WorkflowDescriptionLanguage(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("miniwdl")

    def miniwdl(self, inputs, **more):
        """Without containers, by the bare backend."""
        config = self.folder / "miniwdl.cfg"
        config.write_text("[scheduler]\ncontainer_backend = bare\n")
        said = run("miniwdl", "run", WDL, "-i", inputs, "--dir", f"{self.folder}/run/.", "--error-json",
                   MINIWDL_CFG=config, **more)
        if more.get("fails"):
            return said
        outputs = json.loads((self.folder / "run/outputs.json").read_text())
        return {name.removeprefix("stardose."): value for name, value in outputs.items()}

    def inputs(self, **inputs):
        job = self.folder / "inputs.json"
        job.write_text(json.dumps({f"stardose.{name}": value for name, value in inputs.items()}))
        return job

    def test_check_finds_nothing(self):
        said = run("miniwdl", "check", "--strict", WDL)
        self.assertNotIn("Ln", said)

    def test_the_example_gives_what_a_run_by_hand_gives(self):
        outputs = self.miniwdl(PACKAGING / "wdl/example.json", folder=ROOT)
        family = self.by_hand(*FAMILY)
        for table in ("calls", "guidance", "dosing"):
            self.assert_same_bytes(outputs[table], family / f"{table}.tsv")
        pages = {Path(page).name for page in outputs["pages"] + outputs["documents"]}
        self.assertEqual(pages, {page.name for page in (family / "report").iterdir()})
        self.assertEqual(len(outputs["multiqc"]), 4)
        self.assertIsNone(outputs["coverage"])

    def test_reads_find_their_index_wherever_the_engine_put_it(self):
        (self.folder / "elsewhere").mkdir()
        for name, folder in (("reads.bam", self.folder), ("reads.bam.csi", self.folder / "elsewhere")):
            shutil.copy(SAMPLES / name, folder)
        outputs = self.miniwdl(self.inputs(samples=[f"{self.folder}/reads.bam"], write=["calls"],
                                           indexes=[f"{self.folder}/elsewhere/reads.bam.csi"],
                                           genes=["CYP2C19", "TPMT"]))
        reads = self.by_hand("--input", SAMPLES / "reads.bam", "--genes", "CYP2C19,TPMT")
        self.assert_same_bytes(outputs["calls"], reads / "calls.tsv")

    def test_a_run_that_fails_is_a_failure(self):
        (self.folder / "bad.vcf.gz").write_text("nothing")
        self.assertIn("exit_status", self.miniwdl(self.inputs(samples=[f"{self.folder}/bad.vcf.gz"]), fails=True))
