// Sites on the two assemblies.
#include <doctest/doctest.h>

#include "genomics/sites/site.h"

using namespace stardose::genomics;

namespace {

const Site catalogue_site{"chr10", 199, "A", {"C", "G"}, "rs1", false, OtherPlace{149, 2}};

}  // namespace

TEST_CASE("on GRCh38 a site is as the catalogue has it") {
  const Site site = placed_on(catalogue_site, Assembly::grch38);
  CHECK(site.position == 199);
  CHECK(site.base == 0);
  CHECK(as_written(site).ref == "A");
}

TEST_CASE("on GRCh37 a site has its own place and base, and its alleles keep their numbers") {
  const Site site = placed_on(catalogue_site, Assembly::grch37);
  CHECK(site.position == 149);
  CHECK(site.base == 2);
  CHECK(site.ref == "A");
  CHECK(to_string(site) == "chr10:150");
}

TEST_CASE("files write the base there as REF, and numbers go from one to the other and back") {
  const Site placed = placed_on(catalogue_site, Assembly::grch37);
  const Site written = as_written(placed);
  CHECK(written.ref == "G");
  CHECK(written.alts == std::vector<std::string>{"C", "A"});
  const auto bases = [](const Site& site, int number) {
    return number == 0 ? site.ref : site.alts[static_cast<std::size_t>(number) - 1];
  };
  for (std::uint8_t allele = 0; allele < 3; ++allele) {
    CHECK(bases(written, written_number(allele, placed.base)) == bases(placed, allele));
    CHECK(written_number(written_number(allele, placed.base), placed.base) == allele);
  }
  CHECK(as_written(written).ref == "A");
}

TEST_CASE("a site without a place there says where it is on GRCh38") {
  Site site = catalogue_site;
  site.grch37.reset();
  site = placed_on(site, Assembly::grch37);
  CHECK_FALSE(site.placed);
  CHECK(to_string(site) == "chr10:200 of GRCh38");
}
