// Bases from an indexed FASTA.
#include "genomics/io/reference.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::TempFolder;

TEST_CASE("bases come in upper case, and N outside of the sequence") {
  const TempFolder folder;
  Reference reference{folder.file("a.fa", ">1 first\nacgt\nACGT\n>chrX\nTTTT\n")};
  CHECK(reference.base("chr1", 0) == 'A');
  CHECK(reference.base("chr1", 3) == 'T');
  CHECK(reference.base("chr1", 4) == 'A');
  CHECK(reference.base("chr1", 8) == 'N');
  CHECK(reference.base("chr1", 100'000) == 'N');
  CHECK(reference.base("chrX", 0) == 'T');
  CHECK(reference.base("chr2", 0) == 'N');
  CHECK(reference.base("chr1", 1) == 'C');
}

TEST_CASE("bases are right on both sides of a window's end") {
  std::string sequence;
  for (int k = 0; k < 10'000; ++k) sequence += "ACGT"[(k * 7 + k / 13) % 4];
  const TempFolder folder;
  Reference reference{folder.file("a.fa", ">chr1\n" + sequence + "\n")};
  for (const int at : {4095, 4096, 4095, 8191, 8192, 0, 9999}) {
    CHECK(reference.base("chr1", at) == sequence[static_cast<std::size_t>(at)]);
  }
}

TEST_CASE("a FASTA that is not there is refused") {
  const TempFolder folder;
  const InputError error = input_error_of([&] { Reference{folder / "none.fa"}; });
  CHECK(error.fault() == Fault::input);
  CHECK(error.parts().why == "cannot open this file as an indexed FASTA");
}

TEST_CASE("a FASTA tells its assembly by its index") {
  const TempFolder folder;
  const std::string path = folder.file("a.fa", ">10\nACGT\n");
  (void)folder.file("a.fa.fai", "10\t135534747\t4\t60\t61\n");
  CHECK(Reference{path}.assembly() == Assembly::grch37);
  (void)folder.file("a.fa.fai", "10\t133797422\t4\t60\t61\n");
  CHECK(Reference{path}.assembly() == Assembly::grch38);
  (void)folder.file("a.fa.fai", "10\t4\t4\t60\t61\n");
  CHECK_FALSE(Reference{path}.assembly().has_value());
}
