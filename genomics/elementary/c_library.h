// The C library's own functions, where ours do not reach.
#pragma once

// The linker's names (--wrap): __real_ is what was there, __wrap_ what all calls go to.
extern "C" {
double of_c_library_cos(double x) noexcept asm("__real_cos");
double of_c_library_lgamma(double x) noexcept asm("__real_lgamma");
}
