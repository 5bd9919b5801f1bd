// Any text for calls that were made elsewhere: our own table, PharmCAT's, Aldy's, Cyrius' and StellarPGx' files.
#include "pharmaco/phenotype/outside_call_file.h"
#include "tests/builders/dosing.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

/// The first byte says whose samples there are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  const std::string path = scratch.write("calls", fuzz::text_of(data + 1, size - 1));
  const std::vector<std::string> samples =
      data[0] % 2 == 0 ? std::vector<std::string>{"S1"} : std::vector<std::string>{"S1", "mother", "father"};
  fuzz::tolerate_mistakes([&] {
    const auto outside = pharmaco::read_outside_calls({path}, samples, test::catalogue());
    for (const auto& [symbol, calls] : outside.by_gene) {
      const pharmaco::Gene* gene = test::catalogue().find_gene(symbol);
      fuzz::check(gene != nullptr);
      for (const auto& of_sample : calls) {
        fuzz::check(of_sample.sample < samples.size() && !of_sample.calls.empty());
        (void)pharmaco::read_outside_calls(*gene, of_sample.calls);
      }
    }
  });
  return 0;
}
