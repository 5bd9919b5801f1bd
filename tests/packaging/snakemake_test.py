"""The Snakemake wrapper and workflow, run for real: here and on SLURM."""

import os
import shutil
import subprocess
import time
import unittest

from recipe_test_case import PACKAGING, SAMPLES, RecipeTestCase, need, need_slurm, run

SNAKEMAKE = PACKAGING / "snakemake"
WRAPPER = SNAKEMAKE / "wrapper/bio/stardose/run"
OUTSIDE = ["--outside-calls", SAMPLES / "outside_calls.tsv"]


class Wrapper(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("snakemake")
        shutil.copytree(WRAPPER / "test", self.folder, dirs_exist_ok=True)
        for name in ("family.vcf.gz", "outside_calls.tsv", "reads.bam", "reads.bam.csi"):
            shutil.copy(SAMPLES / name, self.folder)
        os.symlink(SNAKEMAKE / "wrapper", self.folder / "master")  # as in the repository of wrappers

    def snakemake(self, *targets, **more):
        return run("snakemake", "--cores", 2, "--wrapper-prefix", f"file://{self.folder}/", *targets, folder=self.folder,
                   **more)

    def test_each_output_has_the_name_of_the_rule_and_what_a_run_by_hand_writes(self):
        (self.folder / "tmp").mkdir()
        self.snakemake("calls/family.tsv", "from_reads/reads.html", "by_workflow/reads.guidance.tsv",
                       TMPDIR=self.folder / "tmp")
        family = self.by_hand("--input", SAMPLES / "family.vcf.gz", *OUTSIDE, "--write", "calls,guidance,html,json,multiqc")
        self.assert_same_bytes(self.folder / "calls/family.tsv", family / "calls.tsv")
        self.assert_same_bytes(self.folder / "calls/family.tsv", SAMPLES / "expected/calls.tsv")
        self.assert_same_bytes(self.folder / "guidance/family.tsv", family / "guidance.tsv")
        self.assert_same_files(self.folder / "report/family", family / "report", "[!.]*")
        self.assert_same_files(self.folder / "multiqc/family", family / "multiqc", "stardose*")
        reads = self.by_hand("--input", SAMPLES / "reads.bam")
        self.assert_same_bytes(self.folder / "from_reads/reads.calls.tsv", reads / "calls.tsv")
        self.assert_same_bytes(self.folder / "from_reads/reads.coverage.tsv", reads / "coverage.tsv")
        self.assert_same_bytes(self.folder / "from_reads/reads.html", reads / "report/stent_reads.html")
        self.assert_same_bytes(self.folder / "by_workflow/reads.guidance.tsv", reads / "guidance.tsv")
        self.assertIn("1 sample(s)", (self.folder / "logs/stardose/reads.log").read_text())
        self.assertEqual(list((self.folder / "tmp").glob("*/results")), [])

    def test_a_run_that_fails_leaves_no_output_and_its_message_in_the_log(self):
        (self.folder / "reads.bam").write_bytes(b"not reads")
        self.snakemake("from_reads/reads.html", fails=True)
        self.assertEqual(list(self.folder.glob("from_reads/*")), [])
        self.assertIn("error: ", (self.folder / "logs/stardose/reads.log").read_text())

    def test_outputs_that_there_are_not_are_refused(self):
        snakefile = self.folder / "Snakefile"
        snakefile.write_text(snakefile.read_text().replace("guidance=\"by_workflow", "advice=\"by_workflow"))
        self.assertIn("found: ['advice']", self.snakemake("by_workflow/reads.guidance.tsv", fails=True))


class Workflow(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("snakemake")
        need("multiqc")
        for name in ("config", "workflow", "wrapper"):
            shutil.copytree(SNAKEMAKE / name, self.folder / name)
        sheet = self.folder / "config/samples.tsv"
        sheet.write_text(sheet.read_text().replace("../../data-samples", str(SAMPLES)))

    def check_results(self):
        results = self.folder / "results"
        family = self.by_hand("--input", SAMPLES / "family.vcf.gz")
        reads = self.by_hand("--input", SAMPLES / "reads.bam")
        for table in ("calls.tsv", "guidance.tsv"):
            rows = (reads / table).read_text().splitlines(keepends=True)
            self.assertEqual((results / table).read_text(), (family / table).read_text() + "".join(rows[1:]))
        self.assert_same_files(results / "report/reads", reads / "report", "[!.]*")
        page = (results / "multiqc.html").read_text()
        for sample in ("mother", "no_call", "stent_reads"):
            self.assertTrue(sample in page, sample)

    def test_it_gives_what_runs_by_hand_give(self):
        run("snakemake", "--cores", 2, folder=self.folder)
        self.check_results()
        self.assertIn("Nothing to be done", run("snakemake", "--cores", 2, folder=self.folder))

    def test_lint_finds_nothing(self):
        self.assertIn("in a good condition", run("snakemake", "--lint", folder=self.folder))

    def test_on_slurm_it_gives_the_same(self):
        need_slurm()
        shutil.copytree(SNAKEMAKE / "profiles", self.folder / "profiles")
        said = run("snakemake", "--profile", "profiles/slurm", folder=self.folder, limit=300)
        self.assertIn("external jobid", said)
        self.check_results()


class SlurmStatus(RecipeTestCase):
    """What becomes of a job must be noticed, also of one that SLURM ends."""

    def setUp(self):
        super().setUp()
        need_slurm()

    def submit(self, command):
        return run("sbatch", "--parsable", "--mem=50", "--output=/dev/null", "--wrap", command).strip()

    def status(self, job, **variables):
        return run("bash", SNAKEMAKE / "profiles/slurm/status.sh", job, **variables).strip()

    def after(self, job):
        for _ in range(120):
            if self.status(job) != "running":
                break
            time.sleep(0.25)
        return self.status(job)

    def test_success_failure_and_cancelling_are_told_apart(self):
        slow = self.submit("sleep 100")
        self.assertEqual(self.status(slow), "running")
        self.assertEqual(self.after(self.submit("true")), "success")
        self.assertEqual(self.after(self.submit("exit 3")), "failed")
        subprocess.run(["scancel", slow], check=True)
        self.assertEqual(self.after(slow), "failed")

    def test_a_job_that_nobody_knows_has_failed_and_a_silent_controller_is_asked_again(self):
        self.assertEqual(self.status("999999"), "failed")
        conf = self.folder / "slurm.conf"
        conf.write_text("ClusterName=none\nSlurmctldHost=localhost(127.0.0.1)\nSlurmctldPort=1\nMessageTimeout=2\n"
                        "SlurmctldTimeout=1\n")
        self.assertEqual(self.status("1", SLURM_CONF=conf), "running")


if __name__ == "__main__":
    unittest.main()
