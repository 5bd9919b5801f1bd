// Sets of features: what a file may say, and what becomes of patients.
#include "pharmaco/features/feature_set.h"

#include <doctest/doctest.h>

#include <cmath>

#include "genomics/input_error.h"
#include "pharmaco/features/feature_frame.h"
#include "tests/builders/dosing.h"
#include "tests/builders/temp_folder.h"

namespace stardose::pharmaco {

namespace {

using test::PatientBuilder;

FeatureSet set_of(const std::string& text) {
  const test::TempFolder folder;
  return read_feature_set(folder.file("set.yaml", text), test::dosing().covariates, test::catalogue());
}

/// The message of the refusal, with its further faults.
std::string refusal_of(const std::string& text) {
  try {
    (void)set_of(text);
  } catch (const genomics::InputError& error) {
    return std::string{error.what()} + "\n" + error.parts().help;
  }
  return "read";
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

learning::Frame frame_of(const FeatureSet& set, const std::vector<PatientBuilder>& patients) {
  std::vector<Patient> people;
  for (const PatientBuilder& builder : patients) {
    people.push_back(builder.build());
    people.back().sample = "P" + std::to_string(people.size());
  }
  learning::Frame frame = feature_frame(set, people, test::catalogue());
  CHECK_EQ(learning::fault_of(frame).value_or(""), "");
  return frame;
}

double value(const learning::Frame& frame, const std::string& name, std::size_t row = 0) {
  const learning::Column* column = frame.find(name);
  REQUIRE(column != nullptr);
  return column->values[row];
}

}  // namespace

TEST_SUITE("pharmaco: feature sets") {
  TEST_CASE("numbers come in the unit that the file says") {
    const FeatureSet set = set_of(
        "set: s\n"
        "inputs: {age: {}, weight: {}, height: {}}\n"
        "derived:\n"
        "  bsa: {unit: m2, value: {product: [1 m2, {root: {ratio: [{product: [height in cm, weight in kg]}, "
        "3600]}}]}}\n"
        "features:\n"
        "  age: age in decades\n"
        "  height:\n"
        "  pounds: {value: weight, unit: lb}\n"
        "  bmi: {value: {ratio: [weight, {square: height}]}, unit: kg/m2, input: body}\n"
        "  bsa: {}\n");
    const auto frame = frame_of(set, {PatientBuilder{}.number("age", 50).number("weight", 80).number("height", 175.1)});
    CHECK_EQ(value(frame, "age"), doctest::Approx(5).epsilon(1e-15));
    CHECK_EQ(value(frame, "height"), 175.1);
    CHECK_EQ(value(frame, "pounds"), doctest::Approx(80 / 0.45359237));
    CHECK_EQ(value(frame, "bmi"), doctest::Approx(80 / 1.751 / 1.751));
    CHECK_EQ(value(frame, "bsa"), doctest::Approx(std::sqrt(175.1 * 80 / 3600)));
    CHECK_EQ(frame.find("age")->kind.unit, "decades");
    CHECK_EQ(frame.find("height")->kind.unit, "cm");
    CHECK_EQ(frame.find("bmi")->kind.unit, "kg/m2");
    CHECK_EQ(frame.find("bmi")->kind.input, "body");
    CHECK_EQ(frame.find("bsa")->kind.unit, "m2");
  }

  TEST_CASE("genes as categories, scores, copies and counts of letters; contributions count for the gene") {
    const FeatureSet set = set_of(
        "set: s\n"
        "inputs:\n"
        "  cyp2c9: {diplotype: CYP2C9, alleles: ['*1', '*2', '*3']}\n"
        "  activity: {score: CYP2C9}\n"
        "  metabolizer: {phenotype: CYP2C9}\n"
        "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
        "  copies: {copies: CYP2D6}\n"
        "  af: {polygenic: PGS000016, scale: z}\n"
        "features: {cyp2c9: {}, activity: {}, metabolizer: {}, vkorc1: {}, copies: {}, af: {}}\n");
    PatientBuilder known;
    known.diplotype("CYP2C9", "*1/*3").genotype("rs9923231", "C", "T");
    Patient first = known.build();
    first.genetics.genes["CYP2D6"].copies = 3;
    first.genetics.scores["PGS000016"].z = -0.5;
    Patient second;
    second.sample = "P2";
    const learning::Frame frame = feature_frame(set, std::vector{first, second}, test::catalogue());
    REQUIRE_EQ(learning::fault_of(frame).value_or(""), "");
    const learning::Column* diplotype = frame.find("cyp2c9");
    REQUIRE_EQ(diplotype->kind.levels.size(), 6);
    CHECK_EQ(diplotype->kind.levels[static_cast<std::size_t>(diplotype->values[0])], "*1/*3");
    CHECK_EQ(diplotype->kind.input, "CYP2C9");
    CHECK_EQ(value(frame, "activity"), 1);
    const learning::Column* phenotype = frame.find("metabolizer");
    CHECK_EQ(phenotype->kind.levels[static_cast<std::size_t>(phenotype->values[0])], "Intermediate Metabolizer");
    CHECK_EQ(value(frame, "vkorc1"), 1);
    CHECK_EQ(frame.find("vkorc1")->kind.input, "VKORC1");
    CHECK_EQ(value(frame, "copies"), 3);
    CHECK_EQ(value(frame, "af"), -0.5);
    for (const learning::Column& column : frame.columns) {
      INFO(column.kind.name);
      CHECK(std::isnan(column.values[1]));
    }
  }

  TEST_CASE("a letter is counted in the forward strand's letters, reference or not") {
    const FeatureSet set = set_of(
        "set: s\n"
        "inputs: {t: {dosage: rs9923231, gene: VKORC1, counted: [T]}, c: {dosage: rs9923231, gene: VKORC1, counted: "
        "[C]}}\n"
        "features: {t: {}, c: {}}\n");
    const auto frame = frame_of(set, {PatientBuilder{}.genotype("rs9923231", "T", "T")});
    CHECK_EQ(value(frame, "t"), 2);
    CHECK_EQ(value(frame, "c"), 0);
  }

  TEST_CASE("what a patient lacks is missing and never 0; a table's row for it is the file's word") {
    const FeatureSet set = set_of(
        "set: s\n"
        "inputs: {age: {}, race: {}, smoker: {missing: unknown}}\n"
        "features:\n"
        "  age: {}\n"
        "  race: {}\n"
        "  smokes: {value: {smoker: {'yes': 1, 'no': 0, unknown: 0.2}}}\n");
    const auto frame = frame_of(set, {PatientBuilder{}, PatientBuilder{}.number("age", 40).category("smoker", "yes")});
    CHECK(std::isnan(value(frame, "age", 0)));
    CHECK(std::isnan(value(frame, "race", 0)));
    CHECK_EQ(value(frame, "smokes", 0), 0.2);
    CHECK_EQ(value(frame, "age", 1), 40);
    CHECK_EQ(value(frame, "smokes", 1), 1);
  }

  TEST_CASE("a row depends on its patient alone") {
    const FeatureSet set = set_of("set: s\ninputs: {age: {}, weight: {}}\nfeatures: {age: {}, weight: weight in lb}\n");
    const PatientBuilder one = PatientBuilder{}.number("age", 40).number("weight", 70);
    const PatientBuilder other = PatientBuilder{}.number("age", 90).number("weight", 50);
    const auto alone = frame_of(set, {one});
    const auto among = frame_of(set, {other, one, other});
    CHECK_EQ(value(alone, "age"), value(among, "age", 1));
    CHECK_EQ(value(alone, "weight"), value(among, "weight", 1));
  }

  TEST_CASE("faults of a file, each at its line") {
    CHECK(
        has(refusal_of("set: s\ninputs: {age: {}}\nfeatures:\n  age: {valu: age}\n"), "set.yaml:4: valu: unknown key"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\nfeatures:\n  a: {value: {sum: [age, age]}}\n"),
              ":4: features: a: say the unit"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\nfeatures:\n  a: {value: age, unit: kg}\n"),
              "does not convert to kg"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\nfeatures:\n  weight: {}\n"), "no such input: weight"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\nfeatures:\n  a: {category: age}\n"),
              ":4: features: no input with categories: age"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}, race: {}}\nfeatures: {age: {}}\n"), "nothing asks for race"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\nfeatures: {age: {}, age: {}}\n"), "there twice: age"));
    CHECK(has(refusal_of("set: s\ninputs: {age: {}}\n"), "features: expected names"));
    CHECK(has(refusal_of("set: s\ninputs: {d: {dosage: rs9923231, gene: VKORC1, counted: [A]}}\nfeatures: {d: {}}\n"),
              "`counted` is one letter of rs9923231, as in a VCF: C"));
    CHECK(has(refusal_of("set: s\ninputs: {p: {polygenic: PGS1, scale: percent}}\nfeatures: {p: {}}\n"),
              "scale: expected z, sum or average"));
  }
}

}  // namespace stardose::pharmaco
