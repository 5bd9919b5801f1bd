// What fuzz targets share: files where nothing waits for a disk, and what may be thrown.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "genomics/input_error.h"

namespace stardose::fuzz {

/// The fuzzer's bytes as text.
inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A folder of this process, gone with it.
class Scratch {
 public:
  Scratch() {
    const bool has_memory = std::filesystem::is_directory("/dev/shm");
    std::string name = (has_memory ? "/dev/shm" : "/tmp") + std::string{"/stardose-fuzz-XXXXXX"};
    if (mkdtemp(name.data()) == nullptr) std::abort();
    folder_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  Scratch(Scratch&&) = delete;
  Scratch& operator=(Scratch&&) = delete;

  [[nodiscard]] std::string operator/(const std::string& name) const { return folder_ + "/" + name; }
  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream{*this / name, std::ios::binary} << bytes;
    return *this / name;
  }

 private:
  std::string folder_;
};

inline void check(bool holds) {
  if (!holds) std::abort();
}

/// Runs `act`. The user's mistakes are no finding, as long as they say what is wrong; whatever else is thrown is one.
template <class Act>
void tolerate_mistakes(const Act& act) {
  try {
    act();
  } catch (const genomics::InputError& error) {
    check(!error.parts().why.empty());
  }
}

}  // namespace stardose::fuzz
