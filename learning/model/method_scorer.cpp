// Margins by whichever method there is.
#include "learning/model/method_scorer.h"

#include <algorithm>

namespace stardose::learning {

namespace {

void blend_margins(const std::vector<BlendScorerMember>& members, const Rows& rows, std::span<double> out) {
  std::ranges::fill(out, 0.0);
  std::vector<double> predictions(out.size());
  std::vector<double> margins;
  for (const BlendScorerMember& member : members) {
    margins.resize(rows.count() * member.margins);
    if (member.features.empty()) {
      member.scorer.margins(rows, margins);
    } else {
      const std::vector<double> seen = features_of(rows, member.features);
      member.scorer.margins({seen, member.features.size()}, margins);
    }
    apply_link_to_rows(member.link, member.precision, member.margins, margins, predictions);
    for (std::size_t k = 0; k < out.size(); ++k) out[k] += member.weight * predictions[k];
  }
}

}  // namespace

MethodScorer::MethodScorer(const Method& method) : ready_{Members{}} {
  struct Make {
    using Ready = decltype(MethodScorer::ready_);
    Ready operator()(const TreeEnsemble& trees) const { return TreeScorer{trees}; }
    Ready operator()(const LinearModel& linear) const { return linear; }
    Ready operator()(const KernelModel& kernel) const { return KernelScorer{kernel}; }
    Ready operator()(const NaiveBayes& bayes) const { return bayes; }
    Ready operator()(const NearestNeighbours& nearest) const { return nearest; }
    Ready operator()(const NeuralNetwork& network) const { return network; }
    Ready operator()(const Blend& blend) const {
      Members members;
      for (const BlendMember& member : blend.members) {
        members.push_back({MethodScorer{member.method}, margin_count(member.method), member.link,
                           precision_of(member.method), member.weight, member.features});
      }
      return members;
    }
  };
  ready_ = std::visit(Make{}, method);
}

void MethodScorer::margins(const Rows& rows, std::span<double> out) const {
  struct Score {
    const Rows& rows;
    std::span<double> out;
    void operator()(const TreeScorer& trees) const { trees.margins(rows, out); }
    void operator()(const LinearModel& linear) const { linear_margins(linear, rows, out); }
    void operator()(const KernelScorer& kernel) const { kernel.margins(rows, out); }
    void operator()(const NaiveBayes& bayes) const { bayes_margins(bayes, rows, out); }
    void operator()(const NearestNeighbours& nearest) const { neighbour_margins(nearest, rows, out); }
    void operator()(const NeuralNetwork& network) const { network_margins(network, rows, out); }
    void operator()(const Members& members) const { blend_margins(members, rows, out); }
  };
  std::visit(Score{rows, out}, ready_);
}

std::vector<double> features_of(const Rows& rows, std::span<const std::uint32_t> features) {
  std::vector<double> values;
  values.reserve(rows.count() * features.size());
  for (std::size_t row = 0; row < rows.count(); ++row) {
    for (const std::uint32_t feature : features) values.push_back(rows.row(row)[feature]);
  }
  return values;
}

void apply_link_to_rows(const Link& link, Precision precision, std::size_t margins_each,
                        std::span<const double> margins, std::span<double> out) {
  const std::size_t rows = margins.size() / margins_each;
  const std::size_t count = prediction_count(link, margins_each);
  for (std::size_t row = 0; row < rows; ++row) {
    apply_link(link, precision, margins.subspan(row * margins_each, margins_each), out.subspan(row * count, count));
  }
}

}  // namespace stardose::learning
