// Texts as values of VCF fields.
#include "genomics/io/vcf_text.h"

#include <doctest/doctest.h>

using stardose::genomics::percent_encoded;

TEST_CASE("what separates values, and what no line may hold, is written by its number") {
  CHECK(percent_encoded("*1/*2") == "*1/*2");
  CHECK(percent_encoded("No function") == "No%20function");
  CHECK(percent_encoded("a:b;c=d%e,f|g") == "a%3Ab%3Bc%3Dd%25e%2Cf%7Cg");
  CHECK(percent_encoded("\t\n\r\x7f") == "%09%0A%0D%7F");
  CHECK(percent_encoded("c.1905+1G>A (*2A)") == "c.1905+1G>A%20(*2A)");
  CHECK(percent_encoded("Bj\xc3\xb6rk") == "Bj\xc3\xb6rk");
  CHECK(percent_encoded("") == ".");
}
