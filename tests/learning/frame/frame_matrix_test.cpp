// Frames as tables, NumPy arrays and MatrixMarket matrices.
#include "learning/frame/frame_matrix.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace stardose::learning {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Frame people() {
  return {{"P1", "P2", "P3"},
          {{{.name = "age", .unit = "years"}, {50, missing, 0}},
           {{.name = "race", .levels = {"Asian", "Black"}, .input = "ancestry"}, {1, 0, missing}}}};
}

}  // namespace

TEST_SUITE("learning: frame matrix") {
  TEST_CASE("a table has names of levels, and NA") {
    CHECK_EQ(frame_tsv(people()), "sample\tage\trace\nP1\t50\tBlack\nP2\tNA\tAsian\nP3\t0\tNA\n");
  }

  TEST_CASE("numbers read back as they were") {
    const double third = 1.0 / 3;
    const Frame frame{{"P"}, {{{.name = "x"}, {third}}}};
    const std::string text = frame_tsv(frame);
    CHECK_EQ(std::stod(text.substr(text.find("P\t") + 2)), third);
  }

  TEST_CASE("what would end a cell is a blank in it") {
    const Frame frame{{"P\t1"}, {{{.name = "a\nb"}, {1}}}};
    CHECK_EQ(frame_tsv(frame), "sample\ta b\nP 1\t1\n");
  }

  TEST_CASE("a category has a column for each level, missing in all where it is missing") {
    const Frame frame = people();
    const auto columns = number_columns(frame);
    REQUIRE_EQ(columns.size(), 3);
    CHECK_EQ(name_of(frame, columns[1]), "race=Asian");
    CHECK_EQ(value_of(frame, columns[1], 0), 0);
    CHECK_EQ(value_of(frame, columns[2], 0), 1);
    CHECK(std::isnan(value_of(frame, columns[1], 2)));
    CHECK_EQ(columns_tsv(frame),
             "number\tname\tunit\tcolumn\tlevel\tinput\tmissing\n"
             "0\tage\tyears\tage\t.\tage\t1\n"
             "1\trace=Asian\t.\trace\tAsian\tancestry\t1\n"
             "2\trace=Black\t.\trace\tBlack\tancestry\t1\n");
  }

  TEST_CASE("a NumPy file: magic, length of the header, a dictionary, rows of float64") {
    const std::string bytes = frame_npy(people());
    REQUIRE_EQ(bytes.size(), npy_header_size + 9 * sizeof(double));
    CHECK_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
    CHECK_EQ(static_cast<unsigned char>(bytes[8]) + 256 * static_cast<unsigned char>(bytes[9]), npy_header_size - 10);
    CHECK_EQ(bytes.substr(10, 60), "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), } ");
    CHECK_EQ(bytes[npy_header_size - 1], '\n');
    std::vector<double> values(9);
    std::memcpy(values.data(), bytes.data() + npy_header_size, 9 * sizeof(double));
    CHECK_EQ(values[0], 50);
    CHECK_EQ(values[2], 1);
    CHECK(std::isnan(values[3]));
    CHECK_EQ(values[4], 1);
    CHECK(std::isnan(values[7]));
  }

  TEST_CASE("MatrixMarket: what is not 0, from 1 on, missing by name") {
    const std::string text = frame_market(people());
    REQUIRE_GT(text.size(), market_header_size);
    CHECK(text.starts_with("%%MatrixMarket matrix coordinate real general\n3 3 6 "));
    CHECK_EQ(text[market_header_size - 1], '\n');
    CHECK_EQ(text.substr(market_header_size), "1 1 50\n2 1 NaN\n2 2 1\n3 2 NaN\n1 3 1\n3 3 NaN\n");
  }
}

}  // namespace stardose::learning
