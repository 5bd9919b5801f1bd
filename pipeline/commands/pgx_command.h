// What `run` and `merge` share: settings to the main job, and its closing lines.
#pragma once

#include <string>

#include "config/settings.h"
#include "pipeline/interrupt.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

/// Refers to its arguments.
[[nodiscard]] PgxJob pgx_job(const config::Settings& settings, Interrupt& interrupt);

/// Says what was done, and returns the exit code.
[[nodiscard]] int tell_summary(const PgxSummary& summary, const config::Settings& settings);

}  // namespace stardose::pipeline
