// SHA-256 of bytes as they come.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stardose::genomics {

/// FIPS 180-4, by OpenSSL. One use: update as often as wanted, then one of the ends.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  Sha256(Sha256&&) = delete;
  Sha256& operator=(Sha256&&) = delete;

  void update(std::string_view bytes);
  [[nodiscard]] std::vector<unsigned char> bytes();
  /// Lower-case hexadecimal.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace stardose::genomics
