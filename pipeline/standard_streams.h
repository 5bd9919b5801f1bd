// Standard input, output and error as they may be found: closed, full, or a pipe that nobody reads any more.
#pragma once

#include <cstdio>

namespace stardose::pipeline {

/// Call first in main. Afterwards no file that is opened takes the number of a stream that was closed; a pipe whose
/// reader has gone is an error of writing (EPIPE), not the end of the program; and what is said on stderr can never
/// fail.
void prepare_standard_streams();

/// Writes what still waits in stdout. Returns 0, or the errno of what could not be written, now or before.
[[nodiscard]] int flush_standard_output();

/// Drops what waits in stdout, and that it could not be written.
void forget_standard_output();

/// Returns true when stdout is a pipe or a socket that nobody will read.
[[nodiscard]] bool standard_output_has_no_reader();

/// Ends the program as a pipe without a reader ends others: by SIGPIPE, which shells do not report.
[[noreturn]] void die_of_broken_pipe();

/// Returns true when a line on stderr may be written over itself: on a terminal that knows how to (TERM is not `dumb`)
/// and whose user has not asked for plain text (NO_COLOR).
[[nodiscard]] bool stderr_can_be_rewritten();

}  // namespace stardose::pipeline
