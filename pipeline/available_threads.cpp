// SLURM's word, else the kernel's.
#include "pipeline/available_threads.h"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace stardose::pipeline {

namespace {

constexpr long most = 1024;

/// 0: not said, or not as a number.
long number_in(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr) return 0;
  const std::string_view text{value};
  long number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace

long available_threads() {
  const long given = number_in("SLURM_CPUS_PER_TASK");
  if (given >= 1) return std::min(given, most);
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) != 0) return 1;  // more processors than the set has room for
  return std::clamp(static_cast<long>(CPU_COUNT(&processors)), 1L, most);
}

}  // namespace stardose::pipeline
