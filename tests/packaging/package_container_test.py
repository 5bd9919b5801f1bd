"""The recipes for Docker and Apptainer.

buildah builds the first one for real, on a Debian of our own in place of the registry's; the steps of the other, which
Debian 12 has no program for, run in such a container one by one."""

import json
import os
import unittest

from container_test_case import BASE, ContainerTestCase, package
from recipe_test_case import (PACKAGING, PROGRAM, ROOT, RecipeTestCase, apptainer_sections, apptainer_sources, files_below,
                              need, run, version)

DOCKERFILE = PACKAGING / "docker/Dockerfile"


class Recipes(RecipeTestCase):
    def test_hadolint_finds_nothing(self):
        need("hadolint")
        run("hadolint", DOCKERFILE)
        (self.folder / "Dockerfile").write_text(DOCKERFILE.read_text().replace("USER 1000", "USER root"))
        self.assertIn("DL3002", run("hadolint", self.folder / "Dockerfile", fails=True))

    def test_the_definition_has_the_structure_that_apptainer_asks_for(self):
        need("shellcheck")
        (build, first), (final, last) = apptainer_sections()
        for header, stage in ((build, "build"), (final, "final")):
            self.assertEqual(header, {"Bootstrap": "docker", "From": "debian:12-slim", "Stage": stage})
        self.assertEqual(set(first), {"files", "post"})
        self.assertEqual(set(last), {"files from build", "post", "environment", "runscript", "test", "labels", "help"})
        for name in ("post", "environment", "runscript", "test"):
            script = self.folder / name
            script.write_text("\n".join(last[name]) + "\n")
            run("shellcheck", "--shell=sh", script)
        for source, target in (line.split() for line in first["files"]):
            self.assertTrue((ROOT / source).exists(), source)
            self.assertEqual(target, f"/stardose/{source}")

    def test_both_build_the_package_in_the_same_way(self):
        first_stage = DOCKERFILE.read_text().split("\n\n")[0].splitlines()
        steps = [line[len("RUN "):] for line in first_stage if line.startswith("RUN ")]
        self.assertEqual(apptainer_sections()[0][1]["post"], ["cd /stardose", *steps])


class Docker(ContainerTestCase):
    def build(self, *words, **more):
        self.buildah("bud", "--quiet", "--pull-never", "--network", "host", "--layers=false", *words, "--tag", "stardose",
                     "--file", DOCKERFILE, "--ignorefile", f"{DOCKERFILE}.dockerignore", ROOT, **more)
        settings = json.loads(self.buildah("inspect", "--type", "image", "stardose"))["OCIv1"]["config"]
        self.assertEqual(settings["User"], "1000")
        self.assertEqual(settings["Cmd"], ["stardose", "--help"])
        self.assertNotIn("Entrypoint", settings)
        self.assertEqual(settings["Labels"]["org.opencontainers.image.version"], version())

    def check_image(self):
        image = self.container("localhost/stardose")
        self.assertEqual(self.inside(image, "id", "-u").strip(), "1000")
        self.assertEqual(self.inside(image, "pwd").strip(), "/data")
        self.assertIn("UTF-8", self.inside(image, "locale"))
        self.inside(image, "ps", "--version")  # Nextflow's
        left = "find /var/lib/apt/lists /package -type f 2> /dev/null || true"
        self.assertEqual(self.inside(image, "sh", "-c", left), "")
        self.assertNotIn("g++", self.inside(image, "dpkg-query", "--show", "--showformat", "${Package}\\n"))
        self.check_runs(image)

    def test_the_image_of_the_package(self):
        """The second stage; the first one's package is the one that was made here."""
        built = self.folder / "built/stardose/build/package"
        built.mkdir(parents=True)
        os.link(package(), built / package().name)
        self.build("--build-context", f"build={self.folder}/built")
        self.check_image()

    @unittest.skipUnless(os.environ.get("STARDOSE_BUILD_STAGE"),
                         "skipped: installs compilers for minutes; STARDOSE_BUILD_STAGE=1 runs it")
    def test_the_image_from_the_sources(self):
        """Both stages. Objects are the release build's; all else, to the linked and packaged program, is made inside."""
        compiler = self.folder / "c++"  # found before the one that is installed, which it calls
        compiler.write_text('#!/bin/sh\nSTARDOSE_OBJECTS=/objects exec /take_object /usr/bin/c++ "$@"\n')
        compiler.chmod(0o755)
        self.build("--volume", f"{PROGRAM.parent}:/objects:ro", "--volume", f"{compiler}:/usr/local/bin/c++:ro",
                   "--volume", f"{ROOT}/tests/packaging/take_object.sh:/take_object:ro", limit=3000)
        self.check_image()


class Apptainer(ContainerTestCase):
    def test_its_last_stage(self):
        sections = apptainer_sections()[1][1]
        image = self.container(BASE)
        ((source, target),) = [line.split() for line in sections["files from build"]]
        self.assertEqual(source, "/stardose/build/package")
        self.buildah("copy", "--quiet", image, package().parent, target)
        self.inside(image, "sh", "-ec", "\n".join(sections["post"]))
        environment = "\n".join(sections["environment"])
        self.assertIn("UTF-8", self.inside(image, "sh", "-ec", f"{environment}\nlocale"))
        test, runscript = ("\n".join([environment, *sections[name]]) for name in ("test", "runscript"))
        self.assertIn(f"stardose {version()}", self.inside(image, "sh", "-ec", test))
        said = self.inside(image, "sh", "-ec", runscript, "sh", "run", "--help")
        self.assertEqual(said, run(PROGRAM, "run", "--help"))
        self.assertIn("cannot", self.inside(image, "sh", "-c", "ls /package 2>&1 || true"))

    def test_its_first_stage_has_what_a_build_needs(self):
        apptainer_sources(self.folder / "sources")
        run("cmake", "--preset", "release", folder=self.folder / "sources")
        files = set(run("git", "ls-files").split())
        there = set(files_below(self.folder / "sources"))
        left_out = {file for file in files - there if not file.startswith((".", "data-samples/"))}
        self.assertEqual(left_out, {"CITATION.cff", "CONTRIBUTING.md", "SECURITY.md", "docs/validation.md"})
