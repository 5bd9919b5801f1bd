// Any bytes for the records of a BAM file: read where they lie in one block or across many, to the same answer.
#include "genomics/reads/alignment_file.h"
#include "tests/builders/packed_reads.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;
using genomics::ReadEvidence;

namespace {

genomics::ReadPlan plan() {
  return {
      {{"chr1", 109, {"A", "C"}}, {"chr1", 120, {"CAT", "C"}}, {"chr1", 140, {"A", "ATT"}}, {"chr1", 300, {"G", "T"}}},
      {{"chr1", 100, 400}}};
}

void put_number(std::string& text, std::uint64_t number) { text += std::to_string(number) + " "; }

std::string told(const ReadEvidence& evidence) {
  std::string text;
  for (const genomics::Observation& seen : evidence.observations) {
    put_number(text, seen.site);
    put_number(text, seen.allele);
    put_number(text, seen.quality);
  }
  for (const genomics::SiteDepth& depth : evidence.sites) put_number(text, depth.usable);
  return text;
}

std::string outcome(const std::string& path) {
  try {
    const genomics::AlignmentFile file{path, {.files = {path}}};
    std::string text = told(file.read(plan()));
    text += std::to_string(file.primary_depth({"chr1", 100, 400}));
    return text;
  } catch (const genomics::InputError& error) {
    fuzz::check(!error.parts().why.empty());
    return "refused";
  }
}

}  // namespace

/// The first byte says how large a block is, the rest are records.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hts_set_log_level(HTS_LOG_OFF);
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  static const std::string header = test::unpacked_bam({});
  const std::string records = fuzz::text_of(data + 1, size - 1);
  test::write_packed_reads(scratch / "whole.bam", header, records, 60'000);
  test::write_packed_reads(scratch / "cut.bam", header, records, 40 + 8 * std::size_t{data[0]});
  const std::string whole = outcome(scratch / "whole.bam");
  const std::string cut = outcome(scratch / "cut.bam");
  if (whole == cut) return 0;
  std::fprintf(stderr, "in one block: %s\ncut: %s\n", whole.c_str(), cut.c_str());
  std::abort();
}
