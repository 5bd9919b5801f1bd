// Any text in the sample columns: our decoding and HTSlib's say the same, or both refuse.
#include <htslib/kstring.h>
#include <htslib/vcf.h>

#include <numeric>
#include <optional>
#include <string>

#include "genomics/input_error.h"
#include "genomics/io/genotype_judge.h"
#include "genomics/io/hts_record.h"
#include "genomics/matrix/bed_row.h"
#include "tests/builders/htslib_genotypes.h"
#include "tests/builders/vcf_builder.h"

using namespace stardose;

namespace {

constexpr int samples = 3;

genomics::HtsHandle<bcf_hdr_t> make_header() {
  std::string text = test::VcfBuilder{}.samples({"A", "B", "C"}).text();
  genomics::HtsHandle<bcf_hdr_t> header{bcf_hdr_init("r")};
  if (bcf_hdr_parse(header.get(), text.data()) != 0) std::abort();
  return header;
}

using Genotypes = std::optional<std::vector<genomics::RecordGenotype>>;

Genotypes by_htslib(const std::string& line) {
  const auto header = make_header();
  const genomics::HtsHandle<bcf1_t> record{bcf_init()};
  genomics::HtsText text;
  kputsn(line.data(), line.size(), &text);
  constexpr int broken = BCF_ERR_TAG_INVALID | BCF_ERR_CTG_INVALID | BCF_ERR_LIMITS | BCF_ERR_CHAR | BCF_ERR_NCOLS;
  if (vcf_parse(&text, header.get(), record.get()) != 0 || (record->errcode & broken) != 0) return std::nullopt;
  try {
    return test::htslib_genotypes(header.get(), record.get());
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
}

Genotypes by_us(const std::string& line) {
  const auto header = make_header();
  const std::string path = "fuzz";
  genomics::HtsRecord record{path, header.get()};
  std::vector<int> columns(samples);
  std::iota(columns.begin(), columns.end(), 0);
  std::vector<genomics::RecordGenotype> genotypes;
  try {
    record.parse(line, 1);
    if (!record.read_genotypes(columns, genotypes)) genotypes.clear();
  } catch (const genomics::InputError&) {
    return std::nullopt;
  }
  return genotypes;
}

/// What is counted without decoding is what is counted of HTSlib's genotypes, for every allele.
void check_rows(const std::string& line, int alleles, const Genotypes& theirs) {
  const auto header = make_header();
  const std::string path = "fuzz";
  genomics::HtsRecord record{path, header.get()};
  const genomics::GenotypeThresholds thresholds;
  genomics::GenotypeJudge judge{thresholds};
  try {
    record.parse(line, 1);
  } catch (const genomics::InputError&) {
    return;
  }
  for (int allele = 1; allele < alleles; ++allele) {
    std::uint8_t plain = 0;
    std::uint8_t decoded = 0;
    if (!record.fill_plain_row(judge, {allele, alleles}, {&plain, 1})) continue;
    if (!theirs || theirs->size() != samples) std::abort();
    genomics::fill_bed_row(*theirs, {allele, alleles}, {&decoded, 1});
    if (plain != decoded) std::abort();
  }
}

}  // namespace

/// The first byte says how many alternatives the record has; the rest is FORMAT and the sample columns.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hts_set_log_level(HTS_LOG_OFF);
  if (size < 1) return 0;
  const std::string columns{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (columns.find_first_of(std::string{"\n\r\0", 3}) != std::string::npos) return 0;  // ends a line, or a string
  if (std::count(columns.begin(), columns.end(), '\t') != samples) return 0;           // refused by us alone
  // A genotype of depth 0 is none of ours; HTSlib has it all the same.
  for (const char* depth : {"DP", "AD"}) {
    if (columns.find(depth) != std::string::npos) return 0;
  }
  std::string line = "chr1\t101\t.\tA\tC";
  for (int k = 1; k < 1 + data[0] % 80; ++k) line += "," + std::string(static_cast<std::size_t>(k) + 1, 'C');
  line += "\t.\tPASS\t.\t" + columns;
  const Genotypes ours = by_us(line);
  // a phase in front of a genotype (VCF 4.4), of which HTSlib knows nothing
  if (columns.find("\t|") != std::string::npos || columns.find("\t/") != std::string::npos) return 0;
  const Genotypes theirs = by_htslib(line);
  check_rows(line, 2 + data[0] % 80, theirs);
  // a record without alternatives, or with broken alleles, cannot come about here: what one refuses so does the other
  if (ours.has_value() != theirs.has_value()) std::abort();
  if (ours && !test::same(*ours, *theirs)) std::abort();
  return 0;
}
