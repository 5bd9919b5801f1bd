// Ids by name.
#include "pharmaco/report/fhir/resource_id.h"

#include <doctest/doctest.h>

#include "pharmaco/report/fhir/entries.h"

using namespace stardose::pharmaco;

TEST_CASE("ids are those of RFC 4122, version 5") {
  // python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, "http://www.example.com/"))'
  CHECK(uuid_of_name("http://www.example.com/") == "fcde3c85-2270-590f-9e7c-ee003d65e0e2");
  CHECK(uuid_of_name("") == "1b4db7eb-4057-5ddf-91e0-36dec72071f5");
}

TEST_CASE("an id depends on the sample and the name, whatever they hold, and on nothing else") {
  FhirEntries a{"A", ""};
  CHECK(a.id_of("genotype CYP2D6") == FhirEntries{"A", ""}.id_of("genotype CYP2D6"));
  CHECK(a.id_of("genotype CYP2D6") != a.id_of("genotype CYP2C9"));
  CHECK(a.id_of("x") != FhirEntries{"B", ""}.id_of("x"));
  CHECK(FhirEntries{"A:1", ""}.id_of("x") != FhirEntries{"A", ""}.id_of("1:x"));
  CHECK(a.free_name("x") == "x");
  a.add("x", "Observation", {{"status", "preliminary"}});
  CHECK(a.free_name("x") == "x 2");
  const FhirJson entries = a.take();
  CHECK(entries[0]["fullUrl"] == "urn:uuid:" + FhirEntries{"A", ""}.id_of("x"));
  CHECK(entries[0]["resource"]["id"] == FhirEntries{"A", ""}.id_of("x"));
  CHECK(entries[0]["resource"]["resourceType"] == "Observation");
}

TEST_CASE("a URI has a scheme and no character that must be encoded") {
  for (const char* good : {"https://lab.example/samples", "urn:oid:1.2.3", "x-lab+2:a"}) CHECK(is_absolute_uri(good));
  for (const char* bad : {"", ":", "lab", "lab:", "1ab:x", "https://a b", "https://a<b>", "urn:oid:\n", "/samples:x"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_absolute_uri(bad));
  }
}
