// A variant that tends to go with an allele that is not read from variants.
#pragma once

#include <cstdint>
#include <string>

#include "genomics/sites/site.h"

namespace stardose::pharmaco {

/// Of a gene that is typed (HLA). What it shows is reported as a hint and never as a call.
struct Proxy {
  std::string allele;  ///< `*57:01`
  genomics::Site site;
  std::uint8_t code = 0;  ///< the site's allele that goes with it
  std::string base;       ///< that allele's base
  std::string holds;      ///< in whom it holds, a sentence
  std::string source;
};

}  // namespace stardose::pharmaco
