// Loading a gene, and the faults that are found in one.
#include "pharmaco/knowledge/gene_loader.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;
using Texts = std::vector<std::string>;

namespace {

GeneBuilder small() {
  return GeneBuilder{}
      .site(100, "A", "G,T", "rs1")
      .site(200, "CAT", "C", "rs2")
      .allele("*1", "reference")
      .allele("*2", "100=G")
      .allele("*10.001", "100=K 200=C", "No function", ".", "*10");
}

Texts faults_of(const GeneBuilder& builder) {
  CatalogueFaults faults{"test"};
  (void)load_gene(builder.files(), "TEST", faults);
  return faults.lines();
}

/// One fault, which names this file and says this.
void check_one_fault(const GeneBuilder& builder, const std::string& file, const std::string& words) {
  const Texts faults = faults_of(builder);
  REQUIRE_MESSAGE(faults.size() == 1, "expected one fault: " << words);
  CHECK_MESSAGE(faults.front().starts_with("genes/TEST/" + file), faults.front());
  CHECK_MESSAGE(faults.front().find(words) != std::string::npos, faults.front());
}

}  // namespace

TEST_CASE("a gene's tables become its sites, alleles and definitions") {
  const Gene gene = small().build();
  REQUIRE(gene.sites.size() == 2);
  CHECK(gene.sites[0].position == 99);
  CHECK(gene.sites[0].alts == Texts{"G", "T"});
  CHECK(gene.sites[1].rsid == "rs2");
  REQUIRE(gene.alleles.size() == 3);
  CHECK(gene.alleles[0].is_reference);
  CHECK(gene.alleles[0].definition.size() == 2);
  CHECK(gene.alleles[0].definition[1].allowed == 1);
  CHECK(gene.alleles[2].definition[0].allowed == 6);
  CHECK(gene.alleles[2].definition[1].allowed == 2);
  CHECK(gene.alleles[2].reported_name() == "*10");
}

TEST_CASE("an allele written in full asks the reference base wherever it asks nothing else") {
  const Gene gene = small().allele("*3", "full 200=C").build();
  const NamedAllele& allele = gene.alleles.back();
  CHECK_FALSE(allele.is_reference);
  REQUIRE(allele.definition.size() == 2);
  CHECK(allele.definition[0].allowed == 1);
  CHECK(allele.definition[1].allowed == 2);
  CHECK(gene.alleles[1].definition.size() == 1);
}

TEST_CASE("a site has a place on GRCh37, with the allele that is the base there, or none") {
  const Gene gene = GeneBuilder{}
                        .site_on_both(100, "A", "G,T", "70", "T")
                        .site_on_both(200, "CAT", "C", "170", "CAT")
                        .site(300, "G", "C")
                        .allele("*1", "reference")
                        .setting("extra_sites: [{position: 50, ref: A, alts: C, position37: 20, ref37: C}]")
                        .build();
  REQUIRE(gene.sites[0].grch37.has_value());
  CHECK(gene.sites[0].grch37->position == 69);
  CHECK(gene.sites[0].grch37->base == 2);
  REQUIRE(gene.sites[1].grch37.has_value());
  CHECK(gene.sites[1].grch37->base == 0);
  CHECK_FALSE(gene.sites[2].grch37.has_value());
  REQUIRE(gene.extra_sites[0].grch37.has_value());
  CHECK(gene.extra_sites[0].grch37->position == 19);
  CHECK(gene.extra_sites[0].grch37->base == 1);
}

