// STARDOSE_ADDRESS_SANITIZER: defined where the tests are built with it, which has a malloc of its own and more
// addresses than a limit leaves.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define STARDOSE_ADDRESS_SANITIZER
#elif defined(__has_feature)  // Clang
#if __has_feature(address_sanitizer)
#define STARDOSE_ADDRESS_SANITIZER
#endif
#endif
