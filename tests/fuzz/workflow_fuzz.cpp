// Any text for a workflow file, a recipe or a file of features: read, or refused as the user's mistake.
#include "config/workflow_file.h"
#include "pharmaco/features/feature_set.h"
#include "pharmaco/training/recipe.h"
#include "tests/builders/dosing.h"
#include "tests/fuzz/quiet.h"

using namespace stardose;

/// The first byte says what the rest is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  static const fuzz::Scratch scratch;
  const std::string text = fuzz::text_of(data + 1, size - 1);
  fuzz::tolerate_mistakes([&] {
    switch (data[0] % 4) {
      case 0: (void)config::read_workflow_text(text, "fuzz.yaml"); break;
      case 1: (void)config::read_workflow_text(text, "fuzz.yaml", {}, config::Subcommand::polygenic); break;
      case 2: (void)pharmaco::read_recipe(scratch.write("recipe.yaml", text)); break;
      default:
        (void)pharmaco::read_feature_set(scratch.write("set.yaml", text), test::dosing().covariates, test::catalogue());
    }
  });
  return 0;
}
