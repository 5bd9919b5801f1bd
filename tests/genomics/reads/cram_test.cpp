// CRAM: the same answers as BAM, and a reference that is asked for by name where it is missing.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/input_error.h"
#include "genomics/io/text_lines.h"
#include "genomics/reads/alignment_file.h"
#include "genomics/reads/cram_reference.h"
#include "tests/builders/alignment_builder.h"
#include "tests/builders/donor.h"
#include "tests/builders/temp_folder.h"

namespace stardose::genomics {

namespace {

using test::AlignmentBuilder;
using test::TempFolder;

constexpr std::size_t contig_length = 60'000;

std::string fasta(const TempFolder& folder, const std::string& name, const std::string& contig, unsigned seed) {
  return folder.file(name, ">" + contig + "\n" + test::random_bases(contig_length, seed) + "\n");
}

AlignmentBuilder reads(unsigned seed) {
  const std::string bases = test::random_bases(contig_length, seed);
  AlignmentBuilder builder;
  builder.no_contigs().contig("c", contig_length);
  for (std::size_t at = 0; at + 100 < contig_length; at += 20) {
    std::string read = bases.substr(at, 100);
    if (at % 40 == 0) read[50] = read[50] == 'A' ? 'C' : 'A';
    builder.read("r" + std::to_string(at) + " 0 c " + std::to_string(at + 1) + " 60 100M", read);
  }
  return builder;
}

ReadPlan plan_of(unsigned seed) {
  const std::string bases = test::random_bases(contig_length, seed);
  ReadPlan plan;
  for (const std::size_t at : {90U, 1050U, 30'050U, 59'000U}) {
    const std::string ref(1, bases[at]);
    plan.sites.push_back({"c", static_cast<std::int64_t>(at), {ref, ref == "A" ? "C" : "A"}});
    plan.sites.push_back(
        {"c", static_cast<std::int64_t>(at) + 200, {bases.substr(at + 200, 3), bases.substr(at + 200, 1)}});
  }
  return plan;
}

std::string refusal(const std::string& path, const std::string& reference, const ReadPlan& plan) {
  AlignmentInputOptions options;
  options.reference = reference;
  try {
    (void)AlignmentFile{path, options}.read(plan);
    return "";
  } catch (const InputError& error) {
    return error.parts().why;
  }
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("cram: the evidence is a BAM's") {
  const TempFolder folder;
  const std::string reference = fasta(folder, "ref.fa", "c", 5);
  AlignmentInputOptions options;
  options.reference = reference;
  ReadPlan plan = plan_of(5);
  plan.depth_regions = {{"c", 500, 40'000}};
  const auto bam = AlignmentFile{reads(5).write_bam(folder / "a.bam"), options}.read(plan);
  CHECK(bam.observations.size() > 30);
  for (const bool shared : {false, true}) {
    CAPTURE(shared);
    AlignmentBuilder file = reads(5).slices(500, 1);
    if (shared) file.shared_slices();
    const auto cram = AlignmentFile{file.write_cram(folder / "a.cram", reference), options}.read(plan);
    CHECK(cram.observations == bam.observations);
    CHECK(cram.fragments == bam.fragments);
    CHECK(cram.sites == bam.sites);
    CHECK(cram.regions == bam.regions);
    CHECK(cram.mean_read_length == bam.mean_read_length);
  }
}

TEST_CASE("cram: an index that lies of a slice with reads of several contigs is refused, with a reference or none") {
  const TempFolder folder;
  const std::string reference = fasta(folder, "ref.fa", "c", 5);
  const std::string path = reads(5).shared_slices().slices(500, 1).write_cram(folder / "a.cram", reference);
  std::vector<std::string> lines;
  {
    TextLines index{path + ".crai", "index"};
    for (std::string_view line; index.next(line);) lines.emplace_back(line);
  }
  REQUIRE(lines.size() > 3);
  REQUIRE(lines[2].starts_with("0\t20001\t"));
  lines[2].replace(2, 5, "25001");
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  std::filesystem::remove(path + ".crai");
  (void)folder.file("a.cram.crai", text);
  CHECK(has(refusal(path, reference, plan_of(5)), "its reads lie at other places"));
  std::filesystem::remove(reference);
  CHECK(has(refusal(path, "", ReadPlan{{}, {{"c", 1000, 2000}}}), "its reads lie at other places"));
}

TEST_CASE("cram: a missing or another reference is named, with its MD5") {
  const TempFolder folder;
  const std::string reference = fasta(folder, "ref.fa", "c", 5);
  const std::string path = reads(5).write_cram(folder / "a.cram", reference);
  CHECK(refusal(path, reference, plan_of(5)).empty());
  const std::string renamed = fasta(folder, "renamed.fa", "chrc", 5);
  const std::string other = fasta(folder, "other.fa", "c", 6);
  CHECK(has(refusal(path, other, plan_of(5)), "written with another reference: c (M5 "));
  std::filesystem::rename(reference, folder / "gone.fa");
  CHECK(has(refusal(path, renamed, plan_of(5)), "has no contig c (M5 "));
  const std::string missing = refusal(path, "", plan_of(5));
  CHECK(has(missing, "the reference sequence of c (M5 "));
  CHECK(has(missing, "sought in "));
  CHECK(has(missing, reference));
  CHECK_FALSE(has(missing, "://"));
  CHECK(refusal(path, folder / "gone.fa", plan_of(5)).empty());
}

TEST_CASE("cram: the depth alone needs no reference") {
  const TempFolder folder;
  const std::string reference = fasta(folder, "ref.fa", "c", 5);
  const std::string path = reads(5).write_cram(folder / "a.cram", reference);
  std::filesystem::remove(reference);
  const ReadPlan plan{{}, {{"c", 1000, 2000}, {"c", 50'000, 50'001}}};
  const auto evidence = AlignmentFile{path, {}}.read(plan);
  const auto bam = AlignmentFile{reads(5).write_bam(folder / "a.bam"), {}}.read(plan);
  CHECK(evidence.regions == bam.regions);
  CHECK(evidence.regions[0].bases == 5000);
  CHECK(evidence.mean_read_length == 100);
  CHECK((AlignmentFile{path, {}}.primary_depth({"c", 1000, 2000})) == doctest::Approx(5));
}

TEST_CASE("cram: no place on the network is ever asked") {
  CHECK(local_entries("https://www.ebi.ac.uk/ena/cram/md5/%s").empty());
  CHECK(local_entries("/a/%2s/%s:https://host::8080/md5/%s:/b") == "/a/%2s/%s:/b");
  CHECK(local_entries("ftp://host/%s;/b/%s") == "/b/%s");
  CHECK(local_entries("URL=http://host/%s:C::/b") == "C::/b");
  keep_references_local();
  REQUIRE(std::getenv("REF_PATH") != nullptr);
  CHECK_FALSE(std::string{std::getenv("REF_PATH")}.empty());
  CHECK_FALSE(has(std::getenv("REF_PATH"), "://"));
  const TempFolder folder;
  const std::string here = "file:" + folder.file("y.fa", "");
  const std::string text = AlignmentBuilder{}
                               .contig("x", 100, "UR:https://host/x.fa")
                               .contig("y", 100, "UR:" + here)
                               .contig("z", 100, "UR:/none/z.fa")
                               .text();
  const HtsHandle<sam_hdr_t> header{sam_hdr_parse(text.size(), text.c_str())};
  REQUIRE(header);
  const auto locations = forget_useless_locations(header.get());
  CHECK(locations == std::vector<std::string>{"", "", "", "https://host/x.fa", here, "/none/z.fa"});
  CHECK_FALSE(has(sam_hdr_str(header.get()), "https"));
  CHECK_FALSE(has(sam_hdr_str(header.get()), "z.fa"));
  CHECK(has(sam_hdr_str(header.get()), "UR:" + here));
}

}  // namespace stardose::genomics
