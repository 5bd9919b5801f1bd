#!/usr/bin/env bash
# Plants genotypes at the catalogue's positions, reads them back from simulated reads that bwa has aligned, and writes a
# table of genotypes.md. The same on every machine until the catalogue's positions or bwa change.
#   benchmarks/genotypes.sh [PEOPLE]            25 unless said; lists what is not right on standard error
#   benchmarks/genotypes.sh PEOPLE REGIONS.fa [DEPTH...]
#                                               around the positions what `samtools faidx GRCh38.fa REGION...` wrote
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cmake --preset release > /dev/null
cmake --build --preset release --target stardose_bench_genotypes > /dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
table=made-up
if (($# > 1)); then table=assembly; fi
build/release/stardose_bench_genotypes "${1:-25}" "${@:2}" > "$work/table.md"
awk -v file="$work/table.md" -v begin="<!-- table: $table -->" '
  $0 == begin {print; while ((getline line < file) > 0) print line; skipping = 1; next}
  skipping && /^\|/ {next}
  {skipping = 0; print}' benchmarks/genotypes.md > "$work/page.md"
cp "$work/page.md" benchmarks/genotypes.md
