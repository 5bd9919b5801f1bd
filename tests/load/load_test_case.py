"""What the tests of load share: running under a cap and measuring, and inputs that are too large to ship."""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data-samples"
PROGRAM = Path(os.environ.get("STARDOSE", ROOT / "build/release/stardose")).resolve()
GENERATOR = Path(os.environ.get("STARDOSE_BENCH_DATA", ROOT / "build/release/stardose_bench_data")).resolve()
EXIT_OUTPUT = 5
MIB = 1 << 20

sys.path.insert(0, str(ROOT / "benchmarks"))
from inputs import catalogue_positions  # noqa: E402  (benchmarks/ is no package)


class Measured:
    """A finished process: exit code, what it said, CPU and wall seconds, peak memory, most descriptors."""

    def __init__(self, words, folder, mebibytes=0, limit=1800):
        """`mebibytes`: the cap, of all memory that the process may address (RLIMIT_AS, `ulimit -v`); 0: none."""
        measure = [sys.executable, "-I", "-S", str(Path(__file__).with_name("measure.py")), str(mebibytes), str(PROGRAM)]
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            subprocess.run([*measure, *map(str, words)], cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                  timeout=limit, check=True)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()
        self.err, figures = self.err.rstrip("\n").rsplit("\n", 1) if "\n" in self.err.rstrip("\n") else ("", self.err)
        self.code, self.cpu, self.wall, self.mib, self.descriptors = json.loads(figures)

    def __str__(self):
        return f"{self.cpu:.1f} CPU s, {self.wall:.1f} s, {self.mib:.0f} MiB, {self.descriptors} descriptors"


def files_of(folder):
    """Everything below the folder: its bytes by name, without journals and locks."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name not in ("resume.journal", ".stardose.lock")}


def make_cohort(folder, samples):
    """Made-up genomes at the catalogue's positions, with an index."""
    positions = folder / "positions.tsv"
    positions.write_text(catalogue_positions())
    path = folder / f"cohort{samples}.bcf"
    subprocess.run([GENERATOR, "cohort", positions, "0", str(samples), "-", path], check=True, capture_output=True)
    return path


def block_of(data, level=6):
    """A block of BGZF. Level 0: as long for any data of one length."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\x06\0BC\x02\0" + struct.pack("<H", len(packed) + 25)
    return head + packed + struct.pack("<II", zlib.crc32(data), len(data))


class Alignments:
    """Copies of the sample reads under other names, with their indexes: only the header's block is another."""

    OWN = b"stent_reads"
    END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        text, packed = b"", (SAMPLES / "reads.bam").read_bytes()
        while packed:
            size = struct.unpack_from("<H", packed, 16)[0] + 1
            text += zlib.decompress(packed[18:size - 8], -15)
            packed = packed[size:]
        length, = struct.unpack_from("<i", text, 4)
        at = 8 + length
        count, = struct.unpack_from("<i", text, at)
        at += 4
        for _ in range(count):
            at += 8 + struct.unpack_from("<i", text, at)[0]
        self.header, records = text[:at], text[at:]
        assert self.header.count(self.OWN) == 1
        self.rest = b"".join(block_of(records[k:k + 60000]) for k in range(0, len(records), 60000)) + self.END
        first = self.write("first")
        subprocess.run(["samtools", "index", "-c", first], check=True)
        self.index = Path(f"{first}.csi").read_bytes()

    def write(self, name):
        """Returns where the copy of this name is; names have one length."""
        sample = name.ljust(len(self.OWN), "_").encode()
        path = self.folder / f"{name}.bam"
        path.write_bytes(block_of(self.header.replace(self.OWN, sample), 0) + self.rest)
        return path

    def write_list(self, count):
        """Returns a list of so many, with their indexes."""
        lines = []
        for number in range(count):
            path = self.write(f"p{number:06}")
            Path(f"{path}.csi").write_bytes(self.index)
            lines.append(f"{path}\n")
        text = self.folder / f"list{count}.txt"
        text.write_text("".join(lines))
        return text


class LoadTestCase(unittest.TestCase):
    needs = ()

    @classmethod
    def setUpClass(cls):
        for program in (PROGRAM, GENERATOR):
            if not program.is_file():
                raise unittest.SkipTest(f"skipped: {program.name} is not there; ./dev test-load builds it")
        for tool in cls.needs:
            if shutil.which(tool) is None:
                raise unittest.SkipTest(f"skipped: {tool} is not there; ./dev test-load installs it")
        cls.folder = Path(tempfile.mkdtemp(prefix="stardose-load-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)

    def run_capped(self, words, mebibytes, folder=None):
        done = Measured(words, folder or self.folder, mebibytes)
        self.assertEqual(done.code, 0, done.err[-2000:])
        self.assertLess(done.mib, mebibytes)
        return done

    @classmethod
    def say(cls, text):
        print(f"load: {text}", flush=True)
