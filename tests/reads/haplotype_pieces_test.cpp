#include "haplotype_pieces.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/shared/text_table.h"

using namespace stardose::tests;

namespace {

// 60 bases that say which piece they are of, so that a copy's end can be found.
std::string bases_of(char which) { return std::string(30, which) + std::string(30, 'A'); }

Piece stretch(std::int64_t first, std::int64_t last, std::string bases) {
  return {"", first, last, false, std::move(bases)};
}

std::string order_of(std::vector<Piece> pieces) {
  std::string order;
  for (const Piece& piece : in_genomic_order(std::move(pieces))) {
    order += (order.empty() ? "" : " ") + (piece.accession.empty() ? std::to_string(piece.first37) : piece.accession);
  }
  return order;
}

}  // namespace

TEST_CASE("copies lie between the gene and the paralog's repeat") {
  CHECK(order_of({stretch(42518000, 42555000, "CC" + bases_of('G') + "TT"),
                  stretch(42519100, 42530997, bases_of('G'))}) == "42518000 42519100 42530998");
  CHECK(order_of({stretch(42518000, 42530997, bases_of('G')), stretch(42519100, 42555000, "T")}) ==
        "42518000 42519100");
}

TEST_CASE("what a hybrid ends and begins with lies beside it") {
  const Piece hybrid{"HM641839.1", 0, 0, false, "ACGT"};
  CHECK(order_of({stretch(42518000, 42530997, "A"), stretch(42519100, 42539582, "A"), hybrid,
                  stretch(42540470, 42555000, "A"), stretch(42519100, 42522300, "A"),
                  stretch(42526250, 42530997, "A")}) == "42518000 42519100 42526250 42519100 HM641839.1 42540470");
  CHECK(order_of({stretch(42518000, 42522200, "A"), stretch(42526250, 42555000, "A"),
                  stretch(42536214, 42540280, "A")}) == "42518000 42536214 42526250");
  CHECK(order_of({stretch(42518000, 42555000, "A"), stretch(42518000, 42519100, "A")}) == "42518000");
  CHECK_THROWS_AS((void)order_of({stretch(42518000, 42555000, "A"), stretch(42600000, 42600100, "A")}),
                  std::runtime_error);
}
