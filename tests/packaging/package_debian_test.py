"""The Debian package: what it says, and that it installs, runs and goes again on a bare Debian 12."""

import re
import shutil

from container_test_case import BASE, ContainerTestCase, package
from recipe_test_case import PROGRAM, ROOT, RecipeTestCase, need, run, version


class Package(RecipeTestCase):
    def setUp(self):
        super().setUp()
        self.package = package()

    def test_lintian_finds_nothing(self):
        need("lintian")
        # That a first version closes the bug which asked for it is for packages which are uploaded to Debian.
        run("lintian", "--allow-root", "--pedantic", "--fail-on", "error,warning,pedantic", "--suppress-tags",
            "initial-upload-closes-no-bugs", self.package)

    def test_it_depends_on_the_package_of_each_library(self):
        depends = re.findall(r"([a-z0-9.+-]+) \(>= ", run("dpkg-deb", "--field", self.package, "Depends"))
        libraries = re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", PROGRAM))
        self.assertGreater(len(libraries), 5)
        found = run("ldd", PROGRAM)
        for library in libraries:
            path = re.search(rf"{re.escape(library)} => (\S+)", found).group(1)
            owner = run("dpkg", "-S", "*/" + "/".join(path.split("/")[-2:])).split(":")[0]
            self.assertIn(owner, depends)

    def test_the_same_program_makes_the_same_package(self):
        self.assertEqual(run("dpkg-deb", "--show", "--showformat", "${Version}", self.package), f"{version()}-1")
        times = {line.split()[3] for line in run("dpkg-deb", "--contents", self.package).splitlines()}
        date = re.search(r"STARDOSE_RELEASE_DATE (\S+)\)", (ROOT / "CMakeLists.txt").read_text()).group(1)
        self.assertEqual(times, {date})
        before = self.folder / "before.deb"
        shutil.copy(self.package, before)
        run(ROOT / "dev", "package")
        self.assert_same_bytes(self.package, before)


class BareDebian(ContainerTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.debian = cls.container(BASE)
        cls.before = cls.files()
        cls.buildah("copy", "--quiet", cls.debian, package(), "/tmp/")
        cls.inside(cls.debian, "sh", "-ec", "export DEBIAN_FRONTEND=noninteractive; apt-get update -q; apt-get install -q -y "
                   "--no-install-recommends /tmp/stardose_*.deb man-db; useradd --create-home somebody")

    @classmethod
    def files(cls):
        find = "find / -xdev -name '*stardose*' -not -path '/tmp/*' -not -path '/var/cache/man/*'"
        return set(cls.inside(cls.debian, "sh", "-c", find).split())

    def test_1_it_says_its_version(self):
        said = self.inside(self.debian, "stardose", "--version")
        self.assertEqual(said.splitlines()[0], f"stardose {version()}")
        self.assertEqual(said, run(PROGRAM, "--version"))

    def test_1_the_manual_is_found(self):
        page = self.inside(self.debian, "man", "--pager=cat", "stardose-run")
        self.assertIn("--input", page)
        self.assertIn("EXIT STATUS", page)
        self.assertIn("stardose", self.inside(self.debian, "man", "--whatis", "stardose"))

    def test_1_the_completion_is_found_by_bash(self):
        script = ". /usr/share/bash-completion/completions/stardose; complete -p stardose"
        self.assertRegex(self.inside(self.debian, "bash", "-ec", script), "^complete .* stardose")
        self.inside(self.debian, "test", "-f", "/usr/share/zsh/vendor-completions/_stardose")
        self.inside(self.debian, "test", "-f", "/usr/share/fish/vendor_completions.d/stardose.fish")

    def test_1_it_writes_what_the_build_writes(self):
        self.check_runs(self.debian, user="somebody")

    def test_2_it_goes_as_it_came(self):
        self.assertGreater(len(self.files()), 15)
        self.inside(self.debian, "sh", "-ec", "apt-get purge -q -y stardose")
        self.assertEqual(self.files(), self.before)
