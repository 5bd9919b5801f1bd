// How many threads the program was given.
#pragma once

namespace stardose::pipeline {

/// Returns SLURM_CPUS_PER_TASK where that is a number, else the processors that this process may run on
/// (sched_getaffinity: what taskset, cpusets and containers leave), at most 1024. A job's share of a machine is not
/// always visible as such: a SLURM without cgroups shows all cores to a job that was given one.
[[nodiscard]] long available_threads();

}  // namespace stardose::pipeline
