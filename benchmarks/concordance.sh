#!/usr/bin/env bash
# Calls the GeT-RM genomes gene by gene and compares them with the consensus: writes the table of concordance.md and the
# counts that the tests hold us to. Every gene that the catalogue, the truth and the variants have takes part.
#   benchmarks/concordance.sh FOLDER [PAIRS]      (FOLDER of truth.tsv and vcf/GENE.vcf.gz; PAIRS: where to list
#                                                  every pair that is not equal)
set -euo pipefail
cases=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
stardose=build/release/stardose
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$stardose" knowledge list | awk -F'\t' '!/^#/ && $1 != "gene" {print $1}' | LC_ALL=C sort > "$work/known"
awk -F'\t' 'NR > 1 {print $2}' "$cases/truth.tsv" | LC_ALL=C sort -u > "$work/in_truth"
for gene in $(LC_ALL=C comm -12 "$work/known" "$work/in_truth"); do
  vcf=$cases/vcf/$gene.vcf.gz
  [[ -e $vcf ]] || continue
  # Sites that the panel does not list are reference by construction.
  "$stardose" run --input "$vcf" --genes "$gene" --from-small-variants "$gene" --assume-reference --write calls \
    --output "$work/$gene" 2> "$work/$gene.log" || { cat "$work/$gene.log" >&2; exit 1; }
done
cat "$work"/*/calls.tsv > "$work/calls.tsv"
"$stardose" concordance --truth "$cases/truth.tsv" --calls "$work/calls.tsv" --output tests/shared/getrm_concordance.tsv \
  --pairs "$work/pairs.tsv" > "$work/table.md" 2> "$work/warnings"

{
  printf '| cause | samples |\n| --- | ---: |\n'
  awk -F'\t' '!/^#/ && $1 != "gene" {count[$6] += $4} END {for (cause in count) print count[cause] "\t" cause}' \
    tests/shared/getrm_differences.tsv | sort -k1,1nr -k2,2 | awk -F'\t' '{print "| " $2 " | " $1 " |"}'
} > "$work/causes.md"

# Puts FILE in place of the table behind a line of the page.
put_table() { # LINE FILE
  awk -v file="$2" -v begin="$1" '
    $0 == begin {print; while ((getline line < file) > 0) print line; skipping = 1; next}
    skipping && /^\|/ {next}
    {skipping = 0; print}' benchmarks/concordance.md > "$work/page.md"
  cp "$work/page.md" benchmarks/concordance.md
}
put_table '<!-- table: written by concordance.sh -->' "$work/table.md"
put_table '<!-- causes: written by concordance.sh -->' "$work/causes.md"
[[ -z ${2:-} ]] || cp "$work/pairs.tsv" "$2"
cat "$work/table.md"
