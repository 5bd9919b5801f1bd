// Writes what the fuzzers begin with: seeds FOLDER makes FOLDER/TARGET/*.
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "tests/builders/vcf_builder.h"
#include "tests/fuzz/unpacked.h"

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

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  const std::string head = stardose::test::VcfBuilder{}.samples({"A", "B"}).text();
  const std::string packed_head = stardose::fuzz::unpacked_bcf(stardose::test::VcfBuilder{}.samples({"A", "B"}));
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const auto vcf = records(seed);
    const std::string block(1, static_cast<char>(seed * 20));
    write(folder / "vcf_fuzz", static_cast<int>(seed), block + vcf.text().substr(head.size()));
    write(folder / "bcf_fuzz", static_cast<int>(seed),
          block + stardose::fuzz::unpacked_bcf(vcf).substr(packed_head.size()));
  }
  std::filesystem::create_directories(folder / "model_fuzz");
  for (const auto& entry : std::filesystem::directory_iterator{STARDOSE_SOURCE_DIR "/tests/learning/import/models"}) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".json" && extension != ".ubj" && extension != ".txt") continue;
    std::filesystem::copy_file(entry.path(), folder / "model_fuzz" / entry.path().filename(),
                               std::filesystem::copy_options::overwrite_existing);
  }
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
