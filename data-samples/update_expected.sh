#!/usr/bin/env bash
# Writes expected/ anew from what the program prints now. Read the difference before it is committed:
#   data-samples/update_expected.sh [PROGRAM]      PROGRAM: build/release/stardose unless given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=${1:-build/release/stardose}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
python3 data-samples/make.py --check
python3 data-samples/make_reads.py --check
python3 data-samples/make_score.py --check
python3 data-samples/make_treatment.py --check
"$program" run workflows/pgx-report.yaml --outside-calls data-samples/outside_calls.tsv \
  --write calls,guidance --output "$results"
"$program" dose warfarin --covariates data-samples/patients.tsv --input data-samples/family.vcf.gz --output "$results" \
  > /dev/null
"$program" run workflows/pgx-from-reads.yaml --write calls,coverage --output "$results/reads"
"$program" polygenic workflows/polygenic-score.yaml --output "$results/polygenic"
mkdir -p data-samples/expected/{explain,reads,polygenic}
cp "$results/polygenic/scores.tsv" "$results/polygenic/MADEUP1.matches.tsv" data-samples/expected/polygenic/
cp "$results/reads/calls.tsv" "$results/reads/coverage.tsv" data-samples/expected/reads/
cp "$results/calls.tsv" "$results/guidance.tsv" "$results/dosing.tsv" data-samples/expected/
for words in "stent CYP2C19" "ambiguous SLCO1B1" "no_call CYP2C9" "colon_cancer DPYD" "father G6PD"; do
  # shellcheck disable=SC2086  # two words
  "$program" explain $words --input data-samples/family.vcf.gz --rank-by-frequency EUR \
    > "data-samples/expected/explain/${words/ /_}.txt"
done
"$program" explain stent_reads CYP2C19 --input data-samples/reads.bam \
  > data-samples/expected/explain/stent_reads_CYP2C19.txt
git diff --stat -- data-samples/expected
