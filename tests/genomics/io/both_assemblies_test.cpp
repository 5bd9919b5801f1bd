// Files on GRCh37: which assembly it is, and genotypes with the catalogue's numbers.
#include <doctest/doctest.h>

#include "genomics/io/cohort_reader.h"
#include "tests/builders/cohort.h"
#include "tests/builders/pipe.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::read_with;
using stardose::test::row;
using stardose::test::rows;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;
using Names = std::vector<std::string>;

namespace {

Site on_both(Site site, int position37, int base37) {
  site.grch37 = OtherPlace{position37 - 1, static_cast<std::uint8_t>(base37)};
  return site;
}

// A site with one base on both, one with another base on GRCh37, two bases as one site, and one without a place there.
const SiteIndex& sites() {
  static const SiteIndex index{{on_both(site("chr1", 1101, "A", {"G"}), 501, 0),
                                on_both(site("chr1", 1201, "C", {"T", "G"}), 601, 2),
                                on_both(site("chr1", 1301, "TC", {"CT"}), 701, 1), site("chr1", 1401, "A", {"G"})}};
  return index;
}

VcfBuilder grch37() { return VcfBuilder{}.no_contigs().contig("1", 249250621); }
VcfBuilder silent() { return VcfBuilder{}.no_contigs().contig("1"); }

}  // namespace

TEST_CASE("genotypes of a GRCh37 file have the catalogue's numbers") {
  const TempFolder folder;
  const auto path = grch37()
                        .samples({"A", "B", "C", "D"})
                        .record("1 501 A G", "0/1 1/1 ./. 0/0")
                        .record("1 601 G C,A", "0/0 0|1 1/1 0/2")
                        .record("1 701 CT TC", "0/0 0/1 1/1 .")
                        .write_plain(folder / "a.vcf");
  const Cohort cohort = stardose::test::read(sites(), path);
  CHECK(cohort.assembly == Assembly::grch37);
  CHECK(rows(cohort, sites()) ==
        Names{"0/1 1/1 ./. 0/0", "2/2 2|0 0/0 2/o", "1/1 1/0 0/0 ./.", "not_placed not_placed not_placed not_placed"});
  CHECK(to_string(cohort.sites->site(1)) == "chr1:601");
}

TEST_CASE("one copy, half-calls and reference blocks keep their meaning on GRCh37") {
  const TempFolder folder;
  const auto path = grch37()
                        .samples({"A", "B", "C"})
                        .record("1 501 A G", "1 0/. ./1")
                        .record("1 590 A <NON_REF>", "0 0/0 0/0", "END=800")
                        .write_plain(folder / "a.vcf");
  CHECK(rows(stardose::test::read(sites(), path), sites()) ==
        Names{"1 0/. ./1", "2 2/2 2/2", "1 1|1 1|1", "not_placed not_placed not_placed"});
}

TEST_CASE("two bases of one site, written base by base on GRCh37, are joined") {
  const TempFolder folder;
  const auto path = grch37()
                        .samples({"A", "B", "C"})
                        .record("1 701 C T", "1|1 0|1 0/1")
                        .record("1 702 T C", "1|1 0|1 0/1")
                        .write_plain(folder / "a.vcf");
  CHECK(row(stardose::test::read(sites(), path), 2) == "0|0 1|0 needs_phase");
  // A base in no record is GRCh37's, not the catalogue's.
  const auto half = grch37().record("1 701 C T", "1/1").write_plain(folder / "b.vcf");
  CHECK(row(read_with(sites(), {.files = {half}}, true), 2) == "o|o");
}

