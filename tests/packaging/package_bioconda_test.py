"""The recipe for Bioconda: rendered as conda-build would, its build and its test run for real, without a network.

conda-build and its channels are not to be had from a package registry: the libraries are Debian's."""

import os
import re
import shutil

import jinja2
import yaml
from recipe_test_case import PACKAGING, PROGRAM, ROOT, RecipeTestCase, apptainer_sources, files_below, need, run, version

RECIPE = PACKAGING / "bioconda"
DEBIAN = {"cli11": "libcli11-dev", "eigen": "libeigen3-dev", "fmt": "libfmt-dev", "htslib": "libhts-dev",
          "libxgboost": "libxgboost-dev", "nlohmann_json": "nlohmann-json3-dev", "nlopt": "libnlopt-dev",
          "openssl": "libssl-dev", "tbb-devel": "libtbb-dev", "yaml-cpp": "libyaml-cpp-dev", "cmake": "cmake", "ninja": "ninja-build",
          "pkg-config": "pkg-config", "c++": "g++"}


def rendered():
    """The recipe as conda-build reads it on Linux: selectors, then Jinja, then YAML."""
    lines = (RECIPE / "meta.yaml").read_text().splitlines()
    chosen = [line for line in lines if not re.search(r"# \[(not linux|osx|win)\]$", line)]
    functions = {"compiler": {"cxx": "c++"}.__getitem__, "stdlib": {"c": "libc"}.__getitem__,
                 "pin_subpackage": lambda name, max_pin: name, "pin_compatible": lambda name, max_pin: name}
    text = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string("\n".join(chosen)).render(**functions)
    return yaml.safe_load(text)


class Recipe(RecipeTestCase):
    def test_it_says_what_bioconda_asks_for(self):
        recipe = rendered()
        self.assertEqual(recipe["package"], {"name": "stardose", "version": version()})
        self.assertEqual(recipe["build"]["run_exports"], ["stardose"])
        self.assertNotIn("skip", recipe["build"])  # on Linux
        self.assertEqual(recipe["about"]["license"], "Apache-2.0")
        source = (RECIPE / recipe["source"]["path"]).resolve()
        self.assertEqual(source, ROOT)
        for file in recipe["about"]["license_file"] + recipe["test"]["files"]:
            self.assertTrue((source / file).is_file(), file)
        self.assertFalse(recipe["about"]["summary"].startswith("StarDose"))

    def test_it_asks_for_what_a_build_asks_for(self):
        asked = recipe_names(rendered()["requirements"]["build"]) | recipe_names(rendered()["requirements"]["host"])
        packages = re.search(r"packages=\(([^)]*)\)", (ROOT / "dev").read_text()).group(1).split()
        self.assertEqual({DEBIAN[name] for name in asked - {"libc"}}, set(packages) - {"doctest-dev"})

    def test_the_script_is_clean(self):
        need("shellcheck")
        run("shellcheck", RECIPE / "build.sh")

    def test_the_script_builds_and_the_recipes_test_passes(self):
        need("unshare")
        sources, prefix, tools = self.folder / "sources", self.folder / "prefix", self.folder / "tools"
        apptainer_sources(sources)  # no more than the build needs
        tools.mkdir()
        (tools / "conda-c++").symlink_to(shutil.which("c++"))
        commands = self.folder / "commands"
        run("unshare", "--net", "bash", RECIPE / "build.sh", folder=sources, PREFIX=prefix, CPU_COUNT=2,
            CXX=tools / "conda-c++", CXXFLAGS="-O2 -DCONDA_FLAG", LDFLAGS="-Wl,-rpath,/conda/lib",
            CMAKE_ARGS="-DCONDA_ARGUMENT=1",
            CMAKE_CXX_COMPILER_LAUNCHER=ROOT / "tests/packaging/take_object.sh", STARDOSE_OBJECTS=PROGRAM.parent,
            STARDOSE_COMMANDS=commands)
        compiled = commands.read_text().splitlines()
        self.assertEqual(len(compiled), len(list((sources / "build/conda").rglob("*.cpp.o"))))
        self.assertGreater(len(compiled), 200)
        for command in compiled:
            self.assertTrue(command.startswith(f"{tools}/conda-c++ "), command)
            self.assertIn(" -O2 -DCONDA_FLAG ", command)
            self.assertNotIn("-march=", command)
            self.assertNotIn("-Werror", command)
        self.assertIn("CONDA_ARGUMENT", (sources / "build/conda/CMakeCache.txt").read_text())
        self.assertIn("/conda/lib", run("objdump", "-p", prefix / "bin/stardose"))
        self.assertEqual(files_below(prefix), files_below(self.installed()))

        test = rendered()["test"]
        for file in test["files"]:
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, self.folder / file)
        for command in test["commands"]:
            run("bash", "-o", "pipefail", "-ec", command, folder=self.folder, PREFIX=prefix,
                PATH=f"{prefix}/bin{os.pathsep}{os.environ['PATH']}")

    def installed(self):
        run("cmake", "--install", PROGRAM.parent, "--prefix", self.folder / "installed")
        return self.folder / "installed"


def recipe_names(requirements):
    return {requirement.split()[0] for requirement in requirements}
