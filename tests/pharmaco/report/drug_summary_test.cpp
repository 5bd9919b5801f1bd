// Each drug in one bucket.
#include "pharmaco/report/drug_summary.h"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <string>

using namespace stardose::pharmaco;

namespace {

SampleReport report_of(const std::vector<std::pair<std::string, AdviceLevel>>& advice) {
  SampleReport report;
  for (const auto& [drug, level] : advice) {
    Advice one;
    one.drug = drug;
    one.level = level;
    report.advice.push_back(one);
  }
  return report;
}

DrugBucket bucket_of(const std::vector<AdviceLevel>& levels) {
  std::vector<std::pair<std::string, AdviceLevel>> advice;
  for (const AdviceLevel level : levels) advice.emplace_back("x", level);
  const SampleReport report = report_of(advice);
  const auto drugs = summarise_drugs(report);
  REQUIRE(drugs.size() == 1);
  return drugs.front().bucket;
}

using enum AdviceLevel;

}  // namespace

TEST_CASE("action or caution from anyone means that a drug needs action") {
  CHECK(bucket_of({none, action}) == DrugBucket::needs_action);
  CHECK(bucket_of({unknown, caution, none}) == DrugBucket::needs_action);
}

TEST_CASE("something unknown is never shown as no change") {
  CHECK(bucket_of({none, unknown}) == DrugBucket::undetermined);
  CHECK(bucket_of({unknown}) == DrugBucket::undetermined);
}

TEST_CASE("no change only where everyone says so") {
  CHECK(bucket_of({none}) == DrugBucket::no_change);
  CHECK(bucket_of({none, none}) == DrugBucket::no_change);
}

TEST_CASE("drugs come by bucket, then level, then name, and their advice most demanding first") {
  const SampleReport report = report_of({{"d", none},
                                         {"b", caution},
                                         {"a", none},
                                         {"z", action},
                                         {"c", unknown},
                                         {"a", unknown},
                                         {"e", action},
                                         {"b", action}});
  std::string text;
  for (const DrugSummary& drug : summarise_drugs(report)) {
    text += drug.drug + ":";
    for (const Advice* advice : drug.advice) text += " " + std::string{to_string(advice->level)};
    text += "; ";
  }
  CHECK(text == "b: action caution; e: action; z: action; a: unknown none; c: unknown; d: none; ");
}

TEST_CASE("every drug is in exactly one bucket and no advice is lost") {
  std::mt19937 random{4};
  for (int round = 0; round < 100; ++round) {
    std::vector<std::pair<std::string, AdviceLevel>> advice;
    for (auto k = random() % 40; k > 0; --k) {
      advice.emplace_back(std::string(1, static_cast<char>('a' + random() % 9)),
                          static_cast<AdviceLevel>(random() % 4));
    }
    const SampleReport report = report_of(advice);
    std::set<std::string> names;
    std::size_t parts = 0;
    for (const DrugSummary& drug : summarise_drugs(report)) {
      CHECK(names.insert(drug.drug).second);
      parts += drug.advice.size();
      CHECK(drug.level == drug.advice.front()->level);
    }
    CHECK(parts == advice.size());
  }
}
