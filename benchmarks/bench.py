#!/usr/bin/env python3
"""Times whole commands beside their peers and writes a Markdown table; scenarios.py has what is run.

Ours and the peers run in turn, A B A B ..., after a warm-up each; medians of --runs, ratios as medians of the pairs, so
that a machine whose speed drifts does not matter. A peer that is not installed is left out with a word.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from inputs import FOLDER, Inputs
from scenarios import scenarios

HEAD = "| scenario | CPU s | wall s | MiB | beside | CPU s | wall s | MiB | ratio | goal | met |"


class Run:
    """What one finished process took."""

    def __init__(self, command, reported=False):
        """Runs the command; a failure ends the benchmark. `reported`: a line `cpu_s SECONDS` says what counts."""
        started = os.times().elapsed
        with tempfile.TemporaryFile() if reported else open(os.devnull, "r+b") as out, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdout=out, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                errors.seek(0)
                text = errors.read().decode(errors="replace")
                sys.exit(f"{' '.join(command)}: exit {process.returncode}: {text}")
            out.seek(0)
            lines = [line.split() for line in out.read().decode().splitlines()]
        self.wall = os.times().elapsed - started
        self.cpu = float(dict(lines)["cpu_s"]) if reported else usage.ru_utime + usage.ru_stime
        self.mib = usage.ru_maxrss / 1024


def median(runs, what):
    """Returns the median of one figure over the runs."""
    return statistics.median(getattr(run, what) for run in runs)


def figures(runs):
    """Returns CPU, wall and memory as cells."""
    return f"{median(runs, 'cpu'):.3f} | {median(runs, 'wall'):.3f} | {median(runs, 'mib'):.0f}"


def measure(scenario, runs):
    """Runs a scenario with its peers in turn and prints their lines."""
    peers = [peer for peer in scenario.peers if shutil.which(peer.command[0])]
    for peer in scenario.peers:
        if peer not in peers:
            print(f"{scenario.name}: {peer.command[0]} is not installed, so it is left out", file=sys.stderr)
    commands = [scenario.command] + [peer.command for peer in peers]
    for command in commands:
        Run(command, scenario.reported)
    rounds = [[Run(command, scenario.reported) for command in commands] for _ in range(runs)]
    ours = [row[0] for row in rounds]
    met = "yes" if scenario.is_met(ours, rounds) else "no"
    if not peers:
        print(f"| {scenario.title} | {figures(ours)} | - | | | | | {scenario.goal} | {met} |", flush=True)
    for k, peer in enumerate(peers, 1):
        theirs = [row[k] for row in rounds]
        ratio = statistics.median(
            getattr(row[0], scenario.compares) / max(getattr(row[k], scenario.compares), 1e-3) for row in rounds
        )
        left = f"{scenario.title} | {figures(ours)}" if k == 1 else "| | | "
        right = f"{scenario.goal} | {met}" if k == 1 else "|"
        print(f"| {left} | {peer.title} | {figures(theirs)} | {ratio:.2f} | {right} |", flush=True)


def first_line(command):
    """Returns the first line of what a tool says of itself; `not installed` without it."""
    if shutil.which(command[0]) is None:
        return f"{command[0]}: not installed"
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return (done.stdout or done.stderr).split("\n", 1)[0].strip()


def machine():
    """Returns what the numbers were measured with, in a line."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    tools = [["bcftools", "--version"], ["bgzip", "--version"], ["plink2", "--version"],
             ["samtools", "--version"]]
    cores = len(os.sched_getaffinity(0))
    return "; ".join([f"{cores} cores, {models[0] if models else 'unknown'}", *map(first_line, tools)])


def main():
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cohort",
        default=os.environ.get("STARDOSE_COHORT", ""),
        help="BCF of phased genomes on GRCh38 with its index; else STARDOSE_COHORT; without one, genomes are made up",
    )
    parser.add_argument("--runs", type=int, default=5, help="how often each command is timed")
    parser.add_argument("--only", default="", help="scenarios whose name has this in it")
    parser.add_argument("--list", action="store_true", help="name the scenarios and run none")
    arguments = parser.parse_args()
    if arguments.cohort and not os.path.exists(arguments.cohort):
        sys.exit(f"{arguments.cohort}: not there")
    os.makedirs(FOLDER, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
        chosen = [entry for entry in scenarios(Inputs(arguments.cohort), scratch) if arguments.only in entry.name]
        if not chosen:
            sys.exit(f"{arguments.only}: no such scenario; --list names them")
        if arguments.list:
            print("\n".join(f"{entry.name}: {entry.title}" for entry in chosen))
            return
        for entry in chosen:
            entry.prepare()
        print(f"{machine()}; medians of {arguments.runs}\n\n{HEAD}\n|{' --- |' * 11}")
        for entry in chosen:
            measure(entry, arguments.runs)


if __name__ == "__main__":
    main()
