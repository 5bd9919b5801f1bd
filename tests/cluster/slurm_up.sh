#!/usr/bin/env bash
# A SLURM of one node, for tests: no systemd, no cgroups, no accounting, nothing of the system's own configuration.
#   eval "$(tests/cluster/slurm_up.sh)"     starts it, or finds it running, and says which settings to use
#   tests/cluster/slurm_up.sh down          stops it and removes its folder
# Needs root and Debian's slurm-wlm and munge. The folder is $STARDOSE_SLURM (/tmp/stardose-slurm unless said).
set -euo pipefail

folder=${STARDOSE_SLURM:-/tmp/stardose-slurm}
export SLURM_CONF=$folder/slurm.conf
# Another job's settings must not reach the jobs of this one.
unset SLURM_JOB_ID SLURM_JOBID SLURM_ARRAY_TASK_ID 2> /dev/null || true

alive() { [[ -s $1 ]] && kill -0 "$(cat "$1")" 2> /dev/null; }
is_up() { [[ -f $SLURM_CONF ]] && alive "$folder/slurmctld.pid" && timeout 5 sinfo -h -o %t 2> /dev/null | grep -Eqx 'idle|mix|alloc'; }
wait_for() { # SECONDS COMMAND...
  local k
  for ((k = 0; k < $1 * 10; ++k)); do
    if "${@:2}"; then return 0; fi
    sleep 0.1
  done
  return 1
}
fail() {
  echo "slurm_up: $*" >&2
  tail -n 5 "$folder"/*.log >&2 2> /dev/null || true
  exit 1
}

stop() {
  local pid
  for name in slurmctld slurmd munged; do
    alive "$folder/$name.pid" || continue
    pid=$(cat "$folder/$name.pid")
    kill "$pid" 2> /dev/null || true
    wait_for 10 eval "! kill -0 $pid 2> /dev/null" || kill -9 "$pid" 2> /dev/null || true
  done
  rm -rf "$folder"
}

write_settings() {
  local name cpus memory
  name=$(hostname -s)
  # Two jobs must be able to run side by side whatever the machine has: CPUs are counted, not bound.
  cpus=$(($(nproc) < 4 ? 4 : $(nproc)))
  memory=$(awk '/^MemTotal/ { print int($2 / 1024 * 0.8) }' /proc/meminfo)
  cat > "$SLURM_CONF" << CONF
ClusterName=stardose
SlurmctldHost=$name(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A requeued job is held until credentials of its first run have expired: two minutes unless said.
AuthInfo=socket=$folder/munge.socket,cred_expire=4
CredType=cred/munge
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldParameters=enable_configless
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
# Without cgroups a job's memory is watched, and a job that takes more is killed.
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=100000
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=500
KillWait=5
MinJobAge=3600
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
NodeName=$name NodeAddr=127.0.0.1 CPUs=$cpus RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$name Default=YES MaxTime=01:00:00 State=UP
CONF
}

start() {
  ((EUID == 0)) || fail "needs root"
  for program in munged slurmctld slurmd sbatch; do
    command -v "$program" > /dev/null || fail "$program is missing: apt-get install slurm-wlm munge"
  done
  stop
  mkdir -p "$folder/state" "$folder/spool"
  chmod 755 "$folder"
  (umask 077 && head -c 1024 /dev/urandom > "$folder/munge.key")
  munged --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" || fail "munged does not start"
  write_settings
  # The daemons must not hold the caller's pipe open.
  slurmctld > "$folder/slurmctld.out" 2>&1 < /dev/null || fail "slurmctld does not start: $(cat "$folder/slurmctld.out")"
  slurmd > "$folder/slurmd.out" 2>&1 < /dev/null || fail "slurmd does not start: $(cat "$folder/slurmd.out")"
  wait_for 20 is_up || fail "the node is not ready"
}

case "${1:-up}" in
  up)
    is_up || start
    printf 'export SLURM_CONF=%q\n' "$SLURM_CONF"
    ;;
  down) stop ;;
  *) fail "up or down" ;;
esac
