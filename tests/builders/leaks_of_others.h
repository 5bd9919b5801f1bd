// What HTSlib itself loses is no finding of ours.
#pragma once

#include "tests/builders/sanitizer.h"

#ifdef STARDOSE_ADDRESS_SANITIZER
#include <sanitizer/lsan_interface.h>
#endif

namespace stardose::test {

/// While it lives, memory that this thread never gives back is not told of: for what HTSlib itself loses.
class LeaksOfOthers {
 public:
#ifdef STARDOSE_ADDRESS_SANITIZER
  LeaksOfOthers() { __lsan_disable(); }
  ~LeaksOfOthers() { __lsan_enable(); }
#else
  LeaksOfOthers() = default;
  ~LeaksOfOthers() {}  // NOLINT(modernize-use-equals-default): a variable of it is used
#endif
  LeaksOfOthers(const LeaksOfOthers&) = delete;
  LeaksOfOthers& operator=(const LeaksOfOthers&) = delete;
  LeaksOfOthers(LeaksOfOthers&&) = delete;
  LeaksOfOthers& operator=(LeaksOfOthers&&) = delete;
};

}  // namespace stardose::test
