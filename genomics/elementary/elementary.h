// Elementary functions that have the same bits on every processor.
//
// The C library has several of each and picks one by the processor (with or without fused multiply-add); they differ in
// the last bit of one result in a thousand or so, and its releases differ too. Such a bit can decide where a search
// ends. So the linker puts these in the place of the C library's (--wrap, in CMakeLists.txt), in all that is linked
// with genomics: std::exp of a double is exp here. They use what IEEE 754 rounds in one way only: + - * / and square
// root.
#pragma once

namespace stardose::genomics::elementary {

/// Errors are below one unit in the last place but where it is said; NaN, infinities, zeros and overflow as in <cmath>,
/// without errno.
double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
/// Whole powers of ten have whole logarithms.
double log10(double x);
/// What can be written exactly is exact.
double pow(double x, double y);
/// Up to two and a half units.
double tanh(double x);
double hypot(double x, double y);
/// Beyond 100,000 the C library's.
double cos(double x);
/// Up to ten units.
double erfc(double x);
/// Within 1e-14 of itself, or of 1 where it is less. Below 0 the C library's.
double lgamma(double x);

/// A value as the sum of two numbers, the second about 2^-53 of the first.
struct TwoPart {
  double high = 0;
  double low = 0;
};

/// ln x to about 2^-70 of itself. Requires: x is finite and above 0.
TwoPart log_in_two(double x);

/// exp(of.high + of.low).
double exp_of_two(TwoPart of);

}  // namespace stardose::genomics::elementary
