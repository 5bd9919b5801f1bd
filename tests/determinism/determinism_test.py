"""The same input gives the same bytes: threads, shards, locale, time zone, mask, folder, memory, processor, order of what has none.

STARDOSE: the program. What another processor has is tried in two ways: the C library is told to leave instructions out
(GLIBC_TUNABLES), and, where qemu-user is installed, the program runs on processors that lack or have them.
"""

import os
import random
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from jobs import BOTH, COVARIATES, EVERY_FORMAT, FAMILY, JOBS, PROGRAM, ROOT, RUN, copy_inputs, differences, results, unzipped_family

# Of another locale: decimal commas, and an i whose capital is another.
LOCALES = {"de_DE": "UTF-8", "tr_TR": "UTF-8"}
LEFT_OUT = "glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX2,-AVX,-FMA,-FMA4,-BMI1,-BMI2,-ERMS,-SSE4_1,-SSE4_2"
# One with little more than the first of 64 bits had; one with AVX2 and FMA, emulated by the same program.
PROCESSORS = ("qemu64", "max")
TOO_LONG = ("twin, all of it",)  # where each instruction is emulated


def shuffled(lines, seed):
    lines = list(lines)
    random.Random(seed).shuffle(lines)
    return lines


class DeterminismTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        if not PROGRAM.is_file():
            raise unittest.SkipTest("skipped: build/release/stardose is not there; ./dev build makes it")
        cls.folder = Path(tempfile.mkdtemp(prefix="stardose-determinism-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.work = cls.folder / "work"
        cls.work.mkdir()
        copy_inputs(cls.work)
        cls.right = {name: results(commands, cls.work) for name, commands in JOBS.items()}
        cls.runs = 0

    @classmethod
    def tearDownClass(cls):
        files = sum(len(found) for found in cls.right.values())
        print(f"determinism: {cls.runs} runs of {len(JOBS)} jobs, {files} outputs", flush=True)

    def check(self, name, folder=None, **more):
        """The job once more, in another way: no byte is another."""
        with self.subTest(job=name):
            type(self).runs += 1
            self.assertEqual(differences(self.right[name], results(JOBS[name], folder or self.work, **more)), [])

    def check_all(self, **more):
        for name in JOBS:
            self.check(name, **more)

    def test_again_with_other_addresses_and_other_bytes_in_fresh_memory(self):
        self.check_all(env=os.environ | {"MALLOC_PERTURB_": "165", "MALLOC_ARENA_MAX": "1"})

    def test_threads(self):
        for name, commands in JOBS.items():
            if any("THREADS" in words for words in commands):
                for threads in (1, 2, 7):
                    self.check(name, threads=threads)

    def test_shards(self):
        for name, job in {
            "variants and reads": RUN + ["--ro-crate"],
            "dosages": ["run", *FAMILY, "--write", "dosages", "--dosage-sites", "all"],
        }.items():
            right = results([job + ["-o", "OUT"]], self.work)
            for count in (1, 3, 7):
                with self.subTest(job=name, shards=count):
                    crate = ["--ro-crate"] if "--ro-crate" in job else []
                    parts = [f"OUT/shards/{number}" for number in range(1, count + 1)]
                    commands = [job + ["--shard", f"{number}/{count}", "-o", part] for number, part in enumerate(parts, 1)]
                    found = results(commands + [["merge", *crate, "-o", "OUT/whole", *reversed(parts)]], self.work)
                    merged = {file.removeprefix("OUT/whole/").removeprefix("whole/"): text for file, text in found.items()
                              if file.startswith("whole/")}
                    whole = {file: text for file, text in right.items() if not file.startswith("printed")}
                    self.assertEqual(differences(whole, merged), [])

    def test_locale(self):
        made = self.folder / "locales"
        made.mkdir()
        for name, charset in LOCALES.items():
            done = subprocess.run(["localedef", "-i", name, "-f", charset, made / f"{name}.{charset}"], capture_output=True,
                                  check=False)
            self.assertTrue((made / f"{name}.{charset}").is_dir(), done.stderr)
        comma = subprocess.run(["locale", "decimal_point"], capture_output=True, text=True, check=True,
                               env=os.environ | {"LOCPATH": str(made), "LC_ALL": "de_DE.UTF-8"})
        self.assertEqual(comma.stdout, ",\n")  # else nothing is tried
        for locale in ("C", "C.UTF-8", *(f"{name}.{charset}" for name, charset in LOCALES.items())):
            with self.subTest(locale=locale):
                self.check_all(env=os.environ | {"LOCPATH": str(made), "LC_ALL": locale, "LANG": locale})

    def test_time_zone(self):
        for zone in ("America/St_Johns", "Pacific/Apia", "XXX-14:30", ":/nowhere"):
            with self.subTest(zone=zone):
                self.check_all(env=os.environ | {"TZ": zone})

    def test_mask_and_environment(self):
        self.check_all(umask=0o077)
        self.check_all(env={"PATH": "/nowhere"})

    def test_another_folder(self):
        other = self.folder / "another folder, with a longer name" / "and one in it"
        shutil.copytree(self.work, other)
        for name, commands in JOBS.items():
            if name != "run":
                self.check(name, folder=other)
        # A crate tells where its inputs are.
        found = results(JOBS["run"], other)
        self.assertEqual([text for text in differences(self.right["run"], found) if not text.startswith("ro-crate")], [])

    def test_order_of_files_and_of_rows(self):
        """What has no order: one person's chromosomes in many files, rows of tables of people, events, weights, records."""
        header, records = unzipped_family(self.work)
        contigs = list(dict.fromkeys(record.split("\t")[0] for record in records))
        for contig in contigs:
            (self.work / f"{contig}.vcf").write_text("".join(header + [r for r in records if r.startswith(contig + "\t")]))
        right = self.tables([f"{contig}.vcf" for contig in contigs])
        for seed in (1, 2):
            self.assertEqual(differences(right, self.tables([f"{contig}.vcf" for contig in shuffled(contigs, seed)])), [])
        tables = ["patients.tsv", "outside_calls.tsv", "truth.tsv", "treatment.tsv"]  # medicines are told in the patient's order
        other = self.folder / "shuffled"
        shutil.copytree(self.work, other)
        for name in tables:
            lines = (self.work / name).read_text().splitlines(keepends=True)
            head = next(k for k, line in enumerate(lines) if not line.startswith("#")) + 1
            (other / name).write_text("".join(lines[:head] + shuffled(lines[head:], 3)))
            self.assertNotEqual((other / name).read_text(), (self.work / name).read_text())
        for name in ("run", "twin, all of it"):
            found = results(JOBS[name], other)
            with self.subTest(job=name):
                # Records of a run have the fingerprints of its inputs; those who get a twin are told by row.
                kept = [file for file in self.right[name] if file != "run.json" and "crate" not in file and "printed" not in file]
                self.assertEqual(differences({file: self.right[name][file] for file in kept},
                                             {file: found.get(file) for file in kept}), [])

    def tables(self, files):
        inputs = [word for file in files for word in ("--input", file)]
        found = results([["run", *inputs, *COVARIATES, "--dose", "warfarin", "--write", "calls,guidance,dosing,html,json", "-o",
                          "OUT"]], self.work)
        return {file: text for file, text in found.items() if file != "run.json"}

    def test_order_of_alignments(self):
        one = results([["run", *BOTH, "--write", EVERY_FORMAT.replace("dosing,features,", ""), "-o", "OUT"]], self.work)
        other = results([["run", "--input", "reads.bam", *FAMILY, "--write", EVERY_FORMAT.replace("dosing,features,", ""), "-o",
                          "OUT"]], self.work)
        for table in ("calls.tsv", "guidance.tsv", "coverage.tsv"):
            self.assertEqual(sorted(one[table].splitlines()), sorted(other[table].splitlines()))
        pages = [file for file in one if file.startswith("report/") and "index" not in file and "multiqc" not in file]
        self.assertGreater(len(pages), 20)
        self.assertEqual(differences({file: one[file] for file in pages}, {file: other.get(file) for file in pages}), [])

    def test_c_library_without_newer_instructions(self):
        self.check_all(env=os.environ | {"GLIBC_TUNABLES": LEFT_OUT})

    def test_other_processors(self):
        emulator = shutil.which("qemu-x86_64")
        if emulator is None:
            raise unittest.SkipTest("skipped: qemu-user is not there")
        for processor in PROCESSORS:
            for name in JOBS.keys() - set(TOO_LONG):
                with self.subTest(processor=processor):
                    self.check(name, before=[emulator, "-cpu", processor])


class BuiltProgramTest(unittest.TestCase):
    """What the machine code may not depend on."""

    # Of the C library's functions of numbers only those that have one right answer, or whose answer is nearly always
    # rounded right and was found alike (expf, logf); cos and lgamma beyond where ours reach.
    EXACT = {"fma", "floor", "ceil", "trunc", "rint", "nearbyint", "round", "lround", "llround", "lrint", "fmod", "fmax", "fmin",
             "frexp", "ldexp", "scalbn", "modf", "nextafter", "nextafterf", "sqrt", "roundf", "floorf", "ceilf", "fmaf", "sqrtf", "fmodf",
             "remainder", "logb", "ilogb", "nan", "floorl", "ceill", "frexpl", "ldexpl"}
    ALIKE = {"expf", "logf"}
    BEYOND = {"cos", "lgamma"}

    def setUp(self):
        if not PROGRAM.is_file():
            raise unittest.SkipTest("skipped: build/release/stardose is not there; ./dev build makes it")

    def test_functions_of_the_c_library_that_depend_on_the_processor_are_not_called(self):
        library = next(path for path in ("/lib/x86_64-linux-gnu/libm.so.6", "/lib64/libm.so.6") if Path(path).exists())

        def names(*words):
            lines = subprocess.run(["nm", "-D", *words], capture_output=True, text=True, check=True).stdout.splitlines()
            return {line.split()[-1].split("@")[0] for line in lines}

        called = names("--undefined-only", PROGRAM) & names("--defined-only", library)
        self.assertEqual(called - self.EXACT - self.ALIKE - self.BEYOND, set())

    def code(self):
        return subprocess.run(["objdump", "-d", "-C", "--no-show-raw-insn", PROGRAM], capture_output=True, text=True,
                              check=True).stdout.splitlines()

    def test_estimates_that_makers_of_processors_have_their_own_of_are_not_taken(self):
        estimates = ("rsqrt", "rcpps", "rcpss", "rcp14", "rcp28")
        self.assertEqual([line for line in self.code() if "\t" in line and any(word in line.split("\t")[1] for word in estimates)], [])

    def test_newer_instructions_are_in_functions_that_ask_for_them(self):
        function, newer = "", {}
        for line in self.code():
            if line.endswith(">:"):
                function = line.split("<", 1)[1][:-2]
            elif "\tv" in line:
                mnemonic = line.split("\t")[1].split()[0]
                if mnemonic.startswith("v") and not mnemonic.startswith("ver"):
                    newer.setdefault(function, set()).add(mnemonic)
        self.assertTrue(newer)
        fused = {name for name, found in newer.items() if any(word.startswith(("vfm", "vfnm")) for word in found)}
        strange = [name for name in newer if not any(word in name for word in ("avx2", "_block", "add_leaves", "add_kernels"))]
        self.assertEqual(strange, [])
        self.assertEqual([name for name in fused if "kernel" not in name], [])

    def test_flags_let_the_compiler_round_as_written(self):
        commands = ROOT / "build/release/compile_commands.json"
        if not commands.is_file():
            raise unittest.SkipTest("skipped: compile_commands.json is not there")
        text = commands.read_text()
        for flag in ("-march=", "-mfma", "-mavx", "-ffast-math", "-Ofast", "-funsafe-math", "-fassociative", "-mfpmath"):
            self.assertNotIn(flag, text)


if __name__ == "__main__":
    unittest.main()
