// Alleles as small numbers: millions of variants have few different ones.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stardose::pharmaco {

using AlleleName = std::uint32_t;

/// 0 is the empty name. Names are upper case, as they are added.
class AlleleNames {
 public:
  AlleleNames() { (void)add(""); }
  AlleleNames(AlleleNames&&) = default;
  AlleleNames& operator=(AlleleNames&&) = default;
  AlleleNames(const AlleleNames&) = delete;
  AlleleNames& operator=(const AlleleNames&) = delete;
  ~AlleleNames() = default;

  [[nodiscard]] AlleleName add(std::string_view allele);
  [[nodiscard]] std::string_view operator[](AlleleName name) const { return names_[name]; }

 private:
  std::deque<std::string> names_;  // never move
  std::unordered_map<std::string_view, AlleleName> numbers_;
};

/// Returns whether an allele is one base or more, and nothing else.
[[nodiscard]] bool is_bases(std::string_view allele);
/// Returns the base on the other strand. Requires: one of ACGT.
[[nodiscard]] char complement(char base);

}  // namespace stardose::pharmaco
