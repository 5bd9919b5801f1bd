// Any text for a file of a catalogue: loaded, or told as a fault of that file.
#include "tests/fuzz/quiet.h"
#include "tests/fuzz/small_catalogue.h"

using namespace stardose;

/// The first byte says which file the rest is in place of.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::SmallCatalogue small = fuzz::small_catalogue();
  if (size < 1) return 0;
  pharmaco::CatalogueFiles files = small.files;
  files.texts[small.changeable[data[0] % small.changeable.size()]] = fuzz::text_of(data + 1, size - 1);
  fuzz::tolerate_mistakes([&] { (void)fuzz::faults_of(files); });
  return 0;
}