TEST_CASE("a header without lengths leaves the assembly to REF, also through several files") {
  const TempFolder folder;
  const auto on37 = silent().record("1 501 A G", "0/1").record("1 601 G C", "0/0").write_plain(folder / "37.vcf");
  const auto on38 = silent().record("1 1101 A G", "0/1").record("1 1201 C T", "0/0").write_plain(folder / "38.vcf");
  const Cohort read37 = stardose::test::read(sites(), on37);
  CHECK(read37.assembly == Assembly::grch37);
  CHECK(rows(read37, sites()) == Names{"0/1", "2/2", ".", "not_placed"});
  CHECK(read37.inputs.front().counts.matched == 2);
  const Cohort read38 = stardose::test::read(sites(), on38);
  CHECK(read38.assembly == Assembly::grch38);
  CHECK(rows(read38, sites()) == Names{"0/1", "0/0", ".", "."});
  const InputError error = input_error_of([&] { (void)read_with(sites(), {.files = {on37, on38}}); });
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().file == on38);
  CHECK(error.parts().why == "REF alleles are the bases of GRCh38: the file is on GRCh38, and " + on37 + " on GRCh37");
}

TEST_CASE("an accidental record of the other assembly does not sway the verdict") {
  const TempFolder folder;
  const auto path = silent()
                        .record("1 501 A T", "0/1")
                        .record("1 1101 A G", "0/1")
                        .record("1 1201 C T", "0/0")
                        .record("1 1301 TC CT", "0/1")
                        .record("1 1401 A G", "0/1")
                        .write_plain(folder / "a.vcf");
  CHECK(stardose::test::read(sites(), path).assembly == Assembly::grch38);
  const auto either = silent().record("1 501 A T", "0/1").record("1 1101 A G", "0/1").write_plain(folder / "b.vcf");
  const InputError error = input_error_of([&] { (void)stardose::test::read(sites(), either); });
  CHECK(error.parts().why == "its header does not tell the assembly, and REF alleles fit GRCh38 and GRCh37");
  CHECK(read_with(sites(), {.files = {either}, .assembly = "GRCh37"}).assembly == Assembly::grch37);
}

TEST_CASE("a file with neither lengths nor fitting bases is refused as it was") {
  const TempFolder folder;
  const auto path = silent().record("1 501 C G", "0/1").record("1 1101 T G", "0/1").write_plain(folder / "a.vcf");
  const InputError error = input_error_of([&] { (void)stardose::test::read(sites(), path); });
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().why == "REF is not the base of GRCh38 here and at 0 further of 1 positions seen");
}

TEST_CASE("a first file that does not tell is settled by the next one's header") {
  const TempFolder folder;
  const auto empty = silent().write_plain(folder / "empty.vcf");
  const auto on37 = grch37().record("1 601 G C", "0/0").write_plain(folder / "37.vcf");
  for (const Names& files : {Names{empty, on37}, Names{on37, empty}}) {
    const Cohort cohort = read_with(sites(), {.files = files});
    CHECK(cohort.assembly == Assembly::grch37);
    CHECK(row(cohort, 1) == "2/2");
  }
}

TEST_CASE("GRCh37's chrM is read as rCRS only where it is") {
  const TempFolder folder;
  const SiteIndex both{
      {on_both(site("chr1", 1101, "A", {"G"}), 501, 0), on_both(site("chrM", 1494, "C", {"T"}), 1494, 0)}};
  const auto read_chrm = [&](const std::string& name, long length) {
    const auto path = grch37()
                          .contig(name, length)
                          .record("1 501 A G", "0/1")
                          .record(name + " 1494 C T", "1")
                          .write_plain(folder / "m.vcf");
    return rows(stardose::test::read(both, path), both);
  };
  CHECK(read_chrm("MT", 16569) == Names{"0/1", "1"});
  CHECK(read_chrm("chrM", 16569) == Names{"0/1", "1"});
  CHECK(read_chrm("MT", 0) == Names{"0/1", "1"});
  CHECK(read_chrm("chrM", 16571) == Names{"0/1", "other_sequence"});
  CHECK(read_chrm("chrM", 0) == Names{"0/1", "other_sequence"});
}

