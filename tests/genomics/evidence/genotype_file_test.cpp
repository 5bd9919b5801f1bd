// Files of genotypes: what is in them, and that reading one gives what was written.
#include "genomics/evidence/genotype_file.h"

#include <doctest/doctest.h>
#include <htslib/vcf.h>

#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/builders/cohort.h"
#include "tests/builders/fragments.h"
#include "tests/builders/genotypes.h"
#include "tests/builders/temp_folder.h"

using namespace stardose::genomics;
using stardose::test::Fragments;
using stardose::test::read_bytes;
using stardose::test::site;
using stardose::test::TempFolder;
using stardose::test::text_of;

namespace {

const std::vector<ContigLength> contigs{{"chr1", 248956422}, {"chr2", 242193529}, {"chrM", 16569}};

const std::vector<Site> sites{
    site("chr1", 101, "A", {"G"}), site("chr1", 101, "A", {"T", "G"}), site("chr1", 151, "ACT", {"A", "ACTCT"}),
    site("chr1", 152, "C", {"T"}), site("chr1", 201, "TC", {"CT"}),    site("chr2", 301, "G", {"C"}),
    site("chrM", 1555, "A", {"G"})};

void write(const std::string& path, const ReadGenotyper& genotyper, const std::vector<SampleGenotypes>& samples,
           const std::vector<ContigLength>& of_file = contigs) {
  GenotypeFileHeader header{.contigs = of_file, .assembly = "GRCh38", .source = "test", .catalogue = "none"};
  std::vector<const SampleGenotypes*> columns;
  for (std::size_t k = 0; k < samples.size(); ++k) {
    header.samples.push_back("S" + std::to_string(k + 1));
    columns.push_back(&samples[k]);
  }
  GenotypeFile file{path, header};
  for (std::size_t k = 0; k < genotyper.questions().size(); ++k) {
    const SiteQuestion& question = genotyper.questions()[k];
    if (!file.contig(question.asked.contig)) continue;
    file.put(question.asked, record_of(question, k, columns),
             {.ids = {"rs" + std::to_string(k)}, .genes = {"GENE"}, .names = {"g." + std::to_string(k) + "="}});
  }
  file.close();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// A genotype as a reader of the file sees it: what is left out because it would be read as reference is `./.`.
std::string as_read(const SampleGenotypes& sample, std::size_t number) {
  const SiteGenotype genotype = sample.genotypes[number];
  if (genotype.is_missing() && !(genotype.is_filtered() && genotype.hides_variant())) return "./.";
  const std::int32_t set = sample.phase_sets[number];
  return text_of(genotype) + (set == 0 ? "" : "@" + std::to_string(set));
}

ReadEvidence random_evidence(const ReadPlan& plan, std::mt19937& random) {
  Fragments fragments{plan};
  const auto depth = 5 + random() % 40;
  const auto errors = random() % 2 == 0 ? 100U : 6U;
  std::vector<std::vector<std::uint8_t>> haplotypes(2);
  for (const ReadSite& asked : plan.sites) {
    for (auto& haplotype : haplotypes) {
      const bool other = random() % 8 == 0;
      haplotype.push_back(other ? other_read_allele : static_cast<std::uint8_t>(random() % asked.alleles.size()));
    }
  }
  for (std::size_t k = 0; k < depth; ++k) {
    std::vector<Observation> shown;
    const auto& haplotype = haplotypes[random() % 2];
    for (std::uint32_t number = 0; number < plan.sites.size(); ++number) {
      const bool wrong = random() % errors == 0;
      const auto allele =
          wrong ? static_cast<std::uint8_t>(random() % plan.sites[number].alleles.size()) : haplotype[number];
      if (random() % 3 > 0)
        shown.push_back({number, allele, static_cast<std::uint8_t>(13 + random() % 25), k % 2 == 0});
    }
    fragments.add(1, shown);
  }
  return fragments.evidence();
}

}  // namespace

TEST_CASE("a record says what reads show, and what falls short says so") {
  const TempFolder folder;
  const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "AT", {"A"}), site("chr1", 301, "C", {"T"}),
                         site("chr1", 401, "C", {"T"}), site("chrM", 1555, "A", {"G"})}};
  const ReadGenotyper genotyper{index, {}, {}};
  Fragments reads{genotyper.plan()};
  reads.add(10, {{0, 0, 30, false}, {1, 1, 30, false}}).add(10, {{0, 1, 30, true}, {1, 0, 30, true}});
  reads.show(2, 0, 4).show(2, 1, 4).show(3, 0, 6).show(4, 1, 20);
  write(folder / "out.vcf", genotyper, {genotyper.genotypes(reads.evidence())});
  const std::vector<std::string> lines = lines_of(read_bytes(folder / "out.vcf"));
  CHECK(lines.front() == "##fileformat=VCFv4.3");
  const std::vector<std::string> records{lines.end() - 5, lines.end()};
  const std::string fields = "\tGT:DP:AD:ADF:ADR:MQ:GQ:PL:SP:PS:FT\t";
  CHECK(records[0].starts_with("chr1\t101\trs0\tA\tG\t.\tPASS\tGENE=GENE;HGVS=g.0%3D" + fields +
                               "0|1:20:10,10:10,0:0,10:60:99:"));
  CHECK(records[0].ends_with(":50:101:PASS"));
  CHECK(records[1].find(fields + "1|0:20:10,10:0,10:10,0:60:99:") != std::string::npos);
  CHECK(records[1].ends_with(":101:PASS"));
  CHECK(records[2].find("\tlow_depth\t") != std::string::npos);
  CHECK(records[2].find(fields + "0/1:8:4,4:2,2:2,2:") != std::string::npos);
  CHECK(records[3].find(fields + "./.:6:6,0:3,3:3,0:") == std::string::npos);
  CHECK(records[3].find(fields + "./.:6:6,0:3,0:3,0:") != std::string::npos);
  CHECK(records[3].ends_with(":.:low_depth"));
  CHECK(records[4].find(fields + "1:20:0,20:0,10:0,10:") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder / "out.vcf.partial"));
}

