// What the methods have in common, and blends.
#include "learning/model/method.h"

#include <cmath>

namespace stardose::learning {

namespace {

std::size_t predictions_of(const BlendMember& member) {
  return prediction_count(member.link, margin_count(member.method));
}

std::optional<std::string> fault_of(const BlendMember& member, std::size_t features) {
  if (std::holds_alternative<Blend>(member.method)) return "a blend within a blend";
  for (const std::uint32_t feature : member.features) {
    if (feature >= features) return "a feature that the model does not have";
  }
  const std::size_t seen = member.features.empty() ? features : member.features.size();
  if (auto fault = fault_of(member.method, seen)) return fault;
  if (names_a_class(member.link)) return "a link that names a class, which cannot be averaged";
  if (!std::isfinite(member.link.scale)) return "a link whose scale is not finite";
  if (member.link.scale <= 0) return "a link whose scale is not above 0";
  if (!std::isfinite(member.weight) || member.weight <= 0) return "a weight that is not above 0";
  return std::nullopt;
}

}  // namespace

bool Blend::operator==(const Blend& other) const { return members == other.members; }

std::optional<std::string> fault_of(const Blend& blend, std::size_t features) {
  if (blend.members.empty()) return "no members";
  for (std::size_t k = 0; k < blend.members.size(); ++k) {
    const BlendMember& member = blend.members[k];
    auto fault = fault_of(member, features);
    if (!fault && predictions_of(member) != predictions_of(blend.members.front())) {
      fault = "another number of predictions than the first member";
    }
    if (fault) return "member " + std::to_string(k) + ": " + *fault;
  }
  return std::nullopt;
}

std::optional<std::string> fault_of(const Method& method, std::size_t features) {
  return std::visit([&](const auto& held) { return fault_of(held, features); }, method);
}

std::size_t margin_count(const Method& method) {
  struct Count {
    std::size_t operator()(const TreeEnsemble& trees) const { return trees.base.size(); }
    std::size_t operator()(const LinearModel& linear) const { return linear.intercepts.size(); }
    std::size_t operator()(const KernelModel& kernel) const { return kernel.offsets.size(); }
    std::size_t operator()(const NaiveBayes& bayes) const { return margin_count(bayes); }
    std::size_t operator()(const NearestNeighbours& nearest) const { return nearest.outputs; }
    std::size_t operator()(const NeuralNetwork& network) const {
      return network.layers.empty() ? 0 : network.layers.back().biases.size();
    }
    std::size_t operator()(const Blend& blend) const {
      return blend.members.empty() ? 0 : predictions_of(blend.members.front());
    }
  };
  return std::visit(Count{}, method);
}

Precision precision_of(const Method& method) {
  const auto* trees = std::get_if<TreeEnsemble>(&method);
  return trees == nullptr ? Precision::float64 : trees->precision;
}

}  // namespace stardose::learning
