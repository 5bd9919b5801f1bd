// What the catalogue says of copies and hybrids, read and refused.
#include "pharmaco/knowledge/structure_loader.h"

#include <doctest/doctest.h>

#include "tests/builders/gene_builder.h"

using namespace stardose::pharmaco;
using stardose::test::GeneBuilder;

namespace {

const std::string sites =
    "kind\tposition\tref\talt\tposition37\tref37\tparalog_position\tparalog_ref\tparalog_alt\tparalog_position37\t"
    "paralog_ref37\tstretch\treliability\tparalog_reliability\n"
    "differs\t90\tC\tT\t80\tC\t290\tT\tC\t280\tT\tend\t1.000\t0.990\n"
    "site\t100\tA\tG\t89\tG\t300\tG\tA,G\t290\tG\tstart\t.\t.\n"
    "differs\t100\tA\tG\t89\tG\t300\tG\tA\t290\tG\tstart\t0.900\t1.000\n";

const std::string kinds =
    "gene: TEST\nparalog: TEST2\nkinds:\n  - {id: gene, words: gene copy}\n"
    "  - {id: paralog, words: TEST2, paralog: [end, start], ordinary_paralog: yes}\n";

std::optional<GeneStructure> load(const std::string& structure, std::vector<std::string>& faults) {
  const GeneBuilder builder =
      GeneBuilder{}.site(100, "A", "G").site(110, "C", "T").allele("*1", "reference").allele("*2", "100=G");
  const Gene gene = builder.build();
  CatalogueFiles files = builder.files();
  files.texts["genes/TEST/structure.yaml"] = structure;
  files.texts["genes/TEST/paralog_sites.tsv"] = sites;
  CatalogueFaults found{"test"};
  auto loaded = load_structure(files, gene, found);
  faults = found.lines();
  return loaded;
}

}  // namespace

TEST_CASE("a site and a difference at one position are one column; a site of its own has no place in the paralog") {
  std::vector<std::string> faults;
  const auto structure =
      load(kinds + "haplotypes:\n  - {is: paralog + gene x2-3, share: 0.5, per_copy: 0.1, words: many}\n", faults);
  CHECK(faults.empty());
  REQUIRE(structure->columns.size() == 3);
  CHECK(structure->stretches == std::vector<std::string>{"end", "start"});
  const StructureColumn& column = structure->columns[1];
  CHECK(column.site == 0);
  CHECK(column.paralog_symbol == 1);
  CHECK(column.gene.base.grch37 == 1);
  CHECK(column.paralog.position.grch38 == 299);
  CHECK(structure->columns[2].paralog_symbol == no_symbol);
  CHECK(structure->columns[2].stretch == 1);
  REQUIRE(structure->shapes.size() == 1);
  CHECK(structure->shapes[0].parts[1].least == 2);
  CHECK(structure->shapes[0].parts[1].most == 3);
  CHECK(structure->kinds[1].sources[0] == StretchSource::paralog);
  CHECK_FALSE(structure->kinds[1].is_gene_copy);
}

TEST_CASE("what names nothing is a fault with its line") {
  std::vector<std::string> faults;
  const auto complains = [&](const std::string& text, const std::string& why) {
    static_cast<void>(load(text, faults));
    INFO(why);
    REQUIRE(faults.size() >= 1);
    CHECK(faults.front().find(why) != std::string::npos);
  };
  complains(kinds + "haplotypes: [{is: paralog + other, share: 1, words: x}]\n", "not a list of kinds");
  complains(kinds + "haplotypes: [{is: gene x0, share: 1, words: x}]\n", "not a list of kinds");
  complains(kinds + "haplotypes: [{is: 'gene x', share: 1, words: x}]\n", "not a list of kinds");
  complains(kinds + "haplotypes: [{is: gene, share: 2, words: x}]\n", "from 0 to 1");
  complains(kinds, "expected one at least");
  complains(kinds + "  - {id: h, words: h, paralog: [end, middle]}\n", "no such stretch");
  complains(kinds + "  - {id: h, words: h, names: {\"*9\": \"*2\"}}\n", "not in alleles.tsv");
}

TEST_CASE("a gene without the file has no structure") {
  const GeneBuilder builder = GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").allele("*2", "100=G");
  CHECK(builder.build().structure == nullptr);
}

