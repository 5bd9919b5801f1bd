"""CITATION.cff, and that every recipe is of the version that CMakeLists.txt names."""

import re

from recipe_test_case import PACKAGING, ROOT, RecipeTestCase, need, run, version

# Where a version is written, and nothing else is that looks like one.
NAMED = {
    "CITATION.cff": r"^version: (\S+)$",
    "packaging/README.md": r"stardose[:_]([\d.]+)",
    "packaging/apptainer/stardose.def": r"image\.version (\S+)$",
    "packaging/bioconda/meta.yaml": r'set version = "([^"]+)"',
    "packaging/cwl/stardose-run.cwl": r'(?:stardose:|version: \["?)([\d.]+)',
    "packaging/docker/Dockerfile": r'(?:stardose:|image\.version=")([\d.]+)',
    "packaging/nf-core/nextflow.config": r"^    version += '([^']+)'",
    "packaging/nf-core/modules/nf-core/stardose/run/environment.yml": r"stardose=(\S+)$",
    "packaging/nf-core/modules/nf-core/stardose/run/main.nf": r"stardose:([\d.]+)--",
    "packaging/wdl/stardose.wdl": r'"stardose:([^"]+)"',
}


class Citation(RecipeTestCase):
    def test_it_is_valid(self):
        need("cffconvert")
        self.assertIn("valid", run("cffconvert", "--validate", "-i", ROOT / "CITATION.cff"))

    def test_what_is_not_valid_is_refused(self):
        need("cffconvert")
        broken = self.folder / "CITATION.cff"
        broken.write_text((ROOT / "CITATION.cff").read_text().replace("license: Apache-2.0", "license: Apache-3"))
        run("cffconvert", "--validate", "-i", broken, fails=True)

    def test_it_has_the_date_of_the_release(self):
        date = re.search(r"STARDOSE_RELEASE_DATE (\S+)\)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        self.assertIn(f"\ndate-released: {date}\n", (ROOT / "CITATION.cff").read_text())


class Version(RecipeTestCase):
    def test_it_is_the_same_everywhere(self):
        for file, pattern in NAMED.items():
            found = re.findall(pattern, (ROOT / file).read_text(), flags=re.M)
            self.assertTrue(found, file)
            self.assertEqual(set(found), {version()}, file)

    def test_what_names_an_image_is_looked_at(self):
        naming = {str(path.relative_to(ROOT)) for path in PACKAGING.rglob("*") if path.is_file()
                  and re.search(rf"stardose[:=]{re.escape(version())}", path.read_text(errors="replace"))}
        self.assertTrue(naming)
        self.assertLessEqual(naming, set(NAMED))
