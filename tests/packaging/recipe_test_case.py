"""What the tests of the recipes share: running programs, and what the same run by hand writes."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
SAMPLES = ROOT / "data-samples"
PROGRAM = Path(os.environ.get("STARDOSE", ROOT / "build/release/stardose"))
TOOLS = ROOT / "build/recipes"  # what ./dev installs for these tests alone


def environment(**more):
    """As a user has it who has installed the program."""
    path = os.pathsep.join([str(PROGRAM.parent), os.environ["PATH"], str(TOOLS / "venv/bin")])
    return {**os.environ, "PATH": path, **{name: str(value) for name, value in more.items()}}


def run(*words, folder=ROOT, fails=False, limit=600, **variables):
    """Runs a program and returns what it printed; with `fails` it must end with another code than 0."""
    done = subprocess.run([str(word) for word in words], cwd=folder, env=environment(**variables), timeout=limit,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if (done.returncode != 0) != fails:
        raise AssertionError(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout[-6000:]}")
    return done.stdout


def need(program):
    """Ends the test as skipped where the program is not installed."""
    if shutil.which(program, path=environment()["PATH"]) is None:
        raise unittest.SkipTest(f"skipped: {program} is not there; ./dev test-recipes installs it")


def need_slurm():
    need("sbatch")
    if subprocess.run(["sinfo", "--noheader"], capture_output=True, check=False).returncode != 0:
        raise unittest.SkipTest("skipped: SLURM is not there; ./dev test-recipes starts one")


def version():
    return re.search(r"project\(stardose VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text()).group(1)


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*") if path.is_file())


def apptainer_sections():
    """Of each stage of the definition: its header, and its sections by name; both as lists of lines."""
    stages = []
    lines = []
    for line in (PACKAGING / "apptainer/stardose.def").read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith("Bootstrap:"):
            stages.append(({}, {}))
        if line.startswith("%"):
            lines = stages[-1][1].setdefault(line[1:], [])
        elif line.startswith(" "):
            lines.append(line.strip())
        else:
            name, value = line.split(": ")
            stages[-1][0][name] = value
    return stages


def apptainer_sources(folder):
    """Copies what the definition copies into its first stage."""
    for line in apptainer_sections()[0][1]["files"]:
        source, target = line.split()
        target = Path(folder) / Path(target).relative_to("/stardose")
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, target)
        else:
            shutil.copy(ROOT / source, target)


class RecipeTestCase(unittest.TestCase):
    """Has a folder of its own, `self.folder`."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="recipe.", dir=TOOLS))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def by_hand(self, *words, folder=ROOT):
        """The folder of results of `stardose run` with these words."""
        results = Path(tempfile.mkdtemp(prefix="by_hand.", dir=self.folder))
        run(PROGRAM, "run", *words, "--output", results, folder=folder)
        return results

    def assert_same_bytes(self, one, other):
        self.assertTrue(Path(one).is_file(), one)
        self.assertTrue(Path(one).read_bytes() == Path(other).read_bytes(), f"{one} is not {other}")

    def assert_same_files(self, one, other, pattern="*"):
        """Both folders have the same files of this pattern, one at least, with the same bytes."""
        names = sorted(path.name for path in Path(other).glob(pattern))
        self.assertTrue(names, other)
        self.assertEqual(sorted(path.name for path in Path(one).glob(pattern)), names)
        for name in names:
            self.assert_same_bytes(Path(one) / name, Path(other) / name)
