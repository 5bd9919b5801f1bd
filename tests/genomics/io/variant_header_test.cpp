// What a header must say.
#include "genomics/io/variant_header.h"

#include <doctest/doctest.h>

#include <string>

#include "genomics/io/variant_file.h"
#include "tests/builders/cohort.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose::genomics;
using stardose::test::input_error_of;
using stardose::test::TempFolder;
using stardose::test::VcfBuilder;

namespace {

InputError refusal(const VcfBuilder& vcf) {
  const TempFolder folder;
  const std::string path = vcf.write_plain(folder / "a.vcf");
  const InputError error = input_error_of([&] { VariantFile{path, true}; });
  CHECK(error.parts().file == path);
  CHECK_FALSE(error.parts().help.empty());
  return error;
}

}  // namespace

TEST_CASE("a file without a sample is refused") {
  const InputError error = refusal(VcfBuilder{}.samples({}).record("chr1 101 A G", ""));
  CHECK(error.fault() == Fault::input);
  CHECK(error.parts().why.starts_with("the file has no sample"));
}

TEST_CASE("the lengths of contigs tell the assembly, under either naming") {
  const TempFolder folder;
  for (const char* name : {"chr10", "10"}) {
    const VariantFile grch37{VcfBuilder{}.no_contigs().contig(name, 135534747).write_plain(folder / "37.vcf"), true};
    CHECK(grch37.assembly() == Assembly::grch37);
    CHECK(grch37.assembly_evidence() == "contig chr10 has 135534747 bases");
    const VariantFile grch38{VcfBuilder{}.no_contigs().contig(name, 133797422).write_plain(folder / "38.vcf"), true};
    CHECK(grch38.assembly() == Assembly::grch38);
    const VariantFile silent{VcfBuilder{}.no_contigs().contig(name).write_plain(folder / "silent.vcf"), true};
    CHECK_FALSE(silent.assembly().has_value());
  }
}

TEST_CASE("a file on neither assembly is refused") {
  const InputError error = refusal(VcfBuilder{}.no_contigs().contig("chr10", 129993255));
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().why == "contig chr10 has 129993255 bases, which is neither GRCh38 nor GRCh37");
}

TEST_CASE("a header with contigs of both assemblies is refused") {
  const InputError error = refusal(VcfBuilder{}.no_contigs().contig("chr10", 133797422).contig("chr2", 243199373));
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().why ==
        "contig chr10 has 133797422 bases, which is GRCh38, but contig chr2 has 243199373 bases, which is GRCh37");
}

TEST_CASE("the mitochondrial contig is rCRS by its length, else by its name") {
  const TempFolder folder;
  const auto is_rcrs = [&](const std::string& name, long length, Assembly assembly) {
    const auto path = VcfBuilder{}.no_contigs().contig(name, length).write_plain(folder / "m.vcf");
    return VariantFile{path, true}.is_mitochondrion_rcrs(assembly);
  };
  for (const Assembly assembly : {Assembly::grch37, Assembly::grch38}) {
    CHECK(is_rcrs("chrM", 16569, assembly));
    CHECK(is_rcrs("MT", 16569, assembly));
    CHECK_FALSE(is_rcrs("chrM", 16571, assembly));
    CHECK(is_rcrs("MT", 0, assembly));
    CHECK(is_rcrs("chr10", 0, assembly));
  }
  CHECK(is_rcrs("chrM", 0, Assembly::grch38));
  CHECK_FALSE(is_rcrs("chrM", 0, Assembly::grch37));
}

TEST_CASE("contigs without a length, and contigs beside the chromosomes, are accepted") {
  const TempFolder folder;
  const std::string path = VcfBuilder{}
                               .no_contigs()
                               .contig("chr10")
                               .contig("chrUn_decoy", 5)
                               .contig("chrM", 16571)
                               .write_plain(folder / "a.vcf");
  CHECK(VariantFile{path, true}.samples() == std::vector<std::string>{"S1"});
}

TEST_CASE("a contig under two names is refused") {
  const InputError error = refusal(VcfBuilder{}.contig("10"));
  CHECK(error.parts().why == "contig chr10 is declared under two names");
}

TEST_CASE("a zero byte in a header is refused: behind it a name would be another") {
  const TempFolder folder;
  std::string text = VcfBuilder{}.samples({"father"}).text();
  text.replace(text.find("father"), 6, std::string{"fath\0r", 6});
  const std::string path = folder.file("a.vcf", text);
  for (const bool check_format : {true, false}) {
    const InputError error = input_error_of([&] { (void)VariantFile{path, true, check_format}; });
    CHECK(error.parts().why == "a zero byte in a line of text");
    CHECK(error.parts().place == "header");
  }
}

TEST_CASE("more contigs than any assembly has are refused before they take memory") {
  const TempFolder folder;
  std::string contigs;
  for (int k = 0; k < 100'001; ++k) contigs += "##contig=<ID=c" + std::to_string(k) + ">\n";
  std::string text = VcfBuilder{}.samples({"A"}).text();
  text.insert(text.find("#CHROM"), contigs);
  const std::string path = folder.file("a.vcf", text);
  const InputError error = input_error_of([&] { (void)VariantFile{path, true, true}; });
  CHECK(error.parts().why == "declares more than 100000 contigs");
}

TEST_CASE("a sample that is there twice is refused") {
  CHECK(refusal(VcfBuilder{}.samples({"A", "A"})).fault() == Fault::input);
}
