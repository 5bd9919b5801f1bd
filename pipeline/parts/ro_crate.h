// The results described for others' programs: an RO-Crate.
#pragma once

#include "pipeline/parts/run_part.h"
#include "pipeline/pgx_setup.h"

namespace stardose::pipeline {

/// Writes ro-crate-metadata.json into the output folder: a Process Run Crate 0.5, with the program as instrument;
/// inputs, catalogue and settings as objects; and results; each file with its size and SHA-256. All results must be
/// there. `clock`: whether the day and the end of the run are told; without it the crate's date is that of the
/// catalogue's release, and the same work gives the same bytes. Reads every input through, for its digest. Throws
/// InputError.
void write_ro_crate(const PgxSetup& setup, const RunPart& part, bool clock);

}  // namespace stardose::pipeline
