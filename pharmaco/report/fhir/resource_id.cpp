// Name to UUID.
#include "pharmaco/report/fhir/resource_id.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "genomics/expect.h"

namespace stardose::pharmaco {

namespace {

// RFC 4122, appendix C: the namespace of URLs.
constexpr std::string_view namespace_of_urls{"\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8", 16};

}  // namespace

std::string uuid_of_name(std::string_view name) {
  const std::string text = std::string{namespace_of_urls} + std::string{name};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  STARDOSE_EXPECT(EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr) == 1);
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0f) | 0x50);  // version 5
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3f) | 0x80);  // variant of RFC 4122
  std::string id;
  for (std::size_t k = 0; k < 16; ++k) {
    if (k == 4 || k == 6 || k == 8 || k == 10) id += '-';
    fmt::format_to(std::back_inserter(id), "{:02x}", digest[k]);
  }
  return id;
}

bool is_absolute_uri(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size() || !is_letter(text.front())) return false;
  const std::string_view scheme = text.substr(0, colon);
  const auto of_scheme = [&](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; };
  const auto of_uri = [&](char c) {
    return is_letter(c) || is_digit(c) || std::string_view{"-._~:/?#[]@!$&'()*+,;=%"}.find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(scheme, of_scheme) && std::ranges::all_of(text, of_uri);
}

}  // namespace stardose::pharmaco
