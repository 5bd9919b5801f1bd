// Putting a model together.
#include "learning/evaluate/assemble_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "learning/predict/predictor.h"

namespace stardose::learning {

namespace {

/// The range and mean of a feature in the data. A mean is needed for linear contributions.
Feature seen_feature(std::string name, const RowTable& table, std::size_t column) {
  Feature feature{.name = std::move(name)};
  double sum = 0;
  std::size_t count = 0;
  const Rows rows = table.rows();
  for (std::size_t row = 0; row < rows.count(); ++row) {
    const double value = rows.row(row)[column];
    if (std::isnan(value)) continue;
    feature.lowest = std::min(value, feature.lowest.value_or(value));
    feature.highest = std::max(value, feature.highest.value_or(value));
    sum += value;
    ++count;
  }
  feature.mean = count == 0 ? 0 : sum / static_cast<double>(count);
  return feature;
}

class Assembly {
 public:
  Assembly(const Dataset& data, std::size_t sets) : data_{data}, several_{sets > 1} {}

  void add(const Contender& contender, FittedContender learned, double share) {
    const std::vector<std::uint32_t> features = features_of_set(std::move(learned.prepared));
    if (auto* average = std::get_if<Blend>(&learned.fitted.method)) {
      for (BlendMember& member : average->members) {
        put({std::move(member.method), member.link, share * member.weight, features});
      }
    } else {
      put({std::move(learned.fitted.method), learned.fitted.link, share, features});
    }
    if (learned.fitted.holds_rows) {
      model_.remarks.push_back(fmt::format(
          "{} holds rows of the training data as they are: whoever has the model has these.", contender.name));
    }
  }

  /// Of one method there is no blend: its margins are the model's.
  [[nodiscard]] Model take(const Target& target) && {
    if (blend_.members.size() == 1) {
      model_.method = std::move(blend_.members.front().method);
      model_.link = target.classes.empty() ? link_of(target.scale) : blend_.members.front().link;
    } else {
      model_.method = std::move(blend_);
      model_.link = target.classes.empty() ? link_of(target.scale) : Link{};
    }
    return std::move(model_);
  }

 private:
  /// Contenders with the same fitted steps see the same features.
  std::vector<std::uint32_t> features_of_set(Prepared prepared) {
    std::size_t first = 0;
    for (const Prepared& known : model_.prepared) {
      if (known == prepared) return run(first, known.features.size());
      first += known.features.size();
    }
    const RowTable rows = apply(prepared, data_.people);
    const std::size_t set = model_.prepared.size() + 1;
    for (std::size_t k = 0; k < prepared.features.size(); ++k) {
      const std::string& name = prepared.name_of(prepared.features[k]);
      model_.features.push_back(seen_feature(several_ ? fmt::format("{} (set {})", name, set) : name, rows, k));
    }
    model_.prepared.push_back(std::move(prepared));
    return run(first, rows.width);
  }
  static std::vector<std::uint32_t> run(std::size_t first, std::size_t count) {
    std::vector<std::uint32_t> places(count);
    std::iota(places.begin(), places.end(), static_cast<std::uint32_t>(first));
    return places;
  }
  void put(BlendMember member) {
    if (!several_) member.features.clear();
    blend_.members.push_back(std::move(member));
  }

  const Dataset& data_;
  bool several_ = false;
  Model model_;
  Blend blend_;
};

}  // namespace

ModelColumn seen_column(const Column& column) {
  ModelColumn seen{.kind = column.kind, .lowest = {}, .highest = {}, .seen = {}};
  if (column.kind.is_category()) seen.seen.resize(column.kind.levels.size());
  for (const double value : column.values) {
    if (std::isnan(value)) {
      ++seen.missing;
    } else if (column.kind.is_category()) {
      ++seen.seen[static_cast<std::size_t>(value)];
    } else {
      seen.lowest = std::min(value, seen.lowest.value_or(value));
      seen.highest = std::max(value, seen.highest.value_or(value));
    }
  }
  return seen;
}

Model assemble_model(const std::vector<Contender>& contenders, std::vector<FittedContender> learned,
                     const Target& target, const Dataset& data) {
  double weights = 0;
  for (const FittedContender& one : learned) weights += contenders[one.chosen.contender].weight;
  std::vector<Prepared> sets;
  for (const FittedContender& one : learned) {
    if (std::ranges::find(sets, one.prepared) == sets.end()) sets.push_back(one.prepared);
  }
  Assembly assembly{data, sets.size()};
  for (FittedContender& one : learned) {
    const Contender& contender = contenders[one.chosen.contender];
    assembly.add(contender, std::move(one), contender.weight / weights);
  }
  Model model = std::move(assembly).take(target);
  for (const Column& column : data.people.columns) model.columns.push_back(seen_column(column));
  model.target = target;
  if (target.classes.size() == 2) {
    model.outputs = {target.classes[1]};
  } else {
    model.outputs = target.classes.empty() ? std::vector{target.name} : target.classes;
  }
  return model;
}

std::vector<CardImportance> importance_of(const Model& model, const Frame& people) {
  if (Explainer::why_not(model) || people.rows.empty()) return {};
  std::vector<CardImportance> importance;
  std::size_t predicted = 0;
  for (const Prediction& prediction : Predictor{model}.predict(people)) {
    if (!prediction.refused.empty()) continue;
    ++predicted;
    importance.resize(prediction.contributions.size());
    for (std::size_t k = 0; k < importance.size(); ++k) {
      importance[k].input = prediction.contributions[k].input;
      importance[k].value += std::abs(prediction.contributions[k].value);
    }
  }
  for (CardImportance& one : importance) one.value /= static_cast<double>(predicted);
  std::ranges::stable_sort(importance, std::greater{}, &CardImportance::value);
  return importance;
}

}  // namespace stardose::learning
