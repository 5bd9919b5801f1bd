#!/usr/bin/env bash
# One job of the array: its part of the samples, into a folder of its own. See submit.sh.
#SBATCH --job-name=stardose
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --requeue
#SBATCH --open-mode=append
# A minute before the time is up; stardose then ends by that signal and leaves nothing half-written.
#SBATCH --signal=B:USR2@60
set -euo pipefail
# The number of shards is said, and not taken from the array: that of a job run again alone would be another.
# exec: signals reach stardose itself. --resume: a job that was requeued goes on where it was.
exec "${STARDOSE:-stardose}" run "$@" --resume \
  --shard "$SLURM_ARRAY_TASK_ID/$SHARDS" --output "$OUTPUT/shards/$SLURM_ARRAY_TASK_ID"
