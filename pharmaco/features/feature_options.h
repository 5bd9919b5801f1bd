// What the user says about features.
#pragma once

#include <string>

namespace stardose::pharmaco {

struct FeatureOptions {
  /// File of features (read_feature_set); empty: none are asked for.
  std::string features;
};

}  // namespace stardose::pharmaco
