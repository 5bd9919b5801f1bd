// What an alignment file must be, and what is said where it is not.
#include <doctest/doctest.h>

#include <filesystem>

#include "genomics/input_error.h"
#include "genomics/reads/alignment_file.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

namespace stardose::genomics {

namespace {

using test::AlignmentBuilder;
using test::TempFolder;

// `why | help` of the refusal; empty: it was opened.
std::string refusal(const std::string& path) {
  try {
    const AlignmentFile file{path, {}};
    return "";
  } catch (const InputError& error) {
    return error.parts().why + " | " + error.parts().help;
  }
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

AlignmentBuilder one_read() { return AlignmentBuilder{}.read("a 0 chr1 101 60 4M", "ACGT"); }

}  // namespace

TEST_CASE("opening reads: what cannot be read says what to do") {
  const TempFolder folder;
  CHECK(has(refusal(folder / "none.bam"), "cannot open: No such file"));
  CHECK(has(refusal("-"), "standard input"));
  CHECK(has(refusal("https://localhost/a.bam"), "cannot open"));
  CHECK(has(refusal(folder.file("empty.bam", "")), "the file is empty"));
  CHECK(has(refusal(folder.file("text.bam", "this is no BAM\n")), "not a BAM or CRAM file"));
  CHECK(has(refusal(folder.path()), "cannot open"));
  CHECK(has(refusal(one_read().write_sam(folder / "a.sam")), "samtools sort"));
  CHECK(has(refusal(one_read().write_bam(folder / "a.bam", false)), "it has no index | make one: `samtools index"));
  CHECK(has(refusal(one_read().order("unsorted").write_bam(folder / "u.bam", false)), "SO:unsorted"));
  CHECK(has(refusal(one_read().order("queryname").write_bam(folder / "q.bam", false)), "samtools sort"));
  CHECK(has(refusal(AlignmentBuilder{}.no_contigs().write_bam(folder / "n.bam", false)), "not aligned"));
  CHECK(refusal(one_read().order("").write_bam(folder / "o.bam")).empty());
}

TEST_CASE("opening reads: a file cut short is refused, wherever it was cut") {
  const TempFolder folder;
  AlignmentBuilder builder;
  for (int k = 0; k < 2000; ++k)
    builder.read("r" + std::to_string(k) + " 0 chr1 " + std::to_string(101 + k) + " 60 4M", "ACGT");
  const std::string whole = builder.write_bam(folder / "whole.bam");
  CHECK(refusal(whole).empty());
  const auto size = std::filesystem::file_size(whole);
  for (const std::size_t kept : {size - test::eof_block, size - 1, size / 2, std::size_t{40}}) {
    const std::string cut = test::cut_copy(whole, kept, folder / "cut.bam");
    std::filesystem::copy_file(whole + ".bai", cut + ".bai", std::filesystem::copy_options::overwrite_existing);
    CHECK(has(refusal(cut), "truncated"));
  }
}

TEST_CASE("opening reads: damage inside is met when it is read") {
  const TempFolder folder;
  AlignmentBuilder builder;
  for (int k = 0; k < 3000; ++k) {
    builder.read("r" + std::to_string(k) + " 0 chr1 " + std::to_string(101 + k) + " 60 40M",
                 std::string(40, "ACGT"[k % 4]));
  }
  const std::string path = builder.write_bam(folder / "a.bam");
  std::string bytes = test::read_bytes(path);
  const ReadPlan plan{{}, {{"chr1", 100, 3200}}};
  CHECK(AlignmentFile{path, {}}.read(plan).reads == 3000);
  for (std::size_t k = bytes.size() / 2; k < bytes.size() / 2 + 40; ++k) bytes[k] = 'x';
  const std::string damaged = folder.file("damaged.bam", bytes);
  std::filesystem::copy_file(path + ".bai", damaged + ".bai");
  CHECK_THROWS_AS((void)AlignmentFile(damaged, {}).read(plan), InputError);
}

TEST_CASE("opening reads: bases written as `=` are not taken for bases that were not read") {
  const TempFolder folder;
  const ReadPlan plan{{{"chr1", 104, {"A", "C"}}}, {}};
  for (const std::string& bases : {std::string{"ACGT=CGT"}, std::string{"=CGTACGTA"}, std::string{"ACGTACGT="}}) {
    CAPTURE(bases);
    AlignmentBuilder builder;
    builder.read("r0 0 chr1 101 60 " + std::to_string(bases.size()) + "M", bases);
    const std::string path = builder.write_bam(folder / (std::to_string(bases.size()) + ".bam"));
    CHECK_THROWS_WITH_AS((void)AlignmentFile(path, {}).read(plan), doctest::Contains("chr1:101: a read has `=`"),
                         InputError);
    CHECK(AlignmentFile{path, {}}.read({{}, {{"chr1", 100, 110}}}).reads == 1);  // the depth needs no bases
  }
  AlignmentBuilder odd;
  const std::string path = odd.read("r0 0 chr1 101 60 7M", "ACGTACG").write_bam(folder / "odd.bam");
  CHECK(AlignmentFile{path, {}}.read(plan).reads == 1);
}

TEST_CASE("opening reads: an index of another file is refused or finds nothing, and an old one is told of") {
  const TempFolder folder;
  const std::string path = one_read().write_bam(folder / "a.bam");
  CHECK(AlignmentFile(path, {}).warnings().empty());
  test::make_old(path + ".bai");
  REQUIRE(AlignmentFile(path, {}).warnings().size() == 1);
  CHECK(has(AlignmentFile(path, {}).warnings()[0], "older than the file"));
  std::filesystem::remove(path + ".bai");
  (void)folder.file("a.bam.bai", "no index");
  CHECK(has(refusal(path), "the index cannot be read"));
  std::filesystem::rename(one_read().write_bam(folder / "b.bam") + ".bai", folder / "a.bai");
  std::filesystem::remove(path + ".bai");
  CHECK(refusal(path).empty());  // the other name that samtools knows
}

TEST_CASE("opening reads: the sample") {
  const TempFolder folder;
  const auto sample_of = [&](const std::vector<std::string>& groups) {
    return AlignmentFile{one_read().samples(groups).write_bam(folder / "person.sorted.bam"), {}}.sample();
  };
  CHECK(sample_of({"A", "A"}) == "A");
  CHECK(sample_of({"", "B"}) == "B");
  CHECK(sample_of({""}) == "person.sorted");
  CHECK(sample_of({}) == "person.sorted");
  CHECK(sample_of({"Gr\xe4"}) == "Gr\u00e4");  // Latin-1
  CHECK(AlignmentFile{one_read().samples({"Gr\xe4"}).write_bam(folder / "a.bam"), {}}.warnings() ==
        std::vector{folder / "a.bam: names of samples are not UTF-8, and were read as Latin-1"});
  CHECK(AlignmentFile{one_read().samples({"Gr\u00e4"}).write_bam(folder / "a.bam"), {}}.warnings().empty());
  CHECK(has(refusal(one_read().samples({"A", "B"}).write_bam(folder / "two.bam")), "several samples: A, B"));
}

TEST_CASE("opening reads: the assembly, by lengths alone") {
  const TempFolder folder;
  const auto with = [&](const std::string& name, long length) {
    return AlignmentBuilder{}.no_contigs().contig(name, length).write_bam(folder / "a.bam");
  };
  CHECK(AlignmentFile(with("22", 51304566), {}).assembly() == Assembly::grch37);
  CHECK(AlignmentFile(with("chr22", 50818468), {}).assembly() == Assembly::grch38);
  CHECK(AlignmentFile(with("chr22", 1000001), {}).assembly() == std::nullopt);
  // T2T-CHM13 and hg18; no word of the user's makes their positions those of GRCh38.
  CHECK(has(refusal(with("chr22", 51324926)), "which is neither GRCh38 nor GRCh37: the reads are aligned to another"));
  CHECK(has(refusal(with("3", 199501827)), "chr3 has 199501827 bases, which is neither"));
  CHECK(has(refusal(with("chr10", 134758134)), "chr10 has 134758134 bases, which is neither"));
  CHECK(has(refusal(with("chr10", 135374737)), "chr10 has 135374737 bases, which is neither"));
  CHECK(AlignmentFile(with("chrM", 16569), {}).has_contig("chrM"));
  CHECK_FALSE(AlignmentFile(with("chrM", 16571), {}).has_contig("chrM"));
  const auto both = AlignmentBuilder{}.contig("chr2", 243199373);
  CHECK(has(refusal(both.write_bam(folder / "both.bam")), "which is GRCh37"));
  const auto twice = AlignmentBuilder{}.contig("22", 50818468);
  CHECK(has(refusal(twice.write_bam(folder / "twice.bam")), "under two names"));
  AlignmentBuilder many;
  for (int k = 0; k < 4000; ++k) many.contig("HLA:" + std::to_string(k), 3000 + k);
  many.read("a 0 chr22 101 60 1M", "A");
  CHECK(AlignmentFile(many.write_bam(folder / "many.bam"), {})
            .read({{{"chr22", 100, {"A", "C"}}}, {}})
            .fragments.size() == 1);
}

TEST_CASE("opening reads: a reference of another assembly is refused") {
  const TempFolder folder;
  const std::string path = one_read().write_bam(folder / "a.bam");
  const auto given = [&](const std::string& length) {
    AlignmentInputOptions options;
    options.reference = folder.file("r.fa", ">chr22\nACGT\n");
    (void)folder.file("r.fa.fai", "chr22\t" + length + "\t7\t4\t5\n");
    try {
      const AlignmentFile file{path, options};
      return std::string{};
    } catch (const InputError& error) {
      return error.parts().why;
    }
  };
  CHECK(given("50818468").empty());
  CHECK(has(given("51304566"), "aligned to GRCh38, but the reference"));
  CHECK(has(given("51304566"), "is GRCh37"));
}

TEST_CASE("opening reads: what a file is, by its first bytes") {
  const TempFolder folder;
  CHECK(is_alignment_file(one_read().write_bam(folder / "reads.vcf")));
  CHECK_FALSE(is_alignment_file(one_read().write_sam(folder / "a.bam")));
  CHECK_FALSE(is_alignment_file(folder.file("b.bam", "##fileformat=VCFv4.2\n")));
  CHECK_FALSE(is_alignment_file(folder / "none"));
  CHECK_FALSE(is_alignment_file("-"));
}

}  // namespace stardose::genomics
