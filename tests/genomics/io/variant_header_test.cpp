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

TEST_CASE("a file on GRCh37 is refused as a mismatch, under either naming") {
  for (const char* name : {"chr10", "10"}) {
    const InputError error = refusal(VcfBuilder{}.no_contigs().contig(name, 135534747));
    CHECK(error.fault() == Fault::mismatch);
    CHECK(error.parts().why.find("the file is on GRCh37 (hg19)") != std::string::npos);
  }
}

TEST_CASE("a file on neither assembly is refused") {
  const InputError error = refusal(VcfBuilder{}.no_contigs().contig("chr10", 129993255));
  CHECK(error.fault() == Fault::mismatch);
  CHECK(error.parts().why == "contig chr10 has 129993255 bases, which is not GRCh38");
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

TEST_CASE("a sample that is there twice is refused") {
  CHECK(refusal(VcfBuilder{}.samples({"A", "A"})).fault() == Fault::input);
}
