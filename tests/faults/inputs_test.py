"""Every call by which an input is read goes wrong once."""

import shutil

from fault_test_case import MOST, RUN, FaultTestCase, Job, each, inject, some_of

JOBS = [
    Job("run", RUN + ["--write", "calls,guidance,coverage,dosing,json", "-o", "OUT"]),
    Job("run, streamed", ["run", "--input", "family.vcf.gz", "--no-index", "--write", "calls", "-o", "OUT"]),
    Job("run, on GRCh37", ["run", "--input", "family_grch37.vcf.gz", "--write", "calls", "-o", "OUT"]),
    Job("run --resume", RUN + ["--write", "calls,json", "--resume", "-o", "OUT"]),
    Job("run with truth", ["run", "--input", "family.vcf.gz", "--truth", "truth.tsv", "--outside-calls",
                           "outside_calls.tsv", "--rank-by-frequency", "EUR",
                           "--write", "calls,html", "-o", "OUT"]),
    Job("features", ["features", "set.yaml", "--covariates", "patients.tsv", "--input", "family.vcf.gz", "-o", "OUT"]),
    Job("annotate", ["annotate", "family.vcf.gz", "-o", "OUT/a.bcf"]),
    Job("genotype", ["genotype", "--input", "reads.bam", "-o", "OUT/a.vcf.gz"]),
    Job("polygenic", ["polygenic", "--score", "made_up_score.txt", "--input", "family.vcf.gz", "-o", "OUT"]),
]
FAULTS = [("read", "EIO", False), ("read", "EIO", True), ("read", "half", False), ("read", "EINTR", False),
          ("open", "EIO", False), ("open", "ENOENT", False), ("open", "EACCES", True), ("seek", "EIO", False),
          ("map", "EIO", False)]
# An input that cannot be read (3), or is no longer there (2); one alignment of several (8).
CODES = [2, 3, 4, 8]


class InputsTest(FaultTestCase):
    def test_every_call_that_reads(self):
        plan = []
        for job in JOBS:
            self.undisturbed(job)
            for call, fault, and_after in FAULTS:
                count = inject(job.command(self.inputs, "out"), self.new_folder(), call, self.inputs)
                plan += [(job, call, fault, and_after, at) for at in some_of(count, MOST)]
        self.assertGreater(len(plan), 200)
        refused = sum(each(self.one_fault, plan))
        self.assertGreater(refused, len(plan) // 3)
        self.say(f"{len(plan)} faults of reading in {len(JOBS)} commands: {refused} refused, the others did no harm")

    def one_fault(self, job, call, fault, and_after, at):
        folder = self.new_folder()
        done = inject(job.command(self.inputs, "out"), folder, call, self.inputs, at, fault, and_after)
        if done.returncode == 8:
            self.assertIn("reads.bam", done.stderr)  # its sample is in no result, and all is said
        else:
            self.check_nothing_wrong(job, done, folder, CODES)
        shutil.rmtree(folder)
        return done.returncode != 0
