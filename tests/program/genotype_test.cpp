// Genotypes from reads as a user gets them.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/builders/planted_comparison.h"
#include "tests/program/refusal.h"
#include "tests/program/run_program.h"
#include "tests/program/temp_folder.h"
#include "tests/program/vcf_text.h"

namespace stardose::tests {

namespace {

using Words = std::vector<std::string>;

const pharmaco::KnowledgeBase& knowledge() {
  static const pharmaco::KnowledgeBase base = pharmaco::open_knowledge("");
  return base;
}

/// A person's reads at a few genes, and the reference that they were made from.
struct Reads {
  Reads(const std::string& file, unsigned seed, const std::string& sample = "planted")
      : dice{seed}, genome{test::sites_of(genes()), dice}, path{file} {
    test::plant_genotypes(genome, genes(), dice);
    test::write_planted_bam(path, test::grch38_contigs(), test::reads_of(genome, {}, dice), sample);
  }

  static std::vector<const pharmaco::Gene*> genes() {
    std::vector<const pharmaco::Gene*> chosen;
    for (const char* symbol : {"CYP2C19", "MT-RNR1", "NUDT15", "TPMT", "UGT1A1"}) {
      chosen.push_back(knowledge().find_gene(symbol));
    }
    return chosen;
  }

  test::Dice dice;
  test::PlantedGenome genome;
  std::string path;
};

Words lines_of(const std::string& text, bool records_only = true) {
  Words lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    if (!records_only || !line.starts_with('#')) lines.push_back(line);
  }
  return lines;
}

/// The record that begins so; empty: there is none.
std::string record(const std::string& text, const std::string& start) {
  const Words lines = lines_of(text);
  const auto at = std::ranges::find_if(lines, [&](const std::string& line) { return line.starts_with(start); });
  return at == lines.end() ? "" : *at;
}

constexpr const char* bcftools = "/usr/bin/bcftools";

ProgramResult run_bcftools(const Words& words) { return StartedProgram{words, "", bcftools}.wait(); }

}  // namespace