TEST_CASE("reads that may lie elsewhere show in the mapping quality") {
  const TempFolder folder;
  const SiteIndex index{{site("chr1", 101, "A", {"G"})}};
  const ReadGenotyper genotyper{index, {}, {}};
  Fragments reads{genotyper.plan()};
  reads.add_unusable(0, 40);
  write(folder / "out.vcf", genotyper, {genotyper.genotypes(reads.evidence())});
  CHECK(lines_of(read_bytes(folder / "out.vcf")).back().ends_with("\t./.:0:0,0:0,0:0,0:0:.:.:.:.:low_depth"));
}

TEST_CASE("a sample without reads, or with copies that decide, has no genotype") {
  const TempFolder folder;
  const SiteIndex index{{site("chr1", 101, "A", {"G"}), site("chr1", 201, "A", {"G"})}};
  const std::vector<std::size_t> paralogous{1};
  const ReadGenotyper genotyper{index, paralogous, {}};
  Fragments reads{genotyper.plan()};
  reads.show(1, 1, 20);
  write(folder / "out.vcf", genotyper, {genotyper.genotypes(reads.evidence())});
  const std::vector<std::string> lines = lines_of(read_bytes(folder / "out.vcf"));
  CHECK(lines.at(lines.size() - 2).ends_with("\t./.:0:0,0:0,0:0,0:.:.:.:.:.:no_reads"));
  CHECK(lines.back().ends_with("\t./.:20:0,20:0,10:0,10:60:.:.:.:.:structural"));
  CHECK(lines.back().find("\tstructural\t") != std::string::npos);
}

TEST_CASE("what was written is what is read, in every format and for several samples") {
  const TempFolder folder;
  const SiteIndex index{sites};
  const ReadGenotyper genotyper{index, {}, {}};
  std::mt19937 random{11};
  int others = 0;
  int hidden = 0;
  int phased = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<SampleGenotypes> samples;
    for (int k = 0; k < 1 + round % 3; ++k) {
      samples.push_back(genotyper.genotypes(random_evidence(genotyper.plan(), random)));
    }
    const std::string path = folder / (round % 3 == 0 ? "out.vcf" : round % 3 == 1 ? "out.vcf.gz" : "out.bcf");
    write(path, genotyper, samples);
    const auto cohort = stardose::test::read(index, path);
    for (std::size_t number = 0; number < sites.size(); ++number) {
      std::string expected;
      for (const SampleGenotypes& sample : samples) {
        expected += (expected.empty() ? "" : " ") + as_read(sample, number);
        if (sample.genotypes[number].has_other()) ++others;
        if (sample.genotypes[number].hides_variant()) ++hidden;
        if (sample.phase_sets[number] != 0) ++phased;
      }
      INFO("round " << round << ", site " << number << "\n" << (round % 3 == 0 ? read_bytes(path) : ""));
      CHECK(stardose::test::row(cohort, number) == expected);
    }
  }
  CHECK(others > 50);
  CHECK(hidden > 50);
  CHECK(phased > 100);
}

TEST_CASE("compressed files have an index") {
  const TempFolder folder;
  const SiteIndex index{sites};
  const ReadGenotyper genotyper{index, {}, {}};
  const std::vector<SampleGenotypes> samples{genotyper.genotypes(Fragments{genotyper.plan()}.evidence())};
  write(folder / "out.vcf.gz", genotyper, samples);
  write(folder / "out.bcf", genotyper, samples);
  CHECK(std::filesystem::exists(folder / "out.vcf.gz.tbi"));
  CHECK(std::filesystem::exists(folder / "out.bcf.csi"));
  CHECK_FALSE(std::filesystem::exists(folder / "out.bcf.csi.partial"));
}

TEST_CASE("contigs go by the file's own names, and those that it lacks are left out") {
  const TempFolder folder;
  const SiteIndex index{sites};
  const ReadGenotyper genotyper{index, {}, {}};
  const std::vector<SampleGenotypes> samples{genotyper.genotypes(Fragments{genotyper.plan()}.evidence())};
  write(folder / "out.vcf", genotyper, samples, {{"2", 242193529}});
  const std::vector<std::string> lines = lines_of(read_bytes(folder / "out.vcf"));
  CHECK(lines.back().starts_with("2\t301\t"));
  CHECK(lines.at(lines.size() - 2).starts_with("#CHROM"));
}

TEST_CASE("what cannot be written is said, and nothing is left") {
  const TempFolder folder;
  const GenotypeFileHeader header{.contigs = contigs, .samples = {"S"}, .assembly = "GRCh38"};
  const auto error = stardose::test::input_error_of([&] {
    const GenotypeFile file{folder / "no/such/out.vcf.gz", header};
  });
  CHECK(error.fault() == Fault::output);
  CHECK(error.parts().file == folder / "no/such/out.vcf.gz");
  { const GenotypeFile unfinished{folder / "out.vcf.gz", header}; }
  CHECK_FALSE(std::filesystem::exists(folder / "out.vcf.gz"));
  CHECK_FALSE(std::filesystem::exists(folder / "out.vcf.gz.partial"));
  CHECK(has_genotype_file_name("a.vcf"));
  CHECK(has_genotype_file_name("-"));
  CHECK_FALSE(has_genotype_file_name("a.txt"));
  CHECK(has_genotype_file_name("a.vcf.bgz"));
  CHECK_FALSE(has_genotype_file_name("a.bgz"));
}
