// Proxies of HLA alleles, and the faults that are found in them.
#include "pharmaco/knowledge/proxy_loader.h"

#include <doctest/doctest.h>

#include <string>

using namespace stardose::pharmaco;

namespace {

const std::string header = "gene\tallele\tcontig\tposition\tref\talts\tposition37\tref37\trsid\tbase\tholds\tsource\n";
const std::string row = "HLA-B\t*57:01\tchr6\t31464003\tT\tG\t31431780\tT\trs2395029\tG\tIn some.\tPMID 1\n";

struct Loaded {
  std::vector<Gene> genes;
  std::vector<std::string> faults;
};

Loaded load(const std::string& rows) {
  Gene typed;
  typed.symbol = "HLA-B";
  typed.calling = CallingMethod::outside_only;
  Gene called;
  called.symbol = "TPMT";
  Loaded loaded{{typed, called}, {}};
  CatalogueFaults faults{"test"};
  load_proxies({"test", {{"proxies.tsv", header + rows}}}, loaded.genes, faults);
  loaded.faults = faults.lines();
  return loaded;
}

std::string with(const std::string& from, const std::string& to) {
  std::string changed = row;
  return changed.replace(changed.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a row becomes a proxy of its gene") {
  const Loaded loaded = load(row);
  CHECK(loaded.faults.empty());
  REQUIRE(loaded.genes[0].proxies.size() == 1);
  const Proxy& proxy = loaded.genes[0].proxies[0];
  CHECK(proxy.allele == "*57:01");
  CHECK(proxy.site.contig == "chr6");
  CHECK(proxy.site.position == 31464002);
  CHECK(proxy.code == 1);
  CHECK(proxy.base == "G");
  CHECK(proxy.holds == "In some.");
}

TEST_CASE("a catalogue without the file has no proxies") {
  std::vector<Gene> genes(1);
  CatalogueFaults faults{"test"};
  load_proxies({"test", {}}, genes, faults);
  CHECK(faults.none());
  CHECK(genes[0].proxies.empty());
}

TEST_CASE("a row that cannot be used is a fault and no proxy") {
  for (const std::string& rows : {with("HLA-B", "HLA-C"), with("HLA-B", "TPMT"), with("31464003", "0"),
                                  with("31464003", "x"), with("\tT\tG", "\tTA\tG"), with("\tT\tG", "\tT\tGA"),
                                  with("rs2395029\tG", "rs2395029\tC"), with("In some.", "."), with("PMID 1", ".")}) {
    INFO(rows);
    const Loaded loaded = load(rows);
    REQUIRE(loaded.faults.size() == 1);
    CHECK(loaded.faults[0].starts_with("proxies.tsv"));
    CHECK(loaded.genes[0].proxies.empty());
    CHECK(loaded.genes[1].proxies.empty());
  }
}
