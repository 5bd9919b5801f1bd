// What guidelines say: an implication for each piece of advice, and a task where prescribing should change.
#pragma once

#include "pharmaco/report/fhir/bundle_draft.h"

namespace stardose::pharmaco {

/// Requires: the genes of the report are in the bundle.
void add_advice(BundleDraft& bundle);

}  // namespace stardose::pharmaco
