// The files of page/, and their hashes.
#include "pharmaco/report/html_style.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "report_page.h"

namespace stardose::pharmaco {

namespace {

constexpr StyleSheet sample_sheet{page::sample_style};
constexpr StyleSheet cohort_sheet{page::cohort_style};
constexpr StyleSheet twin_sheet{page::twin_style};
constexpr PageScript finder{page::find_script};

std::string hash_of(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  std::array<unsigned char, 45> base64{};  // 44 characters and the final zero
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return "sha256-" + std::string(base64.begin(), base64.end() - 1);
}

}  // namespace

StyleSheet report_style() { return sample_sheet; }

StyleSheet cohort_style() { return cohort_sheet; }

StyleSheet twin_style() { return twin_sheet; }

PageScript report_script() { return finder; }

std::string csp_hash(StyleSheet style) { return hash_of(style.view()); }

std::string csp_hash(PageScript script) { return hash_of(script.view()); }

}  // namespace stardose::pharmaco
