// Predicted doses.
#pragma once

#include "pharmaco/report/fhir/bundle_draft.h"

namespace stardose::pharmaco {

/// An observation for each dose asked for, with its interval and what each gene changes, or why there is none.
/// Requires: the genes of the report are in the bundle.
void add_dose_observations(BundleDraft& bundle);

}  // namespace stardose::pharmaco
