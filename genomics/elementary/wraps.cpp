// What calls of the C library's functions go to.
#include "genomics/elementary/elementary.h"

namespace elementary = stardose::genomics::elementary;

extern "C" {
double wrap_exp(double x) noexcept asm("__wrap_exp");
double wrap_expm1(double x) noexcept asm("__wrap_expm1");
double wrap_log(double x) noexcept asm("__wrap_log");
double wrap_log1p(double x) noexcept asm("__wrap_log1p");
double wrap_log10(double x) noexcept asm("__wrap_log10");
double wrap_pow(double x, double y) noexcept asm("__wrap_pow");
double wrap_tanh(double x) noexcept asm("__wrap_tanh");
double wrap_hypot(double x, double y) noexcept asm("__wrap_hypot");
double wrap_cos(double x) noexcept asm("__wrap_cos");
double wrap_erfc(double x) noexcept asm("__wrap_erfc");
double wrap_lgamma(double x) noexcept asm("__wrap_lgamma");

double wrap_exp(double x) noexcept { return elementary::exp(x); }
double wrap_expm1(double x) noexcept { return elementary::expm1(x); }
double wrap_log(double x) noexcept { return elementary::log(x); }
double wrap_log1p(double x) noexcept { return elementary::log1p(x); }
double wrap_log10(double x) noexcept { return elementary::log10(x); }
double wrap_pow(double x, double y) noexcept { return elementary::pow(x, y); }
double wrap_tanh(double x) noexcept { return elementary::tanh(x); }
double wrap_hypot(double x, double y) noexcept { return elementary::hypot(x, y); }
double wrap_cos(double x) noexcept { return elementary::cos(x); }
double wrap_erfc(double x) noexcept { return elementary::erfc(x); }
double wrap_lgamma(double x) noexcept { return elementary::lgamma(x); }
}
