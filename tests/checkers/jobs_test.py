"""The program's jobs, many threads each, under a checker of memory or of races: no finding, and the answers of the release.

STARDOSE_CHECKED: the program that is checked; STARDOSE_CHECKER: words in front of it. ./dev tsan and ./dev valgrind set them.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data-samples"
PROGRAM = Path(os.environ.get("STARDOSE", ROOT / "build/release/stardose")).resolve()
CHECKED = Path(os.environ.get("STARDOSE_CHECKED", PROGRAM)).resolve()
CHECKER = shlex.split(os.environ.get("STARDOSE_CHECKER", ""))
SECONDS = 1200

RUN = ["run", "--input", "family.vcf.gz", "--input", "reads.bam", "--covariates", "patients.tsv", "--dose", "warfarin"]
JOBS = {
    "run": RUN + ["--write", "calls,guidance,coverage,dosing,html,json,fhir,multiqc,dosages", "--resume", "-o", "OUT"],
    "run, streamed": ["run", "--input", "family.vcf.gz", "--no-index", "--write", "calls", "-o", "OUT"],
    "run, on GRCh37": ["run", "--input", "family_grch37.vcf.gz", "--write", "calls", "-o", "OUT"],
    "a pseudonymous run": RUN + ["--pseudonymise", "key", "--audit-log", "OUT/log", "-o", "OUT"],
    "annotate": ["annotate", "family.vcf.gz", "-o", "OUT/a.vcf"],
    "genotype": ["genotype", "--input", "reads.bam", "-o", "OUT/a.vcf"],
    "polygenic": ["polygenic", "--score", "made_up_score.txt", "--input", "family.vcf.gz", "-o", "OUT"],
}


class JobsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for program in (PROGRAM, CHECKED):
            if not program.is_file():
                raise unittest.SkipTest(f"skipped: {program.name} is not there; ./dev build makes it")
        cls.folder = Path(tempfile.mkdtemp(prefix="stardose-checkers-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for path in SAMPLES.iterdir():
            if path.is_file():
                shutil.copy(path, cls.folder)
        (cls.folder / "key").write_text("0123456789abcdef0123456789abcdef\n")
        (cls.folder / "key").chmod(0o600)

    def results(self, words, name):
        out = self.folder / name
        out.mkdir(exist_ok=True)
        command = [word.replace("OUT", name) for word in words]
        done = subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=SECONDS, check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-6000:])
        found = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*")
                 if path.is_file() and path.name not in ("resume.journal", ".stardose.lock", "log")}
        shutil.rmtree(out)
        return found

    def test_every_job(self):
        for name, words in JOBS.items():
            with self.subTest(name):
                threads = ["-@", "4"] if words[0] in ("run", "polygenic") else []
                right = self.results([str(PROGRAM)] + words, "out")
                self.assertTrue(right)
                self.assertTrue(self.results(CHECKER + [str(CHECKED)] + words + threads, "out") == right)


if __name__ == "__main__":
    unittest.main()
