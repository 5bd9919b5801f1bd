#!/usr/bin/env bash
# What Snakemake asks of a job: running, success or failed. scontrol knows jobs for some minutes after their end (MinJobAge),
# sacct, where there is accounting, for ever.
job=$1
if said=$(scontrol show job --oneliner "$job" 2>&1); then
  state=${said#*JobState=}
  state=${state%% *}
elif [[ $said == *"Invalid job id"* ]]; then
  state=$(sacct --noheader --parsable2 --allocations --format=state --jobs "$job" 2> /dev/null | head -n 1)
  state=${state:-UNKNOWN}
else
  state=BUSY # the controller does not answer just now; ask again
fi
case "$state" in
  COMPLETED) echo success ;;
  BUSY | PENDING | CONFIGURING | RUNNING | COMPLETING | SUSPENDED | REQUEUED | RESIZING | STAGE_OUT | SIGNALING) echo running ;;
  *) echo failed ;;
esac
