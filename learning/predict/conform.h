// People as a model wants them: its columns, with its levels.
#pragma once

#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/model/column.h"
#include "learning/predict/prediction.h"

namespace stardose::learning {

/// Returns why the people's columns cannot be read as the model's, or nothing.
[[nodiscard]] std::optional<std::string> columns_fault(const std::vector<ModelColumn>& columns, const Frame& people);

/// Returns the people in the model's columns. A column that is not there is missing in everybody, a level that the
/// model does not know is missing too. Requires: columns_fault() found nothing.
[[nodiscard]] Frame conformed(const std::vector<ModelColumn>& columns, const Frame& people);

/// Returns what is unusual about each of the people, who are as they came. `used`: of each column, whether the model
/// looks at it; others are not spoken of. Whoever cannot be predicted has a reason in `refused`.
struct Remarks {
  std::vector<Flag> flags;
  std::vector<std::string> refused;
};
[[nodiscard]] std::vector<Remarks> remarks_on(const std::vector<ModelColumn>& columns, const std::vector<bool>& used,
                                              const Frame& people);

}  // namespace stardose::learning
