// Advice from gene results that are what they are: one reading a gene, or none.
#include "pharmaco/guidance/advise.h"

#include <doctest/doctest.h>

#include "tests/pharmaco/guidance/advise_builder.h"

using namespace stardose::pharmaco;
using namespace stardose::pharmaco::testing;

namespace {

/// A reading that one key asks for; nullopt: no reading.
std::optional<GeneReading> reading_for(const GeneKey& key) {
  switch (key.kind) {
    case GeneKey::Kind::phenotype:
      if (key.text.ends_with(" positive") || key.text.ends_with(" negative")) return presence({key.text});
      return phenotype("*x/*y", key.text);
    case GeneKey::Kind::score: return score("*x/*y", "words", key.min.hundredths, !key.max.has_value());
    case GeneKey::Kind::indeterminate: return phenotype("*x/*y", PhenotypeRule::indeterminate);
    case GeneKey::Kind::diplotype: return phenotype(key.text, "words");
    case GeneKey::Kind::no_result: break;
  }
  return std::nullopt;
}

/// Every combination of keys that a recommendation lists, as readings.
std::vector<Readings> combinations_for(const Recommendation& row) {
  std::vector<Readings> all = {{}};
  for (const GeneCondition& condition : row.when) {
    std::vector<Readings> longer;
    for (const Readings& so_far : all) {
      for (const GeneKey& key : condition.keys) {
        longer.push_back(so_far);
        if (auto reading = reading_for(key)) longer.back()[condition.gene] = {*std::move(reading)};
      }
    }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

TEST_CASE("every recommendation of the catalogue is given for every result that it lists") {
  for (const Guideline& guideline : catalogue().guidelines) {
    for (const Recommendation& row : guideline.recommendations) {
      if (row.when.empty()) continue;
      for (const Readings& readings : combinations_for(row)) {
        const auto advice = advise_for(catalogue(), guideline, readings);
        const auto found = std::ranges::count_if(advice, [&](const Advice& item) {
          return item.drug == row.drug && item.action == row.action && item.level == row.level &&
                 item.dose_percent == row.dose_percent && item.dose_limit == row.dose_limit &&
                 item.alternatives == row.alternatives && contains(item.sentence, row.note) &&
                 item.population.empty() == row.population.empty();
        });
        INFO(guideline.id << " " << row.drug << " " << row.population << " " << row.action);
        CHECK(found >= 1);
      }
    }
  }
}

TEST_CASE("without results every drug of every guideline has advice of level unknown, in whole sentences") {
  for (const Guideline& guideline : catalogue().guidelines) {
    const auto advice = advise_for(catalogue(), guideline, {});
    for (const std::string& drug : guideline.drugs) CHECK(std::ranges::count(advice, drug, &Advice::drug) >= 1);
    for (const Advice& item : advice) {
      INFO(guideline.id << ": " << item.sentence);
      CHECK(item.level == AdviceLevel::unknown);
      CHECK(item.action == "no_result");
      CHECK(item.sentence.ends_with("."));
      CHECK_FALSE(contains(item.sentence, "{"));
    }
  }
}

TEST_CASE("an indeterminate result is never told to be well") {
  for (const Guideline& guideline : catalogue().guidelines) {
    for (const std::string& gene : guideline.genes) {
      for (const Advice& item :
           advise_for(catalogue(), guideline, {{gene, {phenotype("*x/*y", PhenotypeRule::indeterminate)}}})) {
        INFO(guideline.id << ": " << item.sentence);
        const bool is_empty_row = item.action == "titrate";
        CHECK((item.level != AdviceLevel::none || is_empty_row));
      }
    }
  }
}

TEST_CASE("advice carries what the guideline says, in words and in fields") {
  const auto advice = advise_for("cpic-clopidogrel-CYP2C19", {{"CYP2C19", {phenotype("*2/*2", "Poor Metabolizer")}}});
  REQUIRE(advice.size() == 3);  // three populations
  const Advice& first = advice.front();
  CHECK(first.drug == "clopidogrel");
  CHECK(first.source == "CPIC");
  CHECK(first.guideline == "cpic-clopidogrel-CYP2C19");
  CHECK(first.population == "Acute coronary syndrome or coronary intervention (PCI)");
  CHECK(first.level == AdviceLevel::action);
  CHECK(first.action == "alternative");
  CHECK(first.sentence ==
        "Choose another drug instead of clopidogrel. Options: prasugrel or ticagrelor. Alternatives at their usual "
        "dose, if not contraindicated.");
  CHECK(first.consequence ==
        "Expected with usual use: less active metabolite; weaker effect or none; higher risk of vessel or stent "
        "blockage.");
  CHECK(first.alternatives == std::vector<std::string>{"prasugrel", "ticagrelor"});
  CHECK(first.strength == "strong");
  CHECK(first.version == "annotation version 47");
  CHECK(first.pmids.size() == 3);
  REQUIRE(first.basis.size() == 1);
  CHECK(first.basis[0].diplotype == "*2/*2");
  CHECK(first.basis[0].phenotype == "Poor Metabolizer");
}

TEST_CASE("the drug is named in the population") {
  const auto advice = advise_for("cpic-oxcarbazepine-HLA-B", {{"HLA-B", {presence({"*15:02 negative"})}}});
  CHECK(advice.front().population == "Patients who have not taken oxcarbazepine before");
}

TEST_CASE("a dose is of the drug, or of those who take it against the advice") {
  const Advice reduced =
      only(advise_for("cpic-capecitabine-DPYD", {{"DPYD", {score("a/b", "Intermediate Metabolizer", 100)}}}));
  CHECK(reduced.sentence.starts_with("Reduce the dose of capecitabine. Give 50 % of the usual dose. Watch "));
  CHECK(reduced.dose_percent == "50");
  CHECK(reduced.basis[0].phenotype == "activity score 1.0 (Intermediate Metabolizer)");
  const Advice avoided =
      only(advise_for("cpic-amitriptyline-CYP2C19-CYP2D6", {{"CYP2C19", {phenotype("*1/*1", "Normal Metabolizer")}},
                                                            {"CYP2D6", {score("*4/*4", "Poor Metabolizer", 0)}}}));
  CHECK(avoided.sentence.starts_with("Avoid amitriptyline. If it is used: give 50 % of the usual dose; watch "));
}

TEST_CASE("advice on one of two genes says that it is not the whole") {
  const Advice advice = only(advise_for("cpic-amitriptyline-CYP2C19-CYP2D6",
                                        {{"CYP2C19", {phenotype("*1/*1", "Normal Metabolizer")}}, {"CYP2D6", {}}}));
  CHECK(advice.level == AdviceLevel::caution);
  CHECK(advice.sentence ==
        "Use amitriptyline as usual as far as the known genes show. CYP2D6 not known: advice from the other gene "
        "alone.");
  CHECK(advice.strength.empty());
  CHECK(advice.consequence.empty());
  CHECK(advice.basis[1].diplotype.empty());
}

TEST_CASE("a change that rests on one of two genes names the other, once, and the alleles to test for") {
  const auto phenytoin =
      advise_for("cpic-fosphenytoin-CYP2C9-HLA-B", {{"CYP2C9", {score("*3/*3", "Poor Metabolizer", 0)}}});
  REQUIRE_FALSE(phenytoin.empty());
  for (const Advice& advice : phenytoin) {
    CHECK(advice.level == AdviceLevel::action);
    CHECK(advice.strength.empty());
    CHECK(advice.sentence.ends_with(
        " HLA-B not known: advice from the other gene alone. Test for HLA-B *15:02 where the guideline asks for it."));
  }
  const Advice statin =
      only(advise_for("cpic-fluvastatin-CYP2C9-SLCO1B1", {{"SLCO1B1", {phenotype("*1/*5", "Decreased Function")}}}));
  CHECK(statin.sentence.ends_with(" CYP2C9 not known: advice from the other gene alone."));
  const auto thiopurine =
      advise_for("cpic-azathioprine-NUDT15-TPMT", {{"NUDT15", {phenotype("*1/*3", "Intermediate Metabolizer")}}});
  CHECK(contains(only(thiopurine).sentence, " TPMT not known: consider measuring "));
  CHECK_FALSE(contains(only(thiopurine).sentence, "the other gene alone"));
}

TEST_CASE("a dose goes before its limit") {
  const Advice advice =
      only(advise_for("cpic-tacrolimus-CYP3A5", {{"CYP3A5", {phenotype("*1/*3", "Intermediate Metabolizer")}}}));
  CHECK(advice.sentence.starts_with(
      "Raise the dose of tacrolimus. Give 150-200 % of the usual dose. Dose limit: 0.3 mg/kg/day. Watch "));
}

TEST_CASE("an ambiguous result with the other gene missing names it") {
  const Advice advice =
      only(advise_for("cpic-fluvastatin-CYP2C9-SLCO1B1",
                      {{"SLCO1B1", {phenotype("a", "Poor Function"), phenotype("b", "Normal Function")}}}));
  CHECK(advice.action == "undetermined");
  CHECK(advice.sentence.ends_with("The result is ambiguous. CYP2C9 not known: advice from the other gene alone."));
}

TEST_CASE("genes without a result are named") {
  const Advice advice = only(advise_for("cpic-azathioprine-NUDT15-TPMT", {}));
  CHECK(advice.sentence == "No advice on azathioprine: NUDT15 and TPMT not called or not tested.");
}

TEST_CASE("a result that the guideline has no recommendation for is unknown") {
  const Advice advice =
      only(advise_for("dpwg-clopidogrel-CYP2C19", {{"CYP2C19", {phenotype("*1/*17", "Rapid Metabolizer")}}}));
  CHECK(advice.level == AdviceLevel::unknown);
  CHECK(advice.action == "no_advice");
  CHECK(advice.sentence == "DPWG gives no advice on clopidogrel for this result.");
}

TEST_CASE("activity scores match ranges with both ends, and counts with no upper end only above all of it") {
  const auto action = [](const GeneReading& reading) {
    return only(advise_for("cpic-codeine-CYP2D6", {{"CYP2D6", {reading}}})).action;
  };
  CHECK(action(score("a", "Poor Metabolizer", 0)) == "avoid");
  CHECK(action(score("a", "Intermediate Metabolizer", 25)) == "monitor");
  CHECK(action(score("a", "Normal Metabolizer", 125)) == "standard");
  CHECK(action(score("a", "Normal Metabolizer", 225)) == "standard");
  CHECK(action(score("a", "Ultrarapid Metabolizer", 250)) == "avoid");
  CHECK(action(score("a", "Ultrarapid Metabolizer", 300, true)) == "avoid");
  CHECK(action(score("a", "Indeterminate", 100, true)) == "no_recommendation");
  CHECK(action(phenotype("*1/*139", "Indeterminate")) == "no_recommendation");
}

TEST_CASE("diplotypes match in either order and go before phenotypes") {
  for (const std::string diplotype : {"*1/*2", "*2/*1"}) {
    const Advice advice =
        only(advise_for("dpwg-siponimod-CYP2C9", {{"CYP2C9", {score(diplotype, "Intermediate Metabolizer", 150)}}}));
    CHECK(advice.action == "standard");
  }
  const Advice other =
      only(advise_for("dpwg-siponimod-CYP2C9", {{"CYP2C9", {score("*1/*11", "Intermediate Metabolizer", 150)}}}));
  CHECK(other.action == "reduce_dose");
}

TEST_CASE("a recommendation for everyone asks for a result of every gene") {
  Readings readings = {{"CYP2C9", {score("*1/*1", "Normal Metabolizer", 200)}},
                       {"VKORC1", {phenotype("a/b", "-1639 AG")}}};
  const Advice without = only(advise_for("cpic-warfarin-CYP2C9-CYP4F2-VKORC1", readings));
  CHECK(without.sentence == "No advice on warfarin: CYP4F2 not called or not tested.");
  readings["CYP4F2"] = {phenotype("*1/*3", "")};
  CHECK(only(advise_for("cpic-warfarin-CYP2C9-CYP4F2-VKORC1", readings)).action == "titrate");
}

TEST_CASE("presence: no allele, one, both, or one that was not looked for") {
  const KnowledgeBase knowledge = presence_knowledge();
  const auto advise_on = [&](std::vector<std::string> statuses) {
    return advise_for(knowledge, knowledge.guidelines.front(), {{"G", {presence(std::move(statuses))}}});
  };
  const Advice none = only(advise_on({"A negative", "B negative"}));
  CHECK(none.level == AdviceLevel::none);
  CHECK(none.action == "no_advice");
  CHECK(none.sentence == "DPWG gives advice on x only for carriers of G A or G B; this result is negative.");
  CHECK(only(advise_on({"A positive", "B negative"})).sentence == "Avoid x. For A.");
  CHECK(advise_on({"A positive", "B positive"}).size() == 2);
  const Advice half = only(advise_on({"A negative"}));
  CHECK(half.level == AdviceLevel::unknown);
  CHECK(half.sentence == "No advice on x: G B not called or not tested.");
  CHECK(only(advise_on({})).sentence == "No advice on x: G A, B not called or not tested.");
}

TEST_CASE("a drug that the guideline names without a recommendation is unknown") {
  KnowledgeBase knowledge = presence_knowledge();
  knowledge.guidelines.front().drugs = {"y"};
  const Advice advice = only(advise_for(knowledge, knowledge.guidelines.front(), {{"G", {presence({"A negative"})}}}));
  CHECK(advice.level == AdviceLevel::unknown);
  CHECK(advice.drug == "y");
}
