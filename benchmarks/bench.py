#!/usr/bin/env python3
"""Times whole commands beside their peers: A B A B ..., CPU seconds and peak memory, medians of five.

The cohort is not in the repository: name it with --cohort, or in the environment as STARDOSE_COHORT.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "build", "release", "stardose")


def run_once(command):
    """Returns (CPU seconds, wall seconds, peak MiB) of one finished process."""
    started = os.times().elapsed
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(command, stdout=nothing, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}: {message.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, os.times().elapsed - started, usage.ru_maxrss / 1024


def pair(title, ours, peer, runs):
    """Runs both commands in turn, after one warm-up each, and prints a line of the table."""
    run_once(ours)
    run_once(peer)
    rows = [(run_once(ours), run_once(peer)) for _ in range(runs)]
    a = [statistics.median(row[0][k] for row in rows) for k in range(3)]
    b = [statistics.median(row[1][k] for row in rows) for k in range(3)]
    ratio = statistics.median(row[0][0] / row[1][0] for row in rows)
    print(f"| {title} | {a[0]:.3f} | {a[1]:.3f} | {a[2]:.0f} | {b[0]:.3f} | {b[1]:.3f} | {ratio:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cohort", default=os.environ.get("STARDOSE_COHORT", ""), help="BCF of a cohort on GRCh38, indexed")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    cohort = arguments.cohort
    if not os.path.exists(cohort):
        sys.exit(f"{cohort or 'no cohort'}: not there; name a BCF with --cohort or STARDOSE_COHORT")
    if shutil.which("bcftools") is None:
        sys.exit("bcftools: not installed, and it is the peer")
    print("| scenario | CPU s | wall s | MiB | peer CPU s | peer wall s | CPU ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    view = ["bcftools", "view", "-G", "-Ou", cohort]
    with tempfile.TemporaryDirectory() as scratch:
        base = [PROGRAM, "run", "--input", cohort, "--assume-reference", "--output", scratch + "/r"]
        tables = base + ["--write", "calls,guidance"]
        pair("cohort, all tables, index / view -G", tables, view, arguments.runs)
        pair("cohort, all tables, streamed / view -G", tables + ["--no-index"], view, arguments.runs)
        pair("cohort, calls only, index / view -G", base + ["--write", "calls"], view, arguments.runs)
        pair("cohort, all tables, index, two threads / one", tables + ["--threads", "2"], tables, arguments.runs)
        query = ["bcftools", "query", "-f", "[%GT\t]\n", cohort]
        pair("cohort, all tables, index / query [GT]", tables, query, 1)
        sample = subprocess.run(["bcftools", "query", "-l", cohort], capture_output=True, text=True, check=True)
        first = sample.stdout.split("\n", 1)[0]
        one = base + ["--samples", first]
        pair("one sample of it, everything written / view -G -s", one, view + ["-s", first], arguments.runs)


if __name__ == "__main__":
    main()
