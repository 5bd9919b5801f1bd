// Writes what the fuzzers begin with: seeds FOLDER makes FOLDER/TARGET/*.
#include <htslib/bgzf.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/builders/alignment_builder.h"
#include "tests/builders/islands.h"
#include "tests/builders/packed_reads.h"
#include "tests/builders/unpacked.h"
#include "tests/builders/vcf_builder.h"

namespace {

void write(const std::filesystem::path& folder, int number, const std::string& bytes) {
  std::filesystem::create_directories(folder);
  std::ofstream{folder / std::to_string(number), std::ios::binary} << bytes;
}

stardose::test::VcfBuilder records(unsigned seed) {
  std::mt19937 random{seed};
  stardose::test::VcfBuilder vcf;
  vcf.samples({"A", "B"});
  for (const std::string contig : {"chr1", "chr2", "chrX"}) {
    for (unsigned long position = 1; position < 9000; position += 1 + random() % 1500) {
      const std::string place = contig + " " + std::to_string(position);
      if (random() % 4 == 0) vcf.record(place + " A <NON_REF>", "0/0 0/0", "END=" + std::to_string(position + 1200));
      if (random() % 2 == 0) position = (position / 1000 + 1) * 1000 + 1;
      vcf.record(contig + " " + std::to_string(position) + " A G", random() % 2 == 0 ? "0/1 1|1:7" : "0/1 .");
    }
  }
  return vcf;
}

const std::filesystem::path source = STARDOSE_SOURCE_DIR;
const std::filesystem::path shared = source / "../shared/cases";

std::string read(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Files under a folder with such an ending, by path, up to `largest` bytes; none where there is no folder.
std::vector<std::filesystem::path> files(const std::filesystem::path& folder, const std::set<std::string>& endings,
                                         std::uintmax_t largest) {
  std::vector<std::filesystem::path> found;
  std::error_code absent;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder, absent}) {
    if (entry.is_regular_file() && endings.contains(entry.path().extension().string()) &&
        entry.file_size() <= largest) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

void write_models(const std::filesystem::path& folder) {
  int number = 0;
  for (const auto& root : {source / "tests/learning/import/models", shared / "models/interop"}) {
    for (const auto& path : files(root, {".json", ".ubj", ".txt", ".model", ".tsv"}, 200'000)) {
      write(folder, ++number, read(path));
    }
  }
}

/// Every text behind a byte that says what it is.
void write_each(const std::filesystem::path& folder, char kind, const std::vector<std::filesystem::path>& paths) {
  std::filesystem::create_directories(folder);
  const auto begun = std::distance(std::filesystem::directory_iterator{folder}, {});
  int number = static_cast<int>(begun);
  for (const auto& path : paths) write(folder, ++number, kind + read(path));
}

/// Files of other programs, as short as they may be.
void write_foreign_calls(const std::filesystem::path& folder) {
  const std::string rule = "--------------------------------------------\n\n";
  int number = 1000;
  for (const std::string& text :
       {std::string{
            "#Sample\tGene\tSolutionID\tMajor\tMinor\tCopy\tAllele\tLocation\tType\tCoverage\tEffect\tdbSNP\tCode\t"
            "Status\n#Solution 1: *1.018, *4.021\nS1\tCYP2D6\t1\t*1/*4.021\t1.018;4.021\t0\t1.018\t42524707\tT>C\t11\t"
            "none\trs1\t\n"},
        std::string{"##fileformat=VCFv4.2\n##source=aldy-v4.8 (gene: CYP2D6-pharmvar-6.2.14 (2025-07-20))\n"
                    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1:0:*1/*68:2+*4\tS1:1:*1/*4\n"
                    "22\t1\t.\tG\tA\t0\tPASS\t.\tGT\t1|0\t0|1\n"},
        std::string{"Sample\tGenotype\tFilter\nS1\t*1/*4+*68\tPASS\nmother\t*1/*46;*43/*45\t"
                    "More_than_one_possible_genotype\nfather\tNone\tNone\n"},
        std::string{"{\"S1\": {\"Total_CN\": 4, \"Genotype\": \"*1/*4\", \"Filter\": \"PASS\"},\n"
                    " \"mother\": {\"Total_CN\": null, \"Genotype\": null, \"Filter\": null}}"},
        rule + "CYP2D6 Star Allele Calling with StellarPGx\n\n" + rule +
            "Initially computed CN = 2\n\nCandidate alleles:\n['17.v1_29.v1']\n\n\nResult:\n*17/*29\n\n\nActivity "
            "score:\n"
            "1.0\n\nMetaboliser status:\nIM\n",
        std::string{R"({"matcherMetadata": {"sampleId": "S1"}, "genes": {"CYP2D6": {"geneSymbol": "CYP2D6",
"callSource": "MATCHER", "sourceDiplotypes": [{"allele1": {"name": "*1"}, "allele2": {"name": "*4"},
"phenotypes": ["Intermediate Metabolizer"]}]}}})"}}) {
    for (const char kind : {'\0', '\1'}) write(folder, ++number, kind + text);
  }
}

void write_texts(const std::filesystem::path& folder) {
  const auto workflows = files(source / "workflows", {".yaml"}, 40'000);
  for (const char kind : {'\0', '\1', '\2'}) write_each(folder / "workflow_fuzz", kind, workflows);
  write(folder / "workflow_fuzz", 1000,
        "\3set: s\ninputs:\n  age: {}\n  weight: {}\n  height: {}\n  race: {missing: {take: White, why: none}}\n"
        "  cyp2c9: {diplotype: CYP2C9, alleles: [\"*1\", \"*2\", \"*3\"]}\n"
        "  vkorc1: {dosage: rs9923231, gene: VKORC1, counted: [T]}\n"
        "derived:\n  bmi: {unit: kg/m2, value: {ratio: [weight, {square: height}]}}\n"
        "features:\n  age: age in decades\n  bmi: {}\n  race: {}\n  cyp2c9: {}\n  vkorc1: {}\n"
        "  root: {value: {root: {product: [2, age in years]}}, input: age}\n");
  const auto patients = source / "data-samples/patients.tsv";
  const std::string cohort = read(source / "data-samples/made_up_cohort.tsv");
  write_each(folder / "tables_fuzz", '\0', {patients});
  write(folder / "tables_fuzz", 100, "\1sample\tweight_kg\trace\nA\t80\tAsian\nB\t70.5\tWhite\nC\tNA\t.\n");
  write(folder / "tables_fuzz", 101,
        "\2sample\tscore\tsum\taverage\talleles\tmissing\tz\nA\tPGS1\t1\t0.5\t2\t0\tNA\nB\tPGS1\t2\t1\t2\t0\t1\n");
  write(folder / "tables_fuzz", 102, "\3" + cohort.substr(0, cohort.find('\n', 3000) + 1));
  std::vector<std::filesystem::path> outside = files(shared / "pharmcat/outside", {".tsv"}, 20'000);
  outside.push_back(source / "data-samples/outside_calls.tsv");
  for (const char kind : {'\0', '\1'}) write_each(folder / "outside_fuzz", kind, outside);
  write_foreign_calls(folder / "outside_fuzz");
  auto scores = files(shared / "models/pgs", {".txt"}, 20'000);
  scores.push_back(source / "data-samples/made_up_score.txt");
  for (const char kind : {'\0', '\1'}) write_each(folder / "scoring_fuzz", kind, scores);
}

/// Records of the samples that are shipped, a few at a time, with the genotypes of two of them; those of the shared
/// files with mistakes in them, behind their headers.
void write_calls(const std::filesystem::path& folder, const std::string& vcf) {
  int number = 0;
  std::string piece;
  std::istringstream lines{vcf};
  int records = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream cells{line};
    std::string kept;
    for (int k = 0; k < 11; ++k) {
      std::string cell;
      cells >> cell;
      kept += (k == 0 ? "" : "\t") + cell;
    }
    piece += kept + "\n";
    if (++records % 12 != 0) continue;
    ++number;
    write(folder, number, std::string(1, static_cast<char>(number % 2)) + piece);
    piece.clear();
  }
  for (const auto& path : files(shared / "bad-inputs", {".vcf"}, 8'000)) {
    const std::string text = read(path);
    const std::size_t header = text.find("\n#CHROM");
    const std::size_t body = header == std::string::npos ? text.size() : text.find('\n', header + 1);
    if (body < text.size()) write(folder, ++number, '\0' + text.substr(body + 1));
  }
}

void write_reads(const std::filesystem::path& folder) {
  const std::string bases = "ACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT";
  const std::size_t head = stardose::test::unpacked_bam({}).size();
  int number = 0;
  for (const std::string cigar : {"40M", "10S20M10S", "15M2D25M", "20M3I17M", "10M100N30M", "5H40M", "20M20S"}) {
    stardose::test::AlignmentBuilder reads;
    for (int k = 0; k < 6; ++k) {
      const std::string name = "r" + std::to_string(k / 2);
      const std::string flag = k % 2 == 0 ? "99" : "147";
      reads.read(name + " " + flag + " chr1 " + std::to_string(95 + 5 * k) + " 60 " + cigar, bases, "I", "RG:Z:g");
    }
    for (const char block : {'\3', '\x40'}) {
      write(folder, ++number, block + stardose::test::unpacked_bam(reads).substr(head));
    }
  }
}

void write_indexes(const std::filesystem::path& folder) {
  const stardose::test::TempFolder made;
  namespace islands = stardose::test::islands;
  const std::string bam = islands::reads().write_bam(made / "a.bam");
  constexpr int csi_shift = 14;
  if (sam_index_build(bam.c_str(), csi_shift) != 0) std::abort();
  const std::string cram = islands::reads().slices(20, 2).write_cram(made / "a.cram", "");
  const std::string vcf = islands::variants().write_gz(made / "a.vcf.gz", true, 1000);
  int number = 0;
  for (const std::string& index : {bam + ".bai", bam + ".csi", cram + ".crai", vcf + ".tbi"}) {
    write(folder, number, static_cast<char>(number) + stardose::test::unpacked(index));
    ++number;
  }
}

/// Numbers of any kind, in enough bytes for every site of a gene.
void write_matches(const std::filesystem::path& folder) {
  std::mt19937 random{3};
  for (int gene = 0; gene < 90; ++gene) {
    std::string bytes{static_cast<char>(gene), static_cast<char>(random() % 16)};
    for (int k = 0; k < 300; ++k) bytes += static_cast<char>(k % 2 == 0 && random() % 3 != 0 ? 0x41 : random());
    write(folder, gene, bytes);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  const std::string head = stardose::test::VcfBuilder{}.samples({"A", "B"}).text();
  const std::string packed_head = stardose::test::unpacked_bcf(stardose::test::VcfBuilder{}.samples({"A", "B"}));
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const auto vcf = records(seed);
    const std::string block(1, static_cast<char>(seed * 20));
    write(folder / "vcf_fuzz", static_cast<int>(seed), block + vcf.text().substr(head.size()));
    write(folder / "bcf_fuzz", static_cast<int>(seed),
          block + stardose::test::unpacked_bcf(vcf).substr(packed_head.size()));
  }
  write_models(folder / "model_fuzz");
  write_texts(folder);
  write_reads(folder / "alignments_fuzz");
  write_indexes(folder / "index_fuzz");
  write_matches(folder / "matcher_fuzz");
  write_calls(folder / "calls_fuzz", stardose::test::unpacked(STARDOSE_SOURCE_DIR "/data-samples/family.vcf.gz"));
  int number = 0;
  for (const char* columns : {"GT\t0/0\t0|1\t./1", "GT\t0\t1\t.", "GT:PS\t0|1:7\t1|2:.\t2|2", "PS:GT\t7:0/1\t.:1/1\t9",
                              "GT\t0/1/2\t0/1\t1", "GT\t12/70\t0|63\t./.", "PS\t1\t2\t3", "GT\t0/9\t0/0\t0/0"}) {
    for (const char alternatives : {'\1', '\x4f'})
      write(folder / "genotypes_fuzz", ++number, alternatives + std::string{columns});
  }
  std::mt19937 random{1};
  for (int seed = 1; seed <= 8; ++seed) {  // reads: numbers of any kind
    std::string bytes;
    for (int k = 0; k < 400; ++k) bytes += static_cast<char>(random());
    write(folder / "reads_fuzz", seed, bytes);
  }
  return 0;
}
