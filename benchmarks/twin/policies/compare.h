// Policies of dosing warfarin on the same virtual patients, as a table.
#pragma once

#include <cstddef>

namespace stardose::bench {

/// Treats so many patients of each truth under every policy, and prints what became of them, with differences to the
/// guideline's rule patient by patient.
void compare_policies(std::size_t patients);

/// The same of the twin alone, by the gain for which it changes a safe dose, with differences to the one that changes
/// it for any. Other patients than those above: what is chosen by these is not judged by them.
void compare_least_gains(std::size_t patients);

}  // namespace stardose::bench
