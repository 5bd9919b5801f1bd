#!/usr/bin/env bash
# The last job: the shards' results put together. See submit.sh.
#SBATCH --job-name=stardose-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
set -euo pipefail
folders=()
for ((number = 1; number <= SHARDS; ++number)); do folders+=("$OUTPUT/shards/$number"); done
exec "${STARDOSE:-stardose}" merge "${folders[@]}" --output "$OUTPUT"
