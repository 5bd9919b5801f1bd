// Any bytes for packed records: one reader and many come to the same answer or the same error.
#include "tests/builders/unpacked.h"
#include "tests/builders/vcf_builder.h"
#include "tests/fuzz/file_check.h"

/// The first byte says how large a block is, the rest are packed records.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const std::string header = stardose::test::unpacked_bcf(stardose::test::VcfBuilder{}.samples({"A", "B"}));
  const std::string body{reinterpret_cast<const char*>(data) + 1, size - 1};
  stardose::fuzz::check_file("a.bcf", header + body, 60 + 16 * std::size_t{data[0]});
  return 0;
}
