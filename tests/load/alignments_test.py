"""A thousand alignments: to the end under a cap, each with the answers that it has alone, and one open at a time a thread."""

import unittest

from load_test_case import Alignments, LoadTestCase

COUNT = 1000
CAP = 256  # MiB
WRITE = ["--write", "calls,guidance,coverage"]


class AlignmentsTest(LoadTestCase):
    needs = ("samtools",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alignments = Alignments(cls.folder / "bams")

    def test_a_thousand_under_a_cap(self):
        peaks, opened = {}, {}
        for count in (COUNT // 10, COUNT):
            bams = self.alignments.write_list(count)
            done = self.run_capped(["run", "--input-list", bams, *WRITE, "-@", "2", "-o", f"out{count}"], CAP)
            peaks[count], opened[count] = done.mib, done.descriptors
        self.say(f"{COUNT} alignments, tables and coverage, two threads, at most {CAP} MiB: {done}")
        self.assertLess(peaks[COUNT] - peaks[COUNT // 10], COUNT * 32 / 1024)  # KiB of genotypes and coverage each
        self.assertLess(opened[COUNT], 40)
        self.run_capped(["run", "--input", str(self.alignments.folder / "p000000.bam"), *WRITE, "-o", "one"], CAP)
        for table in ("calls.tsv", "guidance.tsv", "coverage.tsv"):
            head, *rows = (self.folder / "one" / table).read_text().splitlines()
            found = (self.folder / f"out{COUNT}" / table).read_text().splitlines()
            self.assertEqual(found[0], head)
            self.assertEqual(len(found) - 1, COUNT * len(rows))
            for number in range(COUNT):
                name = f"p{number:06}____"
                wanted = [row.replace("p000000____", name) for row in rows]
                self.assertEqual(found[1 + number * len(rows):1 + (number + 1) * len(rows)], wanted)

    def test_without_a_single_descriptor_to_spare(self):
        """Lists are longer than what may be open at once."""
        import resource
        bams = self.alignments.write_list(60)
        old = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (32, old[1]))
        try:
            self.run_capped(["run", "--input-list", bams, *WRITE, "-@", "2", "-o", "descriptors"], CAP)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, old)


if __name__ == "__main__":
    unittest.main()
