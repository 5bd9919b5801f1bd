"""Every call by which a result is written goes wrong once, for every command that writes one."""

import shutil

from fault_test_case import EXIT_OUTPUT, MOST, RUN, FaultTestCase, Job, each, files_of, inject, run, some_of

ALL_FORMATS = "calls,guidance,coverage,dosing,html,json,fhir,multiqc"
JOBS = [
    Job("run", RUN + ["--write", ALL_FORMATS, "--ro-crate", "-o", "OUT"]),
    Job("run with dosages", ["run", "--input", "family.vcf.gz", "--write", "dosages", "--dosage-sites", "all", "-@", "2",
                             "-o", "OUT"]),
    Job("run --resume", RUN + ["--write", "calls,json", "--resume", "-o", "OUT"]),
    Job("run --shard", RUN + ["--write", "calls,json", "--shard", "1/2", "-o", "OUT"]),
    Job("features", ["features", "set.yaml", "--covariates", "patients.tsv", "--input", "family.vcf.gz", "-o", "OUT"]),
    Job("annotate, BCF", ["annotate", "family.vcf.gz", "-o", "OUT/a.bcf", "-W"]),
    Job("annotate, VCF.gz", ["annotate", "family.vcf.gz", "-o", "OUT/a.vcf.gz", "-W"]),
    Job("annotate, VCF", ["annotate", "family.vcf.gz", "-o", "OUT/a.vcf"]),
    Job("genotype", ["genotype", "--input", "reads.bam", "-o", "OUT/a.vcf.gz"]),
    Job("polygenic", ["polygenic", "--score", "made_up_score.txt", "--input", "family.vcf.gz", "-o", "OUT"]),
]
# The call, what it answers, whether all later ones do, too.
FAULTS = [
    ("write", "ENOSPC", True),
    ("write", "EIO", False),
    ("write", "EDQUOT", False),
    ("write", "half", False),
    ("write", "EINTR", False),
    ("sync", "EIO", False),
    ("rename", "EIO", False),
    ("rename", "EACCES", True),
    ("create", "ENOSPC", False),
    ("create", "EROFS", True),
    ("folder", "EACCES", False),
    ("truncate", "EIO", False),
    ("close", "EIO", False),
    ("lock", "EINTR", False),
    ("seek", "EIO", False),
]


class OutputsTest(FaultTestCase):
    def test_every_call_that_writes(self):
        plan = []
        for job in JOBS:
            self.undisturbed(job)
            counts = {}
            for call in sorted({call for call, _, _ in FAULTS}):
                folder = self.new_folder()
                counts[call] = inject(job.command(self.inputs, "out"), folder, call, folder / "out")
            for call, fault, and_after in FAULTS:
                plan += [(job, call, fault, and_after, at) for at in some_of(counts[call], MOST)]
        self.assertGreater(len(plan), 300)
        refused = sum(each(self.one_fault, plan))
        self.assertGreater(refused, len(plan) // 3)  # else the faults did not arrive
        self.say(f"{len(plan)} faults of writing in {len(JOBS)} commands: {refused} refused, the others did no harm")

    def one_fault(self, job, call, fault, and_after, at):
        folder = self.new_folder()
        command = job.command(self.inputs, "out")
        done = inject(command, folder, call, folder / "out", at, fault, and_after)
        self.check_nothing_wrong(job, done, folder, [EXIT_OUTPUT])
        again = run(command, folder)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertTrue(files_of(folder / "out") == self.undisturbed(job), "a run afterwards writes something else")
        shutil.rmtree(folder)
        return done.returncode != 0