TEST_SUITE("program: genotype") {
  TEST_CASE("standard output has a record for every position of the catalogue") {
    const TempFolder folder;
    const Reads reads{folder / "in.bam", 1};
    const ProgramResult run = run_program({"genotype", "--input", reads.path});
    REQUIRE_MESSAGE(run.exit_code == 0, run.err);
    CHECK(run.out.starts_with("##fileformat=VCFv4.3\n"));
    CHECK(run.out.find("##contig=<ID=chr10,length=133797422,assembly=GRCh38>") != std::string::npos);
    CHECK(run.out.find("\tFORMAT\tplanted\n") != std::string::npos);
    CHECK(run.err.find("1 sample(s), ") == 0);
    CHECK(record(run.out, "chr10\t94761900\t").find("\trs12248560\tC\tT\t.\tPASS\tGENE=CYP2C19;HGVS=") !=
          std::string::npos);
    // No reads were made of other genes.
    CHECK(record(run.out, "chr1\t97078987\t").ends_with("\t./.:0:0,0:0,0:0,0:.:.:.:.:.:no_reads"));
    CHECK(record(run.out, "chrM\t").find(":PASS") != std::string::npos);
    CHECK(files_below(folder.path()) == Words{"in.bam", "in.bam.bai"});
  }

  TEST_CASE("only the genes asked for, in the format that the name says, with an index") {
    const TempFolder folder;
    const Reads reads{folder / "in.bam", 2};
    const Words genes{"genotype", "--input", reads.path, "--genes", "TPMT,NUDT15", "--output"};
    for (const char* name : {"out.vcf", "out.vcf.gz", "out.bcf"}) {
      Words words = genes;
      words.push_back(folder / name);
      const ProgramResult run = run_program(words);
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      CHECK(run.out.empty());
    }
    const std::size_t sites =
        knowledge().find_gene("TPMT")->sites.size() + knowledge().find_gene("NUDT15")->sites.size();
    CHECK(lines_of(file_text(folder / "out.vcf")).size() == sites);
    CHECK(files_below(folder.path()) ==
          Words{"in.bam", "in.bam.bai", "out.bcf", "out.bcf.csi", "out.vcf", "out.vcf.gz", "out.vcf.gz.tbi"});
  }

  TEST_CASE("several files are several samples, and threads change nothing") {
    const TempFolder folder;
    const Reads first{folder / "a.bam", 3, "A"};
    const Reads second{folder / "b.bam", 4, "B"};
    const Words words{"genotype", "--input", second.path, "--input", first.path, "--genes", "TPMT"};
    const ProgramResult one = run_program(words);
    REQUIRE_MESSAGE(one.exit_code == 0, one.err);
    CHECK(one.out.find("\tFORMAT\tB\tA\n") != std::string::npos);
    Words more = words;
    more.insert(more.end(), {"--threads", "3"});
    CHECK(run_program(more).out == one.out);
    const std::string list = folder.write("files.txt", "b.bam\n# the other one\na.bam\n");
    CHECK(run_program({"genotype", "--input-list", list, "--genes", "TPMT"}).out == one.out);
    const ProgramResult alone = run_program({"genotype", "--input", first.path, "--genes", "TPMT"});
    const Words together = lines_of(one.out);
    const Words of_first = lines_of(alone.out);
    REQUIRE(together.size() == of_first.size());
    for (std::size_t k = 0; k < together.size(); ++k) {
      const std::string genotype = of_first[k].substr(of_first[k].rfind('\t'));
      CHECK(together[k].substr(together[k].rfind('\t')).substr(0, 4) == genotype.substr(0, 4));
    }
  }

  TEST_CASE("genes that copies decide have counts and no genotypes, unless they are asked for") {
    const TempFolder folder;
    const Reads reads{folder / "in.bam", 5};
    const Words words{"genotype", "--input", reads.path, "--genes", "CYP2D6"};
    CHECK(record(run_program(words).out, "chr22\t42130692\t").find("\tstructural\t") != std::string::npos);
    Words asked = words;
    asked.insert(asked.end(), {"--from-small-variants", "CYP2D6"});
    CHECK(record(run_program(asked).out, "chr22\t42130692\t").find("\tno_reads\t") != std::string::npos);
  }

  TEST_CASE("genes are called alike from the reads and from the file of genotypes") {
    const TempFolder folder;
    for (const unsigned seed : {6U, 7U}) {
      const Reads reads{folder / "in.bam", seed};
      const std::string genotypes = folder / "out.vcf.gz";
      const ProgramResult run = run_program({"genotype", "--input", reads.path, "--output", genotypes});
      REQUIRE_MESSAGE(run.exit_code == 0, run.err);
      const auto calls_from = [&](const std::string& input) {
        const ProgramResult calls =
            run_program({"run", "--input", input, "--genes", "CYP2C19,MT-RNR1,NUDT15,TPMT,UGT1A1", "--write", "calls",
                         "--output", folder / "calls"});
        REQUIRE_MESSAGE(calls.exit_code == 0, calls.err);
        Words lines;
        for (const std::string& line : lines_of(file_text(folder / "calls/calls.tsv"))) {
          std::size_t end = 0;  // sample, gene, status, diplotype, phenotype, activity score
          for (int k = 0; k < 6; ++k) end = line.find('\t', end) + 1;
          lines.push_back(line.substr(0, end));
        }
        return lines;
      };
      const Words from_reads = calls_from(reads.path);
      CHECK(from_reads.size() == 6);
      CHECK(calls_from(genotypes) == from_reads);
    }
  }

  TEST_CASE("what cannot be done is said") {
    const TempFolder folder;
    const Reads reads{folder / "in.bam", 8};
    const auto refused = [&](const Words& words, int code, const std::string& why) {
      check_refused_saying(run_program(words), code, {why});
    };
    refused({"genotype"}, 2, "no input");
    refused({"genotype", "--input", reads.path, "--output", "out.txt"}, 2, "in which format");
    const Reads same_name{folder / "other.bam", 9};
    refused({"genotype", "--input", reads.path, "--input", same_name.path}, 4, "holds a sample of the same name");
    refused({"genotype", "--input", reads.path, "--assembly", "GRCh37"}, 4, "the file is on GRCh38");
    const std::string vcf = folder.write("in.vcf", vcf_header({"S"}));
    refused({"genotype", "--input", reads.path, "--input", vcf}, 2, "is no alignment");
    refused({"genotype", "--input", "-"}, 2, "is no alignment");
    refused({"genotype", "--input", reads.path, "--output", folder / "no/out.bcf"}, 5, "cannot be opened for writing");
    refused({"genotype", "--input", folder / "none.bam"}, 3, "none.bam");
  }
}

// A test of its own in CTest, which says so when it is skipped.
TEST_SUITE("tools: bcftools") {
  TEST_CASE("bcftools takes the file") {
    if (!std::filesystem::exists(bcftools)) {
      MESSAGE("skipped: " << bcftools << " is not there");
      return;
    }
    const TempFolder folder;
    const Reads reads{folder / "in.bam", 7};
    std::string mitochondrion(16569, 'N');
    for (const test::PlantedWindow& window : reads.genome.windows()) {
      if (window.contig == "chrM")
        mitochondrion.replace(static_cast<std::size_t>(window.begin), window.bases.size(), window.bases);
    }
    const std::string fasta = folder.write("chrM.fa", ">chrM\n" + mitochondrion + "\n");
    for (const char* name : {"out.vcf.gz", "out.bcf"}) {
      const std::string path = folder / name;
      REQUIRE(run_program({"genotype", "--input", reads.path, "--output", path}).exit_code == 0);
      for (const Words& words :
           {Words{"view", path}, Words{"query", "-f", "%POS[ %GT %PL %AD %PS %FT]\n", path},
            Words{"norm", "-c", "e", "-f", fasta, "-r", "chrM", path}, Words{"norm", "-m", "-any", path},
            Words{"norm", "-m", "+any", path}, Words{"stats", "-s", "-", path}, Words{"index", "-s", path}}) {
        const ProgramResult result = run_bcftools(words);
        CHECK_MESSAGE(result.exit_code == 0, words[0] << ": " << result.err);
        CHECK(result.err.find("arn") == std::string::npos);
        CHECK_FALSE(result.out.empty());
      }
    }
  }
}

}  // namespace stardose::tests
