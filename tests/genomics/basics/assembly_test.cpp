// Contig names and assemblies.
#include "genomics/basics/assembly.h"

#include <doctest/doctest.h>

using namespace stardose::genomics;

TEST_CASE("a contig has one name whatever the file calls it") {
  CHECK(canonical_contig("10") == "chr10");
  CHECK(canonical_contig("chr10") == "chr10");
  CHECK(canonical_contig("X") == "chrX");
  for (const char* name : {"Chr10", "CHR10", "NC_000010.10", "NC_000010.11"}) CHECK(canonical_contig(name) == "chr10");
  CHECK(canonical_contig("NC_000001.11") == "chr1");
  CHECK(canonical_contig("NC_000023.10") == "chrX");
  CHECK(canonical_contig("NC_000024.9") == "chrY");
  CHECK(canonical_contig("NC_012920.1") == "chrM");
  for (const char* name : {"M", "MT", "chrM", "chrMT"}) CHECK(canonical_contig(name) == "chrM");
}

TEST_CASE("a contig that is not a chromosome keeps its name") {
  for (const char* name : {"chr10_KI270825v1_alt", "chrUn_JTFH01000001v1_decoy", "HLA-A*01:01", "23", "chr0", "chr", "",
                           "cHr1", "chr01", "chrchr1", "NC_000010", "NC_000025.1", "NC_060934.1"}) {
    CHECK(canonical_contig(name) == name);
  }
}

TEST_CASE("a contig's length tells the assembly") {
  CHECK(assembly_of("chr10", 133797422) == Assembly::grch38);
  CHECK(assembly_of("chr10", 135534747) == Assembly::grch37);
  CHECK(assembly_of("chrX", 156040895) == Assembly::grch38);
  CHECK_FALSE(assembly_of("chr10", 133797421).has_value());
  CHECK_FALSE(assembly_of("10", 133797422).has_value());
}

TEST_CASE("the mitochondrion tells no assembly, as both may carry the same one") {
  CHECK_FALSE(assembly_of("chrM", 16569).has_value());
  CHECK_FALSE(is_primary_contig("chrM"));
  CHECK(is_primary_contig("chrY"));
  CHECK_FALSE(is_primary_contig("chr23"));
}
