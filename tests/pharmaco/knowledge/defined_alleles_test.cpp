// Which named alleles ask for what stands at a site.
#include "pharmaco/knowledge/defined_alleles.h"

#include <doctest/doctest.h>

#include "tests/builders/gene_builder.h"

using stardose::pharmaco::alleles_defined_by;
using stardose::pharmaco::Gene;
using stardose::test::GeneBuilder;

namespace {

std::string names(const Gene& gene, std::size_t site, std::uint8_t code) {
  std::string text;
  for (const std::size_t number : alleles_defined_by(gene, site, code)) {
    text += (text.empty() ? "" : " ") + gene.alleles[number].reported_name();
  }
  return text;
}

}  // namespace

TEST_CASE("an alternative names the alleles that ask for it, and not those to which the site does not matter") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G,T")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*2", "100=G")
                        .allele("*3", "100=T 200=T")
                        .allele("*4", "100=R 200=T")  // A or G: A is the reference
                        .allele("*5", "100=K")        // G or T
                        .build();
  CHECK(names(gene, 0, 1) == "*2 *5");
  CHECK(names(gene, 0, 2) == "*3 *5");
  CHECK(names(gene, 1, 1) == "*3 *4");
  CHECK(names(gene, 1, 2).empty());
}

TEST_CASE("where a file's alternative is the catalogue's reference, it names those that ask for reference there") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*38", "reference")
                        .allele("*1", "100=G 200=C")
                        .allele("*2", "200=T")
                        .build();
  CHECK(names(gene, 1, 0).find("*1") != std::string::npos);
  CHECK(names(gene, 1, 0).find("*2") == std::string::npos);
}

TEST_CASE("suballeles that are reported as one are named once") {
  const Gene gene = GeneBuilder{}
                        .site(100, "A", "G")
                        .site(200, "C", "T")
                        .allele("*1", "reference")
                        .allele("*4.001", "100=G", "No function", ".", "*4")
                        .allele("*4.002", "100=G 200=T", "No function", ".", "*4")
                        .build();
  CHECK(names(gene, 0, 1) == "*4");
}
