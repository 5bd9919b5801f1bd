#!/usr/bin/env bash
# Runs and merges shards on a SLURM of one node, and does to jobs what clusters do to them.
#   tests/cluster/slurm_test.sh PROGRAM SOURCES FOLDER
# Needs root, slurm-wlm, munge and samtools. Leaves SLURM as it was: running, or not.
# shellcheck disable=SC2054  # commas are in the words
set -euo pipefail
STARDOSE=$(realpath "$1")
sources=$(realpath "$2")
rm -rf "$3"
mkdir -p "$3"
cd "$3"
export STARDOSE
failures=0

say() { printf '%s\n' "slurm: $*"; }
check() { # WHAT COMMAND...
  if "${@:2}"; then
    say "ok: $1"
  else
    say "FAILED: $1"
    failures=$((failures + 1))
  fi
}
# Nothing under FOLDER but what a scheduler wrote.
is_clean() { [[ -z $(find "$1" \( -name '*.partial' -o -name '.stardose.lock' \) -print -quit) ]]; }
holds_no_table() { [[ -z $(find "$1" -name '*.tsv' -o -name 'run.json' -o -name 'shard.json' | head -n 1) ]]; }
same_results() { diff -r -x shards -x logs -x resume.journal "$1" "$2" > /dev/null; }
state_of() { scontrol show job "$1" 2> /dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | head -n 1; }
exit_of() { scontrol show job "$1" | sed -n 's/.*ExitCode=\([0-9]*:[0-9]*\).*/\1/p' | head -n 1; }
# until JOB is in one of the states, or 60 seconds are over
wait_state() { # JOB PATTERN
  local k
  for ((k = 0; k < 600; ++k)); do
    if [[ $(state_of "$1") =~ ^($2)$ ]]; then return 0; fi
    sleep 0.1
  done
  say "job $1 is $(state_of "$1"), and not $2"
  return 1
}
finished='COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL'
wait_file() { # a file that matches, for at most 60 seconds
  local k
  for ((k = 0; k < 600; ++k)); do
    if compgen -G "$1" > /dev/null; then return 0; fi
    sleep 0.1
  done
  say "there is no $1"
  return 1
}

was_up=true
pgrep -x slurmctld > /dev/null || was_up=false
eval "$("$sources/tests/cluster/slurm_up.sh")"
trap '$was_up || "$sources/tests/cluster/slurm_up.sh" down' EXIT

# The data: ten people of a VCF, three alignments, and a VCF that is long in the writing.
family=$sources/data-samples/family.vcf.gz
for name in R1 R2 R3; do
  samtools view -H "$sources/data-samples/reads.bam" | sed "s/SM:stent_reads/SM:$name/" > header.sam
  samtools reheader header.sam "$sources/data-samples/reads.bam" > "$name.bam"
  samtools index "$name.bam"
done
printf '%s\n' R1.bam R2.bam R3.bam > list.txt
{
  zcat "$family" | grep '^##'
  printf '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT'
  for ((k = 0; k < 3000; ++k)); do printf '\tS%d' "$k"; done
  printf '\nchr6\t18130687\t.\tT\tC\t.\tPASS\t.\tGT'
  for ((k = 0; k < 3000; ++k)); do printf '\t0/1'; done
  printf '\n'
} > many.vcf
job=(--input "$family" --input-list "$PWD/list.txt" --write calls,guidance,coverage,html,json,multiqc,dosages)