TEST_CASE("a mitochondrion on rCRS in a file of its own counts beside hg19's") {
  const TempFolder folder;
  const SiteIndex both{
      {on_both(site("chr1", 1101, "A", {"G"}), 501, 0), on_both(site("chrM", 1494, "C", {"T"}), 1494, 0)}};
  const auto hg19 = grch37().contig("chrM", 16571).record("1 501 A G", "0/1").write_plain(folder / "hg19.vcf");
  const auto mt =
      VcfBuilder{}.no_contigs().contig("MT", 16569).record("MT 1494 C T", "1").write_plain(folder / "mt.vcf");
  CHECK(rows(read_with(both, {.files = {hg19, mt}}), both) == Names{"0/1", "1"});
}

TEST_CASE("what the user says of the assembly is not overruled by silence, and not true against a header") {
  const TempFolder folder;
  const auto on37 = grch37().record("1 501 A G", "0/1").write_plain(folder / "37.vcf");
  const InputError error = input_error_of([&] { (void)read_with(sites(), {.files = {on37}, .assembly = "GRCh38"}); });
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().why == "contig chr1 has 249250621 bases: the file is on GRCh37, and assembly says GRCh38");
  const auto quiet = silent().record("1 501 A G", "0/1").write_plain(folder / "quiet.vcf");
  CHECK(row(read_with(sites(), {.files = {quiet}, .assembly = "GRCh37"}), 0) == "0/1");
}

TEST_CASE("a header or a user that is wrong is found out by REF on the other assembly, from a stream too") {
  const TempFolder folder;
  const SiteIndex four{
      {on_both(site("chr1", 1101, "A", {"G"}), 501, 0), on_both(site("chr1", 1201, "C", {"T"}), 601, 0),
       on_both(site("chr1", 1301, "C", {"T"}), 701, 0), on_both(site("chr1", 1401, "A", {"G"}), 801, 0)}};
  const auto on37 = [](VcfBuilder vcf, int records) {
    vcf.record("1 501 A G", "0/1");
    if (records > 1) vcf.record("1 601 C T", "0/1");
    if (records > 2) vcf.record("1 701 C T", "1/1");
    return vcf;
  };
  const VcfBuilder told38 = VcfBuilder{}.no_contigs().contig("1", 248956422);
  const std::string both = ", though its header says GRCh38";
  for (const std::string& path :
       {on37(told38, 3).write_plain(folder / "a.vcf"), on37(told38, 3).write_gz(folder / "a.vcf.gz", true),
        on37(told38, 3).write_bcf(folder / "a.bcf", false)}) {
    const InputError error = input_error_of([&] { (void)stardose::test::read(four, path); });
    CHECK(error.fault() == Fault::mismatch);
    CHECK(error.parts().file == path);
    CHECK(error.parts().why ==
          "REF is the base of GRCh37 at 3 position(s) of the catalogue there, and of GRCh38 at 0" + both);
  }
  {
    const stardose::test::Pipe pipe{folder / "pipe", on37(told38, 3).text()};
    const InputError error = input_error_of([&] { (void)stardose::test::read(four, folder / "pipe"); });
    CHECK(error.parts().why.ends_with(both));
  }
  // What fits both is taken for what the user says, from a stream as from a file.
  const std::string either = silent().record("1 501 A T", "0/1").record("1 1101 A G", "0/1").text();
  {
    const stardose::test::Pipe pipe{folder / "pipe", either};
    CHECK(read_with(four, {.files = {folder / "pipe"}, .assembly = "GRCh37"}).assembly == Assembly::grch37);
  }
  const auto quiet = on37(silent(), 3).write_plain(folder / "quiet.vcf");
  const InputError wrong_user =
      input_error_of([&] { (void)read_with(four, {.files = {quiet}, .assembly = "GRCh38"}); });
  CHECK(wrong_user.parts().why.ends_with("though `assembly` says GRCh38"));
  CHECK(read_with(four, {.files = {quiet}, .assembly = "GRCh37"}).warnings.empty());
  // One or two may be an accident: said, and no reason to stop.
  const Cohort few = stardose::test::read(four, on37(told38, 2).write_plain(folder / "few.vcf"));
  REQUIRE_FALSE(few.warnings.empty());
  CHECK(few.warnings.front().ends_with(both + ": check the assembly"));
  // Where the said assembly fits as well there is nothing to say.
  const auto mixed = on37(told38, 3).record("1 1101 A G", "0/1").write_plain(folder / "mixed.vcf");
  CHECK(stardose::test::read(four, mixed).warnings.empty());
}

