// Calls that reads must carry.
#include "pharmaco/calling/reads_behind.h"

#include <doctest/doctest.h>

#include "pharmaco/calling/gene_call.h"
#include "pharmaco/report/describe.h"
#include "pharmaco/report/evidence.h"
#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;

namespace {

GeneCall a_call() {
  GeneCall call;
  call.status = CallStatus::called;
  call.diplotypes = {{{{0}, {}}, {{0}, {}}, 1}};
  return call;
}

GeneCall held(GeneCall call, std::size_t callable, std::size_t positions, double least = 0.9) {
  hold_to_reads({callable, positions, least}, call);
  return call;
}

}  // namespace

TEST_CASE("a share of the positions is asked, and exactly that share is enough") {
  CHECK(ReadsBehind{9, 10, 0.9}.suffice());
  CHECK_FALSE(ReadsBehind{8, 10, 0.9}.suffice());
  CHECK(ReadsBehind{0, 10, 0}.suffice());
  CHECK(ReadsBehind{0, 0, 0.9}.suffice());
  CHECK_FALSE(ReadsBehind{0, 1, 0.01}.suffice());
}

TEST_CASE("a call on enough positions stays, and is known to be from reads") {
  const GeneCall call = held(a_call(), 9, 10);
  CHECK(call.status == CallStatus::called);
  CHECK(call.diplotypes.size() == 1);
  CHECK(call.reads == ReadsBehind{9, 10, 0.9});
}

TEST_CASE("a call on too few is taken away, whatever it said") {
  GeneCall before = a_call();
  before.lone_alleles = {0};
  before.possible = before.matches = before.diplotypes;
  const GeneCall call = held(before, 8, 10);
  CHECK(call.status == CallStatus::no_call);
  CHECK(call.reason == NoCallReason::low_coverage);
  CHECK(call.diplotypes.empty());
  CHECK(call.lone_alleles.empty());
  CHECK(call.possible.empty());
  CHECK(call.matches.empty());
}

TEST_CASE("what is missing gives way to why it is missing; what was seen does not") {
  for (const NoCallReason reason : {NoCallReason::not_covered, NoCallReason::required_missing}) {
    CHECK(held({.reason = reason}, 0, 3).reason == NoCallReason::low_coverage);
    CHECK(held({.reason = reason}, 3, 3).reason == reason);
  }
  for (const NoCallReason reason : {NoCallReason::undocumented_variant, NoCallReason::filtered_variant,
                                    NoCallReason::no_match, NoCallReason::outside_only}) {
    CHECK(held({.reason = reason}, 0, 3).reason == reason);
  }
}

TEST_CASE("a gene that structure decides says that reads were there and the catalogue was not") {
  CHECK(held({.reason = NoCallReason::structure_decides}, 3, 3).reason == NoCallReason::structure_not_known);
}

TEST_CASE("the reason has the figures, and no share that falls short looks as if it did not") {
  const Gene gene = GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").build();
  const auto reason_of = [&](std::size_t callable, std::size_t positions, double least) {
    const GeneCall call = held(a_call(), callable, positions, least);
    return describe_call(gene, call, {}).reason;
  };
  CHECK(reason_of(31, 40, 0.9) == "reads cover 31 of 40 positions well enough (77 %; 90 % are asked)");
  CHECK(reason_of(899, 1000, 0.9) == "reads cover 899 of 1000 positions well enough (89 %; 90 % are asked)");
  CHECK(reason_of(0, 2, 0.955) == "reads cover 0 of 2 positions well enough (0 %; 95.5 % are asked)");
  const GeneCall call = held(a_call(), 1, 40);
  CHECK(open_cause(call, {}, false) == OpenCause::low_coverage);
  CHECK(describe_call(gene, call, {}).basis.empty());
  CHECK(describe_call(gene, held(a_call(), 40, 40), {}).basis == "reads");
}
