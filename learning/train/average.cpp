// Predictions of several learners, averaged.
#include "learning/train/entry.h"
#include "learning/train/seeded_random.h"

namespace stardose::learning {

namespace {

/// Averages of averages are one.
void add(Blend& blend, Fitted fitted, double weight) {
  if (auto* inner = std::get_if<Blend>(&fitted.method)) {
    for (BlendMember& member : inner->members) {
      member.weight *= weight;
      blend.members.push_back(std::move(member));
    }
    return;
  }
  blend.members.push_back({std::move(fitted.method), fitted.link, weight});
}

Fitted learn(const Task& task) {
  double sum = 0;
  for (const LearnerSpec& member : task.spec.members) sum += member.weight;
  Blend blend;
  bool holds_rows = false;
  for (std::size_t k = 0; k < task.spec.members.size(); ++k) {
    const LearnerSpec& member = task.spec.members[k];
    Fitted fitted = fit(member, task.data, seed_of(task.seed, k));
    holds_rows = holds_rows || fitted.holds_rows;
    add(blend, std::move(fitted), member.weight / sum);
  }
  return {std::move(blend), {}, holds_rows};
}

}  // namespace

Entry average_entry() {
  return {{.name = "average", .title = "Average of learners", .quantities = true, .classes = true}, learn};
}

}  // namespace stardose::learning
