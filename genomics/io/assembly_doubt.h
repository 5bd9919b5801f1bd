// A file that says which assembly it is on, read as one of the other.
#pragma once

#include <string>

#include "genomics/basics/assembly.h"
#include "genomics/io/cohort_file.h"
#include "genomics/io/reading_plan.h"
#include "genomics/io/ref_votes.h"
#include "genomics/io/variant_input_options.h"

namespace stardose::genomics {

/// Fewer sites than this that REF agrees at are no proof that what is said of an assembly is true: by accident records
/// of another one reach that many.
inline constexpr std::size_t sites_to_believe = 10;
/// So many agree with the other assembly by no accident, where next to none agree with the one that is said.
inline constexpr std::size_t sites_to_disbelieve = 3;

/// Returns whether a file can be opened once more, from its beginning: pipes and standard input cannot.
[[nodiscard]] bool can_be_read_again(const std::string& path);

/// Returns how REF agrees with the bases of the plan's sites where these lie on `assembly`. Opens the file anew; no
/// votes where something is wrong with it that does not matter on its own assembly (an order that sites there allow).
/// Throws InputError where it cannot be opened. Requires: it can be read again.
[[nodiscard]] RefVotes votes_on(Assembly assembly, const CohortFile& file, const ReadingPlan& plan,
                                const VariantInputOptions& options);

}  // namespace stardose::genomics
