#!/usr/bin/env python3
"""Writes treatment.tsv: three weeks of a made-up course of warfarin of `mother`, from a fixed seed.

    python3 data-samples/make_treatment.py [--check]

She needs more than her genes and covariates say: S-warfarin is cleared 1.3 times as fast as is usual of CYP2C9 *1/*2 at her
age. The course is that of a model simpler than the program's own (one compartment, one factor that is made anew and
decays), so that the program cannot know it exactly; each INR has an error of 7 %.
"""

import math
import random
import sys
from pathlib import Path

HOUR = 1 / 24
FIRST_DAY = 2  # of March 2026
CLEARANCE = 1.3 * 0.26 * 24  # L/day
VOLUME = 14.0
HALF_EFFECT = 0.72  # mg/L of S-warfarin
HALF_LIFE = 1.9  # days, of the factor

# Days from the first on, doses of the evening in mg; what a careful ward would give, beginning with the dose worked out.
DOSES = [(0, 4, 5), (5, 5, 4), (9, 6, 5), (14, 6, 7)]  # first day, mg, days
MEASURED = [0, 5, 9, 14, 18, 21]  # days, at eight in the morning


def course():
    """INR by the hour."""
    doses = {}
    for first, amount, days in DOSES:
        for day in range(first, first + days):
            doses[round((day + 18 * HOUR) / HOUR)] = amount / 2  # half of it is S-warfarin
    blood, factor, values = 0.0, 1.0, []
    for hour in range(22 * 24):
        blood += doses.get(hour, 0)
        level = blood / VOLUME
        making = 1 - level / (HALF_EFFECT + level)
        factor += HOUR * math.log(2) / HALF_LIFE * (making - factor)
        blood *= math.exp(-CLEARANCE / VOLUME * HOUR)
        values.append(factor ** -1.9)
    return values


def time_of(day, hour):
    return f"2026-03-{FIRST_DAY + day:02}T{hour:02}:00"


def text():
    rng = random.Random(1)
    rows = []
    values = course()
    for day in MEASURED:
        error = 1 if day == 0 else math.exp(rng.gauss(0, 0.07))
        rows.append((day, 8, f"inr\t{round(values[day * 24 + 8] * error, 1)}\t.\t.\t."))
    for first, amount, days in DOSES:
        rows.append((first, 18, f"dose\t{amount}\tmg\t{days}\t24h"))
    lines = ["# A made-up course of warfarin: `python3 data-samples/make_treatment.py`. Nobody was treated so.",
             "time\twhat\tvalue\tunit\ttimes\tevery"]
    lines += [f"{time_of(day, hour)}\t{row}" for day, hour, row in sorted(rows)]
    return "\n".join(lines) + "\n"


def main():
    path = Path(__file__).parent / "treatment.tsv"
    if sys.argv[1:] == ["--check"]:
        if path.read_text(encoding="utf-8") != text():
            sys.exit(f"{path} is not what this makes")
        return
    path.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
