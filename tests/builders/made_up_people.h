// People with columns of all kinds, values missing, and an outcome that depends on them.
#pragma once

#include <cmath>
#include <string>

#include "learning/evaluate/dataset.h"
#include "learning/train/seeded_random.h"

namespace stardose::test {

/// Numbers `age` and `weight` (a tenth of the weights missing), categories `sex`, `race` (a twentieth missing, level
/// `Rare` in every fortieth) and `site` as groups. Targets are above 0.
inline learning::Dataset made_up_people(std::size_t rows, std::uint64_t seed) {
  learning::SeededRandom random{seed};
  learning::Dataset data;
  data.people.columns = {{{"age", "years", {}, {}}, {}},
                         {{"weight", "kg", {}, {}}, {}},
                         {{"sex", {}, {"female", "male"}, {}}, {}},
                         {{"race", {}, {"White", "Asian", "Black", "Rare"}, "ancestry"}, {}}};
  for (std::size_t row = 0; row < rows; ++row) {
    const double age = 20 + 60 * random.share();
    const double sex = random.share() < 0.5 ? 0 : 1;
    const double race = row % 40 == 7 ? 3 : static_cast<double>(random.below(3));
    const double weight = 55 + 15 * sex + 10 * random.normal();
    const double root = 6 - 0.03 * age + 0.02 * weight - 0.5 * race + 0.4 * random.normal();
    data.people.rows.push_back("p" + std::to_string(row + 1));
    data.people.columns[0].values.push_back(age);
    data.people.columns[1].values.push_back(random.share() < 0.1 ? NAN : weight);
    data.people.columns[2].values.push_back(sex);
    data.people.columns[3].values.push_back(random.share() < 0.05 ? NAN : race);
    data.targets.push_back(root * root);
    data.groups.push_back(static_cast<std::uint32_t>(random.below(7)));
  }
  data.scale.power = 0.5;
  return data;
}

}  // namespace stardose::test
