// Writes what catalogue_fuzz begins with: catalogue_seeds FOLDER makes FOLDER/catalogue_fuzz/*.
#include <filesystem>
#include <fstream>

#include "tests/fuzz/small_catalogue.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = std::filesystem::path{argv[1]} / "catalogue_fuzz";
  std::filesystem::create_directories(folder);
  const stardose::fuzz::SmallCatalogue small = stardose::fuzz::small_catalogue();
  for (std::size_t k = 0; k < small.changeable.size(); ++k) {
    std::ofstream{folder / std::to_string(k), std::ios::binary}
        << static_cast<char>(k) + small.files.texts.at(small.changeable[k]);
  }
  return 0;
}
