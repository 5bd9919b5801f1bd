"""The same work over and over: no memory, descriptor, file or process more. STARDOSE_SOAK: seconds (30; an hour is 3600)."""

import itertools
import os
import shutil
import tempfile
import time
import unittest
from pathlib import Path

from load_test_case import SAMPLES, LoadTestCase, Measured, files_of, make_cohort

SECONDS = float(os.environ.get("STARDOSE_SOAK", "30"))
FAMILY = ["--input", "family.vcf.gz"]
RECORD = "twins/p-2fc7a3e5fe64.twin.json"
JOBS = {
    "run": ["run", *FAMILY, "--input", "reads.bam", "--covariates", "patients.tsv", "--dose", "warfarin", "--write",
            "calls,guidance,coverage,dosing,html,json,fhir", "-@", "2", "-o", "out"],
    "resumed": ["run", *FAMILY, "--write", "calls,json", "--resume", "-o", "kept"],
    "annotate": ["annotate", "family.vcf.gz", "-W", "-o", "out/a.vcf.gz"],
    "genotype": ["genotype", "--input", "reads.bam", "-o", "out/a.bcf"],
    "polygenic": ["polygenic", "--score", "made_up_score.txt", *FAMILY, "-@", "2", "-o", "out"],
    "advise": ["twin", "advise", RECORD, "--html", "out/page.html"],
    "refused": ["run", "--input", "patients.tsv", "-o", "out"],
    "logged": ["run", *FAMILY, "--write", "calls", "--audit-log", "audit.log", "-o", "out"],
}
REFUSED = 3


class SoakTest(LoadTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = cls.folder / "work"
        shutil.copytree(SAMPLES, cls.work)
        (cls.work / "out").mkdir()

    def test_again_and_again(self):
        """Temporary files would be in TMPDIR or beside results; shared memory in /dev/shm."""
        scratch = Path(tempfile.mkdtemp(dir=self.folder))
        os.environ["TMPDIR"] = str(scratch)
        self.addCleanup(os.environ.pop, "TMPDIR")
        places = (scratch, Path("/dev/shm"))
        before = [sorted(os.listdir(place)) for place in places]
        first, peaks, answers, runs = {}, {}, {}, 0
        begin = time.monotonic()
        for name in itertools.cycle(JOBS):
            if time.monotonic() - begin > SECONDS and runs >= 4 * len(JOBS):
                break
            done = Measured(JOBS[name], self.work)
            self.assertEqual(done.code, REFUSED if name == "refused" else 0, done.err)
            found = {file: text for file, text in files_of(self.work).items() if file != "audit.log"}
            self.assertEqual([file for file in found if "partial" in file or "tmp" in file], [])
            if name in answers and answers[name] != found:
                wrong = {file for file in found | answers[name] if found.get(file) != answers[name].get(file)}
                # Whatever the job before left is there still; its own is the same.
                self.assertFalse(wrong, f"{name}: other files or bytes")
            if runs >= len(JOBS):
                answers.setdefault(name, found)
                first.setdefault(name, done)
            peaks.setdefault(name, []).append(done.mib)
            runs += 1
        self.assertEqual([sorted(os.listdir(place)) for place in places], before)
        entries = (self.work / "audit.log").read_text().splitlines()
        self.assertEqual(len(entries), 2 * len(peaks["logged"]))
        for name, each in peaks.items():
            half = len(each) // 2
            with self.subTest(job=name):
                self.assertLess(min(each[half:]), max(each[:half]) * 1.02 + 1)  # threads meet by chance: peaks differ
        self.say(f"{runs} runs of {len(JOBS)} jobs in {time.monotonic() - begin:.0f} s: no file left, the same bytes, peaks of "
                 + ", ".join(f"{name} {min(each):.0f} to {max(each):.0f}" for name, each in peaks.items()) + " MiB")

    def test_many_patients_in_one_process(self):
        """Ten times as many patients under treatment in one run: each is told, and forgotten."""
        peaks = []
        for count in (20, 200):
            cohort = make_cohort(self.work, count)
            people, events = self.work / f"people{count}.tsv", self.work / f"events{count}.tsv"
            people.write_text("sample\tage_years\theight_cm\tweight_kg\trace\tamiodarone\tenzyme inducer\n" + "".join(
                f"S{number:06}\t{30 + number % 50}\t{150 + number % 40}\t{50 + number % 60}\tWhite\tno\tno\n"
                for number in range(1, count + 1)))
            started = self.run_capped(["twin", "start", "warfarin", "--covariates", people, "--input", cohort, "-o",
                                       f"records{count}"], 256, self.work)
            told = [line.split("\t") for line in started.out.splitlines()[1:]]
            names = [row[1] for row in told if row[2] == "started"]  # of the others a gene was not called
            self.assertGreater(len(names), 0.8 * count)
            rows = ["patient\ttime\twhat\tvalue\tunit\ttimes\tevery"]
            for number, name in enumerate(names):
                rows += [f"{name}\t2026-03-02T18:00\tdose\t{2 + number % 6}\tmg\t7\t24h",
                         f"{name}\t2026-03-09T08:00\tinr\t{1.5 + number % 20 / 10}\t.\t.\t."]
            events.write_text("\n".join(rows) + "\n")
            done = self.run_capped(["twin", "batch", "--patients", f"records{count}", "--events", events, "-@", "2", "-o",
                                    f"batch{count}"], 256, self.work)
            self.assertEqual(len(list((self.work / f"batch{count}/twins").glob("*.json"))), len(names))
            peaks.append(done.mib)
        self.say(f"{len(names)} patients under treatment, pages and forecasts, at most 256 MiB: {done}")
        self.assertLess(peaks[1] - peaks[0], 180 * 32 / 1024 + 4)

    def test_many_people_scored_in_one_process(self):
        cohort = (self.work / "made_up_cohort.tsv").read_text().splitlines(keepends=True)
        head, rows = cohort[0], cohort[1:]
        recipe = self.work / "recipe.yaml"
        recipe.write_text("recipe: small\nid: subject\ncolumns: {age: {unit: years}, weight: {unit: kg}}\n"
                          "target: {column: dose, name: dose, unit: mg/week, power: 0.5}\n"
                          "steps:\n  all:\n    - fill: {columns: [age, weight], by: mean}\n"
                          "contenders: [{name: trees, learner: gradient_boosting, settings: {rounds: 50}, steps: all}]\n"
                          "folds: [{name: 5-fold, kind: random, folds: 5, seed: 1}]\n")
        self.run_capped(["train", recipe, "--data", "made_up_cohort.tsv", "--output", "model.json"], 1024, self.work)
        peaks = []
        for times in (10, 100):
            with open(self.work / f"people{times}.tsv", "w", encoding="utf-8") as file:
                file.write(head)
                for number in range(times):
                    file.writelines(row.replace("MADE_UP_", f"P{number}_", 1) for row in rows)
            done = self.run_capped(["score", "model.json", "--table", f"people{times}.tsv", "--id", "subject", "-@", "2", "-o",
                                    f"scored{times}"], 1024, self.work)
            peaks.append(done.mib)
        people = 90 * len(rows)
        self.say(f"{100 * len(rows)} people scored: {done}; each takes {(peaks[1] - peaks[0]) * 1024 / people:.1f} KiB")
        self.assertLess((peaks[1] - peaks[0]) * 1024 / people, 12)


if __name__ == "__main__":
    unittest.main()
