// Whom the bundle is about, by what it was made, and what was looked at.
#pragma once

#include "pharmaco/report/fhir/bundle_draft.h"

namespace stardose::pharmaco {

/// The patient, known by the sample's name alone, and the program with its catalogue.
void add_subject_and_device(BundleDraft& bundle);

/// The study and its analysis: assembly, thresholds, genes that were looked at, called and not. Returns a reference to
/// the study.
FhirJson add_study(BundleDraft& bundle);

}  // namespace stardose::pharmaco
