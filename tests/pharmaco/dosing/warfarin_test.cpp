// Warfarin: golden doses of the published equations, and the mistakes that are easily made with them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "tests/builders/dosing.h"

namespace stardose::test {

using pharmaco::DoseEstimate;
using Status = DoseEstimate::Status;

namespace {

constexpr const char* iwpc = "warfarin-iwpc-2009";
constexpr const char* iwpc_clinical = "warfarin-iwpc-2009-clinical";
constexpr const char* gage = "warfarin-gage-2008";

/// To the last of the three decimals that the goldens have.
doctest::Approx golden(double value) { return doctest::Approx(value).epsilon(0.0006 / value); }

bool mentions(const std::vector<std::string>& texts, const std::string& part) {
  return std::ranges::any_of(texts, [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

PatientBuilder with_genes(PatientBuilder patient, const std::string& cyp2c9, const std::string& first,
                          const std::string& second) {
  return patient.diplotype("CYP2C9", cyp2c9).genotype("rs9923231", first, second);
}

const std::set<std::string> african_alleles = {"*5", "*6", "*8", "*11"};

}  // namespace

TEST_SUITE("warfarin") {
  TEST_CASE("IWPC's equation gives the publication's doses") {
    CHECK(with_genes(warfarin_case(), "*1/*1", "C", "C").dose(iwpc) == golden(46.839));
    CHECK(with_genes(warfarin_case(), "*1/*3", "C", "T").dose(iwpc) == golden(25.407));
    CHECK(with_genes(warfarin_case(), "*3/*3", "T", "T").dose(iwpc) == golden(7.926));
    CHECK(with_genes(warfarin_case(), "*3/*3", "T", "T").category("amiodarone", "yes").dose(iwpc) == golden(5.130));
    CHECK(warfarin_case().dose(iwpc_clinical) == golden(34.829));
    CHECK(warfarin_case().category("amiodarone", "yes").dose(iwpc_clinical) == golden(28.431));
    const auto asian =
        with_genes(warfarin_case().number("age", 60).number("height", 165).number("weight", 60), "*1/*1", "T", "T")
            .category("race", "Asian");
    CHECK(asian.dose(iwpc) == golden(19.651));
    CHECK(asian.dose(iwpc_clinical) == golden(21.030));
  }

  TEST_CASE("any of the three inducers counts once, whichever column tells of it") {
    for (const char* inducer : {"enzyme_inducer", "carbamazepine", "phenytoin", "rifampin"}) {
      CAPTURE(inducer);
      const auto patient = with_genes(warfarin_case().number("age", 40).number("weight", 95), "*1/*1", "C", "C")
                               .category("race", "Black")
                               .tested("CYP2C9", african_alleles)
                               .genotype("rs12777823", "G", "G")
                               .category(inducer, "yes");
      CHECK(patient.dose(iwpc) == golden(67.288));
      CHECK(patient.dose(iwpc_clinical) == golden(64.691));
    }
  }

  TEST_CASE("an age counts by its decade, the first digit") {
    for (const auto& [algorithm, at_fifty, slope] :
         {std::tuple{iwpc, 46.839, 0.2614}, std::tuple{iwpc_clinical, 34.829, 0.2546}}) {
      CAPTURE(algorithm);
      const auto at = [&, of = algorithm](double age) {
        return with_genes(warfarin_case().number("age", age), "*1/*1", "C", "C").dose(of);
      };
      CHECK(at(50) == golden(at_fifty));  // decade 5, not 4 or 6
      CHECK(at(59.9) == at(50));
      CHECK(std::sqrt(at(59)) - std::sqrt(at(60)) == doctest::Approx(slope));
    }
  }

  TEST_CASE("an unknown gene has a coefficient of its own, and mixed or missing race too") {
    const auto unknown = warfarin_case().number("age", 70).without("race");
    CHECK(unknown.dose(iwpc) == golden(30.401));
    CHECK(warfarin_case().number("age", 70).category("race", "Mixed or unknown").dose(iwpc) == unknown.dose(iwpc));
    CHECK(warfarin_case().number("age", 70).category("race", "White").dose(iwpc) > unknown.dose(iwpc));
    CHECK(with_genes(unknown, "*1/*1", "C", "C").dose(iwpc) > unknown.dose(iwpc));
  }

  TEST_CASE("VKORC1 is imputed from other variants in the published order, on the publication's strand") {
    const auto dose = [](const std::string& race, const std::string& rsid, const std::string& a, const std::string& b) {
      return warfarin_case()
          .category("race", race)
          .diplotype("CYP2C9", "*1/*1")
          .tested("CYP2C9", african_alleles)
          .genotype("rs12777823", "G", "G")
          .genotype(rsid, a, b)
          .dose(iwpc);
    };
    for (const char* race : {"White", "Asian", "Black", "Mixed or unknown"}) {
      CAPTURE(race);
      const double low = dose(race, "rs9923231", "T", "T");
      const double high = dose(race, "rs9923231", "C", "C");
      const double unknown = dose(race, "rs7294", "C", "C");
      // The forward strand's G of rs9934438 is the C of 1173C>T.
      CHECK(dose(race, "rs9934438", "G", "G") == high);
      CHECK(dose(race, "rs9934438", "A", "A") == low);
      const bool by_others = race == std::string{"White"} || race == std::string{"Asian"};
      // C and G are each other's complement: read on the wrong strand, this would exchange high and low doses.
      CHECK(dose(race, "rs8050894", "C", "C") == (by_others ? high : unknown));
      CHECK(dose(race, "rs8050894", "G", "G") == (by_others ? low : unknown));
      CHECK(dose(race, "rs2359612", "G", "G") == (by_others ? high : unknown));
      CHECK(dose(race, "rs2359612", "A", "A") == (by_others ? low : unknown));
    }
    const auto both =
        warfarin_case().diplotype("CYP2C9", "*1/*1").genotype("rs2359612", "A", "G").genotype("rs9934438", "G", "G");
    const DoseEstimate estimate = both.estimate(iwpc);
    const auto vkorc1 =
        std::ranges::find_if(estimate.inputs, [](const auto& used) { return used.input->name == "vkorc1"; });
    CHECK(vkorc1->value.category == "A/G");
    CHECK(vkorc1->value.state == pharmaco::InputValue::State::imputed);
    CHECK(vkorc1->value.note == "imputed from rs2359612 A/G");
  }

  TEST_CASE("a called VKORC1 diplotype is the genotype of its variant") {
    const auto called = warfarin_case()
                            .diplotype("CYP2C9", "*1/*1")
                            .diplotype("VKORC1", "rs9923231 reference (C)/rs9923231 variant (T)");
    CHECK(called.dose(iwpc) == with_genes(warfarin_case(), "*1/*1", "C", "T").dose(iwpc));
  }

  TEST_CASE("an allele without a coefficient is an unknown result, and a reader is told") {
    for (const char* diplotype : {"*1/*5", "*1/*6", "*1/*11", "*8/*8"}) {
      CAPTURE(diplotype);
      const auto patient = with_genes(warfarin_case(), diplotype, "C", "C");
      const DoseEstimate estimate = patient.estimate(iwpc);
      REQUIRE(estimate.status == Status::dosed);
      CHECK(estimate.value < with_genes(warfarin_case(), "*1/*1", "C", "C").dose(iwpc));
      CHECK(mentions(estimate.cautions, "the algorithm has no term for CYP2C9*"));
      const DoseEstimate by_gage = patient.estimate(gage);
      CHECK(by_gage.status == Status::refused);
      CHECK(mentions(by_gage.reasons, "the algorithm has no term for CYP2C9*"));
    }
  }

  TEST_CASE("Black patients whose African alleles were not all tested are dosed clinically") {
    const auto black = with_genes(warfarin_case(), "*1/*1", "C", "C").category("race", "Black");
    for (const char* algorithm : {iwpc, gage}) {
      CAPTURE(algorithm);
      const pharmaco::DoseReport report = black.report(algorithm);
      CHECK(report.own.status == Status::deferred);
      CHECK(report.own.contributions.empty());
      CHECK(mentions(report.own.reasons, "CPIC guideline for warfarin"));
      REQUIRE(report.instead.has_value());
      CHECK(report.instead->algorithm->id == std::string{algorithm} + "-clinical");
      CHECK(report.instead->value == black.dose(std::string{algorithm} + "-clinical"));
    }
    auto tested = black;
    tested.tested("CYP2C9", african_alleles);
    CHECK(tested.report(iwpc).own.status == Status::deferred);  // rs12777823 is still open
    tested.genotype("rs12777823", "A", "G");
    const DoseEstimate estimate = tested.estimate(iwpc);
    CHECK(estimate.status == Status::dosed);
    CHECK(mentions(estimate.cautions, "rs12777823"));
    tested.tested("CYP2C9", {"*5", "*6", "*8"});
    CHECK(tested.report(iwpc).own.status == Status::deferred);
    CHECK(with_genes(warfarin_case(), "*1/*1", "C", "C").report(iwpc).own.status == Status::dosed);
  }

  TEST_CASE("outside of the target INR that it was derived for there is no dose") {
    for (const double inr : {1.5, 1.9, 3.1, 3.5}) {
      const DoseEstimate estimate =
          with_genes(warfarin_case(), "*1/*1", "C", "C").number("target_inr", inr).estimate(iwpc);
      CHECK(estimate.status == Status::refused);
      CHECK(estimate.reasons == std::vector<std::string>{"derived for a target INR of 2 to 3 only"});
    }
    CHECK(with_genes(warfarin_case(), "*1/*1", "C", "C").number("target_inr", 3).estimate(iwpc).status ==
          Status::dosed);
    const DoseEstimate open = with_genes(warfarin_case(), "*1/*1", "C", "C").without("target_inr").estimate(iwpc);
    CHECK(mentions(open.cautions, "the target INR is not given"));
  }

  TEST_CASE("an ambiguous gene is an unknown one unless its readings agree") {
    const auto ambiguous = [](const std::string& other) {
      return warfarin_case()
          .genotype("rs9923231", "C", "C")
          .call("CYP2C9", {{.diplotype = "*1/*1"}, {.diplotype = other}});
    };
    const DoseEstimate estimate = ambiguous("*1/*3").estimate(iwpc);
    CHECK(estimate.value == warfarin_case().genotype("rs9923231", "C", "C").dose(iwpc));
    CHECK(ambiguous("*1/*1").dose(iwpc) == with_genes(warfarin_case(), "*1/*1", "C", "C").dose(iwpc));
  }

  TEST_CASE("a missing height is no height of 0: there is no dose") {
    const DoseEstimate estimate = with_genes(warfarin_case(), "*1/*1", "C", "C").without("height").estimate(iwpc);
    CHECK(estimate.status == Status::refused);
    CHECK(estimate.reasons == std::vector<std::string>{"height is missing: no such column"});
  }

  TEST_CASE("a gene's contribution is the plain difference to the reference genotype") {
    const auto patient = with_genes(warfarin_case(), "*1/*3", "C", "T");
    const DoseEstimate estimate = patient.estimate(iwpc);
    REQUIRE(estimate.contributions.size() == 2);
    CHECK(estimate.contributions[0].gene == "VKORC1");
    CHECK(estimate.contributions[0].difference ==
          doctest::Approx(patient.dose(iwpc) - with_genes(warfarin_case(), "*1/*3", "C", "C").dose(iwpc)));
    CHECK(estimate.contributions[1].gene == "CYP2C9");
    CHECK(estimate.contributions[1].difference ==
          doctest::Approx(patient.dose(iwpc) - with_genes(warfarin_case(), "*1/*1", "C", "T").dose(iwpc)));
  }

  TEST_CASE("a linear predictor below 0 is not squared into a dose") {
    const auto frail =
        with_genes(warfarin_case().number("age", 99).number("height", 120).number("weight", 25), "*3/*3", "T", "T")
            .category("race", "Asian")
            .category("amiodarone", "yes");
    const DoseEstimate estimate = frail.estimate(iwpc);
    CHECK(estimate.status == Status::refused);
    CHECK(mentions(estimate.reasons, "outside of its range"));
  }

  // exp(0.9751 + 0.4317 * 1.972027 - 0.00745 * 50 + 0.2029 * 2.5), by hand
  TEST_CASE("Gage's equation counts alleles: two copies lower the dose twice") {
    const auto dose = [](const std::string& cyp2c9, const std::string& a, const std::string& b) {
      return with_genes(warfarin_case(), cyp2c9, a, b).dose(gage);
    };
    const double none = dose("*1/*1", "C", "C");
    const double by_hand = std::exp(0.9751 + 0.4317 * std::sqrt(175.0 * 80 / 3600) - 0.00745 * 50 + 0.2029 * 2.5);
    CHECK(none == doctest::Approx(by_hand).epsilon(1e-12));
    CHECK(dose("*1/*1", "C", "T") == doctest::Approx(none * std::exp(-0.3238)));
    CHECK(dose("*1/*1", "T", "T") == doctest::Approx(none * std::exp(-2 * 0.3238)));
    CHECK(dose("*2/*2", "C", "C") == doctest::Approx(none * std::exp(-2 * 0.2066)));
    CHECK(dose("*2/*3", "C", "C") == doctest::Approx(none * std::exp(-0.2066 - 0.4008)));
    CHECK(dose("*3/*3", "C", "C") == doctest::Approx(none * std::exp(-2 * 0.4008)));
    const auto more = with_genes(warfarin_case(), "*1/*1", "C", "C");
    CHECK(PatientBuilder{more}.category("amiodarone", "yes").dose(gage) == doctest::Approx(none * std::exp(-0.2538)));
    CHECK(PatientBuilder{more}.category("smoker", "yes").dose(gage) == doctest::Approx(none * std::exp(0.0922)));
    CHECK(PatientBuilder{more}.category("dvt_or_pe", "yes").dose(gage) == doctest::Approx(none * std::exp(0.0664)));
    CHECK(PatientBuilder{more}.number("age", 60).dose(gage) == doctest::Approx(none * std::exp(-0.0745)));
    CHECK(PatientBuilder{more}.without("target_inr").estimate(gage).status == Status::refused);
    const double clinical = std::exp(0.613 + 0.4250 * std::sqrt(175.0 * 80 / 3600) - 0.0075 * 50 + 0.2160 * 2.5);
    CHECK(more.dose("warfarin-gage-2008-clinical") == doctest::Approx(clinical).epsilon(1e-12));
  }

  TEST_CASE("comparators are in the estimate's unit") {
    const pharmaco::DoseReport report = with_genes(warfarin_case(), "*1/*1", "C", "C").report(gage);
    REQUIRE(report.comparators.size() == 3);
    CHECK(*report.comparators[1].value == golden(46.839 / 7));
    CHECK(*report.comparators[2].value == doctest::Approx(5));
  }

  TEST_CASE("a doubt about the weight is a mark on each dose that asks for it, and on no other") {
    auto patient = warfarin_case().doubt("weight", "too heavy");
    CHECK(patient.estimate("warfarin-iwpc-2009").flags == std::vector<std::string>{"too heavy"});
    CHECK(patient.category("race", "Asian").estimate("fluoropyrimidines-cpic").flags.empty());
  }
}

}  // namespace stardose::test
