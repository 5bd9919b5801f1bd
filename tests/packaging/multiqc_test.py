"""MultiQC finds what a run writes for it, and shows what the tables say."""

import csv
import json
from collections import Counter

from recipe_test_case import SAMPLES, RecipeTestCase, need, run


def table(path):
    with open(path, encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


class MultiQC(RecipeTestCase):
    def setUp(self):
        super().setUp()
        need("multiqc")

    def test_two_runs_make_one_report_that_says_what_the_tables_say(self):
        family = self.by_hand("--input", SAMPLES / "family.vcf.gz", "--write", "calls,multiqc", "--outside-calls",
                              SAMPLES / "outside_calls.tsv")
        reads = self.by_hand("--input", SAMPLES / "reads.bam", "--write", "calls,coverage,multiqc")
        said = run("multiqc", "--outdir", "out", family, reads, folder=self.folder)
        self.assertNotIn("rror", said)
        calls = table(family / "calls.tsv") + table(reads / "calls.tsv")
        samples = sorted({row["sample"] for row in calls})
        outcomes = Counter((row["sample"], row["status"]) for row in calls)

        found = json.loads((self.folder / "out/multiqc_data/multiqc_data.json").read_text())
        stats = {sample: cells for source in found["report_general_stats_data"] for sample, cells in source.items()}
        self.assertEqual(sorted(stats), samples)
        for sample in samples:
            self.assertEqual(stats[sample]["genes_called"], outcomes[sample, "called"])
            self.assertEqual(stats[sample]["genes_ambiguous"], outcomes[sample, "ambiguous"])
            self.assertEqual(stats[sample]["genes_no_call"], outcomes[sample, "no_call"])
        coverage = table(reads / "coverage.tsv")
        mean = sum(int(row["usable_depth"]) for row in coverage) / len(coverage)
        self.assertAlmostEqual(stats["stent_reads"]["mean_depth"], mean, delta=0.05)
        callable_share = sum(row["callable"] == "yes" for row in coverage) / len(coverage)
        self.assertAlmostEqual(stats["stent_reads"]["positions_callable"], 100 * callable_share, delta=0.05)
        self.assertNotIn("mean_depth", stats["mother"])
        self.assertEqual(stats["mother"]["positions_known"], 100)

        shown = {row["Sample"]: row for row in table(self.folder / "out/multiqc_data/multiqc_stardose_calls_table.txt")}
        self.assertEqual(sorted(shown), samples)
        guided = [gene for gene in shown["mother"] if gene != "Sample"]
        self.assertIn("CYP2C19", guided)
        for row in calls:
            if row["gene"] not in guided:
                continue
            cell = shown[row["sample"]][row["gene"]].replace("&gt;", ">").replace("&#44;", ",").replace("&#46;", ".")
            if row["status"] == "no_call":
                self.assertEqual(cell, "no call")
            elif row["diplotype"] == ".":
                self.assertEqual(cell, row["phenotype"])
            else:
                word = "" if row["status"] == "called" else row["status"] + ": "
                self.assertTrue(cell.startswith(word + row["diplotype"].replace(";", " or ")), (cell, row))
        bars = found["report_plot_data"]["stardose_outcomes_plot"]
        self.assertEqual(sorted(bars["samples"][0]), samples)

    def test_a_name_that_looks_like_markup_stays_text(self):
        lines = run("bgzip", "-dc", SAMPLES / "family.vcf.gz").replace("\tmother\t", "\t<b>x\t", 1)
        (self.folder / "hostile.vcf").write_text(lines)
        hostile = self.by_hand("--input", self.folder / "hostile.vcf", "--write", "multiqc")
        run("multiqc", "--outdir", "out", hostile, folder=self.folder)
        page = (self.folder / "out/multiqc_report.html").read_text()
        self.assertFalse("<b>x" in page)
        self.assertTrue("&lt;b&gt;x" in page)
