"""What the tests in containers share: a bare Debian 12 made by `./dev test-package`, and buildah over it."""

import atexit
import functools
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from recipe_test_case import ROOT, SAMPLES, TOOLS, RecipeTestCase, files_below, need, run

BARE_DEBIAN = TOOLS / "debian12.tar"
BASE = "debian:12-slim"  # its name in the recipes; no registry is asked for it
TABLES = ["--outside-calls", "outside_calls.tsv", "--covariates", "patients.tsv", "--dose", "warfarin",
          "--medications-file", "medications.tsv"]
RUNS = {"family": ["--input", "family.vcf.gz", *TABLES, "--write", "calls,guidance,html,json,multiqc"],
        "reads": ["--input", "reads.bam", "--write", "calls,coverage,html"]}


def package():
    found = list((ROOT / "build/package").glob("stardose_*.deb"))
    if len(found) != 1:
        raise unittest.SkipTest("skipped: there is no package; ./dev package makes it")
    return found[0]


@functools.cache
def storage():
    """buildah's options for images and containers of the tests alone, the base among them; all go with the last test."""
    folder = Path(tempfile.mkdtemp(prefix="containers.", dir=TOOLS))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    places = ["--root", str(folder / "root"), "--runroot", str(folder / "run")]
    # Overlays are quick and cannot be had everywhere, as inside another container.
    tried = subprocess.run(["buildah", "--storage-driver", "overlay", *places, "images"], capture_output=True, check=False)
    options = ["--storage-driver", "vfs" if tried.returncode != 0 else "overlay", *places]
    bare = run("buildah", *options, "from", "scratch").strip()
    run("buildah", *options, "add", "--quiet", bare, BARE_DEBIAN, "/")
    run("buildah", *options, "commit", "--quiet", "--rm", bare, BASE)
    return options


class ContainerTestCase(RecipeTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        need("buildah")
        if not BARE_DEBIAN.is_file():
            raise unittest.SkipTest("skipped: there is no bare Debian 12; ./dev test-package makes it")

    @classmethod
    def buildah(cls, *words, **more):
        # chroot: needs neither a runtime nor rights that a container in which the tests run lacks.
        return run("buildah", *storage(), *words, BUILDAH_ISOLATION="chroot", **more)

    @classmethod
    def container(cls, image):
        name = cls.buildah("from", "--pull-never", image).strip().splitlines()[-1]
        cls.addClassCleanup(cls.buildah, "rm", name)
        return name

    @classmethod
    def inside(cls, container, *words, user=None, folders=(), **more):
        options = [word for folder in folders for word in ("--volume", folder)] + (["--user", user] if user else [])
        return cls.buildah("run", "--network", "host", *options, container, "--", *words, **more)

    def check_runs(self, container, user=None):
        """The program inside writes what the build's writes here: variants, reads, doses; tables, pages, documents."""
        for name, words in RUNS.items():
            results = self.folder / name
            results.mkdir()
            results.chmod(0o777)
            here = self.by_hand(*words, folder=SAMPLES)
            script = 'cd /samples && exec stardose run --output /results "$@"'
            self.inside(container, "sh", "-ec", script, "sh", *words, user=user,
                        folders=[f"{SAMPLES}:/samples:ro", f"{results}:/results"])
            files = files_below(here)
            self.assertGreater(len(files), 3)
            self.assertEqual(files_below(results), files)
            for file in files:
                if file != "run.json":  # it has the time, and where the results are
                    self.assert_same_bytes(results / file, here / file)
