"""Fifty thousand samples: to the end under a cap, with the answers that a few of them alone have."""

import subprocess
import unittest

from load_test_case import Measured, LoadTestCase, make_cohort

SAMPLES = 50_000
CAP = 512  # MiB
SHARD_CAP = 256
PICKED = [1, 2, 777, 12_345, 25_000, 33_333, 49_999, 50_000]
TABLES = ["calls.tsv", "guidance.tsv"]


class CohortTest(LoadTestCase):
    needs = ("bcftools",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cohort = make_cohort(cls.folder, SAMPLES)

    def rows_of(self, table, samples):
        """Counts lines, and returns those of some samples."""
        count, rows = 0, []
        with open(table, encoding="utf-8") as lines:
            for line in lines:
                count += 1
                if line.startswith("sample\t") or line.split("\t", 1)[0] in samples:
                    rows.append(line)
        return count, rows

    def test_to_the_end_under_a_cap(self):
        names = {f"S{number:06}" for number in PICKED}
        few = self.folder / "few.bcf"
        subprocess.run(["bcftools", "view", "-s", ",".join(sorted(names)), "-Ob", "-o", few, self.cohort], check=True,
                       capture_output=True)
        self.run_capped(["run", "--input", few, "--write", "calls,guidance", "-o", "few"], CAP)
        for threads in (1, 2):
            out = self.folder / f"all{threads}"
            done = self.run_capped(["run", "--input", self.cohort, "--write", "calls,guidance", "-@", threads, "-o", out], CAP)
            self.say(f"{SAMPLES} samples, tables, {threads} thread(s), at most {CAP} MiB: {done}")
            for table in TABLES:
                small, wanted = self.rows_of(self.folder / "few" / table, names)
                count, found = self.rows_of(out / table, names)
                self.assertEqual(found, wanted)
                if table == "calls.tsv":
                    self.assertEqual((count - 1) * len(names), (small - 1) * SAMPLES)
        subprocess.run(["cmp", self.folder / "all1/guidance.tsv", self.folder / "all2/guidance.tsv"], check=True)

    def test_a_shard_needs_less_and_merging_does_too(self):
        parts = []
        for number in range(1, 6):
            parts.append(self.folder / f"shards/{number}")
            words = ["run", "--input", self.cohort, "--write", "calls", "--shard", f"{number}/5", "-o", parts[-1]]
            done = self.run_capped(words, SHARD_CAP)
        self.say(f"a fifth of {SAMPLES} samples, calls, at most {SHARD_CAP} MiB: {done}")
        merged = self.run_capped(["merge", *parts, "-o", self.folder / "merged"], SHARD_CAP)
        self.say(f"five such parts merged, at most {SHARD_CAP} MiB: {merged}")
        self.run_capped(["run", "--input", self.cohort, "--write", "calls", "-o", self.folder / "whole"], CAP)
        subprocess.run(["cmp", self.folder / "whole/calls.tsv", self.folder / "merged/calls.tsv"], check=True)

    def test_memory_beyond_the_genotypes_is_bounded(self):
        """A sample costs its genotypes at the catalogue's positions and its name, whatever is written of it."""
        small = make_cohort(self.folder, SAMPLES // 5)
        few = Measured(["run", "--input", small, "--write", "calls,guidance", "-o", "fifth"], self.folder)
        many = Measured(["run", "--input", self.cohort, "--write", "calls,guidance", "-o", "rest"], self.folder)
        self.assertEqual((few.code, many.code), (0, 0))
        each = (many.mib - few.mib) * 1024 / (SAMPLES - SAMPLES // 5)
        self.say(f"each sample more takes {each:.1f} KiB ({few.mib:.0f} to {many.mib:.0f} MiB)")
        self.assertLess(each, 9)

    def test_pages_are_written_and_forgotten(self):
        """Beside what the tables take, a sample leaves its line on the cohort's page."""
        peaks = {}
        for samples in (300, 1200):
            cohort = make_cohort(self.folder, samples)
            for write in ("calls,guidance", "calls,guidance,html,json"):
                out = self.folder / f"{samples}{write}"
                done = self.run_capped(["run", "--input", cohort, "--write", write, "-@", "2", "-o", out], CAP)
                peaks[samples, write] = done.mib
            self.assertEqual(len(list((out / "report").glob("S*.html"))), samples)
        self.say(f"1,200 samples, tables, pages and JSON: {done}")
        more = [peaks[samples, write] - peaks[samples, "calls,guidance"] for samples in (300, 1200)]
        self.assertLess(more[1] - more[0], 900 * 9 / 1024 + 8)


if __name__ == "__main__":
    unittest.main()
