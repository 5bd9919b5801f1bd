#!/usr/bin/env bash
# One run as a SLURM array: SHARDS jobs, each with its part of the samples, and one that puts their results together.
#   workflows/slurm/submit.sh SHARDS OUTPUT [ARGUMENTS OF stardose run...]
#   workflows/slurm/submit.sh 50 results workflows/pgx-from-reads.yaml --input-list bams.txt --threads 2
# Prints the number of the last job, whose exit code is that of the whole; OUTPUT then holds what one run would have
# written there, byte by byte. More for sbatch (--partition, --account, --time, --mem) goes into SBATCH_OPTIONS.
#
# Jobs that fail are run again alone, with what they have finished kept:
#   sbatch --array=7,12 --export=ALL,SHARDS=50,OUTPUT=results workflows/slurm/shard.sh ARGUMENTS...
#   sbatch --export=ALL,SHARDS=50,OUTPUT=results workflows/slurm/merge.sh
set -euo pipefail
shards=$1
output=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$output/logs"
read -r -a more <<< "${SBATCH_OPTIONS:-}"
export SHARDS=$shards OUTPUT=$output
array=$(sbatch --parsable "${more[@]}" --array="1-$shards" --output="$output/logs/shard-%a.log" "$here/shard.sh" "$@")
# --kill-on-invalid-dep: a shard that failed ends the waiting, too.
sbatch --parsable "${more[@]}" --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
  --output="$output/logs/merge.log" "$here/merge.sh"
