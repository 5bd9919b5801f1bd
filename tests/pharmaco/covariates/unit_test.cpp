// Units: which fit, and what becomes of a value.
#include "pharmaco/covariates/unit.h"

#include <doctest/doctest.h>

#include "pharmaco/covariates/covariate.h"

namespace stardose::pharmaco {

namespace {

const UnitTable& units() {
  static const UnitTable table = [] {
    CatalogueFaults faults{"test"};
    UnitTable loaded = load_units(embedded_files(), faults);
    faults.raise();
    return loaded;
  }();
  return table;
}

double from_to(double value, const char* from, const char* to, const char* substance = "") {
  const Unit* a = units().find(from);
  const Unit* b = units().find(to);
  REQUIRE(a != nullptr);
  REQUIRE(b != nullptr);
  const Substance* of = units().find_substance(substance);
  REQUIRE(converts(*a, *b, of));
  return converted(value, *a, *b, of);
}

bool fit(const char* from, const char* to, const char* substance = "") {
  return converts(*units().find(from), *units().find(to), units().find_substance(substance));
}

}  // namespace

TEST_SUITE("units") {
  TEST_CASE("values go from unit to unit") {
    CHECK(from_to(176.4, "lb", "kg") == doctest::Approx(80.0136).epsilon(1e-5));
    CHECK(from_to(69, "in", "cm") == doctest::Approx(175.26));
    CHECK(from_to(6, "decades", "years") == doctest::Approx(60));
    CHECK(from_to(34, "%", "fraction") == doctest::Approx(0.34));
    CHECK(from_to(35, "mg/week", "mg/day") == doctest::Approx(5));
    CHECK(from_to(0.01, "mg/L", "ng/mL") == doctest::Approx(10));
    CHECK(from_to(4, "g/dL", "g/L") == doctest::Approx(40));
    CHECK(from_to(1, "L/h", "mL/min") == doctest::Approx(1000.0 / 60));
    CHECK(from_to(222, "ng*h/mL", "mg*h/L") == doctest::Approx(0.222));
    CHECK(from_to(0.1, "cm", "cm") == 0.1);
  }

  TEST_CASE("mass and amount convert only for a known substance") {
    CHECK(from_to(1, "mg/dL", "umol/L", "creatinine") == doctest::Approx(88.4).epsilon(1e-4));
    CHECK(from_to(1, "mg/dL", "umol/L", "bilirubin") == doctest::Approx(17.1).epsilon(1e-3));
    CHECK(from_to(88.4, "umol/L", "mg/dL", "creatinine") == doctest::Approx(1).epsilon(1e-4));
    CHECK_FALSE(fit("mg/dL", "umol/L"));
    CHECK_FALSE(fit("mg/dL", "kg", "creatinine"));
    CHECK_FALSE(fit("kg", "cm"));
    CHECK_FALSE(fit("mg/day", "mg/kg/day"));
    CHECK_FALSE(fit("mL/min", "mL/min/1.73m2"));
  }

  TEST_CASE("spellings") {
    for (const char* text : {"\xc2\xb5mol/L", "\xce\xbcmol/l", "umol per L", "UMOL_PER_L"}) {
      CAPTURE(text);
      REQUIRE(units().find(text) != nullptr);
      CHECK(units().find(text)->name == "umol/L");
    }
    CHECK(units().find("pounds")->name == "lb");
    CHECK(units().find("percent")->name == "%");
    CHECK(units().find("mg per week")->name == "mg/week");
    CHECK(units().find("furlong") == nullptr);
    CHECK(units().find("") == nullptr);
  }

  TEST_CASE("numbers are plain decimals") {
    double number = 0;
    CHECK(read_decimal("1.5", number));
    CHECK(number == 1.5);
    for (const char* text : {"", "1,5", "1.5 ", "nan", "inf", "0x10", "+1", "1e999", "1.5kg"}) {
      CAPTURE(text);
      CHECK_FALSE(read_decimal(text, number));
    }
    CHECK(number_text(45.500) == "45.5");
    CHECK(number_text(-0.00001) == "0");
    CHECK(number_text(100) == "100");
  }

  TEST_CASE("a broken table is told") {
    CatalogueFiles files{"test",
                         {{"covariates/units.tsv",
                           "unit\tquantity\tdimension\tfactor\tspellings\nkg\tmass\tkg\t1\t.\nKG\tmass\tkg\t2\t.\n"
                           "x\tmass\tparsec\t1\t.\ny\tmass\tkg\tzero\t.\n"}}};
    CatalogueFaults faults{"test"};
    (void)load_units(files, faults);
    CHECK(faults.lines() == std::vector<std::string>{"covariates/units.tsv:3: the spelling is there twice: KG",
                                                     "covariates/units.tsv:4: no dimension",
                                                     "covariates/units.tsv:5: no factor"});
  }
}

}  // namespace stardose::pharmaco
