#include "diplotype_text.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace stardose::tests;

TEST_CASE("diplotypes are compared by the core of the present names of their copies") {
  const FormerNames former{{"*79", "*13"}, {"*57", "*36"}};
  const auto same = [&former](const char* a, const char* b) {
    return read_named_copies(a, former) == read_named_copies(b, former);
  };
  CHECK(same("*17X2(repdup)/*43.001 x2", "*43x2/*17+*17"));
  CHECK(same("*79+*68A+*4.001x2/*7.001", "*7/*4x2+*13+*68"));
  CHECK(same("13A+*1.004x2/*7", "*13A1+*1x2/*7"));
  CHECK(same("*57+*10D/*35.002", "*36+*10/*35"));
  CHECK_FALSE(same("*1x2/*2", "*1/*2x2"));
  CHECK_FALSE(same("*1/*5", "*1/*1"));
  CHECK_THROWS_AS((void)read_named_copies("*1", former), std::runtime_error);
  CHECK_THROWS_AS((void)read_named_copies("*1/nothing", former), std::runtime_error);
}

TEST_CASE("a call is judged by its copies") {
  const FormerNames none;
  CHECK(judge("*1x2/*2", {"*2/*1x2"}, none) == Verdict::exact);
  CHECK(judge("*1x2/*2", {"*1/*1+*2"}, none) == Verdict::same_content);
  CHECK(judge("*1/*5", {"*1/*1"}, none) == Verdict::wrong);
  CHECK(judge("*1/*2", {"*1x2/*2", "*1/*2"}, none) == Verdict::ambiguous);
  CHECK(judge("*1/*2", {"*1x2/*2", "*1/*4"}, none) == Verdict::ambiguous_wrong);
  CHECK(judge("*1/*2", {}, none) == Verdict::no_call);
}

TEST_CASE("a diplotype belongs to the first class that it shows") {
  const FormerNames former{{"*79", "*13"}};
  CHECK(structural_class("*1/*2", former) == "none");
  CHECK(structural_class("*1x2/*2", former) == "duplication");
  CHECK(structural_class("*1x2/*5", former) == "deletion");
  CHECK(structural_class("*79+*2/*1x3", former) == "hybrid");
  CHECK(structural_class("*4.013+*4/*1", former) == "hybrid");
}
