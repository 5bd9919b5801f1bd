// Advice from ambiguous results: one advice where all readings agree, else what each asks for.
#include <doctest/doctest.h>

#include "pharmaco/guidance/advise.h"
#include "tests/pharmaco/guidance/advise_builder.h"

using namespace stardose::pharmaco;
using namespace stardose::pharmaco::testing;

TEST_CASE("a phenotype without a score stands for every score within it") {
  const Advice poor = only(advise_for("cpic-codeine-CYP2D6", {{"CYP2D6", {phenotype("", "Poor Metabolizer")}}}));
  CHECK(poor.action == "avoid");
  CHECK(poor.basis[0].diplotype == "diplotype not given");
  CHECK(poor.basis[0].phenotype == "Poor Metabolizer");
  const Advice lowered =
      only(advise_for("cpic-capecitabine-DPYD", {{"DPYD", {phenotype("", "Intermediate Metabolizer")}}}));
  CHECK(lowered.action == "reduce_dose");
  CHECK(contains(lowered.sentence,
                 "If DPYD has activity score 1.0: Carriers of two copies of c.2846A>T may need less than 50 %."));
}

TEST_CASE("an ambiguous result that asks the same either way is advice") {
  const Advice advice = only(advise_for(
      "cpic-codeine-CYP2D6",
      {{"CYP2D6", {score("*1/*1", "Normal Metabolizer", 200), score("*1/*10", "Normal Metabolizer", 125)}}}));
  CHECK(advice.action == "standard");
  CHECK(advice.level == AdviceLevel::none);
  CHECK(advice.basis[0].diplotype == "*1/*1;*1/*10");
}

TEST_CASE("an ambiguous result that may ask for a change is undetermined, the change first") {
  const Advice advice = only(
      advise_for("cpic-abacavir-HLA-B", {{"HLA-B", {presence({"*57:01 negative"}), presence({"*57:01 positive"})}}}));
  CHECK(advice.level == AdviceLevel::unknown);
  CHECK(advice.action == "undetermined");
  CHECK(
      advice.sentence ==
      "If HLA-B is *57:01 positive: avoid abacavir; if HLA-B is *57:01 negative: use abacavir as usual. The result is "
      "ambiguous: prescribing may have to change.");
}

TEST_CASE("an ambiguous result that asks for a change either way is at that level") {
  const Advice advice =
      only(advise_for("cpic-capecitabine-DPYD",
                      {{"DPYD", {score("a", "Intermediate Metabolizer", 100), score("b", "Poor Metabolizer", 50)}}}));
  CHECK(advice.level == AdviceLevel::action);
  CHECK(advice.action == "undetermined");
  CHECK(contains(advice.sentence,
                 "f DPYD has activity score 1.0: reduce the dose of capecitabine (give 50 % of the usual dose)"));
}

TEST_CASE("two ambiguous genes are told gene by gene") {
  const Advice advice = only(
      advise_for("cpic-amitriptyline-CYP2C19-CYP2D6",
                 {{"CYP2C19", {phenotype("a", "Normal Metabolizer"), phenotype("b", "Rapid Metabolizer")}},
                  {"CYP2D6", {score("a", "Intermediate Metabolizer", 100), score("b", "Normal Metabolizer", 200)}}}));
  CHECK(
      contains(advice.sentence, "; if CYP2C19 is Rapid Metabolizer: consider another drug instead of amitriptyline;"));
  CHECK(contains(advice.sentence,
                 "if CYP2C19 is Normal Metabolizer and CYP2D6 has activity score 2.0: use amitriptyline as usual."));
}

TEST_CASE("more than 256 combinations are too many to decide") {
  KnowledgeBase knowledge = presence_knowledge();
  Guideline& guideline = knowledge.guidelines.front();
  guideline.genes = {"P", "Q"};
  knowledge.genes.clear();
  Readings readings;
  for (int i = 0; i < 17; ++i) {
    for (const std::string gene : {"P", "Q"})
      readings[gene].push_back(phenotype("d", "phenotype " + std::to_string(i)));
  }
  const Advice advice = only(advise_for(knowledge, guideline, readings));
  CHECK(advice.level == AdviceLevel::unknown);
  CHECK(advice.sentence == "The result is ambiguous: too many possible readings to decide on x.");
}

TEST_CASE("advice repeats what is uncertain about each of its genes") {
  const Guideline& guideline = guideline_named(catalogue(), "cpic-amitriptyline-CYP2C19-CYP2D6");
  const GeneResult first{"CYP2C19", CallStatus::called, {phenotype("a", "Normal Metabolizer")}, "First."};
  const GeneResult second{"CYP2D6", CallStatus::called, {score("a", "Normal Metabolizer", 200)}, "Second."};
  const std::vector<const GeneResult*> results = {&first, &second};
  CHECK(only(advise(catalogue(), guideline, results)).note == "First. Second.");
  const std::vector<const GeneResult*> one = {&first, nullptr};
  CHECK(only(advise(catalogue(), guideline, one)).note == "First.");
}