namespace {

std::optional<GeneStructure> load_alone(const GeneBuilder& builder, const std::string& structure,
                                        std::vector<std::string>& faults) {
  const Gene gene = builder.build();
  CatalogueFiles files = builder.files();
  files.texts["genes/TEST/structure.yaml"] = structure;
  CatalogueFaults found{"test"};
  auto loaded = load_structure(files, gene, found);
  faults = found.lines();
  return loaded;
}

const std::string depth_alone =
    "gene: TEST\nkinds: [{id: gene, words: gene copy}]\nhaplotypes:\n  - {is: gene, share: 0.5, words: one}\n";

}  // namespace

TEST_CASE("a gene without a table of differences has stretches of its own, and a haplotype may be nothing") {
  const GeneBuilder builder =
      GeneBuilder{}.site(100, "A", "G").site(210, "C", "T").allele("*1", "reference").allele("*0", ".", "No function");
  std::vector<std::string> faults;
  const auto structure = load_alone(builder,
                                    "lies_only_on: chr1_alt\nstretches:\n"
                                    "  - {name: end, place: \"91-150 81-140\"}\n"
                                    "  - {name: start, place: \"151-300 141-290\"}\n" +
                                        depth_alone +
                                        "  - {is: nothing, share: 0.5, name: \"*0\", words: deleted}\n"
                                        "depth:\n  - {name: end, counts: gene, stretch: end, places: [\". 91-150\"]}\n",
                                    faults);
  CHECK(faults.empty());
  CHECK(structure->counts_by_depth_alone());
  CHECK(structure->lies_only_on == "chr1_alt");
  CHECK(structure->stretches == std::vector<std::string>{"end", "start"});
  CHECK(structure->columns[0].stretch == 0);
  CHECK(structure->columns[1].stretch == 1);
  REQUIRE(structure->shapes.size() == 2);
  CHECK(structure->shapes[1].parts.empty());
  const auto& place = structure->depth.front().places.front();
  CHECK(place.grch38.begin == place.grch38.end);
  CHECK(place.grch37.begin == 90);
  CHECK(place.grch37.end == 150);
}

TEST_CASE("stretches must hold all sites and not contradict the table, and what is nothing needs a name") {
  const GeneBuilder builder = GeneBuilder{}.site(100, "A", "G").allele("*1", "reference").allele("*2", "100=G");
  std::vector<std::string> faults;
  static_cast<void>(
      load_alone(builder, depth_alone + "stretches: [{name: far, place: \"200-300 190-290\"}]\n", faults));
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().find("no stretch has the site at 100") != std::string::npos);
  static_cast<void>(load_alone(builder, depth_alone + "  - {is: nothing, share: 0.5, words: deleted}\n", faults));
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().find("what is nothing needs one") != std::string::npos);
  static_cast<void>(load(kinds + "haplotypes: [{is: gene, share: 1, words: x}]\nstretches: []\n", faults));
  REQUIRE(faults.size() >= 1);
  CHECK(faults.front().find("stand in paralog_sites.tsv") != std::string::npos);
}

TEST_CASE("a gene may have no site at all: its reference allele is defined all the same") {
  const Gene gene = GeneBuilder{}.allele("*1", "reference").allele("*0", ".").build();
  CHECK(gene.sites.empty());
  CHECK(gene.alleles[0].is_defined);
  CHECK_FALSE(gene.alleles[1].is_defined);
}

TEST_CASE("contigs with the gene once more are another thing than the one on which alone it lies") {
  const GeneBuilder builder = GeneBuilder{}.site(100, "A", "G").allele("*1", "reference");
  std::vector<std::string> faults;
  const auto structure =
      load_alone(builder, depth_alone + "alternate_contigs:\n  - {names: [chr1_alt, A1], gene: 101-200}\n", faults);
  CHECK(faults.empty());
  CHECK(structure->lies_only_on.empty());
  REQUIRE(structure->alternate_contigs.size() == 1);
  CHECK(structure->alternate_contigs.front().names == std::vector<std::string>{"chr1_alt", "A1"});
  CHECK(structure->alternate_contigs.front().gene.begin == 100);
  CHECK(structure->alternate_contigs.front().gene.end == 200);
  const auto complains = [&](const std::string& contig, const std::string& why) {
    static_cast<void>(load_alone(builder, depth_alone + "alternate_contigs: [{" + contig + "}]\n", faults));
    INFO(contig);
    REQUIRE(faults.size() >= 1);
    CHECK(faults.front().find(why) != std::string::npos);
  };
  complains("names: [a], gene: 200-101", "expected `FIRST-LAST`");
  complains("names: [a], gene: 0-101", "expected `FIRST-LAST`");
  complains("names: [a], gene: 101", "expected `FIRST-LAST`");
  complains("names: [], gene: 101-200", "expected one at least");
}
