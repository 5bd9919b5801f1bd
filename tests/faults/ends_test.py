"""Runs that are killed, told to end, or run out of something: what is there is right, and --resume does the rest."""

import os
import random
import resource
import shutil
import signal
import subprocess
import time
import unittest

from fault_test_case import EXIT_OUTPUT, KILLED, PROGRAM, RUN, FaultTestCase, Job, each, files_of, inject, run, some_of

COHORT = Job("a cohort, resumed", RUN + ["--write", "calls,guidance,coverage,dosing,html,json,multiqc", "--resume", "-@", "2",
                                         "-o", "OUT"])
WHOLE = Job("a cohort", RUN + ["--write", "calls,guidance,coverage,dosing,html,json,multiqc", "-@", "2", "-o", "OUT"])
MOMENTS = int(os.environ.get("STARDOSE_MOMENTS", "200"))
CALLS = ["write", "create", "rename", "close", "sync", "truncate", "remove"]


class EndsTest(FaultTestCase):
    def check_resumed(self, folder):
        again = run(COHORT.command(self.inputs, "out"), folder)
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertTrue(files_of(folder / "out") == self.undisturbed(COHORT), "resumed, other bytes")

    def check_ended(self, done, folder, by):
        """A signal that came before the program had a handler, or after its end, changes nothing of what may be there."""
        self.assertIn(done.returncode, (0, -by), done.stderr)
        self.check_nothing_wrong(COHORT, done, folder, KILLED, may_leave_partial=by == signal.SIGKILL)
        self.check_resumed(folder)
        shutil.rmtree(folder)
        return done.returncode != 0

    def test_a_resumed_run_has_the_bytes_of_a_whole_one(self):
        self.assertTrue(self.undisturbed(COHORT) == self.undisturbed(WHOLE))

    def test_killed_and_told_to_end_at_every_kind_of_call(self):
        folder = self.new_folder()
        plan = []
        for call in CALLS:
            count = inject(COHORT.command(self.inputs, "out"), self.new_folder(), call, folder.parent)
            for at in some_of(count, MOMENTS // 2 // len(CALLS)):
                plan += [(call, at, signal.SIGKILL), (call, at, signal.SIGTERM)]
        ended = sum(each(self.one_call, plan))
        self.assertGreater(ended, len(plan) // 2)
        self.say(f"{len(plan)} runs ended at a chosen call, {ended} before they were done: all resumed to the same bytes")

    def one_call(self, call, at, by):
        folder = self.new_folder()
        name = signal.Signals(by).name.removeprefix("SIG")
        done = inject(COHORT.command(self.inputs, "out"), folder, call, folder, at, name)
        return self.check_ended(done, folder, by)

    def test_killed_and_told_to_end_at_random_moments(self):
        begin = time.monotonic()
        self.undisturbed(COHORT)
        length = time.monotonic() - begin
        chance = random.Random(20261122)
        plan = [(chance.uniform(0, 1.2 * length), chance.choice([signal.SIGKILL, signal.SIGTERM]))
                for _ in range(MOMENTS // 2)]
        ended = sum(each(self.one_moment, plan))
        self.assertGreater(ended, len(plan) // 10)
        self.say(f"{len(plan)} runs ended at random moments, {ended} before they were done: all resumed to the same bytes")

    def one_moment(self, seconds, by):
        folder = self.new_folder()
        with subprocess.Popen(COHORT.command(self.inputs, "out"), cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
            time.sleep(seconds)
            program.send_signal(by)
            out, err = program.communicate(timeout=60)
        return self.check_ended(subprocess.CompletedProcess(program.args, program.returncode, out, err), folder, by)

    def limited(self, folder, which, value, command=None):
        def limit():
            resource.setrlimit(which, (value, value))
            if which == resource.RLIMIT_FSIZE:
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # as a shell leaves it; Python ignores it

        return run(command or WHOLE.command(self.inputs, "out"), folder, preexec_fn=limit)

    def test_too_little_memory(self):
        codes = {}
        for mebibytes in list(range(8, 200, 6)) + [256, 512]:
            folder = self.new_folder()
            if self.limited(folder, resource.RLIMIT_AS, mebibytes << 20, [str(PROGRAM), "--version"]).returncode != 0:
                continue  # too little to be loaded
            done = self.limited(folder, resource.RLIMIT_AS, mebibytes << 20)
            with self.subTest(mebibytes=mebibytes):
                self.check_nothing_wrong(WHOLE, done, folder, [137])
            codes[done.returncode] = codes.get(done.returncode, 0) + 1
            if done.returncode != 0:
                self.check_resumed(folder)
        self.assertIn(0, codes)
        self.assertIn(137, codes)
        self.say(f"bounds of memory up to 512 MiB: exit codes {codes}")

    def test_files_too_large(self):
        for size in (0, 1, 100, 4096, 20_000, 100_000):
            folder = self.new_folder()
            done = self.limited(folder, resource.RLIMIT_FSIZE, size)
            with self.subTest(size=size):
                self.check_nothing_wrong(WHOLE, done, folder, [EXIT_OUTPUT])
                self.assertNotEqual(done.returncode, 0)
                self.check_resumed(folder)

    def test_too_few_descriptors(self):
        codes = set()
        for number in range(4, 24):
            folder = self.new_folder()
            done = self.limited(folder, resource.RLIMIT_NOFILE, number)
            if "error while loading shared libraries" in done.stderr:
                continue
            with self.subTest(number=number):
                if done.returncode != 8:
                    self.check_nothing_wrong(WHOLE, done, folder, [2, 3, 4, EXIT_OUTPUT, 137])
            codes.add(done.returncode)
        self.assertIn(0, codes)
        self.assertGreater(len(codes), 1)

    def test_a_full_disk(self):
        if os.geteuid() != 0:
            raise unittest.SkipTest("skipped: only root may mount a disk of a few KiB")
        tried = 0
        for kibibytes in (4, 40, 120, 240, 400):
            folder = self.new_folder()
            mount = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "none", folder / "out"],
                                   capture_output=True, check=False)
            if mount.returncode != 0:
                raise unittest.SkipTest("skipped: no disk can be mounted here")
            try:
                done = run(WHOLE.command(self.inputs, "out"), folder)
                with self.subTest(kibibytes=kibibytes):
                    self.check_nothing_wrong(WHOLE, done, folder, [EXIT_OUTPUT])
                    self.assertIn("No space left on device", done.stderr)
                subprocess.run(["mount", "-o", "remount,size=100M", folder / "out"], check=True)
                self.check_resumed(folder)
                tried += 1
            finally:
                subprocess.run(["umount", folder / "out"], check=True)
        self.say(f"{tried} full disks: refused, and resumed to the same bytes")

    def test_a_folder_that_may_not_be_written(self):
        folder = self.new_folder()
        (folder / "out").chmod(0o555)
        folder.chmod(0o755)
        nobody = {"user": 65534, "group": 65534} if os.geteuid() == 0 else {}
        for path in [self.folder, self.inputs, *self.inputs.iterdir()]:
            path.chmod(0o755)
        done = run(WHOLE.command(self.inputs, "out"), folder, **nobody)
        self.check_nothing_wrong(WHOLE, done, folder, [EXIT_OUTPUT])
        self.assertEqual(done.returncode, EXIT_OUTPUT, done.stderr)
        self.assertIn("Permission denied", done.stderr)
        self.assertEqual(files_of(folder / "out"), {})
