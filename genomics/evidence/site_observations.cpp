// From fragments to questions.
#include "genomics/evidence/site_observations.h"

#include <algorithm>

namespace stardose::genomics {

namespace {

/// Question and answer.
struct Answer {
  std::uint32_t question = 0;
  SiteObservation said;
};

constexpr std::uint8_t mapping_quality_unknown = 255;

bool shows_listed_alternative(const SiteQuestion& question, const SiteObservation& said) {
  return said.allele >= 1 && said.allele < question.listed;
}

/// Answers of one fragment, its listed alternatives counted as reference at the sites that they reach over.
void settle_overlaps(std::span<const SiteQuestion> questions, std::vector<Answer>& answers) {
  const std::size_t given = answers.size();
  for (std::size_t k = 0; k < given; ++k) {
    const Answer by = answers[k];
    if (!shows_listed_alternative(questions[by.question], by.said)) continue;
    for (const SiteQuestion::Reach& reach : questions[by.question].reaches) {
      const auto at = std::ranges::find(answers, reach.question, &Answer::question);
      if (at != answers.end()) {
        if (reach.removes || !shows_listed_alternative(questions[reach.question], at->said)) at->said.allele = 0;
      } else if (reach.removes) {
        answers.push_back({reach.question, {by.said.fragment, 0, by.said.quality, by.said.reverse}});
      }
    }
  }
}

std::uint8_t capped(std::uint8_t quality, std::uint8_t mapping_quality) {
  return mapping_quality == mapping_quality_unknown ? quality : std::min(quality, mapping_quality);
}

}  // namespace

SiteObservations::SiteObservations(std::span<const SiteQuestion> questions, const ReadEvidence& evidence)
    : begins_(questions.size() + 1, 0) {
  std::vector<Answer> all;
  all.reserve(evidence.observations.size());
  std::vector<Answer> answers;  // of the fragment at hand
  for (std::uint32_t number = 0; number < evidence.fragments.size(); ++number) {
    const Fragment& fragment = evidence.fragments[number];
    answers.clear();
    for (const Observation& seen : evidence.of(fragment)) {
      if (seen.site >= questions.size()) continue;
      const auto alleles = static_cast<std::uint8_t>(questions[seen.site].asked.alleles.size());
      answers.push_back(
          {seen.site,
           {number, std::min(seen.allele, alleles), capped(seen.quality, fragment.mapping_quality), seen.reverse}});
    }
    settle_overlaps(questions, answers);
    all.insert(all.end(), answers.begin(), answers.end());
  }
  for (const Answer& answer : all) ++begins_[answer.question + 1];
  for (std::size_t k = 1; k < begins_.size(); ++k) begins_[k] += begins_[k - 1];
  std::vector<std::size_t> next{begins_.begin(), begins_.end() - 1};
  observations_.resize(all.size());
  for (const Answer& answer : all) observations_[next[answer.question]++] = answer.said;
}

}  // namespace stardose::genomics