# 1. An array and its merging are one serial run.
"$STARDOSE" run "${job[@]}" --output serial 2> /dev/null
resumable=("${job[@]/,dosages/}")
"$STARDOSE" run "${resumable[@]}" --output serial_resumable 2> /dev/null
last=$("$sources/workflows/slurm/submit.sh" 4 array "${resumable[@]}")
wait_state "$last" "$finished" || true
check "the last job of an array of four ends well" test "$(state_of "$last")" = COMPLETED
check "array and merge have the bytes of one serial run" same_results serial_resumable array
cat > plain.sh << 'JOB'
#!/bin/bash
exec "$STARDOSE" run "$@" --shard "$SLURM_ARRAY_TASK_ID/3" --output "plain_shards/$SLURM_ARRAY_TASK_ID"
JOB
sbatch --wait --parsable --array=1-3 --output=/dev/null plain.sh "${job[@]}" > /dev/null
"$STARDOSE" merge plain_shards/* --output plain 2> /dev/null || say "its shards cannot be merged"
check "so have shards without a journal, dosages among them" same_results serial plain

# 2. A shard that fails, and one that is killed.
head -c $(($(stat -c %s "$family") / 2)) "$family" > cut.vcf.gz
array=$(sbatch --parsable --array=1-2 --output=/dev/null --export=ALL,SHARDS=2,OUTPUT=failing \
  "$sources/workflows/slurm/shard.sh" --input "$PWD/cut.vcf.gz")
wait_state "${array}_2" "$finished" && wait_state "${array}_1" "$finished"
check "a shard whose input is cut fails" test "$(state_of "${array}_1")" = FAILED
check "with the exit code of an input that cannot be read" test "$(exit_of "${array}_1")" = 3:0
mkdir -p failing
check "and leaves no table" holds_no_table failing
check "merging says what is missing" bash -c \
  '! "$STARDOSE" merge failing/shards/1 --output nothing 2> said && grep -q "holds no finished shard" said && [[ ! -e nothing ]]'
many=(--input "$PWD/many.vcf" --write calls,html)
start_many() { # NAME SBATCH-OPTIONS...
  sbatch --parsable --array=1 --output="$1.log" "${@:2}" --export=ALL,SHARDS=1,OUTPUT="$1" \
    "$sources/workflows/slurm/shard.sh" "${many[@]}"
}
killed=$(start_many killed)
wait_file 'killed/shards/1/report/*.html'
scancel --signal=KILL --full "$killed" || true
wait_state "${killed}_1" "$finished" || true
check "a shard that was killed has not completed" test "$(state_of "${killed}_1")" != COMPLETED
check "and leaves no table" holds_no_table killed

# 3. TERM and USR2 leave nothing behind, within a second or two.
for signal in TERM USR2; do
  number=$(start_many "by_$signal")
  wait_file "by_$signal/shards/1/report/*.html"
  scancel --signal="$signal" --batch "${number}_1"
  since=$SECONDS
  wait_state "${number}_1" "$finished" || true
  check "$signal ends a shard soon" test $((SECONDS - since)) -le 3
  check "$signal makes a job that did not complete" test "$(state_of "${number}_1")" != COMPLETED
  check "$signal leaves nothing half-written" is_clean "by_$signal"
  check "$signal leaves no table" holds_no_table "by_$signal"
done
cancelled=$(start_many cancelled)
wait_file 'cancelled/shards/1/report/*.html'
scancel "$cancelled"
wait_state "${cancelled}_1" "$finished" || true
wait_gone() { for _ in $(seq 80); do is_clean "$1" && return 0; sleep 0.1; done; return 1; }
check "scancel leaves nothing half-written" wait_gone cancelled

# 4. A requeued job goes on where it was.
"$STARDOSE" run "${many[@]}" --output many_serial 2> /dev/null &
serial=$!
number=$(start_many requeued)
wait_file 'requeued/shards/1/report/*.html'
scontrol requeue "${number}_1"
# SLURM holds it back for two minutes, of which only the first seconds are needed: until the credentials of its first
# run have expired (slurm_up.sh), its node can refuse it, and then holds it for good.
for ((k = 0; k < 360; ++k)); do
  state=$(state_of "${number}_1")
  [[ $state =~ ^($finished)$ ]] && break
  ((k == 14)) && { scontrol update JobId="${number}_1" StartTime=now 2> /dev/null || true; }
  sleep 0.5
done
[[ $state == COMPLETED ]] || scontrol show job "${number}_1" | grep -E 'JobState|ExitCode|EligibleTime' || true
check "a requeued shard completes" test "$(state_of "${number}_1")" = COMPLETED
check "and has not done again what was finished" grep -q 'had been finished before' requeued.log
wait "$serial"
"$STARDOSE" merge requeued/shards/1 --output requeued 2> /dev/null || say "its shard cannot be merged"
check "with the bytes of a run that nobody disturbed" same_results many_serial requeued

# 5. Two jobs in one folder.
cat > same.sh << 'JOB'
#!/bin/bash
exec "$STARDOSE" run --input "$PWD/many.vcf" --write calls,html --output one_folder
JOB
first=$(sbatch --parsable --output=first.log same.sh)
wait_file 'one_folder/report/*.html'
sbatch --wait --output=second.log same.sh > /dev/null && second=0 || second=$?
check "a second job in a folder is refused" test "$second" = 5
check "and is told whose it is" grep -q "is being written by process .*SLURM job $first" second.log
wait_state "$first" "$finished" || true
check "the first one completes, undisturbed" same_results many_serial one_folder

say "$failures failed"
exit $((failures > 0))
