// A record and what follows from it in words, ready for any format.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/twin/twin_answer.h"

namespace stardose::pharmaco {

/// Returns `5 mg once a day`, `5 and 7.5 mg in turns, once a day`, `1000 mg over 90 min every 12 h`; with doses that
/// are left out first, `none for 2 days, then ...`.
[[nodiscard]] std::string regimen_text(const Regimen& regimen);

/// Returns `35 mg/week`.
[[nodiscard]] std::string weekly_text(const Regimen& regimen);

/// Returns `INR 2 to 3` or `10 to 20 mg/L`.
[[nodiscard]] std::string range_text(const TwinAnswer& answer, const ValueRange& range);

/// Returns `78 %`, and at the ends `under 1 %` and `over 99 %`.
[[nodiscard]] std::string share_text(double share);

/// Returns `in range 78 % of 14 days, below 15 %, above 7 %; INR over 4 with a probability of at most 2 % on any day`.
[[nodiscard]] std::string outlook_text(const TwinAnswer& answer, const RegimenOutlook& outlook);

/// Returns `clearance 0.21 L/h (0.17 to 0.27; 0.30 by genes and covariates alone)`, a sentence a parameter.
[[nodiscard]] std::vector<std::string> parameter_texts(const TwinAnswer& answer);

/// Returns what a reader must know before anything else: what is outside of limits, contradicts the model, is unsure.
[[nodiscard]] std::vector<std::string> cautions_of(const TwinAnswer& answer);

/// Returns why no dose is advised, sentences; empty: one is, or none was asked for.
[[nodiscard]] std::vector<std::string> reasons_against(const TwinAnswer& answer);

}  // namespace stardose::pharmaco