TEST_CASE("half a place on GRCh37, or a base that is no allele of the site, is a fault") {
  const std::string words = "expected a position on GRCh37 from 1 on and one of the site's alleles";
  for (const auto& [position, ref] : {std::pair{".", "A"}, {"70", "."}, {"0", "A"}, {"70", "C"}, {"x", "A"}}) {
    const auto builder = GeneBuilder{}.site_on_both(100, "A", "G", position, ref).allele("*1", "reference");
    check_one_fault(builder, "sites.tsv:2", words);
  }
  const std::string extra = "extra_sites: [{position: 50, ref: A, alts: C, position37: 20, ref37: G}]";
  check_one_fault(GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").setting(extra), "gene.yaml", words);
}

TEST_CASE("the reference allele may say where it is not the assembly's base") {
  const Gene gene = GeneBuilder{}.site(100, "A", "G").site(200, "C", "T").allele("*1", "reference 200=T").build();
  CHECK(gene.alleles[0].definition[0].allowed == 1);
  CHECK(gene.alleles[0].definition[1].allowed == 2);
}

TEST_CASE("an allele without a definition is known by name only") {
  const Gene gene = small().allele("*5", ".").build();
  CHECK_FALSE(gene.alleles[3].is_defined);
  CHECK(gene.find_allele("*5") == std::size_t{3});
}

TEST_CASE("alleles are found by name, then by core, and an empty name is none of them") {
  const Gene gene = small().build();
  CHECK(gene.find_allele("*2") == std::size_t{1});
  CHECK(gene.find_allele("*10") == std::size_t{2});
  CHECK(gene.find_allele("*10.001") == std::size_t{2});
  CHECK_FALSE(gene.find_allele("*3").has_value());
  CHECK_FALSE(gene.find_allele("").has_value());
}

TEST_CASE("alleles know their place in natural order") {
  const Gene gene = small().allele("*3", "200=C").build();
  CHECK(gene.alleles[3].rank == 2);
  CHECK(gene.alleles[2].rank == 3);
}

TEST_CASE("settings that name positions are turned into site numbers") {
  const Gene gene = small()
                        .setting("required: [200]")
                        .setting("extra_sites:\n  - {position: 50, ref: G, alts: A, rsid: rs9}")
                        .build();
  CHECK(gene.required == std::vector<std::size_t>{1});
  REQUIRE(gene.extra_sites.size() == 1);
  CHECK(gene.extra_sites[0].position == 49);
  CHECK(gene.extra_sites[0].loose);
  CHECK_FALSE(gene.sites[0].loose);
}

TEST_CASE("faults of gene.yaml are found") {
  check_one_fault(small().ploidy("triploid"), "gene.yaml", "ploidy: expected one of diploid, mitochondrial, x_linked");
  check_one_fault(small().calling("guess"), "gene.yaml", "calling: expected one of");
  check_one_fault(small().undocumented("maybe"), "gene.yaml", "undocumented: expected one of");
  check_one_fault(small().small_variants("perhaps"), "gene.yaml", "small_variants: expected one of");
  check_one_fault(small().setting("colour: red"), "gene.yaml", "unknown key");
  check_one_fault(small().setting("contig: chr2"), "gene.yaml", "the key is there twice");
  check_one_fault(small().setting("required: [150]"), "gene.yaml", "no site at 150");
  check_one_fault(small().setting("inferred_from: {site: rs7, A: \"*1\"}"), "gene.yaml", "no site rs7");
  check_one_fault(small().setting("inferred_from: {site: rs1, A: \"*1\", G: \"*2\", T: \"*9\"}"), "gene.yaml",
                  "no allele for base T");
}

TEST_CASE("faults of sites.tsv are found") {
  check_one_fault(small().site(200, "C", "T"), "sites.tsv", "not in the order");
  check_one_fault(small().site(150, "C", "T"), "sites.tsv", "not in the order");
  for (const auto& [ref, alts] :
       {std::pair{"c", "T"}, {"C", "t"}, {"C", "C"}, {"C", "T,C"}, {"C", "."}, {"C", "T,"}, {"N", "T"}}) {
    INFO(ref << " " << alts);
    check_one_fault(small().site(300, ref, alts), "sites.tsv", "expected a position from 1 on, and alleles");
  }
  CHECK_FALSE(faults_of(GeneBuilder{}.site(0, "A", "G").allele("*1", "reference")).empty());
}

TEST_CASE("an alternative that is listed twice is a fault") {
  CHECK_FALSE(faults_of(small().site(300, "C", "T,T")).empty());
}

TEST_CASE("faults of alleles.tsv are found") {
  check_one_fault(small().allele("*2", "200=C"), "alleles.tsv", "the allele is there twice: *2");
  check_one_fault(small().allele("*9", "150=G"), "alleles.tsv", "no such site or allele: 150=G");
  check_one_fault(small().allele("*9", "100=C"), "alleles.tsv", "no such site or allele: 100=C");
  check_one_fault(small().allele("*9", "100"), "alleles.tsv", "no such site or allele: 100");
  check_one_fault(small().allele("*9", "100=G", "x", "much"), "alleles.tsv", "not an activity value: much");
  check_one_fault(small().allele("*9", "reference"), "alleles.tsv", "more than one reference allele");
  check_one_fault(GeneBuilder{}.site(100, "A", "G").allele("*2", "100=G").allele("*1", "reference"), "alleles.tsv",
                  "the first allele is not the reference");
}

TEST_CASE("a position that a definition names twice is a fault") {
  CHECK_FALSE(faults_of(small().allele("*9", "100=G 100=T")).empty());
}

TEST_CASE("faults of phenotypes.tsv are found") {
  const GeneBuilder functions = small().method("functions");
  check_one_fault(GeneBuilder{functions}.phenotype("a", "b", "x").phenotype("b", "a", "y"), "phenotypes.tsv",
                  "there twice");
  check_one_fault(GeneBuilder{functions}.phenotype("a", "b", "."), "phenotypes.tsv", "must be given");
  const GeneBuilder scores = small().method("activity_score").phenotype("0", "1", "x");
  for (const auto& [min, max] : {std::pair{"1", "2"}, {"0.5", "."}, {"x", "2"}, {"2", "x"}, {"3", "2"}}) {
    INFO(min << " " << max);
    check_one_fault(GeneBuilder{scores}.phenotype(min, max, "y"), "phenotypes.tsv", "expected ascending bands");
  }
}

TEST_CASE("all faults are found at once, and a missing file is one") {
  CHECK(faults_of(small().allele("*9", "150=G").site(150, "C", "T").setting("colour: red")).size() == 3);
  CatalogueFaults faults{"test"};
  (void)load_gene(CatalogueFiles{"test", {}}, "TEST", faults);
  CHECK(std::ranges::count(faults.lines(), "genes/TEST/gene.yaml: the file is missing") == 1);
}
