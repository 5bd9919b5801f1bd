#!/usr/bin/env bash
# Calls CYP2D6 from simulated reads in many settings and writes the table of reads.md. Run by ./dev reads-bench.
set -euo pipefail
bench=${1:?the benchmark program}
folder=${2:-build/reads-bench}
log=$folder/calls.tsv
mkdir -p "$folder"
: > "$log"

call() { # DEPTH SETTING CASES
  "$bench" call "$folder" "$1" "$2" "$3" 2>> "$log" | sed "s/^| /| $3 | /"
}

echo '| diplotypes | reads | depth | class | all | exact | same content | ambiguous | ambiguous, truth not among | wrong | no call |'
echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |'
for depth in 30 10 60; do call "$depth" joined given; done
call 30 separate given
call 30 concatenated given
call 30 single given
call 30 grch37 given
call 30 uneven given
call 30 long given
call 30 joined tuning
for depth in 30 10; do call "$depth" joined held-out; done
call 30 uneven held-out