TEST_CASE("a reference sequence of the other assembly is refused") {
  const TempFolder folder;
  const auto on37 = grch37().record("1 501 A G", "0/1").write_plain(folder / "37.vcf");
  const auto quiet37 = silent().record("1 501 A G", "0/1").write_plain(folder / "quiet.vcf");
  const std::string fasta = folder.file("a.fa", ">1\nACGT\n");
  (void)folder.file("a.fa.fai", "1\t248956422\t3\t60\t61\n");
  for (const std::string& path : {on37, quiet37}) {
    const InputError error = input_error_of([&] { (void)read_with(sites(), {.files = {path}, .reference = fasta}); });
    CHECK(error.fault() == Fault::mismatch);
    CHECK(error.parts().why == "this FASTA is GRCh38, and the input is on GRCh37");
  }
  (void)folder.file("a.fa.fai", "1\t249250621\t3\t60\t61\n");
  CHECK(row(read_with(sites(), {.files = {on37}, .reference = fasta}), 0) == "0/1");
}

TEST_CASE("index and end-to-end reading see the same sites on GRCh37, told or found out") {
  const TempFolder folder;
  for (const auto& builder : {grch37(), silent()}) {
    VcfBuilder vcf = builder;
    const auto path = vcf.record("1 501 A G", "0/1").record("1 601 G C", "0/1").write_gz(folder / "a.vcf.gz", true);
    const Cohort jumped = read_with(sites(), {.files = {path}});
    const Cohort streamed = read_with(sites(), {.files = {path}, .use_index = false});
    CHECK(jumped.inputs.front().counts.used_index);
    CHECK_FALSE(streamed.inputs.front().counts.used_index);
    CHECK(rows(jumped, sites()) == rows(streamed, sites()));
    CHECK(rows(jumped, sites()) == Names{"0/1", "2/0", ".", "not_placed"});
  }
}

TEST_CASE("a file whose header tells nothing is judged by its own REF, however many its fellows have right") {
  const TempFolder folder;
  const SiteIndex many{[] {
    std::vector<Site> all;
    for (int k = 1; k <= 40; ++k) all.push_back(on_both(site("chr1", 1000 + k, "A", {"G"}), 500 + k, 0));
    for (int k = 1; k <= 4; ++k) all.push_back(on_both(site("chr2", 1000 + k, "A", {"G"}), 500 + k, 0));
    return all;
  }()};
  VcfBuilder told = VcfBuilder{}.no_contigs().contig("1", 248956422).contig("2");
  for (int k = 1; k <= 40; ++k) told.record("1 " + std::to_string(1000 + k) + " A G", "0/1");
  const auto first = told.write_plain(folder / "told.vcf");
  const auto quiet = [&](int wrong) {
    VcfBuilder vcf = VcfBuilder{}.no_contigs().contig("2");
    for (int k = 1; k <= 4; ++k) vcf.record("2 " + std::to_string(1000 + k) + (k <= wrong ? " C G" : " A G"), "0/0");
    return vcf.write_plain(folder / ("quiet" + std::to_string(wrong) + ".vcf"));
  };
  for (const std::string assembly : {"auto", "GRCh38"}) {
    const auto error = input_error_of([&] {
      (void)read_with(many, {.files = {first, quiet(3)}, .assembly = assembly}, true);
    });
    CHECK(error.parts().file == quiet(3));
    CHECK(error.parts().why.starts_with("REF is not the base of GRCh38 here and at 2 further of 4 positions seen"));
  }
  // One or two are faulty records, which are left out one by one.
  CHECK(read_with(many, {.files = {first, quiet(2)}}, true).warnings.size() == 2);
}
