// Scoring by whichever method the model has.
#include "learning/model/scorer.h"

#include "genomics/expect.h"

namespace stardose::learning {

Scorer::Scorer(const Model& model)
    : features_{model.features.size()},
      margins_{margin_count(model)},
      link_{model.link},
      precision_{precision_of(model)},
      method_{model.method} {}

void Scorer::score_margins(const Rows& rows, std::span<double> out) const {
  STARDOSE_EXPECT(rows.width > 0 && rows.width == features_ && rows.values.size() % rows.width == 0);
  STARDOSE_EXPECT(out.size() == rows.count() * margins_);
  method_.margins(rows, out);
}

void Scorer::score(const Rows& rows, std::span<double> out) const {
  const std::size_t count = predictions();
  STARDOSE_EXPECT(out.size() == rows.count() * count);
  std::vector<double> margins(rows.count() * margins_);
  score_margins(rows, margins);
  apply_link_to_rows(link_, precision_, margins_, margins, out);
}

}  // namespace stardose::learning
