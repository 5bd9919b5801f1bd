// What oneTBB does that pipeline/run.h relies on.
#include <doctest/doctest.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

struct Mine : std::runtime_error {
  Mine() : std::runtime_error{"mine"} {}
  std::string more = "with what it carries";
};

struct Token {  // wider than a pointer
  int number = 0;
  std::string text;
};

/// Runs tokens 0 .. count - 1 through `work` and appends what comes out.
template <class Work>
void run(int count, std::size_t in_flight, const Work& work, std::vector<int>& out) {
  int made = 0;
  const auto make = [&](tbb::flow_control& control) {
    if (made == count) control.stop();
    return Token{made == count ? -1 : made++, ""};
  };
  const auto write = [&](const Token& token) { out.push_back(token.number); };
  tbb::parallel_pipeline(in_flight, tbb::make_filter<void, Token>(tbb::filter_mode::serial_in_order, make) &
                                        tbb::make_filter<Token, Token>(tbb::filter_mode::parallel, work) &
                                        tbb::make_filter<Token, void>(tbb::filter_mode::serial_in_order, write));
}

}  // namespace

TEST_CASE("oneTBB: an exception comes out of a pipeline as what it was thrown as") {
  std::vector<int> out;
  const auto fail = [](Token token) {
    if (token.number == 5) throw Mine{};
    return token;
  };
  std::string carried;
  try {
    run(100, 4, fail, out);
  } catch (const Mine& mine) {
    carried = mine.more;
  }
  CHECK(carried == "with what it carries");
  CHECK(out.size() <= 5);
}

TEST_CASE("oneTBB: a serial filter in order gets its tokens in order") {
  std::vector<int> out;
  run(
      200, 8,
      [](Token token) {
        std::this_thread::sleep_for(std::chrono::microseconds((token.number * 7919) % 200));
        return token;
      },
      out);
  REQUIRE(out.size() == 200);
  for (int k = 0; k < 200; ++k) CHECK(out[static_cast<std::size_t>(k)] == k);
}

TEST_CASE("oneTBB: what the first filter returns with its stop goes nowhere") {
  std::vector<int> out;
  run(
      0, 4, [](Token token) { return token; }, out);
  CHECK(out.empty());
}

TEST_CASE("oneTBB: an arena with a control may have more threads than the machine has cores") {
  constexpr int threads = 6;
  const tbb::global_control allow{tbb::global_control::max_allowed_parallelism, threads};
  CHECK(tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism) == threads);
  tbb::task_arena arena{threads};
  CHECK(arena.max_concurrency() == threads);
}
