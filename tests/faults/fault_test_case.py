"""What the tests of faults share: jobs, what they write undisturbed, and running one with something going wrong."""

import concurrent.futures
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data-samples"
PROGRAM = Path(os.environ.get("STARDOSE", ROOT / "build/release/stardose")).resolve()
INJECT = Path(os.environ.get("STARDOSE_INJECT", ROOT / "build/faults/inject")).resolve()
WORKERS = int(os.environ.get("STARDOSE_JOBS", os.cpu_count() or 1))

# Of each kind of call in each command so many go wrong, evenly; all of them with a large number.
MOST = int(os.environ.get("STARDOSE_FAULTS", "4"))

FAMILY = "family.vcf.gz"
RUN = ["run", "--input", FAMILY, "--input", "reads.bam", "--samples", "mother,stent,stent_reads",
       "--covariates", "patients.tsv", "--dose", "warfarin"]
EXIT_OUTPUT = 5


class Job:
    """A command whose results all lie below OUT, which words may name."""

    def __init__(self, name, words):
        self.name = name
        self.words = words

    def command(self, inputs, out):
        words = [word.replace("OUT", str(out)) for word in self.words]
        return [str(PROGRAM)] + [str(inputs / word) if (inputs / word).is_file() else word for word in words]


def copy_inputs(folder):
    """The files of the samples, and some that are made of them by the program itself."""
    inputs = folder / "inputs"
    inputs.mkdir()
    for path in SAMPLES.iterdir():
        if path.is_file() and path.suffix not in (".py", ".sh", ".md"):
            shutil.copy(path, inputs / path.name)
    (inputs / "set.yaml").write_text(
        "set: two\ninputs:\n  age: {}\n  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
        "features: {age: age in decades, vkorc1: {}}\n")
    return inputs


def files_of(folder):
    """Everything below the folder: its bytes by name. Neither a journal nor the lock of a killed run is a result."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("resume.journal", ".stardose.lock")}


def run(command, folder, limit=60, **more):
    """Runs in `folder`, so that nothing that is said names a place that changes."""
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, errors="replace", timeout=limit, check=False, **more)


def inject(command, folder, call, below, at=0, fault="EIO", and_after=False):
    """Runs with one fault; returns the finished program, and with `at` 0 how many such calls there are."""
    with tempfile.NamedTemporaryFile("r") as count:
        words = [INJECT, "--call", call, "--below", below, "--count", count.name]
        if at:
            words += ["--at", at, "--fault", fault] + (["--and-after"] if and_after else [])
        done = run([str(word) for word in words] + ["--"] + command, folder)
        if at:
            return done
        if done.returncode != 0:
            raise AssertionError(f"undisturbed, and yet exit code {done.returncode}: {done.stderr}")
        return int(count.read())


def some_of(count, most):
    """1 to count, or `most` of them, evenly, the first and the last among them."""
    if count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(k * (count - 1) / (most - 1)) for k in range(most)})


def each(function, cases):
    """Calls the function with each case's words, some at a time; fails with all that went wrong."""
    wrong = []

    def one(case):
        try:
            return function(*case)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            wrong.append(f"{[getattr(word, 'name', word) for word in case]}: {error}")
            return None

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(one, cases))
    if wrong:
        raise AssertionError(f"{len(wrong)} of {len(results)} went wrong:\n" + "\n".join(sorted(wrong)[:40]))
    return results


class FaultTestCase(unittest.TestCase):
    tried = 0

    @classmethod
    def setUpClass(cls):
        for program in (PROGRAM, INJECT):
            if not program.is_file():
                raise unittest.SkipTest(f"skipped: {program.name} is not there; ./dev test-faults builds it")
        cls.folder = Path(tempfile.mkdtemp(prefix="stardose-faults-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.inputs = copy_inputs(cls.folder)
        cls.whole = {}

    def undisturbed(self, job):
        """What the job writes when nothing goes wrong; run once."""
        if job.name not in self.whole:
            out = self.new_folder()
            done = run(job.command(self.inputs, "out"), out)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.whole[job.name] = files_of(out / "out")
            self.assertTrue(self.whole[job.name])
        return self.whole[job.name]

    def new_folder(self):
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        (folder / "out").mkdir()
        return folder

    def check_nothing_wrong(self, job, done, folder, codes, may_leave_partial=False):
        """Whatever has its final name is whole and right; what ended badly says so, in one line and with its code."""
        whole = self.undisturbed(job)
        found = files_of(folder / "out")
        half = [name for name in found if name.endswith(".partial")]
        if not may_leave_partial:
            self.assertEqual(half, [], done.stderr)
        for name, text in found.items():
            if name in half:
                continue
            self.assertTrue(name in whole, f"{name} is no file of this job")
            self.assertTrue(text == whole[name], f"{name} is not what an undisturbed run writes; {done.stderr}")
        if done.returncode == 0:
            self.assertEqual(sorted(found), sorted(whole), "done, and yet something is missing")
            return
        self.assertIn(done.returncode, codes, done.stderr)
        if done.returncode > 0:
            errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
            self.assertEqual(len(errors), 1, done.stderr)

    @classmethod
    def say(cls, text):
        print(f"faults: {text}", flush=True)


KILLED = (-signal.SIGKILL, -signal.SIGTERM)
