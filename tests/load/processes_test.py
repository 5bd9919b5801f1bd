"""Two hundred processes at once: on one catalogue, on one folder of results, on one log, each a shard of one cohort."""

import json
import os
import shutil
import subprocess
import time
import unittest

from load_test_case import EXIT_OUTPUT, PROGRAM, SAMPLES, LoadTestCase, files_of, make_cohort

COUNT = int(os.environ.get("STARDOSE_PROCESSES", "200"))
FAMILY = SAMPLES / "family.vcf.gz"
WRITE = ["--write", "calls,guidance,json"]


def start(words, folder, **more):
    return subprocess.Popen([str(PROGRAM), *map(str, words)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            **{"stdin": subprocess.DEVNULL} | more)


def ended(processes):
    """Exit codes and what was said, in their order."""
    said = [process.communicate(timeout=900)[1].decode() for process in processes]
    return [process.returncode for process in processes], said


class ProcessesTest(LoadTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.catalogue = cls.folder / "catalogue"
        subprocess.run([PROGRAM, "knowledge", "export", cls.catalogue], check=True, capture_output=True)
        cls.before = files_of(cls.catalogue)
        cls.job = ["run", "--input", FAMILY, *WRITE, "--knowledge", cls.catalogue]
        subprocess.run([PROGRAM, *cls.job, "-o", cls.folder / "right"], check=True, capture_output=True)
        cls.right = files_of(cls.folder / "right")

    def setUp(self):
        self.begin = time.monotonic()

    def tearDown(self):
        self.assertEqual(files_of(self.catalogue), self.before)

    def seconds(self):
        return f"{time.monotonic() - self.begin:.0f} s"

    def check_refused(self, codes, said):
        for code, text in zip(codes, said):
            if code != 0:
                self.assertEqual(code, EXIT_OUTPUT, text)
                self.assertEqual(sum(line.startswith("error: ") for line in text.splitlines()), 1, text)

    def test_each_a_folder_of_its_own(self):
        folders = [self.folder / f"own/{number}" for number in range(COUNT)]
        codes, said = ended([start(self.job + ["-o", folder], self.folder) for folder in folders])
        self.assertEqual(set(codes), {0}, said)
        for folder in folders:
            self.assertTrue(files_of(folder) == self.right, folder)
        self.say(f"{COUNT} processes on one catalogue, each its folder: all {COUNT} right ({self.seconds()})")

    def test_one_folder_while_one_holds_it(self):
        """The first waits for its input; the others come meanwhile, and are all turned away."""
        out = self.folder / "held"
        first = start(["run", "--input", "-", *WRITE, "--knowledge", self.catalogue, "-o", out], self.folder,
                      stdin=subprocess.PIPE)
        first.stdin.write(FAMILY.read_bytes()[:1])
        first.stdin.flush()
        end = time.monotonic() + 60
        while not (out.is_dir() and any(out.iterdir())) and time.monotonic() < end:
            time.sleep(0.05)
        codes, said = ended([start(self.job + ["-o", out], self.folder) for _ in range(COUNT - 1)])
        held = first.poll() is None
        _, err = first.communicate(FAMILY.read_bytes()[1:], timeout=900)
        self.assertEqual(first.returncode, 0, err)
        self.assertTrue(held)
        self.assertEqual(set(codes), {EXIT_OUTPUT}, said[:3])
        self.check_refused(codes, said)
        self.check_results(out)
        self.say(f"{COUNT} processes, one folder, the first holds it: one wins, {COUNT - 1} are refused ({self.seconds()})")

    def test_one_folder_all_at_once(self):
        """Whoever comes when another has ended may do it again: every winner leaves the same."""
        out = self.folder / "raced"
        codes, said = ended([start(self.job + ["-o", out], self.folder) for _ in range(COUNT)])
        self.assertGreater(codes.count(0), 0)
        self.check_refused(codes, said)
        self.check_results(out)
        self.say(f"{COUNT} processes, one folder: {codes.count(0)} one after the other, {COUNT - codes.count(0)} refused "
                 f"({self.seconds()})")

    def check_results(self, out):
        found = files_of(out)
        self.assertEqual([name for name in found if name.endswith(".partial")], [])
        same = {name: text for name, text in found.items() if name != "run.json"}
        self.assertTrue(same == {name: text for name, text in self.right.items() if name != "run.json"})
        json.loads(found["run.json"])

    def test_shards_in_one_place_with_one_log(self):
        cohort = make_cohort(self.folder, 2 * COUNT + 7)
        log = self.folder / "audit.log"
        job = ["run", "--input", cohort, *WRITE]
        parts = [self.folder / f"shards/{number}" for number in range(1, COUNT + 1)]
        codes, said = ended([start(job + ["--shard", f"{number}/{COUNT}", "--audit-log", log, "-o", part], self.folder)
                             for number, part in enumerate(parts, 1)])
        self.assertEqual(set(codes), {0}, said)
        subprocess.run([PROGRAM, "merge", *parts, "-o", self.folder / "merged"], check=True, capture_output=True)
        subprocess.run([PROGRAM, *job, "-o", self.folder / "whole"], check=True, capture_output=True)
        self.assertTrue(files_of(self.folder / "merged") == files_of(self.folder / "whole"))
        verified = subprocess.run([PROGRAM, "audit", "verify", log], capture_output=True, text=True, check=False)
        self.assertEqual(verified.returncode, 0, verified.stderr)
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        self.assertEqual(len(lines), 2 * COUNT)
        self.say(f"{COUNT} shards at once, one audit log: merged they are the bytes of one run, and {len(lines)} entries hold "
                 f"({self.seconds()})")

    def test_one_record_of_a_patient(self):
        """Events that many processes add to one record: each is in it or was refused, and the record stays whole."""
        source = next((SAMPLES / "twins").glob("*.twin.json"))
        record = self.folder / source.name
        shutil.copy(source, record)
        words = [["twin", "add", record, "--time", f"2026-06-01T{number // 60:02}:{number % 60:02}", "--value", "inr=2.5",
                  "--late"] for number in range(COUNT)]
        codes, said = ended([start(each, self.folder) for each in words])
        self.check_refused(codes, said)
        text = record.read_text()
        json.loads(text)
        kept = [number for number in range(COUNT) if f"2026-06-01T{number // 60:02}:{number % 60:02}" in text]
        self.assertEqual(kept, [number for number, code in enumerate(codes) if code == 0])
        self.assertGreater(len(kept), 0)
        subprocess.run([PROGRAM, "twin", "update", record], check=True, capture_output=True)
        self.say(f"{COUNT} processes add to one record: {len(kept)} events are in it, {COUNT - len(kept)} were refused "
                 f"({self.seconds()})")


if __name__ == "__main__":
    unittest.main()
