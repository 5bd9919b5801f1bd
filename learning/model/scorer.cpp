// Scoring by whichever method the model has.
#include "learning/model/scorer.h"

#include "genomics/expect.h"

namespace stardose::learning {

namespace {

using Ready = std::variant<TreeScorer, LinearModel, KernelModel>;

Ready made_ready(const Method& method) {
  struct Make {
    Ready operator()(const TreeEnsemble& trees) const { return TreeScorer{trees}; }
    Ready operator()(const LinearModel& linear) const { return linear; }
    Ready operator()(const KernelModel& kernel) const { return kernel; }
  };
  return std::visit(Make{}, method);
}

}  // namespace

Scorer::Scorer(const Model& model)
    : features_{model.features.size()},
      margins_{margin_count(model)},
      link_{model.link},
      precision_{precision_of(model)},
      method_{made_ready(model.method)} {}

void Scorer::score_margins(const Rows& rows, std::span<double> out) const {
  STARDOSE_EXPECT(rows.width == features_ && rows.values.size() % features_ == 0);
  STARDOSE_EXPECT(out.size() == rows.count() * margins_);
  struct Score {
    const Rows& rows;
    std::span<double> out;
    void operator()(const TreeScorer& trees) const { trees.margins(rows, out); }
    void operator()(const LinearModel& linear) const { linear_margins(linear, rows, out); }
    void operator()(const KernelModel& kernel) const { kernel_margins(kernel, rows, out); }
  };
  std::visit(Score{rows, out}, method_);
}

void Scorer::score(const Rows& rows, std::span<double> out) const {
  const std::size_t count = predictions();
  STARDOSE_EXPECT(out.size() == rows.count() * count);
  std::vector<double> margins(rows.count() * margins_);
  score_margins(rows, margins);
  for (std::size_t row = 0; row < rows.count(); ++row) {
    apply_link(link_, precision_, std::span{margins}.subspan(row * margins_, margins_),
               out.subspan(row * count, count));
  }
}

}  // namespace stardose::learning
