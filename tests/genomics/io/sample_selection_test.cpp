// Choosing samples.
#include "genomics/io/sample_selection.h"

#include <doctest/doctest.h>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::TempFolder;
using Names = std::vector<std::string>;
using Columns = std::vector<int>;

namespace {

SampleSelection choose(const VariantInputOptions& options) {
  return select_samples(options, "a.vcf", {"A", "B", "C", "D"});
}

}  // namespace

TEST_CASE("all samples are chosen when none is named") {
  CHECK(choose({}).names == Names{"A", "B", "C", "D"});
  CHECK(choose({}).columns == Columns{0, 1, 2, 3});
}

TEST_CASE("named samples come in the file's order, once each") {
  const SampleSelection selection = choose({.samples = {"D", "B", "D"}});
  CHECK(selection.names == Names{"B", "D"});
  CHECK(selection.columns == Columns{1, 3});
}

TEST_CASE("a caret leaves samples out") { CHECK(choose({.samples = {"^B", "D"}}).names == Names{"A", "C"}); }

TEST_CASE("a file of names adds to those named, whatever its line ends") {
  const TempFolder folder;
  const std::string list = folder.file("names.txt", "C\r\n\nA");
  CHECK(choose({.samples_file = list}).names == Names{"A", "C"});
  CHECK(choose({.samples = {"B"}, .samples_file = list}).names == Names{"A", "B", "C"});
  CHECK(choose({.samples = {"^B"}, .samples_file = list}).names == Names{"D"});
}

TEST_CASE("a name that the file lacks is refused") {
  const InputError error = input_error_of([] { (void)choose({.samples = {"A", "X"}}); });
  CHECK(error.fault() == Fault::mismatch);
  CHECK(std::string{error.what()} == "a.vcf: sample X: no such sample in the file");
  CHECK(input_error_of([] { (void)choose({.samples = {"^X"}}); }).fault() == Fault::mismatch);
  CHECK(input_error_of([] { (void)choose({.samples = {""}}); }).fault() == Fault::mismatch);
}

TEST_CASE("leaving out every sample is refused") {
  const InputError error = input_error_of([] { (void)choose({.samples = {"^A", "B", "C", "D"}}); });
  CHECK(error.fault() == Fault::usage);
  CHECK(error.parts().why == "no sample is left to call");
}

TEST_CASE("a list of names that is not there or empty is refused") {
  const TempFolder folder;
  CHECK(input_error_of([&] { (void)choose({.samples_file = folder / "none"}); }).fault() == Fault::input);
  const std::string empty = folder.file("empty", "\n");
  CHECK(input_error_of([&] { (void)choose({.samples_file = empty}); }).parts().why == "the list of samples is empty");
}
